"""A briefing on paper: PDF/UA-1 by Typst, A4 or US Letter."""

from typing import Any

from geo import text
from geo.briefing import drawing, marks, typesetting
from geo.briefing.drawing import JOINED
from geo.briefing.model import Briefing, Length, Paper
from geo.briefing.words import words_of
from geo.cite import MAP

_TEMPLATE = "briefing.typ"
#: Letters of the body in the brief length, points.
_SIZE = 8.2
#: Dots an inch of a look at the pages.
_LOOK = 110


def write(briefing: Briefing, paper: Paper = Paper.A4) -> bytes:
    """Set a briefing; raises as `typesetting.pdf`."""
    data = _data(briefing, paper)
    if briefing.figure and briefing.lang in JOINED:
        # Typst takes bytes as numbers; there is no file that it could read.
        data["figure"]["png"] = list(drawing.png(briefing.figure.svg, briefing.figure.alt))
    return typesetting.pdf(typesetting.template(_TEMPLATE), data, briefing.day)


def pages(briefing: Briefing, paper: Paper = Paper.A4) -> int:
    """Count the pages a briefing takes."""
    return typesetting.pages(typesetting.template(_TEMPLATE), _data(briefing, paper))


def pictures(briefing: Briefing, paper: Paper, *, most: int) -> list[bytes]:
    """Draw the first pages as PNG, for a look at them."""
    source, data = typesetting.template(_TEMPLATE), _data(briefing, paper)
    return typesetting.looks(source, data, _LOOK)[:most]


def _data(briefing: Briefing, paper: Paper) -> dict[str, Any]:
    single = len(briefing.chapters) == 1
    told = marks.marked(briefing)
    told |= {
        "map": text.message(MAP, briefing.lang),
        "foot": f"{briefing.known} {briefing.boundary_view}",
        "paper": paper.value,
        "size": _SIZE,
        "single": single,
        "names": told["chapters"][0]["names"] if single else [],
        "say": words_of(briefing.lang),
    }
    if briefing.length is Length.FULL and single:
        told["chapters"][0]["names"] = []
    if told["figure"]:
        told["figure"]["png"] = None
    return told
