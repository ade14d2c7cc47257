"""
The rules that keep the map true.

A rule is a function from the atlas to issues. It never prints and never raises; `RULES` is the one
list of them, which the command line, the tests and the app all read.
"""

import re
import typing
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from pydantic import TypeAdapter, ValidationError
from shapely import is_valid_reason
from shapely.geometry import Polygon, shape

from geo import coverage, evidence
from geo.model import Atlas, Claim, Feature, Location, Source, Stated
from geo.vocab import (
    CONFIRMED_STATUSES,
    KINDS_WITHOUT_STATUS,
    Evidence,
    LocationMethod,
    Rank,
    Read,
    SourceKind,
    Status,
)

#: All quotes of one article together may be this share of its text.
QUOTED_SHARE_MAX = 0.35

#: Sources without an author, an argument or a story; the four facts mean nothing for them.
_FACTLESS = frozenset({SourceKind.DATASET, SourceKind.REFERENCE})


@dataclass(frozen=True)
class Issue:
    """One fault: the file, the place in it, what is wrong and what to do."""

    file: str
    place: str
    fault: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.fault}. {self.remedy}."


Issues = Iterator[Issue]
Rule = Callable[[Atlas], Issues]


def check(atlas: Atlas) -> list[Issue]:
    """Hold the atlas against every rule; nothing to check is an issue too."""
    if not atlas.features:
        return [Issue("layers", "all", "there is no feature to check", "Name the right folder")]
    return [issue for rule in RULES for issue in rule(atlas)]


def check_texts(atlas: Atlas, texts: Mapping[str, str]) -> list[Issue]:
    """
    Hold every quote against the article it is from, character by character.

    Parameters
    ----------
    texts
        Article texts by the SHA-256 of their bytes.
    """
    issues: list[Issue] = []
    for source in atlas.sources.values():
        if source.text_sha256 is None:
            continue
        text = texts.get(source.text_sha256)
        if text is None:
            remedy = "Name the folder that holds the text the quotes were taken from"
            issues.append(_of_source(source, "text_sha256", "no text has this hash", remedy))
        else:
            issues.extend(_check_quotes(atlas, source, text))
            issues += [
                _of_source(source, *one) for one in coverage.text_faults(source, atlas, text)
            ]
    if not any(source.text_sha256 for source in atlas.sources.values()):
        issues.append(Issue("seeds", "all", "no source names a text", "Set text_sha256"))
    return issues


def _check_quotes(atlas: Atlas, source: Source, text: str) -> Issues:
    for feature, claim in coverage.claims_of(source, atlas):
        if claim.quote is None:
            continue
        found = list(evidence.positions(text, claim))
        if len(found) != 1:
            where = "nowhere" if not found else f"at {len(found)} places"
            remedy = (
                "Lengthen prefix or suffix until one place is left"
                if found
                else f"Copy quote, prefix and suffix from {source.id}, character by character"
            )
            fault = f"prefix, quote and suffix stand {where} in the article"
            yield _of_claim(atlas, feature, claim, "quote", fault, remedy)
        elif evidence.cuts_a_word(text, found[0], claim):
            fault = "prefix, quote or suffix begins or ends inside a word"
            remedy = "Take in the whole word: a browser's link to the sentence does not find half a one"
            yield _of_claim(atlas, feature, claim, "quote", fault, remedy)
    share = coverage.repeated_share(source, atlas, text)
    if share > QUOTED_SHARE_MAX:
        fault = f"the quotes are {share:.0%} of the article; {QUOTED_SHARE_MAX:.0%} is the limit"
        yield _of_source(
            source, "quotes", fault, "Shorten quotes to the words that carry the value"
        )


def sources_are_known_and_used(atlas: Atlas) -> Issues:
    """Every citation leads to a record, and every record is cited."""
    cited: set[str] = set()
    for feature, claim in _claims(atlas):
        cited.add(claim.source)
        if claim.source not in atlas.sources:
            remedy = f"Add seeds/{claim.source}.yaml or name a known source"
            yield _of_claim(atlas, feature, claim, "source", "is no known source", remedy)
        for member in ("copied_from", "settled_by"):
            other = getattr(claim, member)
            if other is not None and other not in atlas.sources:
                fault = f"{other!r} is no known source"
                yield _of_claim(atlas, feature, claim, member, fault, "Name a source by its id")
    for feature in atlas.features.values():
        location_source = feature.properties.location_source
        if location_source is None:
            continue
        cited.add(location_source)
        if location_source not in atlas.sources:
            fault = f"{location_source!r} is no known source"
            yield _of_feature(atlas, feature, "location_source", fault, "Add its record to seeds/")
    for source in atlas.sources.values():
        if source.id not in cited and not source.seed and source.kind is not SourceKind.DATASET:
            yield _of_source(source, "id", "nothing cites it", "Cite it or remove the record")


