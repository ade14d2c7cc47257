"""Headings and short words of a briefing, the same in every form."""

from typing import Any

from geo import text

_WORDS = {
    "points": "Key points",
    "table": "What is what",
    "unknown": "What the sources do not say",
    "history": "History",
    "quotes": "In the sources’ own words",
    "claims": "Every claim, by subject",
    "disagreements": "Where sources disagree",
    "beside": "Beside it: what else bears on this",
    "beside_short": "beside",
    "method": "How to read this, method, boundaries and licenses",
    "bibliography": "Sources",
    "notes": "Notes",
    "back": "Back to the text",
    "cite": "Cite as",
    "view": "The same view on the map",
    "figure": "Figure",
    "draft": "draft translation",
    "date": "Date",
    "step": "What happened",
}
_COLUMNS = {
    "feature": "Feature",
    "status": "Status",
    "since": "Since",
    "figures": "Figures",
    "evidence": "Evidence",
    "geometry": "Geometry on the map",
}


def words_of(lang: str = "en") -> dict[str, Any]:
    """Give all of them in a language."""
    return {
        **text.messages(_WORDS, lang),
        "columns": list(text.messages(_COLUMNS, lang).values()),
    }
