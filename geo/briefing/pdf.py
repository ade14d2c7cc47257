"""A briefing on paper: PDF/UA-1 by Typst, A4 or US Letter."""

from typing import Any

from geo import text
from geo.briefing import typesetting
from geo.briefing.model import Briefing, Length, Paper
from geo.briefing.words import words_of
from geo.cite import MAP

_TEMPLATE = "briefing.typ"
#: Letters of the body in the brief length, points.
_SIZE = 8.2


def write(briefing: Briefing, paper: Paper = Paper.A4) -> bytes:
    """Set a briefing; raises as `typesetting.pdf`."""
    return typesetting.pdf(typesetting.template(_TEMPLATE), _data(briefing, paper), briefing.day)


def pages(briefing: Briefing, paper: Paper = Paper.A4) -> int:
    """Count the pages a briefing takes."""
    return typesetting.pages(typesetting.template(_TEMPLATE), _data(briefing, paper))


def _data(briefing: Briefing, paper: Paper) -> dict[str, Any]:
    single = len(briefing.chapters) == 1
    told = briefing.model_dump(mode="json")
    told |= {
        "map": text.message(MAP, briefing.lang),
        "foot": f"{briefing.known} {_view_line(briefing)}",
        "paper": paper.value,
        "size": _SIZE,
        "single": single,
        "names": told["chapters"][0]["names"] if single else [],
        "say": words_of(briefing.lang),
    }
    if briefing.length is Length.FULL and single:
        told["chapters"][0]["names"] = []
    if told["figure"]:
        told["figure"]["format"] = "svg"
    _mark_first(told, set())
    return told


def _view_line(briefing: Briefing) -> str:
    return briefing.clearing.partition(";")[0] + "."


def _mark_first(value: Any, told: set[int]) -> None:  # noqa: ANN401 - any JSON value
    """
    Say of each mark whether it is the first of its note, in the order of reading.

    The parts of a briefing are numbered, and stand in the template, in one order.
    """
    opening, chapters = value["opening"], value["chapters"]
    _marks(opening, told)
    _marks([one["points"] for one in chapters], told)
    _marks(value["rows"], told)
    rest = ("summary", "history", "quotes", "claims", "disagreements", "unknown")
    _marks([[one[name] for name in rest] for one in chapters], told)
    _marks(value["beside"], told)


def _marks(value: Any, told: set[int]) -> None:  # noqa: ANN401 - any JSON value
    if isinstance(value, list):
        for one in value:
            _marks(one, told)
    elif isinstance(value, dict):
        if "notes" in value:
            numbers = value["notes"]
            value["notes"] = [{"n": n, "first": n not in told} for n in numbers]
            told.update(numbers)
        for name, one in value.items():
            if name != "notes":
                _marks(one, told)