def ids_are_unique(atlas: Atlas) -> Issues:
    """A feature or claim id means one thing, for ever."""
    features = Counter(f.id for layer in atlas.layers for f in layer.features)
    claims = Counter(claim.id for _, claim in _claims(atlas))
    for feature in atlas.features.values():
        for id_ in (feature.id, *feature.formerly):
            if features[id_] + (id_ in feature.formerly) > 1:
                yield _of_feature(
                    atlas, feature, "id", f"{id_!r} is used twice", "Choose another id"
                )
        for claim in feature.properties.claims:
            if claims[claim.id] > 1:
                yield _of_claim(atlas, feature, claim, "id", "is used twice", "Number it anew")
            if not claim.id.startswith(f"{feature.id}-c"):
                remedy = f"Name it {feature.id}-c and a number"
                yield _of_claim(atlas, feature, claim, "id", "does not name its feature", remedy)


def claims_fit_their_property(atlas: Atlas) -> Issues:
    """A claim is about a known property, in its unit and of its type."""
    for feature, claim in _claims(atlas):
        field = Stated.model_fields.get(claim.property)
        if field is None:
            remedy = "Use one of the properties of geo.model.Stated, or add one there"
            fault = f"{claim.property!r} is no property that can be stated"
            yield _of_claim(atlas, feature, claim, "property", fault, remedy)
            continue
        extra = field.json_schema_extra
        unit = extra.get("unit") if isinstance(extra, dict) else None
        if claim.unit != unit:
            remedy = f"Write {unit!r}" if unit else "Leave it out"
            fault = f"is {claim.unit!r}, but {claim.property} is in {unit or 'no unit'}"
            yield _of_claim(atlas, feature, claim, "unit", fault, remedy)
        try:
            adapter(claim.property).validate_python(claim.value)
        except ValidationError as error:
            fault = f"does not fit {claim.property}: {error.errors()[0]['msg']}"
            yield _of_claim(atlas, feature, claim, "value", fault, "Correct value or property")
        if claim.since and claim.until and _ends_before_it_begins(claim):
            yield _of_claim(
                atlas, feature, claim, "until", "lies before since", "Correct the dates"
            )


def _ends_before_it_begins(claim: Claim) -> bool:
    first, last = evidence.period(claim)
    return last < first


def adapter(property_: str) -> TypeAdapter[Any]:
    """Give the type of a stated property without its None: a claim always says something."""
    annotation: Any = Stated.model_fields[property_].annotation
    members = [one for one in typing.get_args(annotation) if one is not type(None)]
    return TypeAdapter(members[0] if members else annotation)


def stated_values_have_claims(atlas: Atlas) -> Issues:
    """Every stated value is that of its preferred claim, and there is one per period."""
    for feature in atlas.features.values():
        properties = feature.properties
        if properties.part_of is not None:
            continue  # a part states nothing of its own
        for name in Stated.model_fields:
            value = getattr(properties, name)
            claim = evidence.stated_claim(feature, name)
            if name == "status" and value is Status.CLAIMED and claim is None:
                if evidence.status_claim(feature) is None:
                    remedy = "Add a preferred claim for status_claimed with the article's own word"
                    fault = "nothing supports that it is claimed"
                    yield _of_feature(atlas, feature, name, fault, remedy)
                continue
            if value is not None and claim is None:
                remedy = "Add a preferred claim, or take the value out"
                yield _of_feature(atlas, feature, name, "no preferred claim supports it", remedy)
            elif claim is not None and (
                value is None or not evidence.same_value(value, claim.value)
            ):
                fault = f"states {value!r}, but the preferred claim {claim.id} says {claim.value!r}"
                yield _of_feature(atlas, feature, name, fault, "Make the two agree")
            for one, other in combinations(evidence.history(feature, name), 2):
                if one.since is None or other.since is None or one.since == other.since:
                    fault = f"{one.id} and {other.id} are both preferred for the same period"
                    remedy = "Give each its since, or rank one of them normal"
                    yield _of_feature(atlas, feature, name, fault, remedy)


