"""What the one-file map says itself; `{…}` is filled in by its script."""

from collections.abc import Mapping
from typing import Final

from geo import catalogs, text

TITLE: Final = text.mark(
    "Pakistan–China digital infrastructure: what is built, proposed or only claimed"
)
DRAFT: Final = text.mark("Draft translation: no reviewer has passed it yet.")
MESSAGES: Final[Mapping[str, str]] = {
    "title": TITLE,
    "views": "Views",
    "legend": "Legend and filters",
    "evidence_panel": "Evidence",
    "search": "Search a name",
    "found_none": "Nothing has that name",
    "found_more": "and {n} more",
    "not_on_map": "not on the map",
    "layers": "Layers",
    "nothing_shown": "Nothing is shown",
    "one_shown": "{n} thing shown",
    "many_shown": "{n} things shown",
    "without_place": "{n} without a place",
    "without_place_title": "{n} without a place on the map",
    "more_filters": "More filters",
    "take_off": "Take off the filters ({n})",
    "status": "Status",
    "evidence": "Evidence",
    "source": "Source",
    "any_source": "Any source",
    "only_disagree": "Only where sources disagree",
    "as_known_on": "As known on",
    "day_before": "Earlier",
    "day_after": "Later",
    "today": "Show what is known today",
    "known_today": "today, with sources searched to {date}",
    "not_yet": "not yet in our sources",
    "boundaries": "Boundaries",
    "language": "Language",
    "key": "How to read it",
    "map": "Map",
    "table": "Table",
    "things": "Things shown",
    "no_things": "Nothing is shown. Switch a layer on, or take off the filters.",
    "order_by": "Put in order by {column}",
    "close": "Close",
    "silence": "nothing newer found (searched to {date})",
    "history": "History",
    "disagreements": "Where sources disagree",
    "open": "Open",
    "settled": "Settled",
    "claims": "What the sources say",
    "claims_order": "{n} claims, by property; the value the map states comes first.",
    "no_value": "no value chosen",
    "not_chosen": "Not chosen",
    "as_of": "as of {date}",
    "copied_from": "Copied from",
    "settled_by": "Settled by",
    "unknown": "Not known from any source",
    "drawn": "What is drawn",
    "parts": "Part by part",
    "sources": "Sources ({n})",
    "title_unknown": "title unknown",
    "cite": "Cite",
    "print": "Print",
    "use_map": "Use the map",
    "whole_map": "Open the whole map",
    "bad_link": "The link’s {name}={value} is not known here and is ignored.",
}


def words(lang: str) -> dict[str, str]:
    """Give all the page says in a language, the comma of its lists, and where it is a draft that it is."""
    draft = text.message(DRAFT, lang) if catalogs.is_draft(lang) else ""
    return {**text.messages(MESSAGES, lang), "draft": draft, "comma": text.comma(lang)}
