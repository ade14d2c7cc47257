"""
How things look: one table for screen, legend, print and GIS styles.

A hue says what kind of thing it is, a pattern says its status and nothing else, a white core
says that one article alone says so, and a pale band says how far off the place may be.
"""

from collections.abc import Mapping
from types import MappingProxyType

from geo import evidence
from geo.model import Atlas, Feature, Record
from geo.vocab import Evidence, Kind, LocationMethod, Status

#: Hues, named so that code can speak of them; no two are confused with any common deficiency of
#: color vision (`tests/test_symbology.py` measures it).
HUES: Mapping[str, str] = MappingProxyType(
    {
        "vermilion": "#D55E00",
        "plum": "#AA3377",
        "indigo": "#332288",
        "blue": "#1E88E5",
        "green": "#146635",
        "pink": "#CC79A7",
        "ink": "#1F1F1F",
    }
)


class KindSymbol(Record):
    """Hue and point shape of a kind."""

    hue: str
    shape: str


class StatusSymbol(Record):
    """
    Pattern of a status.

    Attributes
    ----------
    dash
        Lengths of dashes and gaps along a line, pixels; empty is solid.
    dots
        Whether the dashes are round dots.
    width
        Width of a line, pixels.
    double
        Whether a line is drawn as two thin ones and a point with two rings.
    fill
        How much of a point is filled, from 0 to 1.
    """

    dash: tuple[float, ...] = ()
    dots: bool = False
    width: float = 2
    double: bool = False
    fill: float = 0


class BoundarySymbol(Record):
    """Pattern of a boundary line; hairlines, each on a pale tint that no feature has."""

    dash: tuple[float, ...] = ()
    width: float = 0.8
    tint: bool = False


KINDS: Mapping[Kind, KindSymbol] = MappingProxyType(
    {
        Kind.TERRESTRIAL_FIBER: KindSymbol(hue=HUES["vermilion"], shape="circle"),
        Kind.DATA_LINK: KindSymbol(hue=HUES["plum"], shape="circle"),
        Kind.PORT: KindSymbol(hue=HUES["indigo"], shape="circle"),
        Kind.FREE_ZONE: KindSymbol(hue=HUES["blue"], shape="square"),
        Kind.SPECIAL_ECONOMIC_ZONE: KindSymbol(hue=HUES["green"], shape="hexagon"),
        Kind.TECHNOLOGY_PARK: KindSymbol(hue=HUES["pink"], shape="diamond"),
        Kind.WAYPOINT: KindSymbol(hue=HUES["vermilion"], shape="dot"),
        Kind.FACILITY: KindSymbol(hue=HUES["ink"], shape="triangle"),
        Kind.VENUE: KindSymbol(hue=HUES["ink"], shape="star"),
        Kind.MODEL: KindSymbol(hue=HUES["ink"], shape="plus"),
        Kind.TRADE_FLOW: KindSymbol(hue=HUES["ink"], shape="arrow"),
        Kind.COUNTRY_ACTIVITY: KindSymbol(hue=HUES["ink"], shape="pentagon"),
        Kind.PROGRAMME: KindSymbol(hue=HUES["ink"], shape="diamond"),
        Kind.POLICY: KindSymbol(hue=HUES["ink"], shape="square"),
        Kind.STATISTIC: KindSymbol(hue=HUES["ink"], shape="bar"),
    }
)

STATUSES: Mapping[Status | None, StatusSymbol] = MappingProxyType(
    {
        Status.OPERATING: StatusSymbol(width=4, fill=1),
        Status.PARTLY_OPERATING: StatusSymbol(width=2.5, fill=0.5),
        Status.CONSTRUCTION: StatusSymbol(dash=(12, 6), width=3),
        Status.APPROVED: StatusSymbol(dash=(12, 6), width=3),
        Status.PROPOSED: StatusSymbol(dash=(0.1, 7), dots=True, width=3.6),
        Status.CLAIMED: StatusSymbol(width=6, double=True),
        Status.SHELVED: StatusSymbol(dash=(5, 11), width=2.5),
        Status.CANCELLED: StatusSymbol(dash=(5, 11), width=2.5),
        Status.RETIRED: StatusSymbol(dash=(5, 11), width=2.5),
        None: StatusSymbol(width=2, fill=1),
    }
)

#: By the classes of `layers/basemap/boundaries.geojson`.
BOUNDARIES: Mapping[str, BoundarySymbol] = MappingProxyType(
    {
        "international": BoundarySymbol(width=0.9, tint=True),
        "disputed": BoundarySymbol(dash=(6, 4), width=0.9, tint=True),
        "line_of_control": BoundarySymbol(dash=(1.2, 3.4), width=1.2, tint=True),
        "claim": BoundarySymbol(dash=(8, 3, 1.5, 3), width=0.8),
        "internal": BoundarySymbol(dash=(2.5, 2.5), width=0.6),
    }
)


class Symbol(Record):
    """
    How one feature is drawn.

    Attributes
    ----------
    core
        Whether the middle is white: one article alone says so.
    schematic
        Whether it is a diagram: drawn thin, bowed and open at its ends.
    """

    hue: str
    shape: str
    pattern: StatusSymbol
    core: bool
    schematic: bool = False


def symbol(feature: Feature, atlas: Atlas) -> Symbol:
    """Choose how a feature is drawn; a part takes what its whole says."""
    part_of = feature.properties.part_of
    whole = atlas.features.get(part_of, feature) if part_of else feature
    claim = evidence.status_claim(whole) or evidence.lead_claim(whole)
    return symbol_of(
        whole.properties.kind,
        whole.properties.status,
        evidence.evidence_of(whole, claim, atlas.sources)[0] if claim else None,
        feature.properties.location_method,
    )


def symbol_of(
    kind: Kind,
    status: Status | None,
    evidence_class: Evidence | None = None,
    method: LocationMethod | None = None,
) -> Symbol:
    """Choose how what is known of a thing is drawn."""
    return Symbol(
        hue=KINDS[kind].hue,
        shape=KINDS[kind].shape,
        pattern=STATUSES[status],
        core=evidence_class is Evidence.ONE_ARTICLE,
        schematic=method is LocationMethod.SCHEMATIC,
    )
