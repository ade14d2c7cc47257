"""Rules on records: ids mean one thing, sources are known and described, texts are plain."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping

from geo import coverage, evidence
from geo.checks.issue import Issue, Issues, every_claim, file_of, of_claim, of_feature, of_source
from geo.model import Atlas, Claim, Feature, Source
from geo.vocab import SourceKind

#: Sources without an author, an argument or a story; the four facts mean nothing for them.
_FACTLESS = frozenset({SourceKind.DATASET, SourceKind.REFERENCE})


def sources_are_known_and_used(atlas: Atlas) -> Issues:
    """Every citation leads to a record, and every record is cited."""
    cited: set[str] = set()
    for feature, claim in every_claim(atlas):
        cited.add(claim.source)
        if claim.source not in atlas.sources:
            remedy = f"Add seeds/{claim.source}.yaml or name a known source"
            yield of_claim(atlas, feature, claim, "source", "is no known source", remedy)
        for member in ("copied_from", "settled_by"):
            other = getattr(claim, member)
            if other is not None and other not in atlas.sources:
                fault = f"{other!r} is no known source"
                yield of_claim(atlas, feature, claim, member, fault, "Name a source by its id")
    for feature in atlas.features.values():
        location_source = feature.properties.location_source
        if location_source is None:
            continue
        cited.add(location_source)
        if location_source not in atlas.sources:
            fault = f"{location_source!r} is no known source"
            yield of_feature(atlas, feature, "location_source", fault, "Add its record to seeds/")
    for source in atlas.sources.values():
        if source.id not in cited and not source.seed and source.kind is not SourceKind.DATASET:
            yield of_source(source, "id", "nothing cites it", "Cite it or remove the record")


def ids_are_unique(atlas: Atlas) -> Issues:
    """A feature or claim id means one thing, for ever."""
    features = Counter(f.id for layer in atlas.layers for f in layer.features)
    claims = Counter(claim.id for _, claim in every_claim(atlas))
    for feature in atlas.features.values():
        for id_ in (feature.id, *feature.formerly):
            if features[id_] + (id_ in feature.formerly) > 1:
                yield of_feature(
                    atlas, feature, "id", f"{id_!r} is used twice", "Choose another id"
                )
        for claim in feature.properties.claims:
            if claims[claim.id] > 1:
                yield of_claim(atlas, feature, claim, "id", "is used twice", "Number it anew")
            if not claim.id.startswith(f"{feature.id}-c"):
                remedy = f"Name it {feature.id}-c and a number"
                yield of_claim(atlas, feature, claim, "id", "does not name its feature", remedy)


def drafts_are_named(atlas: Atlas) -> Issues:
    """A name marked as a draft translation exists."""
    for feature in atlas.features.values():
        for language in feature.properties.translated:
            if getattr(feature.properties, f"name_{language}", None) is None:
                fault = f"marks a name in {language!r} that is not there"
                yield of_feature(atlas, feature, "translated", fault, "Add the name or the mark")


def sources_are_described(atlas: Atlas) -> Issues:
    """An article carries the four facts a reader can check, and says what is unknown of it."""
    for source in atlas.sources.values():
        if source.kind not in _FACTLESS and source.facts is None:
            yield of_source(source, "facts", "are missing", "State the four checkable facts")
        if source.seed and source.text_sha256 is None:
            remedy = "Hash the text the quotes are from"
            yield of_source(source, "text_sha256", "is missing for one of the five", remedy)
        for name in ("title", "url", "published"):
            known = getattr(source, name) is not None
            if (
                not known
                and getattr(source, f"{name}_note") is None
                and source.kind not in _FACTLESS
            ):
                remedy = f"Say in {name}_note why it is unknown"
                yield of_source(source, name, "is unknown and nothing says why", remedy)


def sentences_are_accounted(atlas: Atlas) -> Issues:
    """An account of a sentence stands in order, and each feature it names has a claim from it."""
    for source in atlas.sources.values():
        if source.sentences and source.text_sha256 is None:
            remedy = "Hash the text whose sentences these are"
            yield of_source(source, "sentences", "count characters of an unnamed text", remedy)
        for fault in coverage.record_faults(source, atlas):
            yield of_source(source, *fault)


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
            yield of_feature(atlas, feature, ", ".join(stale), fault, "Run `geo fmt`")


def _records(atlas: Atlas) -> Iterator[tuple[Feature | Claim | Source, tuple[str, str]]]:
    for feature in atlas.features.values():
        yield feature, (file_of(atlas, feature), feature.id)
    for feature, claim in every_claim(atlas):
        yield claim, (file_of(atlas, feature), claim.id)
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
