"""A briefing as a Word document, in styles an office can restyle, with real footnotes."""

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import Any

from geo.briefing import drawing
from geo.briefing.model import Briefing, Chapter, Length, Paper, Point, Statement
from geo.briefing.words import words_of
from geo.cite import MAP
from geo.errors import GeoError

#: Sheets: width and height, millimeters.
_SHEETS = {Paper.A4: (210, 297), Paper.LETTER: (215.9, 279.4)}
_MARGIN_MM = 20


def write(briefing: Briefing, paper: Paper = Paper.A4) -> bytes:
    """
    Write a briefing as DOCX.

    Raises
    ------
    GeoError
        If python-docx, or for the map Typst, is not installed.
    """
    if find_spec("docx") is None:
        remedy = "Install it with: pip install 'digital-silk-road-map[briefing]'"
        raise GeoError(
            "python-docx", "is not installed, and no Word document can be written", remedy
        )
    from geo.briefing import office  # noqa: PLC0415 - of an extra

    document = office.new(briefing.lang, [*_SHEETS[paper], _MARGIN_MM])
    writer = _Writer(briefing, document, office)
    writer.write()
    properties = document.core_properties
    properties.title, properties.author = office.clean(briefing.title), MAP
    properties.subject, properties.language = office.clean(briefing.scope), briefing.lang
    properties.comments = office.clean(briefing.edition)
    stamp = datetime.fromisoformat(briefing.day).replace(tzinfo=UTC)
    properties.created = properties.modified = stamp
    properties.last_modified_by, properties.revision = MAP, 1
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


