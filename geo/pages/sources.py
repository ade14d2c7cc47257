"""The numbered list of sources at the foot of a page."""

from collections.abc import Mapping, Sequence

from geo import evidence, text
from geo.model import Atlas, Feature, Record, Source

#: A fact about an article, as it is and as it is not; the keys are members of `model.Facts`.
FACTS: Mapping[str, tuple[str, str]] = {
    "names_author": (text.mark("author named"), text.mark("no author named")),
    "gives_date": (text.mark("dated"), text.mark("prints no date")),
    "links_sources": (text.mark("sources named"), text.mark("no sources named")),
    "original_found": (text.mark("original found"), text.mark("original not found")),
}


class Usual(Record):
    """What holds for most sources of a page, so that it can be said once."""

    kind: str
    read: str
    otherwise: tuple[tuple[str, tuple[int, ...]], ...]


class Listed(Record):
    """A source as the list shows it; `n` is its number on the page."""

    n: int
    id: str
    title: str | None
    author: str | None
    publisher: str
    date: str
    date_note: str | None
    url: str | None
    captures_url: str | None
    kind: str
    read: str
    facts: tuple[tuple[bool, str], ...]
    release_by: str | None
    lang: str

    def about(self, usual: Usual | None) -> tuple[str, ...]:
        """
        Say what sort of source it is, what was read of it, and the facts a reader can check.

        Parameters
        ----------
        usual
            What is said once for all sources, with facts that are not so; None says everything.
        """
        told = (self.kind, self.read)
        known = (usual.kind, self.read) if usual else ()
        return (
            *(words for words in told if words not in known),
            *(words for is_so, words in self.facts if is_so or usual is None),
        )


def order(feature: Feature) -> dict[str, int]:
    """Number the sources a feature rests on: that of its leading words first, then as they come."""
    lead = evidence.lead_claim(feature)
    claims = [*([lead] if lead else []), *feature.properties.claims]
    ids = [
        id_
        for claim in claims
        for id_ in (claim.source, claim.copied_from, claim.settled_by)
        if id_
    ]
    located = feature.properties.location_source
    return {
        id_: n for n, id_ in enumerate(dict.fromkeys([*ids, *([located] if located else [])]), 1)
    }


def listed(numbers: Mapping[str, int], atlas: Atlas, lang: str = "en") -> tuple[Listed, ...]:
    """List sources by their numbers."""
    return tuple(_listed(n, atlas.sources[id_], lang) for id_, n in numbers.items())


def usual(found: Sequence[Listed]) -> Usual:
    """Find what most of some sources are, what was read of most of them, and what of the others."""
    kinds, reads = ([getattr(one, name) for one in found] for name in ("kind", "read"))
    read = max(reads, key=reads.count)
    return Usual(
        kind=max(kinds, key=kinds.count),
        read=read,
        otherwise=tuple(
            (other, tuple(one.n for one in found if one.read == other))
            for other in dict.fromkeys(reads)
            if other != read
        ),
    )


def _listed(n: int, source: Source, lang: str) -> Listed:
    return Listed(
        n=n,
        id=source.id,
        title=source.title,
        author=source.author,
        publisher=source.publisher,
        date=text.source_date(source, lang),
        date_note=source.published_note,
        url=source.url,
        captures_url=evidence.captures_url(source),
        kind=text.message(source.kind.label, lang),
        read=text.read_state(source, lang),
        facts=facts(source, lang),
        release_by=source.release_by,
        lang=source.language,
    )


def facts(source: Source, lang: str = "en") -> tuple[tuple[bool, str], ...]:
    """Say which of the four facts are so; nothing of a data set."""
    if source.facts is None:
        return ()
    found = {name: bool(getattr(source.facts, name)) for name in FACTS}
    return tuple(
        (is_so, text.message(FACTS[name][0 if is_so else 1], lang)) for name, is_so in found.items()
    )
