"""The ways in: a briefing, or the map alone, as the bytes of a file."""

from collections.abc import Callable, Sequence

from geo import text
from geo.briefing import drawing
from geo.briefing.forms import FORMS
from geo.briefing.make import make
from geo.briefing.model import Length, Paper
from geo.maps.figure import SIZES
from geo.model import Atlas
from geo.store import Store
from geo.view import View

#: Told what is being done.
Report = Callable[[str], None]


def write(
    atlas: Atlas,
    view: View,
    store: Store,
    form: str,
    *,
    features: Sequence[str] = (),
    length: Length = Length.BRIEF,
    paper: Paper = Paper.A4,
    report: Report = lambda _: None,
) -> bytes:
    """
    Write a briefing; parameters and errors as `make`, and `form` is one of `FORMS`.

    The same data, view and day give the same bytes; of DOCX, the same parts.
    """
    told = make(atlas, view, store, features=features, length=length, paper=paper, report=report)
    report(text.message("Setting pages", view.lang))
    return FORMS[form].write(told, paper, atlas)


def write_figure(
    atlas: Atlas,
    view: View,
    store: Store,
    form: str,
    *,
    size: str = "page",
    features: Sequence[str] = (),
) -> bytes:
    """
    Draw the map alone; errors as `drawing.draw`.

    Parameters
    ----------
    form
        "svg", "png" (300 dots an inch) or "pdf" (vector).
    size
        One of `SIZES`.
    """
    svg, title = drawing.draw(atlas, view, store, SIZES[size], features=features)
    if form == "svg":
        return svg.encode()
    if form == "png":
        return drawing.png(svg, title)
    return drawing.pdf(svg, title, atlas, view)


def media_type(form: str) -> str:
    """Give what a form is called on the web."""
    return FORMS[form].media_type