class _Writer:
    """Sets the parts of a briefing in the order of reading."""

    def __init__(self, briefing: Briefing, document: Any, office: Any) -> None:  # noqa: ANN401 - python-docx has no types
        self._briefing, self._document, self._office = briefing, document, office
        self._notes = office.Footnotes(document, briefing.notes)
        self._say = words_of(briefing.lang)

    def write(self) -> None:
        """Set everything."""
        told, office = self._briefing, self._office
        office.running(
            self._document,
            told.title,
            told.edition,
            f"{told.known} {told.boundary_view}",
        )
        self._title()
        self._figure()
        self._heading(self._say["points"], 1)
        several = len(told.chapters) > 1
        for chapter in told.chapters:
            if several and chapter.points:
                self._heading(chapter.name, 2)
            self._points(chapter.points)
        self._table()
        if told.length is Length.BRIEF:
            self._unknown(told.chapters)
        else:
            for chapter in told.chapters:
                self._chapter(chapter)
        if told.beside:
            self._heading(self._say["beside"], 1)
            self._points(told.beside)
        self._method()
        self._notes.finish()

    def _title(self) -> None:
        told = self._briefing
        self._paragraph(told.title, "Title")
        if len(told.chapters) == 1 and told.chapters[0].names:
            paragraph = self._document.add_paragraph(style="Subtitle")
            self._office.names(paragraph, told.chapters[0].names, self._say["draft"])
        else:
            self._paragraph(told.scope, "Subtitle")
        self._paragraph(f"{told.known} {told.edition}.")
        self._statements(self._document.add_paragraph(), told.opening)

    def _figure(self) -> None:
        figure = self._briefing.figure
        if figure is not None:
            picture = drawing.png(figure.svg, figure.alt)
            self._office.picture(self._document, picture, figure.alt)
            self._paragraph(figure.caption, "Caption")

    def _table(self) -> None:
        told = self._briefing
        if not told.rows:
            return
        self._heading(self._say["table"], 1)

        def cell(it: Statement | None) -> Callable[[Any], None]:
            return lambda paragraph: self._statements(paragraph, (it,) if it else ())

        rows = [
            (
                lambda paragraph, row=row: self._office.text(
                    paragraph,
                    f"{row.name} ({self._say['beside_short']})" if row.beside else row.name,
                ),
                cell(row.status),
                cell(row.date),
                lambda paragraph, row=row: self._statements(paragraph, row.figures),
                cell(row.evidence),
                cell(row.geometry),
            )
            for row in told.rows
        ]
        self._office.table(self._document, self._say["columns"], rows, (38, 26, 22, 30, 27, 27))

    def _unknown(self, chapters: Sequence[Chapter]) -> None:
        known = [one for one in chapters if one.unknown]
        if known:
            self._heading(self._say["unknown"], 1)
        for chapter in known:
            paragraph = self._document.add_paragraph()
            if len(chapters) > 1:
                self._office.text(paragraph, f"{chapter.name}: ", bold=True)
            self._statements(paragraph, chapter.unknown)

    def _chapter(self, chapter: Chapter) -> None:
        self._heading(chapter.name, 1)
        paragraph = self._document.add_paragraph()
        self._office.text(paragraph, f"{chapter.kind} ")
        self._office.names(paragraph, chapter.names, self._say["draft"])
        if chapter.summary:
            self._statements(self._document.add_paragraph(), (chapter.summary,))
        if chapter.history:
            self._heading(self._say["history"], 2)
            rows = [
                (
                    lambda paragraph, step=step: self._office.text(paragraph, step.date),
                    lambda paragraph, step=step: self._statements(paragraph, (step.statement,)),
                )
                for step in chapter.history
            ]
            heads = (self._say["date"], self._say["step"])
            self._office.table(self._document, heads, rows, (45, 125))
        if chapter.quotes:
            self._heading(self._say["quotes"], 2)
        for one in chapter.quotes:
            paragraph = self._document.add_paragraph(style="Quote")
            self._office.runs(paragraph, one.runs)
            self._notes.mark(paragraph, one.notes)
            self._office.text(paragraph, f" {one.about} — {one.by}")
        if chapter.claims:
            self._heading(self._say["claims"], 2)
        for topic in chapter.claims:
            self._heading(topic.title, 3)
            self._bullets(topic.statements)
        if chapter.disagreements:
            self._heading(self._say["disagreements"], 2)
            self._bullets(chapter.disagreements)
        if chapter.unknown:
            self._heading(self._say["unknown"], 2)
            self._statements(self._document.add_paragraph(), chapter.unknown)

    def _method(self) -> None:
        told, say = self._briefing, self._say
        self._heading(say["method"], 1)
        for words in (
            told.reading,
            told.left_out,
            *told.method,
            told.boundary_note,
            *told.licenses,
        ):
            if words:
                self._paragraph(words)
        paragraph = self._document.add_paragraph()
        self._office.text(paragraph, f"{say['cite']}: {told.cite} ")
        if told.link:
            self._office.link(paragraph, told.link, told.link)
        elif told.view:
            self._office.text(paragraph, f"{say['view']}: {told.view}")
        self._office.text(self._document.add_paragraph(), told.clearing, bold=True)
        if told.length is Length.FULL:
            self._heading(say["bibliography"], 1)
            for one in told.bibliography:
                self._office.runs(self._document.add_paragraph(style="Bibliography"), one.runs)

    def _points(self, points: Sequence[Point]) -> None:
        for point in points:
            paragraph = self._document.add_paragraph()
            self._office.text(paragraph, f"{point.title}. ", bold=True)
            self._statements(paragraph, point.statements)

    def _bullets(self, statements: Sequence[Statement]) -> None:
        for one in statements:
            self._statements(self._document.add_paragraph(style="List Bullet"), (one,))

    def _statements(self, paragraph: Any, statements: Sequence[Statement]) -> None:  # noqa: ANN401
        for index, one in enumerate(statements):
            self._office.text(paragraph, f"{' ' if index else ''}{one.text}")
            self._notes.mark(paragraph, one.notes)

    def _heading(self, words: str, level: int) -> None:
        self._office.text(self._document.add_heading(level=level), words)

    def _paragraph(self, words: str, style: str | None = None) -> None:
        self._office.text(self._document.add_paragraph(style=style), words)
