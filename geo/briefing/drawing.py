"""The map alone, as a file: SVG, PNG at 300 dots an inch, or a vector PDF."""

from collections.abc import Sequence

from geo import dates, text
from geo.briefing import scope, typesetting
from geo.errors import GeoError
from geo.maps.figure import Size, figure, placed
from geo.model import Atlas
from geo.pages import family
from geo.store import Store
from geo.view import View

DOTS_PER_INCH = 300
#: Languages whose letters join and carry dots that Typst sets as glyphs without a letter: in an SVG
#: they could not be read from a tagged PDF, which a map in them therefore cannot be part of.
JOINED = frozenset({"ur"})
_TEMPLATE = "figure.typ"


def draw(
    atlas: Atlas, view: View, store: Store, size: Size, *, features: Sequence[str] = ()
) -> tuple[str, str]:
    """
    Draw what a view shows, or things by name.

    Returns
    -------
    svg
        With title, legend, scale bar, inset, caveats, credits and the standing boundary note.
    title
        What the map is of.

    Raises
    ------
    GeoError
        If a feature is not known, or nothing selected has a place on the base map.
    """
    things = scope.things(atlas, view, features)
    members = tuple({one.id: one for thing in things for one in family(thing, atlas)}.values())
    if not placed(members, atlas, store):
        fault = "nothing that is selected has a place on the base map"
        raise GeoError("the figure", fault, "Choose a feature or layer that has")
    title = _title([text.named(one, view.lang) for one in things], atlas, view)
    return figure(atlas, members, store, view.worldview, size, title=title, lang=view.lang), title


def _title(names: Sequence[str], atlas: Atlas, view: View) -> str:
    few = len(names) <= 2  # noqa: PLR2004 - more are no title
    about = (
        "; ".join(names)
        if few
        else text.message("Pakistan–China digital infrastructure", view.lang)
    )
    if view.as_of:
        known = text.message("as known on {day}", view.lang)
        return f"{about}, {known.format(day=text.day(view.as_of, view.lang))}"
    searched = text.message("sources searched to {day}", view.lang)
    return f"{about}, {searched.format(day=text.day(atlas.searched_to, view.lang))}"


def png(svg: str, alt: str) -> bytes:
    """Draw an SVG map as PNG at 300 dots an inch; raises as `typesetting.pdf`."""
    return typesetting.png(typesetting.template(_TEMPLATE), _data(svg, alt), DOTS_PER_INCH)


def pdf(svg: str, alt: str, atlas: Atlas, view: View) -> bytes:
    """Set an SVG map as a vector PDF of its own size, tagged where it can be; raises as `typesetting.pdf`."""
    day = dates.bounds(view.as_of or atlas.searched_to)[1].isoformat()
    data = _data(svg, alt) | {"lang": view.lang}
    tagged = view.lang not in JOINED
    return typesetting.pdf(typesetting.template(_TEMPLATE), data, day, tagged=tagged)


def _data(svg: str, alt: str) -> dict[str, object]:
    width, height = _measure(svg)
    return {"svg": svg, "title": alt, "width_mm": width, "height_mm": height, "lang": "en"}


def _measure(svg: str) -> tuple[float, float]:
    """Read the size that `geo.maps.figure` wrote, millimeters."""
    head = svg[: svg.index(">")]
    width, height = (
        head.partition(f' {name}="')[2].partition("mm")[0] for name in ("width", "height")
    )
    return float(width), float(height)
