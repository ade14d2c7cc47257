"""How long routes are: what is published beside what is drawn, and never mixed."""

from collections.abc import Iterable, Mapping, Sequence

from geo import text
from geo.analysis import territory
from geo.analysis.figure import (
    Answer,
    Column,
    Key,
    Quantity,
    Row,
    Table,
    between,
    exactly,
    total,
    unknown,
)
from geo.analysis.things import (
    NO_ROUTE,
    Thing,
    by_status,
    kind_key,
    routes,
    status_key,
    thing_key,
)
from geo.analysis.words import measured, spoken
from geo.evidence import stated_claim
from geo.measure import length_km
from geo.model import Atlas, Claim, Feature
from geo.store import Store
from geo.view import View
from geo.vocab import Question, Rank

#: What is published of a route's length, first the length of the whole.
_PUBLISHED = ("published_length_km", "aerial_length_km")
_NO_LENGTH = text.mark("no length is published")
_BY_TERRITORY = "published_length_km_by_territory"

_CAVEAT = (
    "The drawn line is not the cable: it is shorter than what is published, and one is never "
    "computed from the other. A diagram has no length."
)
_METHOD = (
    "Published: the value in use; low and high are the least and the greatest that any source not "
    "set aside gives, at any time. Drawn: geodesic length along the WGS 84 ellipsoid, summed over the "
    "parts that are no diagram."
)
_DATA = "The claims and geometries of this map."


def length(atlas: Atlas, view: View, store: Store) -> Answer:
    """Say how long the routes of a view are, by route, by status and kind, and by territory."""
    lang = view.lang
    shown = routes(atlas, view)
    by_route, whole = _by_route(shown, lang), _by_status(shown, lang)
    return Answer(
        question=Question.LENGTH,
        sentences=_sentences(shown, lang),
        tables=(by_route, whole, _by_area(shown, view, store)),
    )


def published(feature: Feature) -> Quantity:
    """Give the published length of a route, kilometers, with what other sources give."""
    for property_ in _PUBLISHED:
        claim = stated_claim(feature, property_)
        if claim is not None and isinstance(claim.value, int | float):
            return _among(claim.value, _numbers(feature, property_))
    return unknown(_NO_LENGTH)


def drawn(thing: Thing) -> Quantity:
    """Give the drawn length of a route, kilometers."""
    if not thing.places:
        return unknown(NO_ROUTE)
    return exactly(sum(length_km(one.geometry) for one in thing.places))


def _among(stated: float, given: Iterable[float]) -> Quantity:
    every = [stated, *given]
    return between(min(every), stated, max(every))


def _numbers(feature: Feature, property_: str) -> list[float]:
    return [
        float(claim.value)
        for claim in _standing(feature, property_)
        if isinstance(claim.value, int | float)
    ]


def _standing(feature: Feature, property_: str) -> list[Claim]:
    return [
        claim
        for claim in feature.properties.claims
        if claim.property == property_ and claim.rank is not Rank.DEPRECATED
    ]


def _measures(lang: str) -> tuple[Column, Column]:
    say = text.translator(lang)
    return (
        Column(name="published_km", label=say("Published"), unit="km"),
        Column(name="drawn_km", label=say("Drawn"), unit="km"),
    )


def _quantities(things: Sequence[Thing], lang: str) -> dict[str, Quantity]:
    """Add published and drawn lengths, each for itself."""
    found = {
        "published_km": [published(one.feature) for one in things],
        "drawn_km": [drawn(one) for one in things],
    }
    return {name: spoken(_sum(values), lang) for name, values in found.items()}


def _sum(values: Sequence[Quantity]) -> Quantity:
    reasons = [one for one in values if one.unknown is not None]
    return reasons[0] if len(reasons) == len(values) and reasons else total(values)


def _by_route(shown: Sequence[Thing], lang: str) -> Table:
    say = text.translator(lang)
    rows = [
        Row(
            keys={
                "route": thing_key(one.feature, lang),
                "kind": kind_key(one.feature.properties.kind, lang),
                "status": status_key(one.status, lang),
            },
            quantities=_quantities([one], lang),
        )
        for one in shown
    ]
    return Table(
        name="length_by_route",
        title=say("Length by route"),
        keys=(
            Column(name="route", label=say("Route")),
            Column(name="kind", label=say("Kind")),
            Column(name="status", label=say("Status")),
        ),
        measures=_measures(lang),
        rows=tuple(rows),
        method=say(_METHOD),
        data=say(_DATA),
        caveat=say(_CAVEAT),
    )


