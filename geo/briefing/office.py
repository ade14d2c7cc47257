"""What python-docx lacks: footnotes, links, languages, alt text, a header row that repeats."""

import io
import re
from collections.abc import Callable, Sequence
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from geo.briefing.model import Name, Note, Run

#: What XML cannot hold.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
#: Scripts that run from right to left, and the tags Word has for languages.
_RIGHT_TO_LEFT = frozenset({"ur", "ar", "fa"})
_TAGS = {"en": "en-US", "ur": "ur-PK", "zh": "zh-CN"}
_INK, _LINK, _SOFT = (RGBColor.from_string(one) for one in ("1D2226", "0B57A4", "4C5257"))
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_EMPTY_NOTES = f"""<w:footnotes {_NAMESPACES}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>
</w:footnote></w:footnotes>"""


def new(lang: str, sheet_mm: Sequence[float]) -> DocumentType:
    """
    Make an empty document with the styles a briefing needs.

    Parameters
    ----------
    sheet_mm
        Width, height and margin of the sheet.
    """
    document = Document()
    width, height, margin = sheet_mm
    section = document.sections[0]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(margin)
    section.top_margin = section.bottom_margin = Mm(margin)
    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Noto Sans", Pt(9.5)
    normal.font.color.rgb = _INK
    normal.paragraph_format.space_after = Pt(4)
    for name, size in (("Title", 20), ("Heading 1", 14), ("Heading 2", 11), ("Heading 3", 10)):
        style = styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Noto Sans", Pt(size), _INK
        # The template's theme fonts would win over the name.
        for fonts in style.element.iter(qn("w:rFonts")):
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
    styles["Subtitle"].font.name, styles["Subtitle"].font.size = "Noto Sans", Pt(11)
    styles["Caption"].font.color.rgb = styles["Subtitle"].font.color.rgb = _SOFT
    styles["Subtitle"].font.italic = False
    for name in ("Header", "Footer"):
        stops = styles[name].paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(Mm(width - 2 * margin), WD_TAB_ALIGNMENT.RIGHT)
        styles[name].font.size = Pt(8)
    notes = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    notes.base_style, notes.font.size = normal, Pt(7.5)
    notes.paragraph_format.space_after = Pt(1)
    mark = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    mark.font.superscript = True
    links = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    links.font.color.rgb, links.font.underline = _LINK, True
    books = styles.add_style("Bibliography", WD_STYLE_TYPE.PARAGRAPH)
    books.base_style, books.font.size = normal, Pt(8.5)
    books.paragraph_format.left_indent, books.paragraph_format.first_line_indent = Mm(6), Mm(-6)
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _TAGS.get(lang, lang))
    return document


def clean(words: str) -> str:
    """Leave out what XML cannot hold."""
    return _UNFIT.sub("", words)


def text(paragraph: Paragraph, words: str, *, bold: bool = False, italic: bool = False) -> None:
    """Add words to a paragraph."""
    run = paragraph.add_run(clean(words))
    run.bold, run.italic = bold or None, italic or None


def names(paragraph: Paragraph, them: Sequence[Name], draft: str) -> None:
    """Add names in other scripts, each in its language and its direction."""
    for index, one in enumerate(them):
        text(paragraph, " · " if index else "")
        runs(paragraph, (Run(text=one.text, lang=one.lang),))
        if one.draft:
            text(paragraph, f" ({draft})")


def runs(paragraph: Paragraph, them: Sequence[Run]) -> None:
    """Add runs, with their links and languages."""
    for one in them:
        paragraph._p.append(_run(one, paragraph.part))  # noqa: SLF001 - python-docx's own way to its XML


def link(paragraph: Paragraph, words: str, address: str) -> None:
    """Add a link."""
    runs(paragraph, (Run(text=words, url=address),))


def _run(one: Run, part: Any) -> BaseOxmlElement:  # noqa: ANN401 - a part of the package
    run = OxmlElement("w:r")
    about = OxmlElement("w:rPr")
    if one.url:
        about.append(_element("w:rStyle", "Hyperlink"))
    if one.italic:
        about.append(OxmlElement("w:i"))
    if one.lang in _RIGHT_TO_LEFT:
        about.append(OxmlElement("w:rtl"))
    if one.lang in _TAGS and one.lang != "en":
        language = OxmlElement("w:lang")
        side = "bidi" if one.lang in _RIGHT_TO_LEFT else "eastAsia"
        language.set(qn(f"w:{side}"), _TAGS[one.lang])
        about.append(language)
    words = OxmlElement("w:t")
    words.text = clean(one.text)
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.extend([about, words])
    if not one.url:
        return run
    anchor = OxmlElement("w:hyperlink")
    anchor.set(qn("r:id"), part.relate_to(one.url, RT.HYPERLINK, is_external=True))
    anchor.append(run)
    return anchor


def _element(name: str, value: str) -> BaseOxmlElement:
    made = OxmlElement(name)
    made.set(qn("w:val"), value)
    return made


