"""Writes a source's record; what a person wrote by hand above its accounts stays as it is."""

import io
import json

from ruamel.yaml import YAML

from geo import store
from geo.model import SentenceAccount, Source

_ACCOUNTS = "\nsentences:"


def write_source(found: store.Store, source: Source) -> None:
    """Write a source's record whole or not at all."""
    path = found.seeds / f"{source.id}.yaml"
    head = _head(source)
    if path.is_file():
        text = path.read_text(encoding="utf-8")
        kept = text.partition(_ACCOUNTS)[0].rstrip("\n") + "\n"
        same = Source.model_validate(YAML(typ="safe").load(kept))
        if same == source.model_copy(update={"sentences": ()}):
            head = kept
    store.write_text(path, head + _accounts(source))


def as_text(source: Source) -> str:
    """Write a record in canonical form: members in model order, one account a line."""
    return _head(source) + _accounts(source)


def _head(source: Source) -> str:
    """Write everything but the accounts, in the order of the model."""
    yaml = YAML()
    yaml.width = 10_000
    stream = io.StringIO()
    defaults = {"sentences", "seed"} if not source.seed else {"sentences"}
    yaml.dump(source.model_dump(mode="json", exclude_none=True, exclude=defaults), stream)
    return stream.getvalue()


def _accounts(source: Source) -> str:
    if not source.sentences:
        return ""
    return "sentences:\n" + "".join(f"- {_account(one)}\n" for one in source.sentences)


def _account(account: SentenceAccount) -> str:
    """Write one account a line, so that a difference shows one sentence."""
    became = (
        f"left_out: {account.left_out}"
        if account.left_out
        else f"features: [{', '.join(account.features)}]"
    )
    words = json.dumps(account.words, ensure_ascii=False)
    start, end = account.span
    return f"{{span: [{start}, {end}], sha256: '{account.sha256}', words: {words}, {became}}}"
