"""How soon an answer can come back, at the very least: light there and back in glass."""

from collections.abc import Iterator

from geo import text
from geo.analysis.figure import (
    Answer,
    Column,
    Key,
    Quantity,
    Row,
    Table,
    between,
    unknown,
)
from geo.analysis.length import drawn, published
from geo.analysis.things import Thing, location, routes, status_key, thing_key
from geo.analysis.words import measured, spoken
from geo.measure import WGS84
from geo.model import Atlas, Feature
from geo.view import View
from geo.vocab import Question

#: Group refractive index of single-mode fiber; an assumption of ours, low and high included.
INDEX = between(1.462, 1.468, 1.470)
LIGHT_KM_PER_MS = 299.792458

_BASES = {
    "published": text.mark("Published length"),
    "drawn": text.mark("Drawn length"),
    "great_circle": text.mark("Great circle between its ends"),
}
_MS = text.mark("ms")
_NO_ENDS = text.mark("no ends are published")
_NO_END = text.mark("the place of an end is not known")


def latency(atlas: Atlas, view: View) -> Answer:
    """Give the floor of the round-trip time of each route of a view."""
    say = text.translator(view.lang)
    rows = [row for one in routes(atlas, view) for row in _rows(one, atlas, view)]
    caveat = say(
        "A floor, not a measurement: equipment, detours and queues add to it, and it says nothing of "
        "whether there is a cable. What is drawn is shorter than the cable."
    )
    table = Table(
        name="latency",
        title=say("Least round-trip time"),
        keys=(
            Column(name="route", label=say("Route")),
            Column(name="status", label=say("Status")),
            Column(name="basis", label=say("Reckoned from")),
        ),
        measures=(
            Column(name="length_km", label=say("Length"), unit="km"),
            Column(name="round_trip_ms", label=say("Round trip, at least"), unit=_MS),
        ),
        rows=tuple(rows),
        method=say(
            "Twice the length times the group refractive index of the glass over the speed of light "
            "in vacuum. Index {central} ({low}–{high}) is an assumption of ours for single-mode "
            "fiber."
        ).format(central=INDEX.central, low=INDEX.low, high=f"{INDEX.high:.3f}"),
        data=say("The claims and geometries of this map."),
        caveat=caveat,
    )
    return Answer(
        question=Question.LATENCY,
        sentences=(*_sentences(rows, view.lang), caveat)
        if rows
        else (say("The view shows no route."),),
        tables=(table,),
    )


def round_trip_ms(length_km: Quantity) -> Quantity:
    """
    Give the time light takes along a fiber and back, milliseconds.

    Examples
    --------
    >>> round((round_trip_ms(between(100, 100, 100)).central or 0), 3)
    0.979
    """
    if length_km.unknown is not None:
        return length_km
    ends = {
        name: None if km is None else 2 * km * (getattr(INDEX, name) or 0) / LIGHT_KM_PER_MS
        for name, km in (
            ("low", length_km.low),
            ("central", length_km.central),
            ("high", length_km.high),
        )
    }
    return Quantity(**ends)


def great_circle(leg: Feature, atlas: Atlas) -> Quantity:
    """Measure the geodesic between the ends of a route, kilometers, with the ends' likely errors."""
    ends = [atlas.features.get(end or "") for end in (leg.properties.from_, leg.properties.to)]
    if any(end is None for end in ends):
        return unknown(_NO_ENDS)
    places = [location(end) for end in ends if end is not None]
    known = [place for place in places if place is not None]
    if len(known) < len(places):
        return unknown(_NO_END)
    begin, end = (one.geometry.centroid for one in known)
    _, _, away_m = WGS84.inv(begin.x, begin.y, end.x, end.y)
    error_m = sum(one.error_m for one in known)
    low, central, high = max(away_m - error_m, 0), away_m, away_m + error_m
    return between(low / 1000, central / 1000, high / 1000)


def _rows(thing: Thing, atlas: Atlas, view: View) -> Iterator[Row]:
    """Give what is known of a route between its ends, else of its parts between theirs."""
    whole = thing.feature
    if whole.properties.from_ is not None:
        yield _row(whole, thing, "published", published(whole), view)
        yield _row(whole, thing, "drawn", drawn(thing), view)
    # A length without ends is that of a network, and no way that light takes.
    legs = [one for one in (whole, *thing.parts) if one.properties.from_ is not None]
    for leg in legs[:1] if legs and legs[0] is whole else legs or [whole]:
        yield _row(leg, thing, "great_circle", great_circle(leg, atlas), view)


def _row(leg: Feature, thing: Thing, basis: str, length_km: Quantity, view: View) -> Row:
    length_km = spoken(length_km, view.lang)
    return Row(
        keys={
            "route": thing_key(leg, view.lang),
            "status": status_key(thing.status, view.lang),
            "basis": Key(value=basis, label=text.message(_BASES[basis], view.lang)),
        },
        quantities={"length_km": length_km, "round_trip_ms": round_trip_ms(length_km)},
    )


def _sentences(rows: list[Row], lang: str) -> Iterator[str]:
    words = text.message("{route}: at least {time} there and back by its published length.", lang)
    for row in rows:
        time = row.quantities["round_trip_ms"]
        if row.keys["basis"].value == "published" and time.unknown is None:
            yield words.format(route=row.keys["route"].label, time=measured(time, _MS, lang))
