"""How far each port, zone and park is from the nearest part of each route."""

from collections.abc import Iterator, Sequence

import numpy as np
import shapely

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
from geo.analysis.nearest import distances
from geo.analysis.reach import NEAR_IS_NOT_ACCESS
from geo.analysis.things import (
    NO_PLACE,
    NO_ROUTE,
    Thing,
    cut,
    routes,
    sites,
    status_key,
    thing_key,
)
from geo.analysis.words import measured
from geo.model import Atlas
from geo.view import View
from geo.vocab import Question

STRAIGHT_IS_NOT_CABLE = text.mark("A straight distance is not the length of a cable to the site.")
NOTHING_IN_SERVICE = text.mark("The view shows no route in service that has a place.")


def access(atlas: Atlas, view: View) -> Answer:
    """Say how far the sites of a view are from each of its routes."""
    say = text.translator(view.lang)
    known_sites, known_routes = sites(atlas, view), routes(atlas, view)
    rows = [
        Row(
            keys={
                "site": thing_key(site.feature, view.lang),
                "site_status": status_key(site.status, view.lang),
                "route": thing_key(route.feature, view.lang),
                "route_status": status_key(route.status, view.lang),
            },
            quantities={"distance_km": distance(site, route, view.lang)},
        )
        for route in known_routes
        if route.places
        for site in known_sites
    ]
    undrawn = [route for route in known_routes if not route.places]
    rows += [
        Row(
            keys={
                "site": Key(value="", label=say("All")),
                "site_status": Key(value="", label=""),
                "route": thing_key(route.feature, view.lang),
                "route_status": status_key(route.status, view.lang),
            },
            quantities={"distance_km": unknown(say(NO_ROUTE))},
        )
        for route in undrawn
    ]
    table = Table(
        name="access",
        title=say("From each site to each route"),
        keys=(
            Column(name="site", label=say("Site")),
            Column(name="site_status", label=say("Its status")),
            Column(name="route", label=say("Route")),
            Column(name="route_status", label=say("Its status")),
        ),
        measures=(Column(name="distance_km", label=say("Distance"), unit="km"),),
        rows=tuple(rows),
        method=say(
            "Geodesic distance from the site’s point to the nearest point of the drawn line. Low and "
            "high: site and line both as near, or as far, as their likely errors allow."
        ),
        data=say("The geometries of this map and our estimates of their likely errors."),
        caveat=f"{say(NEAR_IS_NOT_ACCESS)} {say(STRAIGHT_IS_NOT_CABLE)}",
    )
    return Answer(
        question=Question.ACCESS,
        sentences=(
            *_nearest(known_sites, known_routes, view.lang),
            *said_of_undrawn(undrawn, view.lang),
            say(NEAR_IS_NOT_ACCESS),
        ),
        tables=(table,),
    )


def distance(site: Thing, route: Thing, lang: str = "en") -> Quantity:
    """Measure from a site to the nearest part of a route, kilometers."""
    to = cut(route.places)
    if to is None:
        return unknown(text.message(NO_ROUTE, lang))
    if not site.places:
        return unknown(text.message(NO_PLACE, lang))
    found = []
    for place in site.places:
        lon, lat = shapely.get_coordinates(place.geometry).T
        away = distances(lon, lat, to)
        found.append(
            (
                max(float(np.min(away.low)) - place.error_m, 0.0),
                float(np.min(away.central)),
                float(np.min(away.high)) + place.error_m,
            )
        )
    low, central, high = (min(column) / 1000 for column in zip(*found, strict=True))
    return between(low, central, high)


def _nearest(
    known_sites: tuple[Thing, ...], known_routes: tuple[Thing, ...], lang: str
) -> list[str]:
    """Say of each site how far the nearest route in service is."""
    working = [one for one in known_routes if one.in_service and one.places]
    if not working:
        return [text.message(NOTHING_IN_SERVICE, lang)]
    lines = []
    words = text.message("{site} ({status}): {distance} from {route}, in service.", lang)
    for site in (one for one in known_sites if one.places):
        away = [(distance(site, route), route) for route in working]
        nearest, route = min(away, key=lambda one: one[0].central or 0.0)
        lines.append(
            words.format(
                site=text.named(site.feature, lang),
                status=status_key(site.status, lang).label.lower(),
                distance=measured(nearest, "km", lang),
                route=text.named(route.feature, lang),
            )
        )
    return lines


def said_of_undrawn(things: Sequence[Thing], lang: str) -> Iterator[str]:
    """Say that nothing can be said of routes that have no place."""
    if things:
        words = text.message("{names}: cannot be said: {why}.", lang)
        names = "; ".join(text.named(one.feature, lang) for one in things)
        yield words.format(names=names, why=text.message(NO_ROUTE, lang))
