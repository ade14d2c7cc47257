"""What changed between two versions of the data, in plain words."""

from collections.abc import Iterator, Mapping
from typing import Any

from shapely.geometry import shape

from geo import measure, text
from geo.errors import GeoError
from geo.model import Atlas, Change, Claim, Derived, Feature, Record, Source, Stated, Version

#: Members whose changes are told in their own way, or follow from others.
_TOLD_ELSEWHERE = {"claims", *Stated.model_fields, *Derived.model_fields}
#: Points closer than this are the same to a reader.
_SAME_PLACE_KM = 0.001


def changes(before: Atlas, after: Atlas, lang: str = "en") -> tuple[Change, ...]:
    """Say what changed: features first, in the order of the newer atlas, then sources."""
    return (*_features(before, after, lang), *_sources(before, after))


def record(atlas: Atlas, version: str, day: str, found: tuple[Change, ...]) -> Atlas:
    """
    Keep what changed as the changes of a version, on which pages of features draw.

    Raises
    ------
    GeoError
        If the version is there already, or nothing changed.
    """
    if any(one.version == version for one in atlas.versions):
        fault = f"has the changes of {version} already"
        raise GeoError("layers/changes.json", fault, "Name the version that is being published")
    if not found:
        raise GeoError(version, "changes nothing", "Record a version in which something changed")
    added = Version(version=version, date=day, changes=found)
    return atlas.model_copy(update={"versions": (added, *atlas.versions)})


def _features(before: Atlas, after: Atlas, lang: str) -> Iterator[Change]:
    met: set[str] = set()
    for feature in after.features.values():
        old_id = next(
            (id_ for id_ in (feature.id, *feature.formerly) if id_ in before.features), None
        )
        if old_id is None:
            name, layer = feature.properties.name, after.layer_of[feature.id].title
            yield Change(about=feature.id, words=f"Added: {name}, in the layer {layer}.")
            continue
        met.add(old_id)
        old = before.features[old_id]
        if old_id != feature.id:
            yield Change(about=feature.id, words=f"Renamed; it was {old_id}.")
        if before.layer_of[old_id].id != after.layer_of[feature.id].id:
            layer = after.layer_of[feature.id].title
            yield Change(about=feature.id, words=f"Moved to the layer {layer}.")
        for words in (
            *_values(old, feature, lang),
            *_claims(old, feature),
            *_geometry(old, feature),
        ):
            yield Change(about=feature.id, words=words)
    for id_, feature in before.features.items():
        if id_ not in met:
            yield Change(about=id_, words=f"Removed: {feature.properties.name}.")


def _values(old: Feature, new: Feature, lang: str) -> Iterator[str]:
    for name in Stated.model_fields:
        was, now = getattr(old.properties, name), getattr(new.properties, name)
        if was == now:
            continue
        label = text.label_of(name, lang)
        if was is None:
            yield f"{label}: now stated, {text.value(name, now, lang=lang)}."
        elif now is None:
            yield f"{label}: no longer stated; it was {text.value(name, was, lang=lang)}."
        else:
            said = (text.value(name, value, lang=lang) for value in (now, was))
            yield "{}: {}; it was {}.".format(label, *said)
    yield from _members(old.properties, new.properties, _TOLD_ELSEWHERE)


def _claims(old: Feature, new: Feature) -> Iterator[str]:
    were = {claim.id: claim for claim in old.properties.claims}
    are = {claim.id: claim for claim in new.properties.claims}
    for id_, claim in are.items():
        if id_ not in were:
            yield f"Claim {id_} added: {_said(claim)}."
        else:
            yield from (f"Claim {id_}: {words}" for words in _members(were[id_], claim, set()))
    for id_, claim in were.items():
        if id_ not in are:
            yield f"Claim {id_} removed: {_said(claim)}."


def _said(claim: Claim) -> str:
    label = text.label_of(claim.property)
    return f"{label} {text.claim_value(claim)}, by {claim.source} ({claim.rank.label.lower()})"


def _geometry(old: Feature, new: Feature) -> Iterator[str]:
    if old.geometry == new.geometry:
        return
    if old.geometry is None or new.geometry is None:
        yield "Now has a place on the map." if new.geometry else "No longer has a place on the map."
        return
    was, now = shape(old.geometry.model_dump()), shape(new.geometry.model_dump())
    if was.geom_type != now.geom_type:
        yield f"Drawn as {now.geom_type}; it was {was.geom_type}."
    elif was.geom_type == "Point":
        moved_km = measure.length_km(_line(was, now))
        if moved_km > _SAME_PLACE_KM:
            yield f"Its point moved by {text.distance(round(1000 * moved_km))}."
    else:
        lengths = [text.number(round(measure.length_km(one), 1)) for one in (now, was)]
        yield "Drawn anew; its line is {} km, it was {} km.".format(*lengths)


def _line(one: Any, other: Any) -> Any:  # noqa: ANN401 - shapely geometries
    return shape({"type": "LineString", "coordinates": [one.coords[0], other.coords[0]]})


def _sources(before: Atlas, after: Atlas) -> Iterator[Change]:
    for id_, source in after.sources.items():
        old = before.sources.get(id_)
        if old is None:
            yield Change(about=id_, words=f"Source added: {_named(source)}.")
            continue
        for words in _members(old, source, {"sentences"}):
            yield Change(about=id_, words=words)
        if old.sentences != source.sentences:
            yield Change(about=id_, words=_accounts(old, source))
    for id_, source in before.sources.items():
        if id_ not in after.sources:
            yield Change(about=id_, words=f"Source removed: {_named(source)}.")


def _named(source: Source) -> str:
    return f"{source.title or 'untitled'}, {text.source_line(source)}"


def _accounts(old: Source, new: Source) -> str:
    were = {account.span: account for account in old.sentences}
    n_changed = sum(were.get(account.span) != account for account in new.sentences)
    n_gone = len(were.keys() - {account.span for account in new.sentences})
    return f"Accounts of sentences: {n_changed} new or changed, {n_gone} removed."


def _members(old: Record, new: Record, told: set[str]) -> Iterator[str]:
    """Say which plain members differ; a long text is only said to have changed."""
    for name in type(new).model_fields:
        was, now = getattr(old, name), getattr(new, name)
        if was != now and name not in told:
            yield f"{name.strip('_')}: {_short(now)}; it was {_short(was)}."


def _short(value: Any) -> str:  # noqa: ANN401 - any member
    if value is None or value == ():
        return "not given"
    if isinstance(value, Mapping | Record):
        return "another"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"“{value}”"
