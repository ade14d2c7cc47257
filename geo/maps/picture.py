"""A still picture of the map: SVG for pages and print, drawn from the same table as the map."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from markupsafe import Markup
from shapely.geometry.base import BaseGeometry

from geo import render, symbology, text
from geo.maps.drawn import FOOT_SIZE, PLACE_SIZE, Drawn, drawn, foot, own_names, place_names
from geo.maps.frame import Frame, fit
from geo.maps.ground import Ground, boundaries, ground, mercator, stretch_at
from geo.maps.names import LEADING, Box, place
from geo.model import Atlas, Feature, Record
from geo.store import Store
from geo.symbology import Symbol
from geo.view import RIGHT_TO_LEFT
from geo.vocab import Kind, Worldview

#: What a picture shows at least from side to side, so that a point stands among known names.
_LEAST_KM = 560
#: A name of the base map takes about so many square pixels of a picture.
_ROOM = 9000
#: How wide a picture is, kilometers, and the least of the rivers it shows.
_RIVERS = ((3000, 4), (1400, 5), (0, 6))
_SCHEMATIC_WIDTH = 0.75
#: Half of a point's picture and of a waypoint's, pixels.
_HALF, _HALF_WAYPOINT = 8, 4


@dataclass(frozen=True)
class Detail:
    """
    How true the lines of a picture are, pixels.

    Attributes
    ----------
    fine, coarse, rough
        How far a drawn line may leave the true one: features, the base map, bands of error.
    step, base_step
        To what positions are rounded: features, the base map.
    around
        Whether rivers, boundaries within countries and places of the base map are shown.
    """

    fine: float
    coarse: float
    rough: float
    step: float
    base_step: float
    around: bool = True


#: As small as a page on a slow line wants it.
SCREEN = Detail(fine=0.5, coarse=1.5, rough=1.5, step=0.5, base_step=1)
#: The same where the words leave it little room.
SMALL = Detail(fine=1, coarse=4, rough=3, step=1, base_step=1)
#: What is left where the words leave it hardly any.
LEAST = Detail(fine=1.5, coarse=8, rough=6, step=1, base_step=1, around=False)
#: As sharp as 300 dots an inch show it, where a pixel is a point of type.
PRINT = Detail(fine=0.1, coarse=0.2, rough=0.3, step=0.1, base_step=0.1)


class _Stroke(Record):
    """Lines that look alike, as one SVG path."""

    d: str
    symbol: Symbol
    width: float


def drawable(features: Sequence[Feature], atlas: Atlas, store: Store) -> bool:
    """Whether any of the features stands on the base map."""
    extent = ground(store).extent
    return any(one.at.intersects(extent) for one in drawn(features, atlas))


def picture(
    atlas: Atlas,
    features: Sequence[Feature],
    store: Store,
    worldview: Worldview,
    *,
    width: int,
    height: int,
    bounds: tuple[float, float, float, float] | None = None,
    lang: str = "en",
    detail: Detail = SCREEN,
) -> str:
    """
    Draw features on the base map as SVG.

    Parameters
    ----------
    features
        What is drawn; those without a geometry are passed over.
    store
        Where the base map is.
    worldview
        Whose boundaries are drawn; the picture names them and holds no others.
    width, height
        Pixels, with the strip at the foot that says what must not be missed.
    bounds
        West, south, east, north, degrees; None frames the features with some land around them.
    detail
        How much of the shapes is kept.

    Returns
    -------
    svg
        One element that needs nothing else; its style follows light, dark and print.

    Raises
    ------
    ValueError
        If there is nothing to frame: neither `bounds` nor a feature with a geometry.
    """
    things = drawn(features, atlas)
    if bounds is None and not things:
        raise ValueError("no feature has a geometry; give `bounds`")
    lines = boundaries(store, worldview)
    for control in (False, True):
        words = foot(things, worldview, width, lang=lang, control=control)
        floor = height - 6 - round(len(words) * FOOT_SIZE * 1.25)
        frame = frame_of(things, bounds, width, floor)
        borders = borders_in(lines, frame, detail)
        if "line_of_control" not in borders:
            break
    return render.render(
        "picture.svg.jinja",
        width=width,
        height=height,
        floor=floor,
        label=_label(features, lang),
        map=plot(atlas, things, store, borders, frame, detail=detail, lang=lang),
        foot=words,
        right_to_left=lang in RIGHT_TO_LEFT,
        foot_size=FOOT_SIZE,
        place_size=PLACE_SIZE,
        leading=LEADING,
    )


def plot(
    atlas: Atlas,
    things: Sequence[Drawn],
    store: Store,
    borders: Mapping[str, str],
    frame: Frame,
    *,
    detail: Detail = SCREEN,
    taken: Sequence[Box] = (),
    lang: str = "en",
) -> dict[str, Any]:
    """
    Work out what stands where in the window of a picture; `map.svg.jinja` draws it.

    Parameters
    ----------
    borders
        Boundary lines as paths, by class (`borders_in`).
    taken
        Boxes that names must keep clear of: west, north, east, south, pixels.
    """
    base = ground(store)
    points = list(_points(things, frame, detail))
    own = list(own_names(things, atlas, frame, lang))
    told = {" ".join(name.lines) for name in own}
    return {
        "base": _base(base, frame, detail),
        "boundaries": [
            {"d": d, "symbol": symbology.BOUNDARIES[name]} for name, d in borders.items()
        ],
        "bands": list(_bands(things, frame, detail)),
        "lines": list(_strokes(things, frame, detail)),
        "areas": [
            {"d": frame.path(one.at, tolerance=detail.fine, step=detail.step), "symbol": one.symbol}
            for one in things
            if one.shape == "Polygon"
        ],
        "points": points,
        "names": place(
            [*own, *place_names(base.places, things, frame, told, lang)],
            frame,
            taken=[*taken, *(_around(one["x"], one["y"], one["half"]) for one in points)],
            courses=list(_courses(things, frame)),
            most=frame.width * frame.height / _ROOM if detail.around else 0,
        ),
    }


def frame_of(
    things: Sequence[Drawn],
    bounds: tuple[float, float, float, float] | None,
    width: float,
    height: float,
) -> Frame:
    """Frame `bounds` (degrees), or the things with some land around them."""
    if bounds is not None:
        box = mercator(shapely.box(*bounds)).bounds
        return fit(box, width, height, least=0, margin=0)
    around = shapely.union_all([one.at.envelope.buffer(one.reach) for one in things])
    least = _LEAST_KM * 1000 * stretch_at(around.centroid.y)
    return fit(around.bounds, width, height, least=least)


def _base(base: Ground, frame: Frame, detail: Detail) -> dict[str, str]:
    across_km = frame.width / frame.scale / 1000
    most = next(rank for km, rank in _RIVERS if across_km >= km)
    rivers = [line for rank, line in base.rivers.items() if detail.around and rank <= most]
    parts = {"extent": [base.extent], "land": [base.land], "lakes": [base.lakes], "rivers": rivers}
    return {
        name: "".join(
            frame.path(one, tolerance=detail.coarse, step=detail.base_step) for one in found
        )
        for name, found in parts.items()
    }


def borders_in(
    lines: Mapping[str, BaseGeometry], frame: Frame, detail: Detail = SCREEN
) -> dict[str, str]:
    """Give the boundary lines in the picture as paths, by class."""
    paths = {
        name: frame.path(line, tolerance=detail.coarse, step=detail.base_step)
        for name, line in sorted(lines.items())
        if detail.around or name != "internal"
    }
    return {name: d for name, d in paths.items() if d}


def _bands(things: Sequence[Drawn], frame: Frame, detail: Detail) -> Iterator[dict[str, Any]]:
    for one in things:
        if one.shape == "LineString" and one.error:
            yield {
                "d": frame.path(one.at, tolerance=detail.rough, step=detail.step),
                "hue": one.symbol.hue,
                "width": round(2 * one.error * frame.scale, 1),
            }


def _strokes(things: Sequence[Drawn], frame: Frame, detail: Detail) -> Iterator[_Stroke]:
    alike: list[tuple[Symbol, list[BaseGeometry]]] = []
    for one in things:
        if one.shape == "LineString":
            group = next((lines for symbol, lines in alike if symbol == one.symbol), None)
            if group is None:
                alike.append((one.symbol, group := []))
            group.append(one.at)
    for symbol, lines in alike:
        # Parts that follow each other become one line, so that a dash runs through.
        whole = shapely.line_merge(shapely.union_all(lines)) if len(lines) > 1 else lines[0]
        thin = _SCHEMATIC_WIDTH if symbol.schematic else 1
        d = frame.path(whole, tolerance=detail.fine, step=detail.step)
        yield _Stroke(d=d, symbol=symbol, width=round(symbol.pattern.width * thin, 2))


def _points(things: Sequence[Drawn], frame: Frame, detail: Detail) -> Iterator[dict[str, Any]]:
    digits = 1 if detail.step < 1 else None
    for one in things:
        if one.shape != "Point":
            continue
        small = one.feature.properties.kind is Kind.WAYPOINT
        # Drawn by our own environment, which escaped what it was given.
        swatch = None if small else Markup(render.swatch(one.symbol, line=False))  # noqa: S704
        for point in shapely.get_parts(one.at):
            x, y = frame.pixel(point.x, point.y)
            yield {
                "x": round(x, digits),
                "y": round(y, digits),
                "small": small,
                "half": _HALF_WAYPOINT if small else _HALF,
                "ring": round(one.error * frame.scale, 1),
                "hue": one.symbol.hue,
                "swatch": swatch,
            }


def _courses(things: Sequence[Drawn], frame: Frame) -> Iterator[Box]:
    """Give small boxes along the lines, which names must not cover."""
    for one in things:
        if one.shape == "LineString":
            dense = shapely.segmentize(frame.pixels(one.at), 4)
            yield from (_around(x, y, 2) for x, y in shapely.get_coordinates(dense))


def _around(x: float, y: float, half: float) -> Box:
    return (x - half, y - half, x + half, y + half)


def _label(features: Sequence[Feature], lang: str) -> str:
    named = next((one for one in features if one.is_thing), None)
    name = text.named(named, lang) if named else text.message("Digital Silk Road map", lang)
    return text.message("Map: {name}", lang).format(name=name)
