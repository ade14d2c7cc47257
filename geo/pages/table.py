"""Things as rows of a table: every cell is text as a reader reads it."""

from collections.abc import Mapping
from typing import Final

from geo import evidence, text
from geo.card import card
from geo.maps.payload import has_place
from geo.model import Atlas, Feature

#: Headings of the columns, in order.
COLUMNS: Final[Mapping[str, str]] = {
    "name": text.mark("Name"),
    "layer": text.mark("Layer"),
    "kind": text.mark("Kind"),
    "status": text.mark("Status"),
    "since": text.mark("Since"),
    "evidence": text.mark("Evidence"),
    "size": text.mark("Length or area"),
    "latest": text.mark("Latest report"),
    "place": text.mark("Place"),
}
#: What says how large a thing is; the first that is known is shown.
_SIZES: Final = (
    "published_length_km",
    "area_acres",
    "area_ha",
    "floor_area_m2",
    "aerial_length_km",
)


def row(feature: Feature, atlas: Atlas, lang: str = "en") -> dict[str, str | None]:
    """Give the cells of a thing, by column."""
    told = card(feature, atlas, lang)
    claim = evidence.status_claim(feature)
    return {
        "name": text.named(feature, lang),
        "layer": text.titled(atlas.layer_of[feature.id], lang),
        "kind": told.kind,
        "status": told.status.label if told.status else None,
        "since": sortable(claim.since, lang) if claim and told.status else None,
        "evidence": told.evidence.label if told.evidence else None,
        "size": _size(feature, lang),
        "latest": sortable(evidence.newest_date(feature, atlas.sources), lang),
        "place": _place(feature, atlas, lang),
    }


def sortable(edtf: str | None, lang: str = "en") -> str | None:
    """
    Write a date so that texts sort as their days do, no surer than it is.

    Examples
    --------
    >>> sortable("2023-05-24/2023-05-28"), sortable("2024-08"), sortable("2019~"), sortable(None)
    ('2023-05-24/28', '2024-08', 'about 2019', None)
    """
    if edtf is None:
        return None
    begin, _, end = edtf.partition("/")
    if end and begin[:8] == end[:8] and len(begin) == len(end):
        return f"{begin}/{end[8:]}"
    plain = edtf.rstrip("~?%")
    if edtf != plain and "/" not in edtf:
        about, unsure = text.message("about", lang), text.message("uncertain", lang)
        return f"{about} {plain}" if edtf.endswith("~") else f"{plain} ({unsure})"
    return edtf


def _size(feature: Feature, lang: str) -> str | None:
    for property_ in _SIZES:
        claim = evidence.stated_claim(feature, property_)
        if claim is not None:
            return text.claim_value(claim, lang)
    return None


def _place(feature: Feature, atlas: Atlas, lang: str) -> str:
    if not has_place(feature, atlas):
        return text.message("not on the map", lang)
    method = feature.properties.location_method
    return text.message(method.label if method else text.mark("drawn in parts"), lang)