def _by_status(shown: Sequence[Thing], lang: str) -> Table:
    say = text.translator(lang)
    rows = []
    for status, things in by_status(shown):
        for kind in dict.fromkeys(one.feature.properties.kind for one in things):
            alike = [one for one in things if one.feature.properties.kind is kind]
            keys = {"status": status_key(status, lang), "kind": kind_key(kind, lang)}
            rows.append(Row(keys=keys, quantities=_quantities(alike, lang)))
    return Table(
        name="length_by_status",
        title=say("Length by status and kind"),
        keys=(
            Column(name="status", label=say("Status")),
            Column(name="kind", label=say("Kind")),
        ),
        measures=_measures(lang),
        rows=tuple(rows),
        method=say(_METHOD),
        data=say(_DATA),
        caveat=say(
            "Statuses are not added up: what is proposed or only claimed is no length of anything. "
            "Two cables along one way count twice, and what is not drawn is missing from the drawn sum."
        ),
    )


def _by_area(shown: Sequence[Thing], view: View, store: Store) -> Table:
    say = text.translator(view.lang)
    known = territory.areas(store, view.worldview)
    rows: list[Row] = []
    for status, things in by_status(shown):
        drawn_km = _drawn_by_area(things, known)
        published_km = _published_by_area(things)
        for name in dict.fromkeys([*drawn_km, *published_km]):
            keys = {
                "status": status_key(status, view.lang),
                **territory.keys(name, known, view.lang),
            }
            nothing = {
                "published_km": unknown(say("no share is published")),
                "drawn_km": unknown(say("none" if known else "not divided in this view")),
            }
            values = {"published_km": published_km.get(name), "drawn_km": drawn_km.get(name)}
            told = nothing | {key: one for key, one in values.items() if one is not None}
            rows.append(Row(keys=keys, quantities=told))
        if drawn_km or published_km:
            sums = {
                "published_km": _sum(list(published_km.values())) if published_km else None,
                "drawn_km": _drawn_in_all(drawn_km),
            }
            keys = {
                "status": status_key(status, view.lang),
                "territory": Key(value="", label=say("All")),
                "side": Key(value="", label=""),
            }
            told = {key: one or unknown(say("no share is published")) for key, one in sums.items()}
            rows.append(Row(keys=keys, quantities=told, is_total=True))
    return Table(
        name="length_by_territory",
        title=say("Length by territory"),
        keys=(
            Column(name="status", label=say("Status")),
            Column(name="territory", label=say("Territory")),
            Column(name="side", label=say("Within the lines of, in this boundary view")),
        ),
        measures=_measures(view.lang),
        rows=tuple(rows),
        method=say(
            "Published: the shares that a source gives, under the territories it names. Drawn: the "
            "line cut along the base map’s lines; low and high by the likely error of each part and of "
            "these lines, 3 km by our estimate."
        ),
        data=say("The claims and geometries of this map; lines of the base map (Natural Earth)."),
        caveat=say(
            "The drawn line is not the cable. The base map’s lines are no survey and imply no "
            "position on any territory: a view says which lines are drawn, and never changes a sum. "
            "A route whose shares are not published is missing from the published sum, one that is not "
            "drawn from the drawn sum."
        ),
    )


def _drawn_in_all(drawn_km: Mapping[str, Quantity]) -> Quantity:
    """Add up what is drawn; what one area may have less another has more, so the sum is exact."""
    if not drawn_km:
        return unknown(NO_ROUTE)
    return exactly(sum(one.central or 0 for one in drawn_km.values()))


def _drawn_by_area(things: Sequence[Thing], known: Sequence[territory.Area]) -> dict[str, Quantity]:
    """Drawn kilometers by area; a rest that lies in no named area stands as such."""
    found: dict[str, list[Quantity]] = {}
    for place in (place for one in things for place in one.places):
        for name, share in territory.divided(place, known).items():
            found.setdefault(name, []).append(
                between(share.low_km, share.central_km, share.high_km)
            )
    return {name: total(values) for name, values in found.items()}


def _published_by_area(things: Sequence[Thing]) -> dict[str, Quantity]:
    found: dict[str, list[Quantity]] = {}
    for thing in things:
        stated = stated_claim(thing.feature, _BY_TERRITORY)
        if stated is None or not isinstance(stated.value, Mapping):
            continue
        tables = [one.value for one in _standing(thing.feature, _BY_TERRITORY)]
        for code, km in stated.value.items():
            given = [one[code] for one in tables if isinstance(one, Mapping) and code in one]
            name = text.TERRITORIES.get(code, code)
            found.setdefault(name, []).append(_among(km, given))
    return {name: total(values) for name, values in found.items()}


def _sentences(shown: Sequence[Thing], lang: str) -> tuple[str, ...]:
    say = text.translator(lang)
    if not shown:
        return (say("The view shows no route."),)
    words = say("{route} ({status}): published: {published}; drawn: {drawn}.")
    lines = []
    for one in shown:
        values = _quantities([one], lang)
        lines.append(
            words.format(
                route=text.named(one.feature, lang),
                status=status_key(one.status, lang).label.lower(),
                published=measured(values["published_km"], "km", lang),
                drawn=measured(values["drawn_km"], "km", lang),
            )
        )
    return (*lines, say(_CAVEAT))
