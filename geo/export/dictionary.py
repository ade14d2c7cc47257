"""The data dictionary, written from the records so that it cannot go out of date."""

from collections.abc import Iterator

from geo import vocab
from geo.export.catalog import columns_of
from geo.export.fields import TABLES, Field
from geo.vocab import Term

_HEAD = """\
# Data dictionary

<!-- Do not edit. Written by:
python -c "from geo.export import dictionary as d; print(d.markdown(), end='')" > docs/data-dictionary.md
-->

Every export has these tables and columns: as tables of their own (GeoPackage, CSV, workbook), or with the
claims inside each feature (GeoJSON, GeoParquet, FlatGeobuf). A name ends in its unit. Unknown is empty.
A date of type *edtf* is at the precision its source gives (`2018-07-13`, `2024-08`, `2019~`,
`2023-05-24/2023-05-28`); `*_earliest` and `*_latest` are the first and last day it can mean. GeoPackage,
shapefile and workbook leave out columns that are empty throughout a table; GeoJSON has the members of
the layer files (`layers/schema.json`) and none of the columns marked °.
"""
_VOCABULARIES: tuple[type[Term], ...] = (
    vocab.Kind,
    vocab.Status,
    vocab.Evidence,
    vocab.Rank,
    vocab.Qualifier,
    vocab.LocationMethod,
    vocab.AccuracyOf,
    vocab.SourceKind,
    vocab.Read,
)
_TABULAR = ("_earliest", "_latest", "_label")
_MEMBERS = frozenset({"status_label"})


def markdown() -> str:
    """Write the dictionary as Markdown."""
    return "\n".join([_HEAD, *_tables(), *_terms()])


def _tables() -> Iterator[str]:
    for table in TABLES:
        yield f"## `{table.name}`\n\n{table.title}.\n"
        if table.references:
            told = (f"`{column}` → `{target}.id`" for column, target in table.references.items())
            yield f"Refers to: {', '.join(told)}.\n"
        yield "| column | type | unit | meaning |\n| --- | --- | --- | --- |"
        yield from map(_row, columns_of(table))
        yield ""


def _row(field: Field) -> str:
    only_tables = field.name.endswith(_TABULAR) and field.name not in _MEMBERS
    mark = " °" if only_tables or field.name in {"layer_title", "wkt", "lon", "lat"} else ""
    meaning = field.description.replace("|", "\\|")
    return f"| `{field.name}`{mark} | {field.type.value} | {field.unit or ''} | {meaning} |"


def _terms() -> Iterator[str]:
    yield "## Vocabularies\n"
    for vocabulary in _VOCABULARIES:
        yield f"### {vocabulary.__name__}\n\n{(vocabulary.__doc__ or '').strip()}\n"
        yield "| word | for a reader | meaning |\n| --- | --- | --- |"
        for term in vocabulary:
            yield f"| `{term.value}` | {term.label} | {term.meaning} |"
        yield ""
