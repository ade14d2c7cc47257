"""Whose boundaries the map shows, in what words, and what the law asks of who publishes them."""

from typing import Final

from geo import text

_SOURCES: Final = text.mark(
    "We draw no boundary of our own. Every line is Natural Earth’s, a public data set that shows who "
    "controls what on the ground and, beside it, how other states draw the same region. No surveying "
    "authority has vetted any of these lines."
)
_METHOD: Final = text.mark(
    "A boundary view only chooses among those lines. It changes no thing, no status and no place of "
    "the map; drawn kilometers by territory add up to the same total in every view. Disputed lines "
    "are broken, the Line of Control is dotted and approximate."
)
_WORDING: Final = text.mark(
    "Of a disputed territory we say who administers it and who claims it, and nothing more: "
    "“Gilgit-Baltistan (administered by Pakistan; claimed by India)”. We say “Line of Control”, not "
    "border, and use no side’s word for the other’s rule. Quotes keep the words of their source."
)
#: That a person must clear what is published.
CLEARANCE: Final = text.mark(
    "This is no legal advice, and no setting of this map replaces clearance: before an official "
    "publication a person must decide which view is shown and have it cleared by the authority of "
    "the state concerned."
)
_LAWS: Final = (
    text.mark(
        "Pakistan: Surveying and Mapping Act 2014, amended 2020. Nobody may print, show or "
        "spread an incorrect or unofficial map of Pakistan or a part of it, on paper or digital; the "
        "Survey of Pakistan vets maps first. Up to five years, a fine of up to 5 million rupees, or both."
    ),
    text.mark(
        "India: Criminal Law (Amendment) Act 1961. Publishing a map of India that does not follow the "
        "Survey of India: up to six months, a fine, or both."
    ),
    text.mark(
        "China: Regulations on the Administration of Maps, in force since 1 January 2016. Maps are "
        "reviewed before they are published; map services on the internet within the country are covered."
    ),
)


def paragraphs(lang: str) -> tuple[str, ...]:
    """Say where boundaries come from, what a view changes, and how territories are named."""
    return tuple(text.message(one, lang) for one in (_SOURCES, _METHOD, _WORDING))


def laws(lang: str) -> tuple[str, ...]:
    """Say what the three states ask, as reports of their laws give it."""
    return tuple(text.message(one, lang) for one in _LAWS)
