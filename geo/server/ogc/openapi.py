"""The service as OpenAPI 3.0: each collection by its name, with what can be asked of it."""

from typing import Any, Final

from geo import __version__
from geo.cite import MAP
from geo.export.extract import LICENSE, LICENSE_URL
from geo.server.ogc import schemas
from geo.server.ogc.collection import Collection, collections
from geo.server.ogc.documents import DESCRIPTION
from geo.server.ogc.here import GEOJSON, HTML, JSON, OPENAPI, SCHEMA, Here
from geo.server.ogc.query import INTERVAL, LIMIT, MOST

_Member = dict[str, Any]


def _query(name: str, description: str, schema: _Member, **more: Any) -> _Member:  # noqa: ANN401
    return {
        "name": name,
        "in": "query",
        "description": description,
        "required": False,
        "schema": schema,
        "style": "form",
        "explode": False,
        **more,
    }


_BBOX: Final = {
    "type": "array",
    "items": {"type": "number"},
    "oneOf": [{"minItems": n, "maxItems": n} for n in (4, 6)],
}
_PARAMETERS: Final = {
    "f": _query("f", "The form of the answer", {"type": "string", "enum": ["json", "html"]}),
    "limit": _query(
        "limit",
        "How many features at most; more than the maximum gives the maximum",
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT},
    ),
    "offset": _query(
        "offset", "How many features to pass over", {"type": "integer", "minimum": 0, "default": 0}
    ),
    "bbox": _query(
        "bbox",
        "west,south,east,north in degrees, WGS 84; a west east of the east crosses the "
        "antimeridian. Features without a place are in no box.",
        _BBOX,
    ),
    "datetime": _query(
        "datetime",
        "An RFC 3339 date or date-time, or an interval with / and possibly .. at one end. A "
        "feature's time is that of its status, from status_since on, or when it was held; features "
        "of which neither is known are at no time.",
        {"type": "string", "pattern": INTERVAL},
    ),
}
_LINK: Final = {
    "type": "object",
    "required": ["href", "rel"],
    "properties": {name: {"type": "string"} for name in ("href", "rel", "type", "title")},
}
_LINKS: Final = {"type": "array", "items": {"$ref": "#/components/schemas/link"}}


def _object(*required: str, **properties: _Member) -> _Member:
    return {"type": "object", "required": list(required), "properties": properties}


_TEXT: Final = {"type": "string"}
_SCHEMAS: Final = {
    "link": _LINK,
    "exception": _object("code", code=_TEXT, description=_TEXT),
    "landingPage": _object("links", title=_TEXT, description=_TEXT, links=_LINKS),
    "confClasses": _object("conformsTo", conformsTo={"type": "array", "items": _TEXT}),
    "collection": _object(
        *("id", "links"),
        id=_TEXT,
        title=_TEXT,
        description=_TEXT,
        links=_LINKS,
        itemType=_TEXT,
        extent={"type": "object"},
        crs={"type": "array", "items": _TEXT},
    ),
    "collections": _object(
        *("links", "collections"),
        links=_LINKS,
        collections={"type": "array", "items": {"$ref": "#/components/schemas/collection"}},
    ),
}


def definition(here: Here) -> _Member:
    """Define the service."""
    found = collections().values()
    paths = {
        "/": _get("landingPage", "Where everything is", _schema("landingPage")),
        "/conformance": _get("conformance", "What the service conforms to", _schema("confClasses")),
        "/api": _get("api", "This definition", {"type": "object"}, OPENAPI),
        "/collections": _get("collections", "The collections", _schema("collections")),
    }
    described = dict(_SCHEMAS)
    for one in found:
        paths |= _paths(one)
        described[f"feature.{one.id}"] = _nullable(schemas.feature(one))
    return {
        "openapi": "3.0.3",
        "info": {
            "title": MAP,
            "description": DESCRIPTION,
            "version": __version__,
            "license": {"name": LICENSE, "url": LICENSE_URL},
        },
        "servers": [{"url": here.root}],
        "tags": [{"name": one.id, "description": one.title} for one in found],
        "paths": paths,
        "components": {"parameters": _PARAMETERS, "schemas": described},
    }


def _schema(name: str) -> _Member:
    return {"$ref": f"#/components/schemas/{name}"}


def _paths(collection: Collection) -> dict[str, _Member]:
    path, name = f"/collections/{collection.id}", collection.id
    page = _object(
        *("type", "features", "links", "numberMatched", "numberReturned", "timeStamp"),
        type={"type": "string", "enum": ["FeatureCollection"]},
        features={"type": "array", "items": _schema(f"feature.{name}")},
        links=_LINKS,
        numberMatched={"type": "integer", "minimum": 0},
        numberReturned={"type": "integer", "minimum": 0},
        timeStamp={"type": "string", "format": "date-time"},
    )
    asked = [{"$ref": f"#/components/parameters/{one}"} for one in _PARAMETERS if one != "f"]
    for column, (_, field) in collection.queryables.items():
        schema = schemas.schema_of(field)
        asked.append(_query(column, schema.pop("description"), schema))
    wanted = {
        "name": "featureId",
        "in": "path",
        "required": True,
        "description": "Permanent id",
        "schema": _TEXT,
    }
    title = collection.title
    return {
        path: _get(f"describe.{name}", title, _schema("collection"), tag=name),
        f"{path}/queryables": _get(
            f"queryables.{name}", f"Queryables of {title}", {"type": "object"}, SCHEMA, tag=name
        ),
        f"{path}/schema": _get(
            f"schema.{name}", f"Columns of {title}", {"type": "object"}, SCHEMA, tag=name
        ),
        f"{path}/items": _get(
            f"items.{name}", f"Features of {title}", page, GEOJSON, *asked, tag=name
        ),
        f"{path}/items/{{featureId}}": _get(
            f"item.{name}",
            f"One feature of {title}",
            _schema(f"feature.{name}"),
            GEOJSON,
            wanted,
            tag=name,
        ),
    }


def _get(
    operation: str,
    summary: str,
    schema: _Member,
    media_type: str = JSON,
    *parameters: _Member,
    tag: str | None = None,
) -> _Member:
    refused = {"content": {JSON: {"schema": _schema("exception")}}}
    answers = {
        "200": {
            "description": summary,
            "content": {media_type: {"schema": schema}, HTML: {"schema": _TEXT}},
        },
        "304": {"description": "What the client has is current"},
        "400": {"description": "A parameter is not known or not understood", **refused},
        "404": {"description": "There is nothing of this name", **refused},
        "500": {"description": "The data cannot be read at present", **refused},
    }
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            **({"tags": [tag]} if tag else {}),
            "parameters": [{"$ref": "#/components/parameters/f"}, *parameters],
            "responses": answers,
        }
    }


def _nullable(feature: _Member) -> _Member:
    """Let values be null, in OpenAPI's words."""
    members = feature["properties"]
    columns = members["properties"]["properties"]
    nullable = {
        name: {**column, "nullable": True}
        | ({"enum": [*column["enum"], None]} if "enum" in column else {})
        for name, column in columns.items()
    }
    return {
        **feature,
        "properties": {
            **members,
            "geometry": {**members["geometry"], "nullable": True},
            "properties": {"type": "object", "properties": nullable},
        },
    }
