"""The documents of the service: what it is, what it conforms to, what it holds."""

from datetime import date
from typing import Any, Final

from geo.cite import MAP
from geo.export.extract import LICENSE, LICENSE_URL
from geo.server.ogc import schemas
from geo.server.ogc.collection import Collection, collections
from geo.server.ogc.here import GEOJSON, HTML, JSON, OPENAPI, SCHEMA, Here, Link

CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
_QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_PART_1 = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
_PART_3 = "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf"
CONFORMS_TO: Final = (
    *(f"{_PART_1}/{name}" for name in ("core", "oas30", "html", "geojson")),
    *(f"{_PART_3}/{name}" for name in ("queryables", "queryables-query-parameters")),
)
DESCRIPTION: Final = (
    "What is built, proposed or only claimed of the digital corridor between Pakistan, China and "
    "Central Asia, each value with the words that support it."
)
_LICENSE: Final[Link] = {
    "rel": "license",
    "href": LICENSE_URL,
    "type": HTML,
    "title": f"{LICENSE}; quotes remain their publishers’",
}


def landing(here: Here) -> dict[str, Any]:
    """Say where everything is."""
    return {
        "title": MAP,
        "description": DESCRIPTION,
        "links": [
            *here.own(JSON, "This document"),
            here.link("service-desc", "/api", OPENAPI, "The service, as OpenAPI 3.0"),
            {
                "rel": "service-doc",
                "href": here.url("/api", {"f": "html"}),
                "type": HTML,
                "title": "The service, as a page",
            },
            here.link("conformance", "/conformance", JSON, "What the service conforms to"),
            here.link("data", "/collections", JSON, "The collections"),
            _LICENSE,
        ],
    }


def conformance(here: Here) -> dict[str, Any]:
    """Say what the service conforms to."""
    return {"conformsTo": list(CONFORMS_TO), "links": here.own(JSON, "This document")}


def listing(here: Here) -> dict[str, Any]:
    """List the collections."""
    return {
        "links": [*here.own(JSON, "This document"), _LICENSE],
        "collections": [
            described(Here(here.root, f"/collections/{one.id}"), one)
            for one in collections().values()
        ],
    }


def described(here: Here, collection: Collection) -> dict[str, Any]:
    """Describe a collection."""
    path = f"/collections/{collection.id}"
    return {
        "id": collection.id,
        "title": collection.title,
        "description": collection.description,
        "itemType": "feature",
        "crs": [CRS84],
        "extent": _extent(collection),
        "links": [
            *here.own(JSON, "This document"),
            here.link("items", f"{path}/items", GEOJSON, "The features"),
            {
                "rel": "items",
                "href": here.url(f"{path}/items", {"f": "html"}),
                "type": HTML,
                "title": "The features, as a page",
            },
            here.link(_QUERYABLES, f"{path}/queryables", SCHEMA, "What can be asked for by value"),
            here.link("describedby", f"{path}/schema", SCHEMA, "What the members mean"),
            # GDAL reads it in this spelling alone.
            here.link("describedBy", f"{path}/schema", SCHEMA, "What the members mean"),
            _LICENSE,
        ],
    }


def _extent(collection: Collection) -> dict[str, Any]:
    """Give the bounds in space and time; what is not known is left out."""
    extent: dict[str, Any] = {}
    if collection.box is not None:
        extent["spatial"] = {"bbox": [list(collection.box)], "crs": CRS84}
    if known := [when for when in collection.periods if when is not None]:
        first, last = min(when[0] for when in known), max(when[1] for when in known)
        interval = [_instant(first, "T00:00:00Z"), _instant(last, "T23:59:59Z")]
        extent["temporal"] = {"interval": [interval], "trs": _GREGORIAN}
    return extent


def _instant(day: date, hour: str) -> str | None:
    return None if day in {date.min, date.max} else f"{day}{hour}"


def queryables(here: Here, collection: Collection) -> dict[str, Any]:
    """Describe what can be asked for by value."""
    return {"$schema": _DRAFT, "$id": here.url(here.path), **schemas.queryables(collection)}


def schema(here: Here, collection: Collection) -> dict[str, Any]:
    """Describe the features."""
    return {"$schema": _DRAFT, "$id": here.url(here.path), **schemas.feature(collection)}
