"""How many settlements and people are near fiber, ports, zones and parks."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo import text
from geo.analysis import places as places_
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
from geo.analysis.pieces import Pieces
from geo.analysis.places import Places
from geo.analysis.rings import rings
from geo.analysis.things import NO_PLACE, NO_ROUTE, Thing, by_status, cut, routes, sites, status_key
from geo.analysis.words import measured
from geo.measure import WGS84
from geo.model import Atlas
from geo.view import View
from geo.vocab import Kind, Question, Status

#: After the indicator of the International Telecommunication Union: people within so many
#: kilometers of fiber.
RADII_KM = (10, 25, 50, 100)
RADII_M = tuple(1000.0 * km for km in RADII_KM)
_MEASURES = ("settlements", "people", "of_unknown_population")

NEAR_IS_NOT_ACCESS = text.mark("Near the line is not access: connection points are not published.")
_CAVEAT = text.mark(
    "A settlement counts whole or not at all, and villages below 500 people are missing. Populations "
    "are of different years; an unknown one is counted apart and adds nobody."
)
_DATA = text.mark("GeoNames (cities500), CC BY 4.0; geometries of this map.")
_BEYOND = text.mark("the settlements beside the map do not reach there")


@dataclass(frozen=True)
class Counts:
    """
    What lies within each radius; counts of parts of the settlements add up.

    Attributes
    ----------
    numbers
        Shape (3, radii, 3): with every location as near as its likely error allows, as drawn, and as
        far; settlements, people, and settlements of unknown population.
    """

    numbers: npt.NDArray[np.float64]

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.numbers + other.numbers)

    def quantity(self, radius: int, measure: int) -> Quantity:
        """Give one number with its range."""
        most, central, least = self.numbers[:, radius, measure]
        return between(float(least), float(central), float(most))


@dataclass(frozen=True)
class Target:
    """What people are counted around: things of one sort and one status, and which have no place."""

    of: Key
    status: Status
    things: tuple[Thing, ...]

    @property
    def places(self) -> Pieces | None:
        """Their places, cut into pieces; None where there are none."""
        return cut([place for one in self.things for place in one.places])


def count(near: Pieces, people: Places) -> Counts:
    """
    Count settlements and people within each radius of `RADII_KM`.

    Notes
    -----
    Geodesic distances to the nearest point of a line (`geo.analysis.nearest`), so a settlement counts
    whole or not at all. Time grows with the number of settlements and no faster.
    """
    found = rings(people.lon, people.lat, near, RADII_M)
    is_unknown = np.isnan(people.population)
    weights = (None, np.where(is_unknown, 0.0, people.population), is_unknown.astype(np.float64))
    numbers = np.empty((3, len(RADII_M), len(_MEASURES)))
    for bound, ring in enumerate(found.astype(np.intp)):  # once, not for each measure
        for measure, weight in enumerate(weights):
            in_ring = np.bincount(ring, weight, minlength=len(RADII_M) + 1)[: len(RADII_M)]
            numbers[bound, :, measure] = np.cumsum(in_ring)
    return Counts(numbers)


def targets(atlas: Atlas, view: View) -> tuple[Target, ...]:
    """Group fiber routes, and ports, zones and parks, by status; data links are no fiber."""
    say = text.translator(view.lang)
    fiber = [
        one for one in routes(atlas, view) if one.feature.properties.kind is Kind.TERRESTRIAL_FIBER
    ]
    sorts = (
        (Key(value="fiber", label=say("Fiber")), fiber),
        (Key(value="sites", label=say("Ports, zones and parks")), sites(atlas, view)),
    )
    return tuple(
        Target(key, status, tuple(group))
        for key, things in sorts
        for status, group in by_status(things)
    )


def reach(atlas: Atlas, view: View, people: Places) -> Answer:
    """Say how many settlements and people are near what a view shows, beside the map's own places."""
    found = targets(atlas, view)
    counted = [
        count(near, people) if near is not None and covered(near) else None
        for near in (one.places for one in found)
    ]
    say = text.translator(view.lang)
    return answer(found, counted, view, data=say(_DATA), caveat=say(_CAVEAT))