def unchosen_values_have_reasons(atlas: Atlas) -> Issues:
    """A value that lost says why."""
    for feature, claim in _claims(atlas):
        chosen = evidence.stated_claim(feature, claim.property)
        agrees = any(
            evidence.agree(one, claim) for one in evidence.history(feature, claim.property)
        )
        if claim.rank is Rank.NORMAL and chosen and not agrees and claim.reason is None:
            fault = f"differs from {chosen.id} and does not say why it was not chosen"
            yield _of_claim(atlas, feature, claim, "reason", fault, "Give the reason")
        if claim.rank is Rank.DEPRECATED and claim.reason is None:
            yield _of_claim(
                atlas, feature, claim, "reason", "is missing", "Say why it is set aside"
            )


def claims_have_words(atlas: Atlas) -> Issues:
    """An article that was read is quoted; an outside source is located and put in our words."""
    for feature, claim in _claims(atlas):
        source = atlas.sources.get(claim.source)
        if source is None:
            continue
        if claim.quote is None and (claim.locator is None or claim.says is None):
            remedy = "Quote it, or give locator and says"
            yield _of_claim(atlas, feature, claim, "quote", "no words support the claim", remedy)
        if source.seed and claim.quote is None:
            remedy = "Quote the words that carry the value"
            yield _of_claim(atlas, feature, claim, "quote", "one of the five has no quote", remedy)
        if claim.quote is not None and source.text_sha256 is None and not source.live_page_checked:
            remedy = "Put it in our words, or open the page and set live_page_checked"
            yield _of_claim(atlas, feature, claim, "quote", "quotes a page nobody opened", remedy)
        if claim.quote is not None and (claim.prefix is None or claim.suffix is None):
            remedy = "Give the words before and after, or an empty text at an end"
            yield _of_claim(atlas, feature, claim, "prefix", "is missing beside the quote", remedy)
        if any("\n" in words for words in (claim.quote, claim.prefix, claim.suffix) if words):
            remedy = "Keep quote, prefix and suffix within one paragraph"
            yield _of_claim(atlas, feature, claim, "quote", "crosses a line break", remedy)
        if source.read is Read.NONE and claim.property == "status":
            remedy = "Read it, or let another source speak"
            yield _of_claim(
                atlas, feature, claim, "source", "an unread source gives a status", remedy
            )


def statuses_are_earned(atlas: Atlas) -> Issues:
    """What is said to be decided or built stands on an official document or two stories."""
    for feature in atlas.features.values():
        properties = feature.properties
        if properties.part_of is not None:
            continue
        if properties.kind in KINDS_WITHOUT_STATUS:
            if properties.status is not None:
                fault = f"a {properties.kind.label.lower()} has no status"
                yield _of_feature(atlas, feature, "status", fault, "Take it out")
            continue
        if properties.status is None:
            remedy = "State one; 'claimed' where one article says so"
            yield _of_feature(atlas, feature, "status", "is missing", remedy)
        for claim in evidence.history(feature, "status"):
            if claim.value not in CONFIRMED_STATUSES:
                continue
            found, n_stories = evidence.evidence_of(feature, claim, atlas.sources)
            if n_stories < 2 and found is not Evidence.FIRST_HAND:  # noqa: PLR2004 - two stories
                fault = f"{claim.value!r} rests on {n_stories} story and no official document"
                remedy = "Find a second story, or state 'claimed' with status_claimed"
                yield _of_claim(atlas, feature, claim, "value", fault, remedy)
        if properties.status is Status.PROPOSED:
            proposal = evidence.status_claim(feature)
            if (
                proposal
                and evidence.evidence_of(feature, proposal, atlas.sources)[0]
                is Evidence.ONE_ARTICLE
            ):
                remedy = "Name whose release it is (release_by), or state 'claimed'"
                fault = "'proposed' rests on one article that retells no release"
                yield _of_feature(atlas, feature, "status", fault, remedy)