class Footnotes:
    """The part of a document that holds its footnotes, and the marks that lead to them."""

    def __init__(self, document: DocumentType, notes: Sequence[Note]) -> None:
        self._notes = {note.n: note for note in notes}
        self._told: set[int] = set()
        package = document.part.package
        self._part = XmlPart(
            PackURI("/word/footnotes.xml"), CT.WML_FOOTNOTES, parse_xml(_EMPTY_NOTES), package
        )
        document.part.relate_to(self._part, RT.FOOTNOTES)
        settings = document.settings.element
        known = OxmlElement("w:footnotePr")
        for id_ in ("-1", "0"):
            separator = OxmlElement("w:footnote")
            separator.set(qn("w:id"), id_)
            known.append(separator)
        # The schema wants it in its place: before `w:compat`.
        before = settings.find(qn("w:compat"))
        if before is None:
            settings.append(known)
        else:
            before.addprevious(known)

    def mark(self, paragraph: Paragraph, numbers: Sequence[int]) -> None:
        """Set the marks of notes; one that was set before is a cross-reference to the first."""
        for n in numbers:
            if n in self._told:
                self._again(paragraph, n)
            else:
                self._first(paragraph, n)

    def finish(self) -> None:
        """Make sure that every note is marked somewhere."""
        missing = self._notes.keys() - self._told
        if missing:
            raise ValueError(f"notes without a mark: {sorted(missing)}")

    def _first(self, paragraph: Paragraph, n: int) -> None:
        self._told.add(n)
        begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (begin, end):
            element.set(qn("w:id"), str(1000 + n))
        begin.set(qn("w:name"), f"_RefNote{n}")
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(n))
        paragraph._p.extend([begin, _marked(reference), end])  # noqa: SLF001
        self._part.element.append(self._footnote(self._notes[n]))

    @staticmethod
    def _again(paragraph: Paragraph, n: int) -> None:
        """Set a field that shows the number of the first mark, whatever it becomes."""
        instruction, number = OxmlElement("w:instrText"), OxmlElement("w:t")
        instruction.text, number.text = f" NOTEREF _RefNote{n} \\f \\h ", str(n)
        # In its long form: LibreOffice forgets the style of a short one.
        begin, between, end = (_field_char(one) for one in ("begin", "separate", "end"))
        for element in (begin, instruction, between, number, end):
            paragraph._p.append(_marked(element))  # noqa: SLF001

    def _footnote(self, note: Note) -> BaseOxmlElement:
        made = OxmlElement("w:footnote")
        made.set(qn("w:id"), str(note.n))
        paragraph, about = OxmlElement("w:p"), OxmlElement("w:pPr")
        about.append(_element("w:pStyle", "FootnoteText"))
        space = Run(text=" ")
        words = [_run(run, self._part) for run in (space, *note.runs)]
        paragraph.extend([about, _marked(OxmlElement("w:footnoteRef")), *words])
        made.append(paragraph)
        return made


def _field_char(kind: str) -> BaseOxmlElement:
    made = OxmlElement("w:fldChar")
    made.set(qn("w:fldCharType"), kind)
    return made


def _marked(element: BaseOxmlElement) -> BaseOxmlElement:
    run, about = OxmlElement("w:r"), OxmlElement("w:rPr")
    about.append(_element("w:rStyle", "FootnoteReference"))
    run.extend([about, element])
    return run


def picture(document: DocumentType, png: bytes, alt: str) -> None:
    """Add a picture as wide as the text, with what it shows in words for who cannot see it."""
    section = document.sections[0]
    width = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
    shape = document.add_picture(io.BytesIO(png), width=width)
    shape._inline.docPr.set("descr", clean(alt))  # noqa: SLF001
    document.paragraphs[-1].paragraph_format.keep_with_next = True


def table(
    document: DocumentType,
    heads: Sequence[str],
    rows: Sequence[Sequence[Callable[[Paragraph], None]]],
    widths_mm: Sequence[float],
) -> None:
    """Add a table whose header row repeats on each page and whose rows stay whole."""
    made = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    made.autofit = False
    for column, width in zip(made.columns, widths_mm, strict=True):
        column.width = Mm(width)
    for cell, words in zip(made.rows[0].cells, heads, strict=True):
        text(cell.paragraphs[0], words, bold=True)
    for row in rows:
        for cell, write in zip(made.add_row().cells, row, strict=True):
            write(cell.paragraphs[0])
    for index, row in enumerate(made.rows):
        about = row._tr.get_or_add_trPr()  # noqa: SLF001
        about.append(OxmlElement("w:cantSplit"))
        if index == 0:
            about.append(OxmlElement("w:tblHeader"))
        for cell, width in zip(row.cells, widths_mm, strict=True):
            _fit(cell, width)
    document.add_paragraph()


def _fit(cell: _Cell, width_mm: float) -> None:
    cell.width = Mm(width_mm)
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.space_after = Pt(1)
        for run in paragraph.runs:
            run.font.size = Pt(8.5)


def running(document: DocumentType, title: str, edition: str, foot: str) -> None:
    """Set the running header and footer, with the number of the page."""
    section = document.sections[0]
    head = section.header.paragraphs[0]
    text(head, f"{title}\t{edition}")
    below = section.footer.paragraphs[0]
    text(below, f"{foot}\t")
    for name in ("PAGE", None, "NUMPAGES"):
        if name is None:
            text(below, " / ")
            continue
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), f" {name} ")
        run, number = OxmlElement("w:r"), OxmlElement("w:t")
        number.text = "1"
        run.append(number)
        field.append(run)
        below._p.append(field)  # noqa: SLF001
