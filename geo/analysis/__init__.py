"""
Answers to what the map changes, each no surer than its inputs.

Every figure is a range where its inputs are uncertain, names how and from what it was made, and
says what it does not mean. Nothing that is only claimed, and no diagram, counts as in service.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from geo import store
from geo.analysis import access, latency, length, places, reach, ways
from geo.analysis.figure import Answer, Column, Key, Quantity, Row, Table
from geo.analysis.words import measured
from geo.model import Atlas
from geo.store import Store
from geo.view import View
from geo.vocab import Question

__all__ = [
    "ANSWERS",
    "Answer",
    "Column",
    "Key",
    "Quantity",
    "Row",
    "Table",
    "answer",
    "answers",
    "measured",
]

#: How each question is answered, from the atlas, the view and the reference data of a store.
ANSWERS: Mapping[Question, Callable[[Atlas, View, Store], Answer]] = MappingProxyType(
    {
        Question.LENGTH: length.length,
        Question.REACH: lambda atlas, view, found: reach.reach(atlas, view, places.read(found)),
        Question.ACCESS: lambda atlas, view, _: access.access(atlas, view),
        Question.ROUTES: lambda atlas, view, _: ways.ways(atlas, view),
        Question.LATENCY: lambda atlas, view, _: latency.latency(atlas, view),
    }
)


def answer(question: Question, atlas: Atlas, view: View, found: Store | None = None) -> Answer:
    """
    Answer one question about what a view shows.

    Parameters
    ----------
    found
        Where base map and settlements are; None means the data in use.

    Raises
    ------
    GeoError
        If these reference data are missing, or do not reach as far as what is shown.
    """
    return ANSWERS[question](atlas, view, found or store.find())


def answers(atlas: Atlas, view: View, found: Store | None = None) -> tuple[Answer, ...]:
    """
    Answer every question about what a view shows, in the view's language.

    Parameters
    ----------
    atlas
        As it was known on the view's day, where it names one (`geo.options.Asked.open`).
    view
        Its layers and filters say which routes and sites are meant, its worldview which lines
        part territories.
    found
        Where base map and settlements are; None means the data in use.

    Returns
    -------
    answers
        Plain values, in the order of `Question`; `measured` writes a quantity with its range.

    Raises
    ------
    GeoError
        If reference data are missing, or do not reach as far as what is shown.
    """
    return tuple(answer(question, atlas, view, found) for question in Question)
