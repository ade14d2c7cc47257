"""The columns of features as JSON Schema."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import Any, Final, get_args

from geo.export.fields import Field, Type
from geo.model import Properties
from geo.server.ogc.collection import Collection

_TYPES: Final[dict[Type, dict[str, Any]]] = {
    Type.NUMBER: {"type": "number"},
    Type.INTEGER: {"type": "integer"},
    Type.BOOLEAN: {"type": "boolean"},
    Type.TEXTS: {"type": "array", "items": {"type": "string"}},
    Type.NUMBERS: {"type": "array", "items": {"type": "number"}},
    Type.TABLE: {"type": "object", "additionalProperties": {"type": "number"}},
}
_SHAPES: Final = {"point": "Point", "line": "LineString", "polygon": "Polygon"}


@cache
def options_of(name: str) -> tuple[str, ...]:
    """Give the words that a member of properties can be, in the order of the vocabulary."""
    info = Properties.model_fields.get(name)
    for kind in (info.annotation, *get_args(info.annotation)) if info else ():
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return tuple(kind)
    return ()


def schema_of(field: Field) -> dict[str, Any]:
    """Describe a column."""
    options = options_of(field.name)
    return {
        "description": field.description + (f", {field.unit}" if field.unit else ""),
        **_TYPES.get(field.type, {"type": "string"}),
        **({"enum": list(options)} if options else {}),
    }


def queryables(collection: Collection) -> dict[str, Any]:
    """Describe what can be asked for by value."""
    return {
        "type": "object",
        "title": collection.title,
        "properties": {
            name: {"title": name, **schema_of(field)}
            for name, (_, field) in collection.queryables.items()
        },
        "additionalProperties": False,
    }


def feature(collection: Collection) -> dict[str, Any]:
    """
    Describe the features of a collection as GeoJSON.

    The types are those of known values; what is not known is null.
    """
    return {
        "type": "object",
        "title": collection.title,
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": {"type": "string"},
            "geometry": {
                "type": "object",
                "description": "WGS 84, longitude first; null where no place is known",
                "required": ["type", "coordinates"],
                "properties": {
                    "type": {"type": "string", "enum": list(_geometry_types(collection))},
                    "coordinates": {"type": "array", "items": {}},
                },
            },
            "properties": {"type": "object", "properties": dict(_properties(collection))},
        },
    }


def _geometry_types(collection: Collection) -> Iterator[str]:
    for shape, type_ in _SHAPES.items():
        if shape in collection.shapes or collection.shapes == {None}:
            yield from (type_, f"Multi{type_}")


def _properties(collection: Collection) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "layer", {"description": "Id of the layer", "type": "string"}
    for field in collection.fields.values():
        yield field.name, schema_of(field)
    yield (
        "claims",
        {
            "description": "One value for one property, and the words that say it",
            "type": "array",
            "items": {"type": "object"},
        },
    )
