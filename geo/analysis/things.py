"""Which things of a view are routes or sites, and what of them is a place and no diagram."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo import text
from geo.analysis.figure import Key
from geo.analysis.pieces import Pieces, pieces
from geo.model import Atlas, Feature
from geo.view import View
from geo.vocab import Kind, LocationMethod, Status

ROUTE_KINDS = (Kind.TERRESTRIAL_FIBER, Kind.DATA_LINK)
SITE_KINDS = (Kind.PORT, Kind.FREE_ZONE, Kind.SPECIAL_ECONOMIC_ZONE, Kind.TECHNOLOGY_PARK)
#: Statuses of what works; nothing that is only claimed is among them.
IN_SERVICE = (Status.OPERATING, Status.PARTLY_OPERATING)

NO_ROUTE = text.mark("no route is published")
NO_PLACE = text.mark("no place is published")


@dataclass(frozen=True)
class Located:
    """
    A geometry and its likely error.

    Attributes
    ----------
    geometry
        Longitude and latitude, EPSG:4326.
    error_m
        Our estimate of the likely error, meters.
    """

    geometry: BaseGeometry
    error_m: float


@dataclass(frozen=True)
class Thing:
    """
    A thing that counts, with the parts of it that are places.

    Attributes
    ----------
    places
        Its geometry, or those of its parts; diagrams are none.
    """

    feature: Feature
    parts: tuple[Feature, ...]
    places: tuple[Located, ...]

    @property
    def status(self) -> Status | None:
        """How far it has come."""
        return self.feature.properties.status

    @property
    def in_service(self) -> bool:
        """Whether it works, wholly or in part."""
        return self.status in IN_SERVICE


def routes(atlas: Atlas, view: View) -> tuple[Thing, ...]:
    """Give the fiber routes and data links that a view shows, in the order of the atlas."""
    return _things(atlas, view, ROUTE_KINDS)


def sites(atlas: Atlas, view: View) -> tuple[Thing, ...]:
    """Give the ports, zones and parks that a view shows, in the order of the atlas."""
    return _things(atlas, view, SITE_KINDS)


def by_status(things: Iterable[Thing]) -> list[tuple[Status, list[Thing]]]:
    """Group things that have a status, from what works to what was given up."""
    order = list(Status)
    known = [(one.status, one) for one in things if one.status is not None]
    known.sort(key=lambda pair: order.index(pair[0]))
    return [
        (status, [one for _, one in group])
        for status, group in groupby(known, lambda pair: pair[0])
    ]


def location(feature: Feature) -> Located | None:
    """Give where a feature is; None for a diagram, and where nothing is known."""
    properties = feature.properties
    if feature.geometry is None or properties.location_method is LocationMethod.SCHEMATIC:
        return None
    return Located(shape(feature.geometry.model_dump()), properties.accuracy_m or 0.0)


def cut(places: Collection[Located]) -> Pieces | None:
    """Cut locations into pieces to measure to; None where there are none."""
    if not places:
        return None
    return pieces([one.geometry for one in places], [one.error_m for one in places])


def thing_key(feature: Feature, lang: str) -> Key:
    """Name a feature in a row."""
    return Key(value=feature.id, label=text.named(feature, lang))


def status_key(status: Status | None, lang: str) -> Key:
    """Name a status in a row."""
    if status is None:
        return Key(value="", label="")
    return Key(value=status.value, label=text.message(status.label, lang))


def kind_key(kind: Kind, lang: str) -> Key:
    """Name a kind in a row."""
    return Key(value=kind.value, label=text.message(kind.label, lang))


def _things(atlas: Atlas, view: View, kinds: tuple[Kind, ...]) -> tuple[Thing, ...]:
    return tuple(
        _thing(feature, atlas)
        for feature in view.shown(atlas)
        if feature.is_thing and feature.properties.kind in kinds
    )


def _thing(feature: Feature, atlas: Atlas) -> Thing:
    parts = atlas.parts.get(feature.id, ())
    places = tuple(place for one in (feature, *parts) if (place := location(one)) is not None)
    return Thing(feature, parts, places)
