"""The map for print: a picture with its legend, scale bar, inset, caveats and credits beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from types import MappingProxyType
from typing import Any

import shapely
from markupsafe import Markup
from shapely.geometry.base import BaseGeometry

from geo import render, text
from geo.maps.drawn import PLACE_SIZE, Drawn, drawn, foot
from geo.maps.frame import Frame, fit
from geo.maps.ground import boundaries, ground, mercator, stretch_at
from geo.maps.names import LEADING, Box, text_width, wrap
from geo.maps.picture import PRINT, borders_in, frame_of, plot
from geo.model import Atlas, Feature
from geo.render.swatches import BAND, swatch_of
from geo.store import Store
from geo.symbology import Symbol
from geo.vocab import Kind, Worldview

#: Width of the strip beside the map, and of the letters in it and at the foot, in our units.
_PANEL, _SMALL = 138.0, 6.6
_GAP = 8.0
#: How far a scale bar keeps from what the map is about, in our units.
_CLEAR = 12.0
#: How much of the map's width a scale bar takes at most.
_BAR_SHARE = 0.3
#: What of the inset's width or height the map takes at most; a wider one needs no inset.
_INSET_SHARE = 0.7
#: The window of the inset, degrees: Pakistan, western China and Central Asia.
_AROUND = (55.0, 20.0, 90.0, 50.0)
_NAMED = frozenset({"Pakistan", "China"})


@dataclass(frozen=True)
class Size:
    """
    A sheet for a map.

    Attributes
    ----------
    width_mm
        Of the print.
    width, height
        In units of the drawing, in which small letters are 6.6 high: fewer to the millimeter make
        letters larger, for a wall.
    """

    width_mm: float
    width: int
    height: int

    @property
    def height_mm(self) -> float:
        """Height of the print."""
        return self.width_mm * self.height / self.width


SIZES: Mapping[str, Size] = MappingProxyType(
    {
        "slide": Size(width_mm=338.7, width=640, height=360),  # 16 to 9, as slides are
        "page": Size(width_mm=170, width=482, height=340),  # between the margins of A4
        "poster": Size(width_mm=594, width=1010, height=714),  # A2
    }
)


@dataclass(frozen=True)
class _Entry:
    """A line of the legend; `swatch` is drawn by our own environment."""

    swatch: str
    lines: tuple[str, ...]
    y: float


def placed(features: Sequence[Feature], atlas: Atlas, store: Store) -> list[Drawn]:
    """Take what stands on the base map; places beyond it widen no map."""
    extent = ground(store).extent
    return [one for one in drawn(features, atlas) if one.at.intersects(extent)]


def figure(
    atlas: Atlas,
    features: Sequence[Feature],
    store: Store,
    worldview: Worldview,
    size: Size,
    *,
    title: str | None = None,
    standing_note: bool = True,
    bounds: tuple[float, float, float, float] | None = None,
    lang: str = "en",
) -> str:
    """
    Draw features for print as SVG that needs nothing but a font.

    Parameters
    ----------
    features
        What is drawn, with parts and waypoints; what has no place on the base map is passed over.
    size
        The sheet; one too low for its legend grows as high as that needs.
    title
        A line above the map; None where a caption says it.
    standing_note
        Whether the standing note on boundaries is part of the figure; where it is not, whoever
        sets the figure sets the note beside it.
    bounds
        West, south, east, north, degrees; None frames the features.

    Raises
    ------
    ValueError
        If there is nothing to frame: neither `bounds` nor a feature with a place.
    """
    things = placed(features, atlas, store)
    if bounds is None and not things:
        raise ValueError("no feature has a place on the base map; give `bounds`")
    head = 22.0 if title else 0.0
    lines = boundaries(store, worldview)
    across = size.width - _PANEL - _GAP
    control = False
    while True:
        words = _foot(things, worldview, size.width, lang, control=control, note=standing_note)
        floor = size.height - head - 5 - len(words) * _SMALL * 1.25
        frame = frame_of(things, bounds, across, floor)
        borders = borders_in(lines, frame, PRINT)
        if control or "line_of_control" not in borders:
            break
        control = True
    bar = _bar(things, frame, lang)
    kept: list[Box] = [bar["box"]]
    inset = _inset(frame, store, worldview, lang)
    entries = list(_legend(things, lang, 12 + (inset["height"] + 10 if inset else 0)))
    if inset and _bottom(entries) > floor:  # the legend matters more
        inset, entries = None, list(_legend(things, lang, 12))
    if (lacking := ceil(_bottom(entries) - floor)) > 0:
        return figure(
            atlas,
            features,
            store,
            worldview,
            replace(size, height=size.height + lacking),
            title=title,
            standing_note=standing_note,
            bounds=bounds,
            lang=lang,
        )
    return render.render(
        "figure.svg.jinja",
        size=size,
        width=across,
        floor=round(floor, 1),
        head=head,
        title=title,
        label=text.message("Map: {names}", lang).format(names=named(things)),
        map=plot(atlas, things, store, borders, frame, detail=PRINT, taken=kept, lang=lang),
        bar=bar,
        inset=inset,
        panel=across + _GAP,
        entries=entries,
        legend=text.message("Legend", lang),
        where=text.message("Where it is", lang),
        foot=words,
        small=_SMALL,
        place_size=PLACE_SIZE,
        leading=LEADING,
    )


def named(things: Sequence[Drawn]) -> str:
    """Name what is drawn, each thing once."""
    names = dict.fromkeys(one.whole.properties.name for one in things if one.whole.is_thing)
    return "; ".join(names)


def _foot(
    things: Sequence[Drawn],
    worldview: Worldview,
    width: float,
    lang: str,
    *,
    control: bool,
    note: bool,
) -> tuple[str, ...]:
    """Say what nobody may miss who sees the figure alone, and whose the data are."""
    # The standing note speaks of the Line of Control itself.
    said = " ".join(foot(things, worldview, 10_000, lang=lang, control=control and not note))
    words = f"{said} {text.boundary_note(worldview, lang)}" if note else said
    return wrap(words, width - 6, _SMALL)


def _bar(things: Sequence[Drawn], frame: Frame, lang: str) -> dict[str, Any]:
    """Measure a scale bar, a round length true in the middle of the map, and find a corner for it."""
    middle = frame.north - frame.height / frame.scale / 2
    pixels_a_km = frame.scale * 1000 * stretch_at(middle)
    most = frame.width * _BAR_SHARE / pixels_a_km
    km = max(
        round_
        for power in range(-1, 5)
        for base in (1, 2, 5)
        if (round_ := base * 10**power) <= max(most, 0.1)
    )
    words = text.message("{km} km, true in the middle of the map", lang).format(
        km=text.number(km, lang)
    )
    pixels = round(km * pixels_a_km, 1)
    width, height = max(pixels, text_width(words, _SMALL)) + 16, 26.0
    east, south = frame.width - width, frame.height - height
    corners = ((0.0, south), (east, south), (east, 0.0), (0.0, 0.0))
    shapes = [one.at for one in things]
    x, y = next(
        (one for one in corners if not _covers(one, (width, height), shapes, frame)), corners[0]
    )
    return {
        "pixels": pixels,
        "words": words,
        "x": round(x + 8, 1),
        "y": round(y + 14, 1),
        "box": (x, y, x + width, y + height),
    }


def _covers(
    corner: tuple[float, float],
    size: tuple[float, float],
    shapes: Sequence[BaseGeometry],
    frame: Frame,
) -> bool:
    """Say whether a box of a map, pixels from its upper left, lies on a shape or near it."""
    west, north = frame.west + corner[0] / frame.scale, frame.north - corner[1] / frame.scale
    box = shapely.box(west, north - size[1] / frame.scale, west + size[0] / frame.scale, north)
    return any(box.distance(shape) < _CLEAR / frame.scale for shape in shapes)


def _inset(frame: Frame, store: Store, worldview: Worldview, lang: str) -> dict[str, Any] | None:
    """Draw where in the region the map lies; None for a map that shows most of it."""
    window = mercator(shapely.box(*_AROUND)).bounds
    small = fit(window, _PANEL * 0.48, _PANEL * 0.48 * 0.86, least=0, margin=0)
    corners = [small.pixel(frame.west, frame.north)]
    corners.append(
        small.pixel(
            frame.west + frame.width / frame.scale, frame.north - frame.height / frame.scale
        )
    )
    (left, top), (right, bottom) = corners
    if (right - left) > _INSET_SHARE * small.width or (bottom - top) > _INSET_SHARE * small.height:
        return None
    base = ground(store)
    names = [one for one in base.places if one.kind == "country" and one.name in _NAMED]
    return {
        "width": round(small.width, 1),
        "height": round(small.height, 1),
        "land": small.path(base.land, tolerance=0.3, step=0.1),
        "extent": small.path(base.extent, tolerance=0.3, step=0.1),
        "borders": list(borders_in(boundaries(store, worldview), small, PRINT).values()),
        "box": [round(n, 1) for n in (left, top, right - left, bottom - top)],
        "names": [(one.names.get(lang, one.name), *small.pixel(one.x, one.y)) for one in names],
    }


def _legend(things: Sequence[Drawn], lang: str, top: float) -> Iterator[_Entry]:
    """Say what each look means: things of one look share a line; then how to read the map."""
    y = top + 8
    for drawing, words in _meanings(things, lang):
        lines = wrap(words, _PANEL - 42, _SMALL + 0.4)
        yield _Entry(swatch=drawing, lines=lines, y=y)
        y += max(len(lines) * (_SMALL + 0.4) * LEADING, 10) + 4


def _bottom(entries: Sequence[_Entry]) -> float:
    """Say how far down a legend reaches."""
    last = entries[-1] if entries else None
    return max(last.y + len(last.lines) * (_SMALL + 0.4) * LEADING, last.y + 14) if last else 0.0


def _meanings(things: Sequence[Drawn], lang: str) -> Iterator[tuple[str, str]]:
    alike: dict[str, dict[str, None]] = {}
    looks: dict[str, Symbol] = {}
    for one in things:
        whole = one.whole
        line = one.shape == "LineString"
        if not whole.is_thing:
            continue
        drawing = Markup(render.swatch(one.symbol, line=line))  # noqa: S704 - from our own environment
        status = whole.properties.status
        stated = text.message(status.label, lang).lower() if status else ""
        kind = text.message(whole.properties.kind.label, lang)
        words = text.named(whole, lang) if line else kind
        alike.setdefault(str(drawing), {})[f"{words}: {stated}" if stated else words] = None
        looks[str(drawing)] = one.symbol
    for look, meanings in alike.items():
        yield Markup(look), "; ".join(meanings)  # noqa: S704 - from our own environment
    yield from _reading(things, list(looks.values()), lang)


def _reading(
    things: Sequence[Drawn], looks: Sequence[Symbol], lang: str
) -> Iterator[tuple[str, str]]:
    """Explain what no name explains: cores, diagrams, bands and small dots, where they occur."""
    if any(one.core and not one.pattern.double for one in looks):
        yield (
            _swatch("terrestrial_fiber.operating.one_article.none"),
            text.message("White core: one article alone says so", lang),
        )
    if any(one.schematic for one in looks):
        yield (
            _swatch("terrestrial_fiber.proposed.none.schematic"),
            text.message("Bowed, open ends: a diagram, no route", lang),
        )
    if any(one.error for one in things):
        yield _swatch(BAND), text.message("Pale band or ring: likely error, our estimate", lang)
    if any(one.feature.properties.kind is Kind.WAYPOINT for one in things):
        yield "", text.message("Small ring: place named in the published route", lang)


def _swatch(name: str) -> str:
    return Markup(swatch_of(name))  # noqa: S704 - from our own environment
