"""How far a reader's own settlements, and the people in them, are from each route."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np

from geo import text
from geo.analysis import nearest, places
from geo.analysis.access import NOTHING_IN_SERVICE, STRAIGHT_IS_NOT_CABLE, said_of_undrawn
from geo.analysis.figure import (
    Answer,
    Column,
    Key,
    Quantity,
    Row,
    Table,
    between,
    exactly,
    unknown,
)
from geo.analysis.own import cluster
from geo.analysis.own.reach import COLUMNS, REMEDY, SETTLEMENTS
from geo.analysis.pieces import Pieces
from geo.analysis.places import Places
from geo.analysis.reach import NEAR_IS_NOT_ACCESS
from geo.analysis.things import NO_ROUTE, Thing, cut, routes, status_key, thing_key
from geo.analysis.words import measured, spoken
from geo.measure import Floats
from geo.model import Atlas
from geo.view import View
from geo.vocab import Question

_IN_SERVICE = "in_service"
_NO_SETTLEMENT = text.mark("your data hold no settlement")
_NOBODY = text.mark("your data hold no settlement of known population")
_CAVEAT = text.mark(
    "Settlements are taken to be where your data say; one counts whole, and one of unknown population, "
    "or of 0, adds nobody."
)


@dataclass(frozen=True)
class Distances:
    """
    How far settlements are from one thing; what is known of parts of them adds up.

    Attributes
    ----------
    settlements, of_unknown_population
        How many were measured, and how many of them have no known population.
    nearest_km, farthest_km
        Of the nearest and the farthest settlement, with every location as near as its likely error
        allows, as drawn, and as far; shape (3,). Infinite where there is no settlement.
    people
        By whole kilometers, rounded up, shape (3, farthest + 1): bounded by the Earth and not by the
        settlements.
    """

    settlements: int
    of_unknown_population: int
    nearest_km: Floats
    farthest_km: Floats
    people: Floats

    def __add__(self, other: "Distances") -> "Distances":
        shorter, longer = sorted([self.people, other.people], key=lambda one: one.shape[1])
        people = longer.copy()
        people[:, : shorter.shape[1]] += shorter
        return Distances(
            self.settlements + other.settlements,
            self.of_unknown_population + other.of_unknown_population,
            np.minimum(self.nearest_km, other.nearest_km),
            np.maximum(self.farthest_km, other.farthest_km),
            people,
        )

    def quantities(self) -> dict[str, Quantity]:
        """Give the figures of a row."""
        nothing = None if self.settlements else unknown(_NO_SETTLEMENT)
        return {
            "settlements": exactly(self.settlements),
            "of_unknown_population": exactly(self.of_unknown_population),
            "nearest_km": nothing or between(*self.nearest_km.tolist()),
            "half_of_people_km": self._within(5),
            "nine_tenths_of_people_km": self._within(9),
            "farthest_km": nothing or between(*self.farthest_km.tolist()),
        }

    def _within(self, tenths: int) -> Quantity:
        """Give the least number of whole kilometers within which so many tenths of the people live."""
        if not self.people.any():
            return unknown(_NOBODY)
        up_to = np.cumsum(self.people, axis=1)
        low, central, high = (np.searchsorted(10 * one, tenths * one[-1]) for one in up_to)
        return between(float(low), float(central), float(high))


def access(atlas: Atlas, view: View, data: str, scheduler: str | None = None) -> Answer:
    """
    Say how far the settlements of a reader's own table are from each route of a view.

    Parameters
    ----------
    data, scheduler
        Points with a column `population`, and who measures: as in `cluster.added`, and so are errors.
    """
    say = text.translator(view.lang)
    known = routes(atlas, view)
    undrawn = [one for one in known if not one.places]
    working = [one for one in known if one.places and one.in_service]
    groups = [(_keys(one, view.lang), [one]) for one in known if one.places]
    if len(working) > 1:
        groups.append((_in_service(view.lang), working))
    nears = [
        (keys, near)
        for keys, group in groups
        if (near := cut([place for one in group for place in one.places])) is not None
    ]
    found = distances([near for _, near in nears], data, scheduler)
    told = [
        (keys, {name: spoken(one, view.lang) for name, one in distance.quantities().items()})
        for (keys, _), distance in zip(nears, found, strict=True)
    ]
    nowhere = dict.fromkeys([one.name for one in _measures(view.lang)], unknown(say(NO_ROUTE)))
    told += [(_keys(one, view.lang), nowhere) for one in undrawn]
    table = Table(
        name="access",
        title=say("From settlements to each route"),
        keys=(
            Column(name="route", label=say("Route")),
            Column(name="route_status", label=say("Its status")),
        ),
        measures=_measures(view.lang),
        rows=tuple(Row(keys=keys, quantities=quantities) for keys, quantities in told),
        method=say(
            "Geodesic distance from a settlement’s point to the nearest point of the drawn line; of "
            "people, the least number of whole kilometers within which so many of known population "
            "live. Low and high: every line as near, or as far, as its likely error allows."
        ),
        data=say(SETTLEMENTS).format(data=data),
        caveat=f"{say(NEAR_IS_NOT_ACCESS)} {say(STRAIGHT_IS_NOT_CABLE)} {say(_CAVEAT)}",
    )
    nearest_id = _IN_SERVICE if len(working) > 1 else "".join(one.feature.id for one in working)
    in_service = [found for keys, found in told if keys["route"].value == nearest_id]
    return Answer(
        question=Question.ACCESS,
        sentences=(
            *(_sentence(one, view.lang) for one in in_service),
            *([] if in_service else [say(NOTHING_IN_SERVICE)]),
            *said_of_undrawn(undrawn, view.lang),
            say(NEAR_IS_NOT_ACCESS),
        ),
        tables=(table,),
    )


def distances(nears: Sequence[Pieces], data: str, scheduler: str | None = None) -> list[Distances]:
    """Measure from the settlements of `data` to each of several things; options as in `access`."""
    return cluster.added(data, COLUMNS, _distances, nears, remedy=REMEDY, scheduler=scheduler)


def measure(people: Places, near: Pieces) -> Distances:
    """Measure from settlements to the nearest part of a thing."""
    away = nearest.distances(people.lon, people.lat, near)
    # Whole millimeters: the last bits depend on which settlements were measured together.
    away_km = np.round(np.stack([away.low, away.central, away.high]) / 1000, 6)
    is_unknown = np.isnan(people.population)
    weights = np.where(is_unknown, 0.0, people.population)
    rings = np.ceil(away_km).astype(np.intp)
    n_rings = int(rings.max(initial=0)) + 1
    return Distances(
        settlements=len(weights),
        of_unknown_population=int(is_unknown.sum()),
        nearest_km=away_km.min(axis=1, initial=np.inf),
        farthest_km=away_km.max(axis=1, initial=0.0),
        people=np.stack([np.bincount(one, weights, minlength=n_rings) for one in rings]),
    )


def _distances(part: gpd.GeoDataFrame, nears: Sequence[Pieces], data: str) -> list[Distances]:
    people = places.of_frame(part, data)
    return [measure(people, near) for near in nears]


def _keys(route: Thing, lang: str) -> dict[str, Key]:
    return {
        "route": thing_key(route.feature, lang),
        "route_status": status_key(route.status, lang),
    }


def _in_service(lang: str) -> dict[str, Key]:
    label = text.message("The nearest of those in service", lang)
    return {"route": Key(value=_IN_SERVICE, label=label), "route_status": Key(value="", label="")}


def _measures(lang: str) -> tuple[Column, ...]:
    say = text.translator(lang)
    return (
        Column(name="settlements", label=say("Settlements")),
        Column(name="of_unknown_population", label=say("Settlements of unknown population")),
        Column(name="nearest_km", label=say("Nearest settlement"), unit="km"),
        Column(name="half_of_people_km", label=say("Half of the people within"), unit="km"),
        Column(name="nine_tenths_of_people_km", label=say("Nine in ten within"), unit="km"),
        Column(name="farthest_km", label=say("Farthest settlement"), unit="km"),
    )


def _sentence(found: Mapping[str, Quantity], lang: str) -> str:
    half = found["half_of_people_km"]
    if half.unknown is not None:
        words = text.message("{names}: cannot be said: {why}.", lang)
        names = text.message("Half of the people within", lang)
        return words.format(names=names, why=half.unknown)
    words = text.message(
        "From your settlements to the nearest route in service: half of the people within {half}; nine "
        "in ten within {most}; the nearest settlement: {nearest}; the farthest: {farthest}.",
        lang,
    )
    return words.format(
        half=measured(half, "km", lang),
        most=measured(found["nine_tenths_of_people_km"], "km", lang),
        nearest=measured(found["nearest_km"], "km", lang),
        farthest=measured(found["farthest_km"], "km", lang),
    )
