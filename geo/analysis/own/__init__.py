"""Answers about a reader's own settlements and lines, of any number."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from geo import store
from geo.analysis.figure import Answer
from geo.analysis.own import access, length, reach
from geo.model import Atlas
from geo.store import Store
from geo.view import View
from geo.vocab import Question

Answering = Callable[[Atlas, View, Store, str, str | None], Answer]

#: The questions that a reader's own table answers, from the atlas, the view, the reference data of a
#: store, the table's name and the address of a scheduler.
ANSWERS: Mapping[Question, Answering] = MappingProxyType(
    {
        Question.LENGTH: lambda _, view, found, *data: length.length(view, found, *data),
        Question.REACH: lambda atlas, view, _, *data: reach.reach(atlas, view, *data),
        Question.ACCESS: lambda atlas, view, _, *data: access.access(atlas, view, *data),
    }
)


def answer(
    question: Question, atlas: Atlas, view: View, data: str, scheduler: str | None = None
) -> Answer:
    """
    Answer a question about a table of the reader's own.

    Parameters
    ----------
    question
        One of `ANSWERS`.
    data, scheduler
        The table, and who reads it: as in `geo.analysis.own.cluster.added`, and so are errors.
    """
    return ANSWERS[question](atlas, view, store.find(), data, scheduler)
