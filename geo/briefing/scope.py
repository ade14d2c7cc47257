"""What a briefing is about: things by name, or what a view shows, and what bears on them."""

from collections.abc import Iterator, Sequence

from geo.errors import GeoError
from geo.model import Atlas, Feature
from geo.view import View
from geo.vocab import Kind, Status

#: Kinds of links between places: those that join what another joins bear on it.
_LINKS = frozenset({Kind.TERRESTRIAL_FIBER, Kind.DATA_LINK})


def things(atlas: Atlas, view: View, features: Sequence[str] = ()) -> tuple[Feature, ...]:
    """
    Choose the things of a briefing.

    Parameters
    ----------
    features
        Ids of things, of parts, which stand for their whole, or former ids; none takes what the
        view shows.

    Raises
    ------
    GeoError
        If there is no such feature, or nothing is chosen.
    """
    if features:
        return tuple({one.id: one for one in (_thing(atlas, name) for name in features)}.values())
    shown = tuple(one for one in view.shown(atlas) if one.is_thing)
    if not shown:
        remedy = "Switch on a layer, take off a filter, or name a feature"
        raise GeoError("the briefing", "nothing is selected", remedy)
    return shown


def _thing(atlas: Atlas, name: str) -> Feature:
    found = atlas.features.get(name) or next(
        (one for one in atlas.features.values() if name in one.formerly), None
    )
    if found is None:
        known = ", ".join(one.id for one in atlas.features.values() if one.is_thing)
        raise GeoError("the briefing", f"no feature is called {name!r}", f"Known: {known}")
    return atlas.features[found.properties.part_of or found.id]


def beside(chosen: Sequence[Feature], atlas: Atlas) -> tuple[Feature, ...]:
    """
    Find things outside the scope that bear on it.

    These are the other things of a chosen thing's layer, links that begin or end at it, and for a
    link the links that join the same countries. What is only claimed comes first, then what most is
    known of.
    """
    ids = {one.id for one in chosen}
    layers = {atlas.layer_of[one.id].id for one in chosen}
    found = [
        other
        for other in atlas.features.values()
        if other.is_thing
        and other.id not in ids
        and (
            atlas.layer_of[other.id].id in layers
            or any(end in ids for end in _ends(other, atlas))
            or any(_join_the_same(one, other) for one in chosen)
        )
    ]
    return tuple(sorted(found, key=_bearing))


def _bearing(feature: Feature) -> tuple[bool, int]:
    properties = feature.properties
    return properties.status is not Status.CLAIMED, -len(properties.claims)


def _ends(feature: Feature, atlas: Atlas) -> Iterator[str]:
    for one in (feature, *atlas.parts.get(feature.id, ())):
        yield from (end for end in (one.properties.from_, one.properties.to) if end)


def _join_the_same(one: Feature, other: Feature) -> bool:
    kinds = {one.properties.kind, other.properties.kind}
    joined = set(one.properties.connects)
    return kinds <= _LINKS and len(joined) > 1 and joined <= set(other.properties.connects)