def geometries_are_sound(atlas: Atlas) -> Issues:
    """Geometries are valid, on Earth, flat, right-handed, and no finer than six decimals."""
    for feature in atlas.features.values():
        if feature.geometry is None:
            continue
        geometry = shape(feature.geometry.model_dump())
        west, south, east, north = geometry.bounds
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):  # noqa: PLR2004
            remedy = "Write longitude first, in degrees"
            yield _of_feature(atlas, feature, "geometry", "lies outside the world", remedy)
        elif geometry.has_z:
            yield _of_feature(atlas, feature, "geometry", "has heights", "Keep two dimensions")
        elif not geometry.is_valid or geometry.is_empty:
            fault = f"is not valid: {is_valid_reason(geometry)}"
            yield _of_feature(atlas, feature, "geometry", fault, "Draw it again")
        elif any(
            not one.exterior.is_ccw or any(hole.is_ccw for hole in one.interiors)
            for one in getattr(geometry, "geoms", [geometry])
            if isinstance(one, Polygon)
        ):
            remedy = "Order the outer ring counter-clockwise, holes clockwise (RFC 7946)"
            yield _of_feature(atlas, feature, "geometry", "is not right-handed", remedy)


def locations_say_how_sure(atlas: Atlas) -> Issues:
    """Each geometry says how it was made and how far off it may be; a diagram is nowhere."""
    for feature in atlas.features.values():
        properties = feature.properties
        given = {name for name in Location.model_fields if getattr(properties, name) is not None}
        if feature.geometry is None:
            for name in sorted(given - {"location_note"}):
                remedy = "Take it out, or give the geometry it speaks of"
                yield _of_feature(
                    atlas, feature, name, "speaks of a geometry that is not there", remedy
                )
            continue
        schematic = properties.location_method is LocationMethod.SCHEMATIC
        needed = {"location_method", "location_note"}
        if not schematic:
            needed |= {"accuracy_m", "accuracy_of"}
            if properties.location_method is not LocationMethod.APPROXIMATE:
                needed |= {"location_source"}
        for name in sorted(needed - given):
            remedy = "Say how the geometry was made and how far off it may be"
            yield _of_feature(atlas, feature, name, "is missing", remedy)
        if schematic:
            for name in sorted(given & {"accuracy_m", "accuracy_of"}):
                remedy = "Take it out: a diagram means no location"
                yield _of_feature(atlas, feature, name, "stands beside a schematic line", remedy)


def parts_and_ends_are_known(atlas: Atlas) -> Issues:
    """Parts belong to a whole without geometry of its own; ends of a route are features."""
    for feature in atlas.features.values():
        properties = feature.properties
        for name, id_ in (
            ("part_of", properties.part_of),
            ("from", properties.from_),
            ("to", properties.to),
        ):
            if id_ is not None and id_ not in atlas.features:
                fault = f"{id_!r} is no feature"
                yield _of_feature(atlas, feature, name, fault, "Name a feature by its id")
        whole = atlas.features.get(properties.part_of) if properties.part_of else None
        if whole is not None and not whole.properties.whole:
            fault = f"{whole.id!r} is not marked as a whole"
            yield _of_feature(atlas, feature, "part_of", fault, f"Set whole on {whole.id}")
        if properties.part_of and properties.claims:
            remedy = f"Move them to {properties.part_of}"
            yield _of_feature(atlas, feature, "claims", "a part has claims of its own", remedy)
        if properties.whole:
            orders = [part.properties.order for part in atlas.parts.get(feature.id, ())]
            if not orders:
                yield _of_feature(
                    atlas, feature, "whole", "has no parts", "Add them, or unset whole"
                )
            if None in orders or len(set(orders)) < len(orders):
                remedy = "Number the parts 1, 2, 3 …"
                yield _of_feature(atlas, feature, "whole", "its parts are not in order", remedy)
            if feature.geometry is not None:
                remedy = "Leave the geometry to the parts"
                yield _of_feature(
                    atlas, feature, "geometry", "a whole has its own geometry", remedy
                )


def features_have_claims(atlas: Atlas) -> Issues:
    """Nothing is on the map that nobody said."""
    for feature in atlas.features.values():
        if feature.properties.part_of is None and not feature.properties.claims:
            remedy = "Add the claim that names it, or remove the feature"
            yield _of_feature(atlas, feature, "claims", "no source names it", remedy)


def drafts_are_named(atlas: Atlas) -> Issues:
    """A name marked as a draft translation exists."""
    for feature in atlas.features.values():
        for language in feature.properties.translated:
            if getattr(feature.properties, f"name_{language}", None) is None:
                fault = f"marks a name in {language!r} that is not there"
                yield _of_feature(atlas, feature, "translated", fault, "Add the name or the mark")


