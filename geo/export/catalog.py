"""What describes an export to machines: a Frictionless data package and a DCAT catalog record."""

from collections.abc import Mapping
from typing import Any

from geo import __version__
from geo.export.extract import CREDIT, LICENSE_URL, Extract
from geo.export.fields import NESTED, TABLES, Field, Table, Type

_NAME = "digital-silk-road-map"
_TITLE = "Digital Silk Road map"
_FRICTIONLESS_TYPES = {
    Type.NUMBER: "number",
    Type.INTEGER: "integer",
    Type.BOOLEAN: "boolean",
    Type.DATE: "date",
    Type.TABLE: "object",
}
#: Columns that a table of features has for its geometry.
GEOMETRY_FIELDS = (
    Field("wkt", Type.TEXT, "Geometry as WKT, EPSG:4326, longitude first; empty: place unknown"),
    Field("lon", Type.NUMBER, "Longitude of a point on the feature, WGS 84", "degrees"),
    Field("lat", Type.NUMBER, "Latitude of a point on the feature, WGS 84", "degrees"),
)


def columns_of(table: Table) -> tuple[Field, ...]:
    """Give the columns of a table as CSV and XLSX hold it."""
    return (*table.fields, *GEOMETRY_FIELDS) if table.name == "features" else table.fields


def data_package(extract: Extract, files: Mapping[str, tuple[int, str, str]]) -> dict[str, Any]:
    """
    Describe a bundle (https://datapackage.org, version 1).

    Parameters
    ----------
    files
        By path in the bundle: bytes, SHA-256 and media type.
    """
    tables = {f"tables/{table.name}.csv": table for table in TABLES}
    return {
        "profile": "data-package",
        "name": _NAME,
        "title": _TITLE,
        "description": extract.note(),
        "version": __version__,
        "created": f"{extract.date}T00:00:00Z",
        "licenses": [{"name": "CC-BY-4.0", "path": LICENSE_URL}],
        "contributors": [{"title": CREDIT, "role": "author"}],
        "resources": [
            _resource(path, size, digest, media_type, tables.get(path))
            for path, (size, digest, media_type) in files.items()
        ],
    }


def _resource(
    path: str, size: int, digest: str, media_type: str, table: Table | None
) -> dict[str, Any]:
    name = path.rpartition("/")[2].lower().replace("_", "-")
    resource: dict[str, Any] = {
        "name": table.name if table else name,
        "path": path,
        "mediatype": media_type,
        "bytes": size,
        "hash": f"sha256:{digest}",
    }
    if table is None:
        return {**resource, "type": "file"}  # or Frictionless reads it as a table by its ending
    return {
        **resource,
        "profile": "tabular-data-resource",
        "format": "csv",
        "encoding": "utf-8",
        "title": table.title,
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    keys = [
        {"fields": column, "reference": {"resource": target, "fields": "id"}}
        for column, target in table.references.items()
        if target != table.name  # a part may be exported without its whole
    ]
    return {
        "fields": [_field(field) for field in columns_of(table)],
        "primaryKey": "id",
        **({"foreignKeys": keys} if keys else {}),
    }


def _field(field: Field) -> dict[str, Any]:
    # A list is JSON text in a CSV file, which the package calls an array.
    type_ = _FRICTIONLESS_TYPES.get(field.type, "array" if field.type in NESTED else "string")
    described: dict[str, Any] = {
        "name": field.name,
        "type": type_,
        "description": field.description + (f", {field.unit}" if field.unit else ""),
    }
    if field.name == "id":
        described["constraints"] = {"required": True, "unique": True}
    return described


def dcat(
    extract: Extract, files: Mapping[str, tuple[int, str, str]] | None = None
) -> dict[str, Any]:
    """Describe an export as a DCAT 3 data set in JSON-LD."""
    notes = extract.notes()
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "locn": "http://www.w3.org/ns/locn#",
            "spdx": "http://spdx.org/rdf/terms#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@type": "dcat:Dataset",
        "@id": f"urn:{_NAME}:{__version__}",
        "dct:title": {"@value": _TITLE, "@language": "en"},
        "dct:description": {"@value": extract.note(), "@language": "en"},
        "dct:identifier": _NAME,
        "dcat:version": __version__,
        "dct:modified": {"@value": extract.date, "@type": "xsd:date"},
        "dct:license": {"@id": LICENSE_URL},
        "dct:rights": notes["license"],
        "dct:creator": {"@type": "foaf:Agent", "foaf:name": CREDIT},
        "dct:language": ["en", "ur", "zh"],
        "dct:conformsTo": {"@id": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"},
        "dcat:keyword": ["infrastructure", "provenance", "Digital Silk Road", "Pakistan", "China"],
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": path,
                "dcat:downloadURL": {"@id": path},
                "dcat:mediaType": {
                    "@id": f"https://www.iana.org/assignments/media-types/{media_type}"
                },
                "dcat:byteSize": {"@value": str(size), "@type": "xsd:nonNegativeInteger"},
                "spdx:checksum": {
                    "@type": "spdx:Checksum",
                    "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
                    "spdx:checksumValue": digest,
                },
            }
            for path, (size, digest, media_type) in (files or {}).items()
        ],
    }
