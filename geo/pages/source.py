"""The page of one source: what it is, what it retells, and every claim from it in reading order."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from geo import evidence, text
from geo.coverage import Coverage, claims_of, coverage, reading_order
from geo.model import Atlas, Claim, Feature, Record, Source
from geo.pages.links import SERVED, Links
from geo.pages.page import page
from geo.pages.sources import facts
from geo.vocab import Rank


class Kin(Record):
    """Sources of one story with another, and those that repeat figures of one another."""

    label: str
    sources: tuple[Source, ...]


class Told(Record):
    """One claim, as the page of its source tells it."""

    label: str
    value: str
    state: str | None
    url: str | None
    claim: Claim


class About(Record):
    """All that is told of one feature in a row."""

    id: str
    name: str
    claims: tuple[Told, ...]


def kin(source: Source, atlas: Atlas, lang: str = "en") -> tuple[Kin, ...]:
    """List what a source retells and what retells it; only what there is."""
    copied = {claim.copied_from for _, claim in claims_of(source, atlas)}
    copies = {
        claim.source
        for feature in atlas.features.values()
        for claim in feature.properties.claims
        if claim.copied_from == source.id
    }
    story = {one.id for one in atlas.sources.values() if one.story == source.story}
    lists = (
        (text.message("One story with", lang), story - {source.id}),
        (text.message("It repeats figures of", lang), copied),
        (text.message("Its figures are repeated by", lang), copies),
    )
    return tuple(
        Kin(label=label, sources=tuple(atlas.sources[id_] for id_ in sorted(filter(None, ids))))
        for label, ids in lists
        if ids - {None}
    )


def source_page(source: Source, atlas: Atlas, lang: str = "en", *, links: Links = SERVED) -> str:
    """
    Write the page of a source as HTML: no script, nothing from elsewhere.

    Parameters
    ----------
    atlas
        What was known on the day of `links`.
    """
    notes = (source.published_note, source.title_note, source.url_note, source.note)
    ordered = reading_order(source, atlas)
    return page(
        "source.html.jinja",
        lang,
        links,
        name=f"s/{source.id}",
        source=source,
        title=source.title or text.message("title unknown", lang),
        by=[source.author, source.publisher, text.source_date(source, lang)],
        what=[text.message(source.kind.label, lang), text.read_state(source, lang)],
        notes=[text.sentence(note) for note in notes if note],
        captures_url=evidence.captures_url(source),
        facts=facts(source, lang),
        kin=kin(source, atlas, lang),
        source_line=lambda one: text.source_line(one, lang),
        share=share(coverage(source, atlas), lang) if source.sentences else None,
        n_claims=len(ordered),
        told=tuple(_told(ordered, atlas, source, lang)),
        searched=text.searched(atlas, lang),
    )


def share(found: Coverage, lang: str) -> str:
    """Say in a sentence how many sentences of an article are accounted for."""
    words = text.message(
        "{accounted} sentences are accounted for: {mapped} are on the map or in its list, as "
        "{claims} claims about {features} things.",
        lang,
    )
    return words.format(
        accounted=found.accounted,
        mapped=found.mapped,
        claims=found.claims,
        features=found.features,
    )


def _told(
    ordered: Sequence[tuple[Feature, Claim]], atlas: Atlas, source: Source, lang: str
) -> Iterator[About]:
    for feature, said in groupby(ordered, key=lambda one: one[0]):
        whole = atlas.features.get(feature.properties.part_of or "", feature)
        yield About(
            id=whole.id,
            name=text.named(feature, lang),
            claims=tuple(_claim(claim, source, lang) for _, claim in said),
        )


def _claim(claim: Claim, source: Source, lang: str) -> Told:
    preferred = claim.rank is Rank.PREFERRED
    return Told(
        label=text.label_of(claim.property, lang),
        value=text.claim_value(claim, lang),
        state=None if preferred else text.message(claim.rank.label, lang),
        url=evidence.sentence_url(source, claim),
        claim=claim,
    )
