"""How to cite a feature: a sentence with its source, its date and its link."""

from geo import evidence, text
from geo.model import Atlas, Claim, Feature, Source

MAP = "Digital Silk Road map"


def footnote(source: Source, claim: Claim | None = None, lang: str = "en") -> str:
    """
    Write a source as a footnote does (Chicago, notes): author, title, publisher, date, link, state.

    Where a claim has no quote, the place of its sentence is given.
    """
    title = f"“{source.title}”" if source.title else text.message("title unknown", lang)
    parts = [
        *([source.author] if source.author else []),
        title,
        source.publisher,
        text.source_date(source, lang),
        *([claim.locator] if claim and claim.locator and not claim.quote else []),
        *([url] if (url := evidence.sentence_url(source, claim)) else []),
    ]
    return f"{', '.join(parts)} ({text.read_state(source, lang)})."


def citation(
    feature: Feature, atlas: Atlas, version: str, *, url: str | None = None, lang: str = "en"
) -> str:
    """
    Write the leading words of a feature with their footnote and where the map has them.

    Parameters
    ----------
    version
        Version of the data.
    url
        Public address of the feature's page; without one no link pretends to be public.
    """
    claim = evidence.lead_claim(feature)
    where = ", ".join([MAP, version, feature.id, *([url] if url else [])])
    if claim is None:
        return f"{text.named(feature, lang)}. {where}."
    source = atlas.sources[claim.source]
    words = f"“{claim.quote}”" if claim.quote else f"{claim.says}"
    return f"{text.named(feature, lang)}: {words} {footnote(source, claim, lang)} {where}."
