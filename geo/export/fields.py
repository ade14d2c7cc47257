"""
The columns of every export: one table of fields for features, claims and sources.

Writers, the data package, the field map of the shapefile and the data dictionary all read it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, get_args, get_origin

from pydantic.fields import FieldInfo

from geo.model import Claim, Facts, Properties, Record, Source, Stated

Row = tuple[Any, ...]


class Type(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    EDTF = "edtf"
    DATE = "date"
    TEXTS = "list of text"
    NUMBERS = "list of numbers"
    TABLE = "numbers by name"


#: Types that a flat table holds as JSON text.
NESTED = frozenset({Type.TEXTS, Type.NUMBERS, Type.TABLE})


@dataclass(frozen=True)
class Field:
    """A column: its name (which ends in its unit), its type and its words."""

    name: str
    type: Type
    description: str = ""
    unit: str | None = None


@dataclass(frozen=True)
class Table:
    """A table of an export, its key, and the columns that name rows of other tables."""

    name: str
    title: str
    fields: tuple[Field, ...]
    references: Mapping[str, str]


def type_of(info: FieldInfo) -> Type:
    """Tell a column's type from the annotation of a record's member."""
    if info.annotation == Stated.model_fields["due"].annotation or "EDTF" in (
        info.description or ""
    ):
        return Type.EDTF
    options = [one for one in get_args(info.annotation) if one is not type(None)]
    wanted = options[0] if type(None) in get_args(info.annotation) else info.annotation
    if get_origin(wanted) is Annotated:
        wanted = get_args(wanted)[0]
    if get_origin(wanted) is tuple:
        return Type.NUMBERS if get_args(wanted)[0] is float else Type.TEXTS
    if get_origin(wanted) is Mapping:
        return Type.TABLE
    plain = {bool: Type.BOOLEAN, int: Type.INTEGER, float: Type.NUMBER}
    return plain.get(wanted, Type.TEXT) if isinstance(wanted, type) else Type.TEXT


#: Words for members whose record needs none beside its name.
_WORDS = {
    "name": "Name in English",
    "name_ur": "Name in Urdu",
    "name_zh": "Name in Chinese",
    "aliases": "Other names",
    "kind": "What it is, as a word of the vocabulary",
    "part_of": "Id of the whole this is a part of; its claims hold for the part",
    "order": "Place of a part along its whole",
    "from": "Id of the feature where a route begins",
    "to": "Id of the feature where a route ends",
    "summary": "In our words",
    "accuracy_of": "What accuracy_m is the likely error of",
    "location_method": "How the geometry was made, as a word of the vocabulary",
    "location_source": "Id of the source of the geometry",
    "location_note": "What to know about the geometry",
    "evidence": "How well the status is supported, as a word of the vocabulary",
    "evidence_scope": "Whole route: evidence and quote are those of the whole",
    "source_title": "Title of the source quoted",
    "source_url": "Address of the very sentence, where its quote is known",
    "quote": "The source’s own words, verbatim; rights remain with the publisher",
    "status_label": "Status in words",
    "status_since": "The status holds from then",
    "property": "The property of the feature that the claim is about",
    "unit": "Unit of the value",
    "qualifier": "The source’s own hedge on a number",
    "rank": "preferred: the stated value; normal; deprecated: known to be wrong",
    "source": "Id of the source",
    "title_note": "How the title is known",
    "publisher": "Who published it",
    "author": "Author as printed",
    "url_note": "What to know about the address",
    "published": "Date of publication at the precision known",
    "language": "Language code",
    "kind_source": "Sort of publication",
    "read": "What of it was read",
    "live_page_checked": "The live page was checked then",
    "license": "License of the source",
    "note": "What to know about the source",
}


def _fields_of(record: type[Record], *names: str) -> Iterator[Field]:
    """Give members of a record as columns; a date is followed by its first and last day."""
    for name in names:
        info = record.model_fields[name]
        public = info.alias or name
        extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        unit = extra.get("unit") or {"accuracy_m": "m", "drawn_length_km": "km"}.get(public)
        words = info.description or _WORDS.get(public, public.replace("_", " ").capitalize())
        yield Field(public, type_of(info), words, unit if isinstance(unit, str) else None)
        if type_of(info) is Type.EDTF:
            yield Field(f"{public}_earliest", Type.DATE, f"First day that {public} can mean")
            yield Field(f"{public}_latest", Type.DATE, f"Last day that {public} can mean")


#: The columns every row begins with, in the order an analyst reads them.
FLAT = (
    *("name", "name_ur", "name_zh", "kind", "status", "status_label", "evidence"),
    *("evidence_scope", "source_title", "source_url", "quote", "last_evidence"),
    *("location_method", "accuracy_m", "accuracy_of", "published_length_km", "drawn_length_km"),
    *("caption", "summary"),
)
_REST = tuple(name for name in Properties.model_fields if name not in {*FLAT, "claims"})
FEATURE_MEMBERS = (*FLAT, *_REST)
FEATURES = Table(
    "features",
    "Features: one row a thing, a part of a route or a waypoint",
    (
        Field("id", Type.TEXT, "Permanent id"),
        Field("layer", Type.TEXT, "Id of the layer"),
        Field("layer_title", Type.TEXT, "Title of the layer"),
        Field("kind_label", Type.TEXT, "What it is, in words"),
        Field("evidence_label", Type.TEXT, "How well the status is supported, in words"),
        Field("location_label", Type.TEXT, "How the geometry was made, in words"),
        Field("formerly", Type.TEXTS, "Ids it had before"),
        *_fields_of(Properties, *FEATURE_MEMBERS),
    ),
    {"part_of": "features"},
)

#: Members of a claim that are columns as they are.
CLAIM_MEMBERS = tuple(n for n in Claim.model_fields if n not in {"id", "property", "value", "unit"})
CLAIMS = Table(
    "claims",
    "Claims: one value for one property of one feature, and the words that say it",
    (
        Field("id", Type.TEXT, "Permanent id"),
        Field("feature", Type.TEXT, "Id of the feature"),
        Field("property", Type.TEXT, _WORDS["property"]),
        Field("property_label", Type.TEXT, "The property in words"),
        Field("value", Type.TEXT, "The value as text; lists and tables as JSON"),
        Field("value_number", Type.NUMBER, "The value where it is a number"),
        *_fields_of(Claim, "unit", *CLAIM_MEMBERS),
        Field("source_title", Type.TEXT, "Title of the source, else its publisher"),
        Field("source_url", Type.TEXT, _WORDS["source_url"]),
    ),
    {"feature": "features", "source": "sources"},
)

SOURCE_MEMBERS = tuple(
    name
    for name, field in Source.model_fields.items()
    if name not in {"id", "facts", "sentences"} and not field.exclude
)
SOURCES = Table(
    "sources",
    "Sources: articles, documents and data sets",
    (
        Field("id", Type.TEXT, "Permanent id"),
        *_fields_of(Source, *SOURCE_MEMBERS),
        *_fields_of(Facts, *Facts.model_fields),
        Field("captures_url", Type.TEXT, "The Wayback Machine’s list of older copies"),
    ),
    {},
)
TABLES = (FEATURES, CLAIMS, SOURCES)


def as_json(value: Any) -> str:  # noqa: ANN401 - a list, a table or a scalar
    """Write a value as JSON text; whole numbers without a fraction."""
    if isinstance(value, Mapping):
        value = {name: _whole(amount) for name, amount in value.items()}
    elif isinstance(value, list | tuple):
        value = [_whole(member) for member in value]
    return json.dumps(_whole(value), ensure_ascii=False, allow_nan=False)


def _whole(value: Any) -> Any:  # noqa: ANN401 - any member
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd")
    return int(value) if isinstance(value, float) and value.is_integer() else value


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(value: str) -> str:
    """Put U+FFFD for characters that XML cannot hold: controls, and U+FFFE and U+FFFF."""
    return _NOT_XML.sub("\ufffd", value)


def flat(field: Field, value: Any) -> Any:  # noqa: ANN401 - any value of a row
    """
    Give a value as a table without lists holds it: lists as JSON text, empty ones as nothing.

    A NUL ends a text for programs written in C, so it becomes U+FFFD.
    """
    if value is None:
        return None
    if field.type in NESTED:
        return as_json(value) if value else None
    if isinstance(value, str):
        return str(value).replace("\x00", "\ufffd")
    return value


def used(table: Table, rows: Iterable[Row]) -> list[int]:
    """Give the places of the columns that hold anything in these rows, or that every row has."""
    always = {"id", "layer", "feature", "source", *FLAT}
    places = [n for n, field in enumerate(table.fields) if field.name not in always]
    empty = set(places)
    for row in rows:
        empty -= {n for n in empty if row[n] is not None and row[n] != ()}
        if not empty:
            break
    return [n for n in range(len(table.fields)) if n not in empty]
