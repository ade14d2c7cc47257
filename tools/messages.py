"""
Bring the message catalogs up to date with our own words in code, templates, vocabulary and layers.

A message that is new has no translation yet; one nobody uses any more goes. With ``--check``
nothing is written, and the script fails where a catalog is not as it should be::

    python tools/messages.py [--check]
"""

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from geo import catalogs, store, text  # noqa: E402 - the project's own, wherever it is installed
from geo.export import FORMATS  # noqa: E402
from geo.model import Stated  # noqa: E402
from geo.view import LANGUAGES  # noqa: E402

#: Functions that are given our own words: alone or by names, or as one and many.
_ALONE = frozenset({"message", "messages", "mark", "say"})
_COUNTED = frozenset({"counted"})
#: What a vocabulary is made of.
_TERMS = frozenset({"Term", "vocab.Term"})
_PLACEHOLDER = re.compile(r"\{\w*\}")
_HEADER = """# Our own words in another language: a draft until the next line names who has passed it.
# {mark} {name}
# Quotes are never translated. Brought up to date by tools/messages.py.
msgid ""
msgstr ""
"Language: {lang}\\n"
"Plural-Forms: {plurals}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""

Message = str | tuple[str, str]


@dataclass
class Found:
    """Messages, and the files each stands in."""

    places: dict[Message, set[str]] = field(default_factory=dict)

    def add(self, message: Message | None, place: str) -> None:
        """Note a message; none is no fault."""
        if message:
            self.places.setdefault(message, set()).add(place)


def collect() -> Found:
    """Find every message of ours."""
    found = Found()
    for path in sorted((ROOT / "geo").rglob("*.py")):
        for message in _in_code(ast.parse(path.read_text("utf-8"))):
            found.add(message, _place(path))
    for path in sorted((ROOT / "geo/render/templates").iterdir()):
        with path.open("rb") as file:
            for _, _, message, _ in babel_extract(file, ("_",), (), {"encoding": "utf-8"}):
                found.add(message, _place(path))
    for format_ in FORMATS.values():
        found.add(format_.purpose, "geo/export/formats.py")
    for member in Stated.model_fields.values():
        found.add(member.description, "geo/model/stated.py")
    units = {text.unit_of(name) for name in Stated.model_fields} - {None, "%", *text.MONEY}
    for unit in units:
        found.add(unit, "geo/model/stated.py")
    for layer in store.read_atlas(store.Store(ROOT)).layers:
        for feature in layer.features:
            found.add(feature.properties.caption, f"layers/{layer.id}.geojson")
    return found


def _place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _in_code(tree: ast.Module) -> Iterator[Message]:
    named = _constants(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any(ast.unparse(one) in _TERMS for one in node.bases):
            yield from _members(node)
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in _ALONE:
            yield from _strings(node.args[0], named)
        elif name in _COUNTED and len(node.args) > 1:
            one, many = (list(_strings(argument, named)) for argument in node.args[:2])
            if one and many:
                yield one[0], many[0]


def _members(vocabulary: ast.ClassDef) -> Iterator[str]:
    """Give the labels and meanings of a vocabulary; the value of a member is no message."""
    for node in vocabulary.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
            for words in node.value.elts[1:]:
                yield from _strings(words, {})


def _constants(tree: ast.Module) -> dict[str, ast.expr]:
    """Give what the names of a module stand for."""
    named: dict[str, ast.expr] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            named[node.targets[0].id] = node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            named[node.target.id] = node.value
    return named


def _strings(node: ast.expr, named: dict[str, ast.expr]) -> Iterator[str]:
    """Give the string an argument is, or those it may be, or holds by name."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _strings(node.body, named)
        yield from _strings(node.orelse, named)
    elif isinstance(node, ast.Name) and node.id in named:
        yield from _strings(named[node.id], named)
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from _strings(value, named)


def updated(lang: str, found: Found) -> Catalog:
    """Give the catalog of a language with today's messages and the translations it has."""
    known = catalogs.catalog(lang)
    made = Catalog(locale=lang, domain="geo", fuzzy=False)
    for message, places in sorted(found.places.items(), key=lambda one: str(one[0])):
        id_ = message if isinstance(message, str) else message[0]
        old = known.get(id_) if known else None
        made.add(message, old.string if old else None, [(place, None) for place in sorted(places)])
    return made


def written(lang: str, made: Catalog) -> str:
    """Write a catalog in the one form that it has."""
    file = io.BytesIO()
    write_po(file, made, width=100, omit_header=True)
    name = catalogs.reviewer(lang)
    head = _HEADER.format(
        mark=catalogs.REVIEWED, name=name, lang=lang, plurals=made.plural_forms
    ).replace(" \n", "\n")
    return f"{head}\n{file.getvalue().decode('utf-8').lstrip()}"


def faults(made: Catalog) -> Iterator[str]:
    """Name each message without a translation, or with other places to fill in than it has."""
    for message in made:
        if not message.id:
            continue
        ids = (message.id,) if isinstance(message.id, str) else message.id
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if not all(strings):
            yield f"{made.locale}: no translation of {ids[0]!r}"
            continue
        wanted = set(_PLACEHOLDER.findall(ids[-1]))
        for string in strings:
            if set(_PLACEHOLDER.findall(string)) != wanted:
                yield f"{made.locale}: {string!r} fills in other things than {ids[-1]!r}"


def main() -> None:
    """Update the catalogs, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    found = collect()
    told: list[str] = []
    for lang in LANGUAGES:
        if lang == "en":
            continue
        made = updated(lang, found)
        path = catalogs.path_of(lang)
        content = written(lang, made)
        if not path.is_file() or path.read_text("utf-8") != content:
            if check:
                told.append(f"{_place(path)}: is not up to date; run tools/messages.py")
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content, "utf-8")
                print(f"wrote {_place(path)}")
        told += faults(made)
    print(f"{len(found.places)} messages, {len(told)} fault(s)")
    for fault in told[:40]:
        print(fault)
    if check and told:
        sys.exit(1)


if __name__ == "__main__":
    main()
