"""What a still picture draws of one feature, and the words that go with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo import symbology, text
from geo.maps.frame import Frame
from geo.maps.ground import Place, mercator, stretch_at
from geo.maps.names import Name, wrap
from geo.model import Atlas, Feature
from geo.symbology import Symbol
from geo.vocab import LocationMethod, Worldview

#: Sizes of letters, pixels: a feature's name, the base map's, the strip at the foot.
OWN_SIZE, PLACE_SIZE, FOOT_SIZE = 10, 9, 9
#: Share of a diagram's line by which it stops short of what it points at.
_OPEN_END = 0.1
#: What begins "administered by …; claimed by …" after the name of a territory.
_BRACKET = {"en": " (", "ur": " (", "zh": "（"}


@dataclass(frozen=True)
class Drawn:
    """
    A feature with a place.

    Attributes
    ----------
    whole
        The route it is a part of, or itself.
    at
        Its geometry, Web Mercator.
    error
        Likely error, meters of Web Mercator; 0 for a diagram, which means no location.
    """

    feature: Feature
    whole: Feature
    at: BaseGeometry
    symbol: Symbol
    error: float

    @property
    def shape(self) -> str:
        """Whether it is a Point, a LineString or a Polygon."""
        return str(self.at.geom_type).removeprefix("Multi")

    @property
    def reach(self) -> float:
        """How far around it is of interest: its likely error, or a diagram's open ends."""
        return self.at.length * _OPEN_END if self.symbol.schematic else self.error


def drawn(features: Sequence[Feature], atlas: Atlas) -> list[Drawn]:
    """Take those features that have a geometry."""
    return [
        Drawn(
            feature=one,
            whole=atlas.features.get(one.properties.part_of or "", one),
            at=at,
            symbol=symbology.symbol(one, atlas),
            error=0
            if one.properties.location_method is LocationMethod.SCHEMATIC
            else (one.properties.accuracy_m or 0) * stretch_at(at.centroid.y),
        )
        for one in features
        if one.geometry is not None and (at := mercator(shape(one.geometry.model_dump())))
    ]


def own_names(things: Sequence[Drawn], atlas: Atlas, frame: Frame, lang: str) -> Iterator[Name]:
    """Name what the picture is about: points, the ends of lines, the countries diagrams point at."""
    ids = {one.feature.id for one in things}
    ends = {id_ for one in things for id_ in _ends(one.feature) if id_ in atlas.features}
    beside = drawn([atlas.features[id_] for id_ in sorted(ends - ids)], atlas)
    points = [one for one in (*things, *beside) if one.shape == "Point"]
    for one in sorted(
        points, key=lambda one: (not one.feature.is_thing, one.feature.id not in ends)
    ):
        x, y = frame.pixel(one.at.centroid.x, one.at.centroid.y)
        own = one.feature.id in ids
        gap = 10.0 if own and one.feature.is_thing else 5.0
        lines = wrap(text.named(one.feature, lang), 130, OWN_SIZE)
        yield Name(lines, x, y, "name", OWN_SIZE, gap, dot=not own, own=True)
    for one in things:
        properties = one.feature.properties
        if one.symbol.schematic and properties.to is None and properties.connects:
            x, y = frame.pixel(*shapely.get_coordinates(one.at)[-1])
            lines = (text.country(properties.connects[-1], lang),)
            yield Name(lines, x, y, "name", PLACE_SIZE, 3, own=True)


def place_names(
    places: Sequence[Place], things: Sequence[Drawn], frame: Frame, told: set[str], lang: str
) -> Iterator[Name]:
    """Name places of the base map: great ones first, then countries, then what is near."""
    near = shapely.union_all([one.at for one in things])

    def weight(one: Place) -> tuple[int, bool, float]:
        away = shapely.distance(near, shapely.Point(one.x, one.y)) if things else 0
        return one.rank, one.kind != "country", float(away)

    for found in sorted(places, key=weight):
        x, y = frame.pixel(found.x, found.y)
        called = found.names.get(lang, found.name)
        if called in told or not frame.holds(x, y, 4):
            continue
        if found.kind == "town":
            yield Name((called,), x, y, "town", PLACE_SIZE, 4, dot=True)
        else:
            # "administered by … ; claimed by …" stands below the name, in lines of its own.
            name, bracket, rest = called.partition(_BRACKET[lang])
            told_of = wrap(f"{bracket.strip()}{rest}", 110, PLACE_SIZE) if rest else ()
            lines = (name, *told_of)
            # A country is wide; the name of a territory must not leave it.
            drift = found.kind == "country"
            yield Name(lines, x, y, found.kind, PLACE_SIZE, drift=drift)


def foot(
    things: Sequence[Drawn], worldview: Worldview, width: float, *, lang: str, control: bool
) -> tuple[str, ...]:
    """
    Say below a picture what nobody may miss who sees it alone.

    Parameters
    ----------
    width
        Of the picture, pixels.
    control
        Whether the picture shows the Line of Control.
    """
    say = [text.sentence(words, lang) for words in dict.fromkeys(_caveats(things, lang))]
    view = text.message(worldview.label, lang)
    say.append(text.message("Boundaries: {view}.", lang).format(view=view[:1].lower() + view[1:]))
    if control:
        say.append(text.message("Dotted: approximate Line of Control.", lang))
    say.append(text.message("Base map: Natural Earth, GeoNames.", lang))
    return wrap(" ".join(say), width - 12, FOOT_SIZE)


def _caveats(things: Sequence[Drawn], lang: str) -> Iterator[str]:
    yield from (
        text.message(caption, lang)
        for one in things
        if (caption := one.feature.properties.caption or one.whole.properties.caption)
    )
    lines = [one for one in things if one.shape == "LineString"]
    for one in lines:
        method = one.feature.properties.location_method
        if method is not None:
            words = text.message(method.label, lang)
            yield text.message("line: {method}", lang).format(method=words)
    if any(one.error for one in lines):
        yield text.message("pale band: likely error, our estimate", lang)
    points = [
        (one.feature.properties.name, error)
        for one in things
        if one.shape == "Point"
        and one.feature.is_thing
        and (error := one.feature.properties.accuracy_m) is not None
    ]
    likely = [
        f"{name} {text.distance(error, lang)}" if len(points) > 1 else text.distance(error, lang)
        for name, error in points
    ]
    if likely:
        words = text.message("likely error {distance}, our estimate", lang)
        yield words.format(distance=text.listed(likely, lang))


def _ends(feature: Feature) -> Iterator[str]:
    yield from (end for end in (feature.properties.from_, feature.properties.to) if end)
