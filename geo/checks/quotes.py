"""Quotes against the articles they are from, character by character."""

from collections.abc import Mapping

from geo import coverage, evidence
from geo.checks.issue import Issue, Issues, of_claim, of_source
from geo.model import Atlas, Source

#: All quotes of one article together may be this share of its text.
QUOTED_SHARE_MAX = 0.35


def check_texts(atlas: Atlas, texts: Mapping[str, str]) -> list[Issue]:
    """
    Hold every quote against the article it is from, character by character.

    Parameters
    ----------
    texts
        Article texts by the SHA-256 of their bytes.
    """
    issues: list[Issue] = []
    for source in atlas.sources.values():
        if source.text_sha256 is None:
            continue
        text = texts.get(source.text_sha256)
        if text is None:
            remedy = "Name the folder that holds the text the quotes were taken from"
            issues.append(of_source(source, "text_sha256", "no text has this hash", remedy))
        else:
            issues.extend(_check_quotes(atlas, source, text))
            issues += [of_source(source, *one) for one in coverage.text_faults(source, atlas, text)]
    if not any(source.text_sha256 for source in atlas.sources.values()):
        issues.append(Issue("seeds", "all", "no source names a text", "Set text_sha256"))
    return issues


def _check_quotes(atlas: Atlas, source: Source, text: str) -> Issues:
    for feature, claim in coverage.claims_of(source, atlas):
        if claim.quote is None:
            continue
        found = list(evidence.positions(text, claim))
        if len(found) != 1:
            where = "nowhere" if not found else f"at {len(found)} places"
            remedy = (
                "Lengthen prefix or suffix until one place is left"
                if found
                else f"Copy quote, prefix and suffix from {source.id}, character by character"
            )
            fault = f"prefix, quote and suffix stand {where} in the article"
            yield of_claim(atlas, feature, claim, "quote", fault, remedy)
        elif evidence.cuts_a_word(text, found[0], claim):
            fault = "prefix, quote or suffix begins or ends inside a word"
            remedy = (
                "Take in the whole word: a browser's link to the sentence does not find half a one"
            )
            yield of_claim(atlas, feature, claim, "quote", fault, remedy)
    share = coverage.repeated_share(source, atlas, text)
    if share > QUOTED_SHARE_MAX:
        fault = f"the quotes are {share:.0%} of the article; {QUOTED_SHARE_MAX:.0%} is the limit"
        yield of_source(source, "quotes", fault, "Shorten quotes to the words that carry the value")
