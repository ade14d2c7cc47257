"""A feature: one thing of the map, what it states and how sure its place is."""

from typing import Annotated, Literal

from pydantic import Field

from geo.model.claim import Claim
from geo.model.record import CountryCode, Edtf, Geometry, Id, LanguageCode, Record, Text
from geo.model.stated import Stated
from geo.vocab import AccuracyOf, Evidence, Kind, LocationMethod


class Location(Record):
    """How a geometry was made and how far off it may be; empty without a geometry."""

    location_method: LocationMethod | None = None
    accuracy_m: Annotated[float, Field(gt=0)] | None = Field(
        None, description="our estimate of the likely error of what accuracy_of names, meters"
    )
    accuracy_of: AccuracyOf | None = None
    location_source: Id | None = None
    location_ref: Text | None = Field(None, description="the record there, e.g. a GeoNames id")
    location_note: Text | None = None
    derived_by: Text | None = Field(None, description="tool and parameters")


class Derived(Record):
    """Members that `geo fmt` writes so that a raw layer file is complete for a GIS reader."""

    evidence: Evidence | None = None
    evidence_scope: Literal["whole route"] | None = None
    source_title: str | None = None
    source_url: str | None = None
    quote: str | None = None
    last_evidence: str | None = Field(None, description="date of the newest source, EDTF")
    status_label: str | None = None
    status_since: Edtf | None = None
    drawn_length_km: float | None = Field(
        None, description="geodesic length of the drawn line, WGS 84; not the cable's length"
    )


class Properties(Derived, Location, Stated):
    """What a feature holds."""

    name: Text
    name_ur: Text | None = None
    name_zh: Text | None = None
    translated: tuple[LanguageCode, ...] = Field(
        (), description="names that are draft translations"
    )
    aliases: tuple[Text, ...] = ()
    kind: Kind
    whole: bool = Field(default=False, description="a route whose parts carry the geometry")
    part_of: Id | None = None
    order: int | None = None
    from_: Id | None = Field(None, alias="from")
    to: Id | None = None
    connects: tuple[CountryCode, ...] = Field((), description="countries joined, not whose land")
    summary: Text | None = None
    caption: Text | None = Field(None, description="a caveat drawn along the line")
    unknown: tuple[Text, ...] = Field((), description="what no source says, as a list")
    claims: tuple[Claim, ...] = ()


class Feature(Record):
    """One thing of the map, with or without a place."""

    type: Literal["Feature"] = "Feature"
    id: Id
    formerly: tuple[Id, ...] = ()
    geometry: Geometry | None
    properties: Properties

    @property
    def is_thing(self) -> bool:
        """Whether it counts: neither a part of a route nor a waypoint."""
        return self.properties.part_of is None and self.properties.kind is not Kind.WAYPOINT
