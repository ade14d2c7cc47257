"""Footnotes: the words of a source, who says them, and what a reader can check."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from geo import evidence, text
from geo.briefing.model import Note, Run, Statement
from geo.briefing.subject import Draft
from geo.model import Atlas, Claim, Id, Source
from geo.pages.sources import FACTS
from geo.vocab import Read

#: What was read of most sources; it is said once, and the others say what was read of them.
USUAL_READ = (Read.STORED_COPY, Read.EXCERPT)


@dataclass
class _Made:
    """A note in the making: what it is cited for grows."""

    n: int
    runs: tuple[Run, ...]
    claims: dict[Id, None] = field(default_factory=dict)
    inputs: dict[Id, None] = field(default_factory=dict)


class Notes:
    """
    Numbers notes as they first appear; the same grounds share a note.

    Parameters
    ----------
    atlas
        Where the sources are.
    most
        How many sources a note gives in full; None gives all.
    lang
        Language of our own words.
    """

    def __init__(self, atlas: Atlas, *, most: int | None = None, lang: str = "en") -> None:
        self._atlas, self._most, self._lang = atlas, most, lang
        self._made: dict[tuple[object, ...], _Made] = {}
        self._first: dict[str, int] = {}

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources cited so far, in the order of their first note."""
        return tuple(self._first)

    def state(self, draft: Draft) -> Statement:
        """Give a draft its note."""
        return Statement(text=draft.text, notes=(self.number(draft),))

    def number(self, draft: Draft) -> int:
        """Number the note that bears a draft."""
        shown = draft.claims if self._most is None else draft.claims[: self._most]
        key = (tuple(claim.id for claim in shown), draft.words)
        if key not in self._made:
            n = len(self._made) + 1
            self._made[key] = _Made(n, tuple(self._runs(n, draft, shown)))
        made = self._made[key]
        made.claims.update(dict.fromkeys(claim.id for claim in draft.claims))
        made.inputs.update(dict.fromkeys(draft.inputs))
        return made.n

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes so far, by their numbers."""
        return tuple(
            Note(n=one.n, runs=one.runs, claims=tuple(one.claims), inputs=tuple(one.inputs))
            for one in self._made.values()
        )

    def _runs(self, n: int, draft: Draft, shown: Sequence[Claim]) -> Iterator[Run]:
        for index, claim in enumerate(shown):
            if index:
                yield Run(text=" ")
            yield from self._citation(n, claim)
        rest = {claim.source for claim in draft.claims} - {claim.source for claim in shown}
        if rest:
            words = text.counted(
                "{n} more source says so.", "{n} more sources say so.", len(rest), self._lang
            )
            yield Run(text=f" {words}")
        if draft.words:
            yield Run(text=f"{' ' if shown else ''}{draft.words}")

    def _citation(self, n: int, claim: Claim) -> Iterator[Run]:
        source = self._atlas.sources[claim.source]
        if claim.quote:
            yield Run(text=f"“{claim.quote}”", lang=source.language)
        else:
            yield Run(text=f"{text.message('In our words', self._lang)}: ", italic=True)
            yield Run(text=claim.says or "")
        yield Run(text=" ")
        first = self._first.setdefault(source.id, n)
        if first == n:
            yield from _full(source, claim, self._lang)
        else:
            yield from self._short(first, source, claim)
        for label, words in (
            (text.mark("The source credits"), claim.attributed_to),
            (text.mark("Our inference"), claim.inferred),
        ):
            if words:
                yield Run(text=f" {text.message(label, self._lang)}: ", italic=True)
                yield Run(text=text.sentence(words, self._lang))

    def _short(self, first: int, source: Source, claim: Claim) -> Iterator[Run]:
        yield _link(text.source_line(source, self._lang), source, claim)
        where = claim.locator if not claim.quote else None
        before = text.message("note {n}", self._lang).format(n=first)
        yield Run(text=f"{f', {where}' if where else ''} ({before}).")


def _full(source: Source, claim: Claim, lang: str) -> Iterator[Run]:
    """Write a source at its first note: author, title, publisher, date, link, what can be checked."""
    author = f"{source.author}, " if source.author else ""
    title = f"“{source.title},”" if source.title else text.message("title unknown", lang) + ","
    yield Run(text=author)
    yield _link(title, source, claim)
    where = f", {claim.locator}" if claim.locator and not claim.quote else ""
    yield Run(text=f" {text.source_line(source, lang)}{where}")
    known = [
        *checkable(source, lang),
        *([] if _is_usual(source) else [text.read_state(source, lang)]),
    ]
    yield Run(text=f" ({'; '.join(known)})." if known else ".")


def _link(words: str, source: Source, claim: Claim) -> Run:
    return Run(text=words, url=evidence.sentence_url(source, claim), lang=source.language)


def checkable(source: Source, lang: str = "en") -> tuple[str, ...]:
    """Say the four things of a source that a reader can check; nothing of a data set."""
    if source.facts is None:
        return ()
    facts = {name: bool(getattr(source.facts, name)) for name in FACTS}
    return tuple(
        text.message(FACTS[name][0 if is_so else 1], lang) for name, is_so in facts.items()
    )


def _is_usual(source: Source) -> bool:
    """Whether what was read of a source is what the method says of most."""
    return source.read in USUAL_READ and source.page_check is None
