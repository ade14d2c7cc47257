"""The still picture that is seen before the map's script has run, and where none may run."""

from math import pi
from typing import Final

import shapely
from markupsafe import Markup

from geo import render, text
from geo.maps import assets, picture
from geo.maps.drawn import PLACE_SIZE, drawn
from geo.maps.element import HOME, LEAFLET
from geo.maps.frame import Frame
from geo.maps.ground import RADIUS, boundaries, mercator
from geo.maps.names import LEADING
from geo.model import Atlas
from geo.store import Store
from geo.view import View

#: How large the picture is, pixels at a whole zoom: wider than `HOME`, as most windows are.
_WIDTH, _HEIGHT, _ZOOM = 1000, 640, 5
#: Pixels of the world from side to side at zoom 0.
_WORLD: Final = 256


def still(atlas: Atlas, view: View, store: Store, title: str) -> Markup | None:
    """
    Draw what the map shows when it is opened, as HTML to stand in its place until it runs.

    Its only words are the note on boundaries: letters take a browser longer than all else in it.
    Names come with it, to be seen where no script runs.

    Returns
    -------
    html
        None where there is nothing to draw, or the map opens on a day that is past.
    """
    things = drawn(view.shown(atlas), atlas)
    if view.as_of or not things:
        return None
    west, south, east, north = mercator(shapely.box(*HOME)).bounds
    scale = _WORLD * 2**_ZOOM / (2 * pi * RADIUS)
    frame = Frame(
        west=(west + east) / 2 - _WIDTH / scale / 2,
        north=(south + north) / 2 + _HEIGHT / scale / 2,
        scale=scale,
        width=_WIDTH,
        height=_HEIGHT,
    )
    (left, top), (right, bottom) = frame.pixel(west, north), frame.pixel(east, south)
    borders = picture.borders_in(boundaries(store, view.worldview), frame)
    html = render.render(
        "still.html.jinja",
        box=[round(number, 1) for number in (left, top, right - left, bottom - top)],
        snap=LEAFLET["zoomSnap"],
        width=_WIDTH,
        floor=_HEIGHT,
        label=title,
        map=picture.plot(atlas, things, store, borders, frame, lang=view.lang),
        place_size=PLACE_SIZE,
        leading=LEADING,
        note=text.boundary_note(view.worldview, view.lang),
        attribution=text.attribution(),
        script=Markup(assets.asset(assets.STILL)),  # noqa: S704 - ours
    )
    return Markup(html)  # noqa: S704 - from our own environment