def answer(
    found: Sequence[Target],
    counted: Sequence[Counts | None],
    view: View,
    *,
    data: str,
    caveat: str,
) -> Answer:
    """Put counts into words and a table; `data` and `caveat` say it of the settlements."""
    say = text.translator(view.lang)
    rows = [
        row for one, counts in zip(found, counted, strict=True) for row in _rows(one, counts, view)
    ]
    table = Table(
        name="reach",
        title=say("Settlements and people near"),
        keys=(
            Column(name="of", label=say("Near")),
            Column(name="status", label=say("Status")),
            Column(name="radius_km", label=say("Within"), unit="km"),
        ),
        measures=(
            Column(name="settlements", label=say("Settlements")),
            Column(name="people", label=say("People")),
            Column(name="of_unknown_population", label=say("Settlements of unknown population")),
        ),
        rows=tuple(rows),
        method=say(
            "Geodesic distance from a settlement’s point to the nearest point of a place or line, "
            "after the idea of ITU’s indicator. Low and high: every place or line as far, or as "
            "near, as its likely error allows. Diagrams, and what has no place, are left out."
        ),
        data=data,
        caveat=f"{say(NEAR_IS_NOT_ACCESS)} {caveat}",
    )
    return Answer(
        question=Question.REACH, sentences=_sentences(found, counted, view), tables=(table,)
    )


def covered(near: Pieces) -> bool:
    """Whether the settlements beside the map hold all that can lie within the largest radius."""
    minx, miny, maxx, maxy = near.bounds
    west, south, east, north = places_.BOUNDS
    reach_m = RADII_M[-1] + float(near.error_m.max())
    widest = max(miny, maxy, key=abs)
    return bool(
        WGS84.fwd(minx, widest, 270, reach_m)[0] >= west
        and WGS84.fwd(maxx, widest, 90, reach_m)[0] <= east
        and WGS84.fwd(minx, miny, 180, reach_m)[1] >= south
        and WGS84.fwd(maxx, maxy, 0, reach_m)[1] <= north
    )


def _rows(target: Target, counts: Counts | None, view: View) -> list[Row]:
    keys = {"of": target.of, "status": status_key(target.status, view.lang)}
    if counts is None:
        why = unknown(text.message(_why_not(target), view.lang))
        nowhere = {"radius_km": Key(value="", label="")}
        return [Row(keys=keys | nowhere, quantities=dict.fromkeys(_MEASURES, why))]
    return [
        Row(
            keys=keys
            | {"radius_km": Key(value=str(km), label=f"{km} {text.message('km', view.lang)}")},
            quantities={
                name: counts.quantity(radius, measure) for measure, name in enumerate(_MEASURES)
            },
        )
        for radius, km in enumerate(RADII_KM)
    ]


def _why_not(target: Target) -> str:
    if target.places is not None:
        return _BEYOND
    return NO_ROUTE if target.of.value == "fiber" else NO_PLACE


def _sentences(
    found: Sequence[Target], counted: Sequence[Counts | None], view: View
) -> tuple[str, ...]:
    say = text.translator(view.lang)
    lines = []
    for target, counts in zip(found, counted, strict=True):
        words = {"of": target.of.label, "status": say(target.status.label).lower()}
        if counts is None:
            line = say("{of}, {status}: cannot be said: {why}.")
            lines.append(line.format(**words, why=say(_why_not(target))))
            continue
        people = measured(counts.quantity(1, 1), None, view.lang)
        line = say(
            "{of}, {status}: people in settlements within {km} km: {people}; settlements of unknown "
            "population, not counted: {unknown}."
        )
        without = measured(counts.quantity(1, 2), None, view.lang)
        lines.append(line.format(**words, people=people, km=RADII_KM[1], unknown=without))
    if not lines:
        return (say("The view shows no fiber, port, zone or park."),)
    return (*lines, say(NEAR_IS_NOT_ACCESS))
