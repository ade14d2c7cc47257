"""The sources of a briefing as a bibliography (Chicago, author–date), and as BibTeX and RIS."""

import re
from collections.abc import Iterator, Sequence

from geo import dates, text
from geo.briefing.model import Reference, Run
from geo.briefing.notes import checkable
from geo.model import Source
from geo.vocab import SourceKind

#: Types of RIS (Reference Manager's format of 2011) and of BibTeX by kind of source.
_RIS = {SourceKind.ACADEMIC: "JOUR", SourceKind.DATASET: "DATA", SourceKind.PRESS: "NEWS"}
_BIBTEX = {SourceKind.ACADEMIC: "article", SourceKind.DATASET: "dataset"}
_SPECIAL = re.compile(r"([\\{}$&#^_%~])")
_NAMES = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


def references(sources: Sequence[Source], lang: str = "en") -> tuple[Reference, ...]:
    """List sources by author or publisher, then by year."""
    return tuple(
        Reference(source=one.id, runs=tuple(_chicago(one, lang)))
        for one in sorted(sources, key=_sorting)
    )


def _sorting(source: Source) -> tuple[str, str, str]:
    return ((source.author or source.publisher).casefold(), year(source) or "9999", source.id)


def year(source: Source) -> str | None:
    """
    Give the year of a source; None where it is unknown.

    A date between two years gives the last: by then it had appeared.
    """
    if source.published is None:
        return None
    return str(dates.bounds(source.published)[1].year)


def _chicago(source: Source, lang: str) -> Iterator[Run]:
    who = source.author or source.publisher
    unsure = source.published is not None and source.published.endswith(("~", "?", "%"))
    when = f"[{year(source)}?]" if unsure else year(source) or text.message("n.d.", lang)
    yield Run(text=f"{who.rstrip('.')}. {when.rstrip('.')}. ")
    if source.title:
        yield Run(text=f"“{source.title.rstrip('.')}.” ", lang=source.language)
    else:
        yield Run(text=f"{text.message('Title unknown', lang)}. ")
    published = f"{source.publisher}, {text.source_date(source, lang)}"
    yield Run(text=f"{published}. ")
    if source.url:
        yield Run(text=source.url, url=source.url)
        yield Run(text=". ")
    known = [text.read_state(source, lang), *checkable(source, lang)]
    yield Run(text=text.sentence("; ".join(known), lang))


def bibtex(sources: Sequence[Source]) -> str:
    """Write sources as BibTeX, as biblatex reads it: dates are EDTF."""
    return "\n".join(_entry(one) for one in sorted(sources, key=_sorting))


def _entry(source: Source) -> str:
    fields = {
        "author": f"{{{_tex(source.author or source.publisher)}}}",
        "title": f"{{{_tex(source.title or 'title unknown')}}}",
        "journaltitle" if source.kind is SourceKind.ACADEMIC else "organization": _tex(
            source.publisher
        ),
        "date": source.published,
        "year": year(source),
        # An address is verbatim; what would end it is percent-encoded.
        "url": _address(source.url) if source.url else None,
        "langid": source.language,
        "note": _tex("; ".join([source.read.label, *checkable(source)])),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{_BIBTEX.get(source.kind, 'online')}{{{source.id},\n{lines}}}\n"


def _tex(words: str) -> str:
    plain = " ".join(words.split())
    return _SPECIAL.sub(lambda found: _NAMES.get(found[0], rf"\{found[0]}"), plain)


def _address(url: str) -> str:
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def ris(sources: Sequence[Source]) -> str:
    """Write sources as RIS, as EndNote, Zotero and Mendeley read it."""
    return "".join(_record(one) for one in sorted(sources, key=_sorting))


def _record(source: Source) -> str:
    lines = [
        ("TY", _RIS.get(source.kind, "ELEC")),
        ("ID", source.id),
        ("AU", source.author or source.publisher),
        ("TI", source.title or "title unknown"),
        ("T2", source.publisher),
        ("PY", year(source)),
        ("DA", _day(source)),
        ("UR", source.url),
        ("LA", source.language),
        ("N1", "; ".join([source.read.label, *checkable(source)])),
        ("ER", ""),
    ]
    return "".join(
        f"{tag}  - {' '.join(value.split())}\n" for tag, value in lines if value is not None
    )


def _day(source: Source) -> str | None:
    """Give year, month and day as RIS has them, no surer than the source."""
    if source.published is None or not re.fullmatch(r"[\d-]+", source.published):
        return None
    return "/".join([*source.published.split("-"), "", ""][:3]) + "/"
