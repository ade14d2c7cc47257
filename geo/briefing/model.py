"""What a briefing says, as one value that every writer sets in its own way."""

from enum import StrEnum
from typing import Self

from pydantic import model_validator

from geo.model import Id, Record, Text


class Length(StrEnum):
    """How much a briefing tells: two pages, or everything."""

    BRIEF = "brief"
    FULL = "full"


class Paper(StrEnum):
    """The sheet it is set on."""

    A4 = "a4"
    LETTER = "letter"


class Run(Record):
    """
    Words that are set alike.

    Attributes
    ----------
    url
        Where they lead.
    lang
        Language of the words, where it is not the briefing's.
    """

    text: str
    url: str | None = None
    lang: str | None = None
    italic: bool = False


class Note(Record):
    """
    A footnote: what a statement rests on.

    Attributes
    ----------
    n
        Its number; notes are numbered as they first appear.
    claims
        Ids of the claims it cites.
    inputs
        Ids of features and claims that a finding of our own is made from.
    """

    n: int
    runs: tuple[Run, ...]
    claims: tuple[Id, ...] = ()
    inputs: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _rests_on_something(self) -> Self:
        if not (self.claims or self.inputs):
            raise ValueError("a note cites claims, or names what a finding is made from")
        return self

    @property
    def text(self) -> str:
        """Its words without their links."""
        return "".join(run.text for run in self.runs)


class Statement(Record):
    """A sentence and the notes that bear it; there is none without."""

    text: Text
    notes: tuple[int, ...]

    @model_validator(mode="after")
    def _has_a_note(self) -> Self:
        if not self.notes:
            raise ValueError(f"no note bears {self.text!r}")
        return self


class Point(Record):
    """A few statements under one head; `feature` is what they are of."""

    title: Text
    statements: tuple[Statement, ...]
    feature: Id | None = None


class Name(Record):
    """A name in another script; `draft` marks a translation nobody has reviewed."""

    lang: str
    text: str
    draft: bool


class Row(Record):
    """A line of the table of features; a cell without an answer is empty."""

    feature: Id
    name: str
    beside: bool
    status: Statement | None
    date: Statement | None
    figures: tuple[Statement, ...]
    evidence: Statement | None
    geometry: Statement


class Step(Record):
    """A dated step of a history."""

    date: str
    statement: Statement


class Quoted(Record):
    """Words of a source, and what they are about."""

    about: str
    runs: tuple[Run, ...]
    by: str
    notes: tuple[int, ...]


class Chapter(Record):
    """
    All that is said of one thing.

    Attributes
    ----------
    points
        What matters most, by subject.
    claims
        Every value of every property, the stated one first.
    disagreements
        Where sources do not fit together, with why one value is preferred.
    unknown
        What no source says.
    """

    feature: Id
    name: str
    names: tuple[Name, ...]
    kind: str
    summary: Statement | None
    points: tuple[Point, ...] = ()
    history: tuple[Step, ...] = ()
    claims: tuple[Point, ...] = ()
    quotes: tuple[Quoted, ...] = ()
    disagreements: tuple[Statement, ...] = ()
    unknown: tuple[Statement, ...] = ()


class Figure(Record):
    """The map: SVG, what it shows in words, and the caption below it."""

    svg: str
    alt: str
    caption: str


class Reference(Record):
    """A line of the bibliography."""

    source: Id
    runs: tuple[Run, ...]


class Briefing(Record):
    """
    A briefing.

    Attributes
    ----------
    scope
        What it is about, in words.
    known
        The day of which it speaks and how far sources were searched.
    edition
        Version of the data.
    view
        The view, as the parameters of a link; `link` is the public one, where there is any.
    opening
        What the whole scope comes to.
    chapters
        The things in scope.
    beside
        Things outside the scope that bear on it.
    left_out
        What the brief length had no room for; empty where it tells everything.
    boundary_view
        Whose boundaries are drawn, in a sentence; `clearing` has a line for who passes them.
    reading
        How to read the notes: what holds for all sources and is not said at each.
    day
        Of the briefing, YYYY-MM-DD: its date in files, so that the same data give the same bytes.
    """

    title: Text
    scope: Text
    known: Text
    edition: Text
    cite: Text
    view: str
    link: str | None
    lang: str
    length: Length
    opening: tuple[Statement, ...]
    figure: Figure | None
    rows: tuple[Row, ...]
    chapters: tuple[Chapter, ...]
    beside: tuple[Point, ...]
    left_out: str
    notes: tuple[Note, ...]
    reading: str
    bibliography: tuple[Reference, ...]
    method: tuple[str, ...]
    licenses: tuple[str, ...]
    boundary_note: str
    boundary_view: str
    clearing: str
    sources: tuple[Id, ...]
    day: str
