"""A briefing as Markdown (CommonMark with GitHub's tables and footnotes), for a repository or a mail."""

import re
from collections.abc import Iterator, Sequence

from geo import text
from geo.briefing.model import Briefing, Chapter, Length, Point, Run, Statement
from geo.briefing.words import words_of
from geo.render.environment import safe_url

#: What begins or ends markup anywhere in a line, and what does at the head of one.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&!$^])")
_HEAD = re.compile(r"^(\s*)([-+=:]|\d+[.)])")
#: What programs make links of without being told.
_LINKS = re.compile(r"://|www\.|@")
_NO_SPACE = {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", "|": "%7C"}


def write(briefing: Briefing) -> bytes:
    """Write a briefing as Markdown; its map is told in words."""
    return ("\n\n".join(_parts(briefing)) + "\n").encode()


def escape(words: str) -> str:
    r"""
    Make of words what every reader of Markdown shows as these words.

    Examples
    --------
    >>> print(escape("1. *a* <b> [c](d)"))
    1\. \*a\* \<b\> \[c\](d)
    """
    line = _MARKUP.sub(r"\\\1", " ".join(words.split()))
    line = _HEAD.sub(lambda found: found[1] + found[2][:-1] + "\\" + found[2][-1], line)
    return _LINKS.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], line)


def _parts(told: Briefing) -> Iterator[str]:
    yield from _head(told)
    if told.length is Length.BRIEF:
        yield from _unknown(told)
    else:
        for chapter in told.chapters:
            yield from _chapter(chapter, told.lang)
    yield from _foot(told)


def _head(told: Briefing) -> Iterator[str]:
    """Give what stands before the single things."""
    say = words_of(told.lang)
    yield f"# {escape(told.title)}"
    yield escape(f"{told.scope} {told.known} {told.edition}.")
    yield _statements(told.opening)
    if told.figure:
        yield f"*{escape(told.figure.alt)}*"
    yield f"## {escape(say['points'])}"
    several = len(told.chapters) > 1
    for chapter in told.chapters:
        if several and chapter.points:
            yield f"### {escape(chapter.name)}"
        yield from (_point(one) for one in chapter.points)
    if told.rows:
        yield f"## {escape(say['table'])}"
        yield "\n".join(_table(told, say["columns"], say["beside_short"]))


def _unknown(told: Briefing) -> Iterator[str]:
    unknown = [one for one in told.chapters if one.unknown]
    if unknown:
        yield f"## {escape(words_of(told.lang)['unknown'])}"
    for chapter in unknown:
        name = f"**{escape(chapter.name)}:** " if len(told.chapters) > 1 else ""
        yield f"{name}{_statements(chapter.unknown)}"


def _foot(told: Briefing) -> Iterator[str]:
    """Give what stands after the single things."""
    say = words_of(told.lang)
    if told.beside:
        yield f"## {escape(say['beside'])}"
        yield from (_point(one) for one in told.beside)
    yield f"## {escape(say['method'])}"
    for words in (told.reading, told.left_out, *told.method, told.boundary_note, *told.licenses):
        if words:
            yield escape(words)
    link = f" {_link(told.link, told.link)}" if told.link else ""
    yield f"{escape(say['cite'])}: {escape(told.cite)}{link}"
    yield f"**{escape(told.clearing)}**"
    if told.length is Length.FULL:
        yield f"## {escape(say['bibliography'])}"
        yield "\n".join(f"- {_runs(one.runs)}" for one in told.bibliography)
    yield "\n\n".join(f"[^{one.n}]: {_runs(one.runs)}" for one in told.notes)


def _chapter(chapter: Chapter, lang: str) -> Iterator[str]:
    say = words_of(lang)
    yield f"## {escape(chapter.name)}"
    names = (
        escape(one.text) + (f" ({escape(say['draft'])})" if one.draft else "")
        for one in chapter.names
    )
    yield " · ".join([escape(chapter.kind), *names])
    if chapter.summary:
        yield _statements((chapter.summary,))
    if chapter.history:
        yield f"### {escape(say['history'])}"
        yield "\n".join(
            f"- **{escape(one.date)}**: {_statements((one.statement,))}" for one in chapter.history
        )
    if chapter.quotes:
        yield f"### {escape(say['quotes'])}"
    for quote in chapter.quotes:
        said = f"{_runs(quote.runs)}{_marks(quote.notes)}"
        yield f"> {said}\n>\n> {escape(f'{quote.about} — {quote.by}')}"
    if chapter.claims:
        yield f"### {escape(say['claims'])}"
    for one in chapter.claims:
        yield f"**{escape(one.title)}**"
        yield _bullets(one.statements)
    if chapter.disagreements:
        yield f"### {escape(say['disagreements'])}"
        yield _bullets(chapter.disagreements)
    if chapter.unknown:
        yield f"### {escape(say['unknown'])}"
        yield _statements(chapter.unknown)


def _table(told: Briefing, heads: Sequence[str], beside: str) -> Iterator[str]:
    yield f"| {' | '.join(escape(one) for one in heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in told.rows:
        cells = [
            escape(f"{row.name} ({beside})" if row.beside else row.name),
            *(_statements((one,)) if one else "–" for one in (row.status, row.date)),
            "; ".join(_statements((one,)) for one in row.figures) or "–",
            _statements((row.evidence,)) if row.evidence else "–",
            _statements((row.geometry,)),
        ]
        yield f"| {' | '.join(cells)} |"


def _point(point: Point) -> str:
    return f"**{escape(text.sentence(point.title))}** {_statements(point.statements)}"


def _bullets(statements: Sequence[Statement]) -> str:
    return "\n".join(f"- {_statements((one,))}" for one in statements)


def _statements(statements: Sequence[Statement]) -> str:
    return " ".join(f"{escape(one.text)}{_marks(one.notes)}" for one in statements)


def _marks(numbers: Sequence[int]) -> str:
    return "".join(f"[^{n}]" for n in numbers)


def _runs(runs: Sequence[Run]) -> str:
    """Write runs side by side; a space at the end of one stays outside its link or slant."""
    found = []
    for one in runs:
        bare = one.text.strip()
        before, after = (
            " " if one.text[:1].isspace() else "",
            " " if one.text[-1:].isspace() else "",
        )
        words = escape(bare)
        if one.url and bare:
            words = _link(bare, one.url)
        elif one.italic and bare:
            words = f"*{words}*"
        found.append(f"{before}{words}{after if bare else ''}")
    return "".join(found)


def _link(words: str, address: str) -> str:
    known = safe_url(address)
    target = "".join(_NO_SPACE.get(sign, sign) for sign in known)
    return f"[{escape(words)}](<{target}>)" if known else escape(words)
