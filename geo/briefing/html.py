"""A briefing as a web page in one file, for the screen and for print; it has no script."""

from markupsafe import Markup

from geo import render
from geo.briefing import marks
from geo.briefing.model import Briefing, Length
from geo.briefing.words import words_of
from geo.cite import MAP
from geo.view import RIGHT_TO_LEFT


def write(briefing: Briefing) -> bytes:
    """Write a briefing as HTML that needs nothing from elsewhere."""
    figure = briefing.figure
    page = render.render(
        "briefing.html.jinja",
        told=marks.marked(briefing),
        say=words_of(briefing.lang),
        picture=Markup(figure.svg) if figure else None,  # noqa: S704 - from our own environment
        brief=briefing.length is Length.BRIEF,
        direction="rtl" if briefing.lang in RIGHT_TO_LEFT else "ltr",
        map_name=MAP,
    )
    return page.encode()
