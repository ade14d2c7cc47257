"""What was known of each thing, from which day on: all the days of the map, as differences."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from geo import dates, disagreements, evidence, history, live
from geo.maps import payload
from geo.model import Atlas, Feature
from geo.pages import content
from geo.pages.table import row
from geo.vocab import Kind

#: Members of a claim's entry that the page reads from the list of sources.
_OF_SOURCE: Final = {"by", "date", "lang", "url"}
#: Members of its claim that the page shows.
_OF_CLAIM: Final = {"quote", "prefix", "suffix", "says", "locator", "attributed_to", "inferred"}

#: Members of a state without which nothing can be drawn.
_AT_SIGHT: Final = ("drawn", "is")

State = dict[str, Any]
#: A state and the first day it holds, YYYY-MM-DD; no state where nothing was known.
Since = list[tuple[str, State | None]]


def states(atlas: Atlas, lang: str = "en") -> dict[str, dict[str, Since]]:
    """
    Say what was known of things and layers, and from which day on.

    Parameters
    ----------
    atlas
        As it is known today; the last state of each is of today.

    Returns
    -------
    features, layers
        By id, oldest first. Before its first day nothing was known of a thing. Parts stand with
        their whole. What says how far sources were searched is left empty, as it changes daily.
    """
    today = dates.bounds(atlas.searched_to)[1]
    numbers = {id_: number for number, id_ in enumerate(atlas.sources)}
    wanted: dict[date, list[str]] = defaultdict(list)
    for feature in atlas.features.values():
        if feature.properties.part_of is None:
            for day in _days(feature, atlas):
                wanted[day].append(feature.id)
    found: dict[str, dict[str, Since]] = {
        "features": {one.id: [] for one in atlas.features.values() if not one.properties.part_of},
        "layers": {layer.id: [] for layer in atlas.layers},
    }
    before: dict[str, Feature | None] = {}
    days = tuple(sorted({*(one for one in wanted if one < today), today}))
    for day, known in zip(days, _known(live.Same(atlas), days), strict=True):
        for id_ in found["features"] if day == today else wanted[day]:
            then = known.features.get(id_)
            if id_ not in before or then != before[id_]:
                before[id_] = then
                state = state_of(then, known, numbers, lang) if then else None
                _note(found["features"][id_], day, state)
        for layer in known.layers:
            standing = payload.layer_standing(layer, known, lang)
            _note(found["layers"][layer.id], day, standing)
    return found


@lru_cache(maxsize=1)
def _known(atlas: live.Same, days: tuple[date, ...]) -> tuple[Atlas, ...]:
    """Give what was known on each day: half of the time a map takes, and the same in each language."""
    return tuple(history.as_of(atlas.atlas, day) for day in days)


def first_sight(told: Mapping[str, Mapping[str, Since]]) -> dict[str, dict[str, Since]]:
    """
    Give of all states what the map draws of today.

    Parameters
    ----------
    told
        As `states` gives it.

    Returns
    -------
    features, layers
        Of the same form, with the last state of each alone; of a feature its drawings and what
        filters ask of it.
    """
    features: dict[str, Since] = {
        id_: [(day, {name: state[name] for name in _AT_SIGHT})]
        for id_, (*_, (day, state)) in told["features"].items()
        if state is not None
    }
    return {
        "features": features,
        "layers": {id_: since[-1:] for id_, since in told["layers"].items()},
    }


def state_of(feature: Feature, atlas: Atlas, numbers: Mapping[str, int], lang: str) -> State:
    """
    Say all that is known of a thing in an atlas: drawn, in words, in a row, and for the filters.

    Parameters
    ----------
    numbers
        Places of the sources in the page's list.
    """
    card = payload.told(feature, atlas, lang)
    if "status" in card:
        card["status"]["silence"] = ""
    properties = feature.properties
    return {
        "drawn": [
            payload.drawn(one, atlas, lang) for one in (feature, *atlas.parts.get(feature.id, ()))
        ],
        "card": card,
        "row": row(feature, atlas, lang),
        "topics": [_topic(one) for one in content.topics(feature, atlas, numbers, lang)],
        "history": [one.model_dump() for one in content.history(feature, numbers, lang)],
        "parts": [one.model_dump(exclude_none=True) for one in content.parts(feature, atlas, lang)],
        "disagreements": [
            one.model_dump(mode="json", include={"kind", "explanation", "reason", "resolution"})
            for one in disagreements.of_feature(feature, atlas, lang)
        ],
        "is": {
            "thing": feature.is_thing,
            "whole": properties.whole,
            "waypoint": properties.kind is Kind.WAYPOINT,
            "placed": payload.has_place(feature, atlas),
            "status": properties.status,
            "evidence": properties.evidence,
            "disagree": bool(evidence.disagreements(feature)),
            "sources": sorted({numbers[claim.source] for claim in properties.claims}),
        },
    }


def _topic(topic: content.Topic) -> dict[str, Any]:
    told = topic.model_dump(mode="json", exclude_none=True)
    for said in told["said"]:
        said["entries"] = [_entry(**entry) for entry in said["entries"]]
    return told


def _entry(claim: Mapping[str, Any], **members: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    words = {name: value for name, value in claim.items() if name in _OF_CLAIM}
    return words | {name: value for name, value in members.items() if name not in _OF_SOURCE}


def _days(feature: Feature, atlas: Atlas) -> Iterator[date]:
    """Give the days on which what is known of a thing can change."""
    ends = (atlas.features.get(name or "") for name in _ends(feature, atlas))
    for one in (feature, *(end for end in ends if end is not None)):
        for claim in one.properties.claims:
            yield history.known_from(atlas.sources[claim.source], atlas)
            yield evidence.period(claim)[0]
            for other in (claim.copied_from, claim.settled_by):
                if other is not None:
                    yield history.known_from(atlas.sources[other], atlas)


def _ends(feature: Feature, atlas: Atlas) -> Iterator[str | None]:
    for one in (feature, *atlas.parts.get(feature.id, ())):
        yield one.properties.from_
        yield one.properties.to


def _note(since: Since, day: date, state: State | None) -> None:
    """Add a state where it differs from the one before."""
    if state != (since[-1][1] if since else None):
        since.append((day.isoformat(), state))
