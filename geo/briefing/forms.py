"""The forms a briefing is written in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from geo.briefing import bibliography, docx, html, markdown, pdf
from geo.briefing.model import Briefing, Paper
from geo.model import Atlas, Source

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Form:
    """
    A kind of file.

    Attributes
    ----------
    label
        What it is called.
    media_type
        Its name on the web.
    write
        Makes its bytes of a briefing, a sheet and the atlas.
    """

    label: str
    media_type: str
    write: Callable[[Briefing, Paper, Atlas], bytes]


def _sources(briefing: Briefing, atlas: Atlas) -> list[Source]:
    return [atlas.sources[one] for one in briefing.sources]


#: By the ending of a file's name.
FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "pdf": Form("PDF", "application/pdf", lambda told, paper, _: pdf.write(told, paper)),
        "docx": Form("Word", _WORD, lambda told, paper, _: docx.write(told, paper)),
        "html": Form("HTML", "text/html; charset=utf-8", lambda told, *_: html.write(told)),
        "md": Form(
            "Markdown", "text/markdown; charset=utf-8", lambda told, *_: markdown.write(told)
        ),
        "bib": Form(
            "BibTeX",
            "application/x-bibtex; charset=utf-8",
            lambda told, _, atlas: bibliography.bibtex(_sources(told, atlas)).encode(),
        ),
        "ris": Form(
            "RIS",
            "application/x-research-info-systems; charset=utf-8",
            lambda told, _, atlas: bibliography.ris(_sources(told, atlas)).encode(),
        ),
    }
)