def sources_are_described(atlas: Atlas) -> Issues:
    """An article carries the four facts a reader can check, and says what is unknown of it."""
    for source in atlas.sources.values():
        if source.kind not in _FACTLESS and source.facts is None:
            yield _of_source(source, "facts", "are missing", "State the four checkable facts")
        if source.seed and source.text_sha256 is None:
            remedy = "Hash the text the quotes are from"
            yield _of_source(source, "text_sha256", "is missing for one of the five", remedy)
        for name in ("title", "url", "published"):
            known = getattr(source, name) is not None
            if (
                not known
                and getattr(source, f"{name}_note") is None
                and source.kind not in _FACTLESS
            ):
                remedy = f"Say in {name}_note why it is unknown"
                yield _of_source(source, name, "is unknown and nothing says why", remedy)


def sentences_are_accounted(atlas: Atlas) -> Issues:
    """An account of a sentence stands in order, and each feature it names has a claim from it."""
    for source in atlas.sources.values():
        if source.sentences and source.text_sha256 is None:
            remedy = "Hash the text whose sentences these are"
            yield _of_source(source, "sentences", "count characters of an unnamed text", remedy)
        for fault in coverage.record_faults(source, atlas):
            yield _of_source(source, *fault)


def texts_are_plain(atlas: Atlas) -> Issues:
    """No text hides characters that reorder, vanish or control."""
    for record, place in _records(atlas):
        for name, text in _texts(record.model_dump(exclude={"claims"})):
            hidden = re.search(
                "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2060-\u2069\ufeff]",
                text,
            )
            if hidden:
                character = f"U+{ord(hidden[0]):04X} {unicodedata.name(hidden[0], 'control')}"
                file, where = place
                yield Issue(file, f"{where}.{name}", f"holds {character}", "Take it out")


def derived_members_are_current(atlas: Atlas) -> Issues:
    """What follows from the claims is what the file says."""
    for feature in atlas.features.values():
        wanted = evidence.with_derived(feature, atlas).properties
        stale = [
            name
            for name in type(wanted).model_fields
            if getattr(wanted, name) != getattr(feature.properties, name)
        ]
        if stale:
            fault = "no longer follow from the claims"
            yield _of_feature(atlas, feature, ", ".join(stale), fault, "Run `geo fmt`")


RULES: tuple[Rule, ...] = (
    sources_are_known_and_used,
    sources_are_described,
    ids_are_unique,
    claims_fit_their_property,
    stated_values_have_claims,
    unchosen_values_have_reasons,
    claims_have_words,
    statuses_are_earned,
    geometries_are_sound,
    locations_say_how_sure,
    parts_and_ends_are_known,
    features_have_claims,
    drafts_are_named,
    sentences_are_accounted,
    texts_are_plain,
    derived_members_are_current,
)


def _claims(atlas: Atlas) -> Iterator[tuple[Feature, Claim]]:
    for layer in atlas.layers:
        for feature in layer.features:
            for claim in feature.properties.claims:
                yield feature, claim


def _records(atlas: Atlas) -> Iterator[tuple[Feature | Claim | Source, tuple[str, str]]]:
    for feature in atlas.features.values():
        yield feature, (_file(atlas, feature), feature.id)
    for feature, claim in _claims(atlas):
        yield claim, (_file(atlas, feature), claim.id)
    for source in atlas.sources.values():
        yield source, (f"seeds/{source.id}.yaml", source.id)


def _texts(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a record with the dotted name of where it stands."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, Mapping):
        for member, inner in value.items():
            yield from _texts(inner, f"{name}.{member}".strip("."))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner, name)


def _file(atlas: Atlas, feature: Feature) -> str:
    return f"layers/{atlas.layer_of[feature.id].id}.geojson"


def _of_feature(atlas: Atlas, feature: Feature, member: str, fault: str, remedy: str) -> Issue:
    return Issue(_file(atlas, feature), f"{feature.id}.{member}", fault, remedy)


def _of_claim(  # noqa: PLR0917 - as an issue reads
    atlas: Atlas, feature: Feature, claim: Claim, member: str, fault: str, remedy: str
) -> Issue:
    return Issue(_file(atlas, feature), f"{claim.id}.{member}", fault, remedy)


def _of_source(source: Source, member: str, fault: str, remedy: str) -> Issue:
    return Issue(f"seeds/{source.id}.yaml", member, fault, remedy)
