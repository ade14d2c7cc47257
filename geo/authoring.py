"""
New sources and claims, held against the article before a file is touched.

A claim that breaks a rule which the data kept before is refused with that rule's own words.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from geo import checks, coverage, evidence, passage, store
from geo.errors import GeoError
from geo.model import Atlas, Claim, Feature, Layer, SentenceAccount, Source, Stated
from geo.vocab import LeftOut, Rank

_DOI = re.compile(r"^(?:doi:|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)$", re.IGNORECASE)
#: Words of a sentence in its account; few, because they count as quoted.
_ACCOUNT_WORDS: Final = 3


@dataclass(frozen=True)
class Draft:
    """The atlas with something new in it, and the records that differ."""

    atlas: Atlas
    layer: Layer | None
    source: Source
    claim: Claim | None = None


def new_source(address: str, text: bytes, members: Mapping[str, Any], atlas: Atlas) -> Draft:
    """
    Make the record of an article, with every sentence that still has to be accounted for.

    Parameters
    ----------
    address
        The publisher's own address, or a DOI.
    text
        The bytes of the article's text, as kept outside the project.
    members
        Members of `Source` that only a person knows; an id is made up from address and date.

    Raises
    ------
    GeoError
        If the address is none, the id is taken or a member does not fit.
    """
    doi = _DOI.match(address)
    url = f"https://doi.org/{doi[1]}" if doi else address
    words = text.decode()
    id_ = members.get("id") or _source_id(url, members.get("published"))
    if id_ in atlas.sources:
        raise GeoError(str(id_), "is the id of another source", "Choose another with --id")
    unknown = {
        f"{name}_note": "Not known when the record was made."
        for name in ("title", "published")
        if not members.get(name)
    }
    given = {name: value for name, value in members.items() if value is not None}
    try:
        source = Source.model_validate(
            {
                "story": id_,
                **unknown,
                **given,
                "id": id_,
                "url": url,
                "text_sha256": store.hash_text(text),
                "sentences": [_to_do(one) for one in _naming(words, atlas)],
            }
        )
    except ValidationError as error:
        raise GeoError(str(id_), _first_fault(error), "Correct the option") from error
    sources = dict(sorted({**atlas.sources, source.id: source}.items()))
    return Draft(_atlas(atlas, sources=sources), None, source)


def new_claim(
    feature_id: str,
    members: Mapping[str, Any],
    atlas: Atlas,
    texts: Mapping[str, str],
    at: int | None = None,
) -> Draft:
    """
    Add a claim to a feature, and the feature to the account of the sentence it quotes.

    Parameters
    ----------
    members
        Members of `Claim`; id, unit, prefix and suffix are found here, and the rank, where none
        is given: preferred for a property of which nothing was stated.
    texts
        Article texts by their SHA-256, to find the quote in.
    at
        The character at which the quote begins, where it stands at several places.

    Raises
    ------
    GeoError
        If feature, property or source is unknown, the quote is not verbatim or not unique, or a
        rule of the data would be broken.
    """
    feature = atlas.features.get(feature_id)
    if feature is None:
        raise _unknown("feature", feature_id, atlas.features)
    property_ = str(members["property"])
    if property_ not in Stated.model_fields:
        raise _unknown("property", property_, Stated.model_fields)
    source = atlas.sources.get(str(members["source"]))
    if source is None:
        raise _unknown("source", str(members["source"]), atlas.sources)
    text = texts.get(source.text_sha256 or "")
    claim = _claim(feature, {**members, **_words(source, members.get("quote"), text, at)})
    if claim.quote is not None and text is not None:
        source = _accounted(source, text, feature.id, claim)
    drafted = _drafted(atlas, _stating(feature, claim), source)
    _refuse_new_issues(atlas, drafted, texts)
    return Draft(drafted, drafted.layer_of[feature.id], source, claim)


def _words(source: Source, quote: str | None, text: str | None, at: int | None) -> dict[str, Any]:
    if quote is None:
        return {}
    if text is None:
        raise GeoError(
            source.id,
            "its text is not at hand, so nothing can be quoted from it",
            "Name the folder that holds it with --texts, or give --locator and --says",
        )
    prefix, suffix = passage.selector(text, quote, at)
    return {"prefix": prefix, "suffix": suffix}


def _claim(feature: Feature, members: Mapping[str, Any]) -> Claim:
    property_ = members["property"]
    value = _value(property_, str(members["value"]))
    field = Stated.model_fields[property_].json_schema_extra
    unit = field.get("unit") if isinstance(field, dict) else None
    numbers = [int(one.id.rpartition("-c")[2]) for one in feature.properties.claims]
    nothing_stated = not evidence.history(feature, property_)
    given = {name: member for name, member in members.items() if member is not None}
    rank = given.pop("rank", Rank.PREFERRED if nothing_stated else Rank.NORMAL)
    id_ = f"{feature.id}-c{max(numbers, default=0) + 1:02d}"
    try:
        return Claim.model_validate(
            {**given, "id": id_, "value": value, "unit": unit, "rank": rank}
        )
    except ValidationError as error:
        raise GeoError(id_, _first_fault(error), "Correct the option") from error


def _value(property_: str, words: str) -> Any:  # noqa: ANN401 - whatever the property holds
    """Read a value as its property has it: a number, a day, words, or JSON for lists and tables."""
    adapter: TypeAdapter[Any] = checks.adapter(property_)
    try:
        return adapter.dump_python(adapter.validate_python(words), mode="json")
    except ValidationError:
        pass
    try:
        return adapter.dump_python(adapter.validate_json(words), mode="json")
    except ValidationError as error:
        fault = f"{words!r} does not fit {property_}: {_first_fault(error)}"
        raise GeoError("value", fault, "Correct value or property") from error


def _stating(feature: Feature, claim: Claim) -> Feature:
    properties = feature.properties.model_copy(
        update={"claims": (*feature.properties.claims, claim)}
    )
    added = feature.model_copy(update={"properties": properties})
    stated = evidence.stated_claim(added, claim.property)
    if stated is None:
        return added
    # Validated anew, so that a status is a Status and a number of the right kind.
    data = properties.model_dump(by_alias=True) | {claim.property: stated.value}
    return Feature.model_validate(feature.model_dump(by_alias=True) | {"properties": data})


def _accounted(source: Source, text: str, feature: str, claim: Claim) -> Source:
    """Name the feature in the accounts of the sentences that a claim quotes."""
    start = next(evidence.positions(text, claim))
    end = start + len(claim.quote or "")
    accounts = {account.span: account for account in source.sentences}
    for one in passage.sentences(text):
        if one.start < end and start < one.end:
            old = accounts.get((one.start, one.end)) or _to_do(one)
            update = {"features": tuple({**dict.fromkeys(old.features), feature: None})}
            accounts[old.span] = old.model_copy(update={**update, "left_out": None})
    ordered = tuple(accounts[span] for span in sorted(accounts))
    return source.model_copy(update={"sentences": ordered})


def _drafted(atlas: Atlas, feature: Feature, source: Source) -> Atlas:
    def with_feature(layer: Layer) -> Layer:
        features = tuple(feature if one.id == feature.id else one for one in layer.features)
        return layer.model_copy(update={"features": features})

    said = _atlas(
        atlas,
        layers=tuple(with_feature(layer) for layer in atlas.layers),
        sources={**atlas.sources, source.id: source},
    )
    derived = tuple(
        layer.model_copy(
            update={"features": tuple(evidence.with_derived(one, said) for one in layer.features)}
        )
        for layer in said.layers
    )
    return _atlas(said, layers=derived)


def _atlas(atlas: Atlas, **members: Any) -> Atlas:  # noqa: ANN401 - members of Atlas
    """Copy an atlas without the indexes it has cached."""
    own = {name: getattr(atlas, name) for name in Atlas.model_fields}
    return Atlas.model_construct(**{**own, **members})


def _refuse_new_issues(before: Atlas, after: Atlas, texts: Mapping[str, str]) -> None:
    known = {str(issue) for issue in _issues(before, texts)}
    new = [str(issue) for issue in _issues(after, texts) if str(issue) not in known]
    if new:
        raise GeoError("the claim", f"would break a rule: {' '.join(new)}", "Nothing was written")


def _issues(atlas: Atlas, texts: Mapping[str, str]) -> list[checks.Issue]:
    return [*checks.check(atlas), *(checks.check_texts(atlas, texts) if texts else ())]


def _naming(text: str, atlas: Atlas) -> Iterable[passage.Sentence]:
    return (one for one in passage.sentences(text) if coverage.names_in(one.text, atlas))


def _to_do(sentence: passage.Sentence) -> SentenceAccount:
    words = " ".join(sentence.text.split()[:_ACCOUNT_WORDS])
    if words not in sentence.text:
        words = sentence.text.split()[0]
    return SentenceAccount(
        span=(sentence.start, sentence.end),
        sha256=sentence.sha256,
        words=words,
        left_out=LeftOut.TO_DO,
    )


def _source_id(url: str, published: str | None) -> str:
    """Name a source after publisher, date and the last words of its address."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").split(".")[0]
    slug = re.findall(r"[a-z0-9]+", parts.path.lower())[-3:]
    id_ = "-".join(word for word in (host, *(published or "").split("/")[:1], *slug) if word)
    return re.sub(r"[^a-z0-9]+", "-", id_.lower()).strip("-")[:80].strip("-")


def _unknown(what: str, name: str, known: Iterable[str]) -> GeoError:
    near = difflib.get_close_matches(name, list(known), n=3, cutoff=0.5)
    hint = f"; the nearest are {', '.join(near)}" if near else ""
    return GeoError(name, f"is no known {what}{hint}", f"Name a {what} that is there")


def _first_fault(error: ValidationError) -> str:
    fault = error.errors(include_url=False)[0]
    return f"{'.'.join(str(step) for step in fault['loc']) or 'it'}: {fault['msg']}"
