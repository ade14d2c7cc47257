"""A briefing as plain values in which each mark says whether it is the first of its note."""

from typing import Any

from geo.briefing.model import Briefing


def marked(briefing: Briefing) -> dict[str, Any]:
    """
    Give a briefing as JSON values; in place of a note's number stands a mark: `n` and `first`.

    The parts of a briefing are numbered, and stand in every template, in one order.
    """
    told = briefing.model_dump(mode="json")
    seen: set[int] = set()
    chapters = told["chapters"]
    _mark(told["opening"], seen)
    _mark([one["points"] for one in chapters], seen)
    _mark(told["rows"], seen)
    rest = ("summary", "history", "quotes", "claims", "disagreements", "unknown")
    _mark([[one[name] for name in rest] for one in chapters], seen)
    _mark(told["beside"], seen)
    return told


def _mark(value: Any, seen: set[int]) -> None:  # noqa: ANN401 - any JSON value
    if isinstance(value, list):
        for one in value:
            _mark(one, seen)
    elif isinstance(value, dict):
        if "notes" in value:
            numbers = value["notes"]
            value["notes"] = [{"n": n, "first": n not in seen} for n in numbers]
            seen.update(numbers)
        for name, one in value.items():
            if name != "notes":
                _mark(one, seen)
