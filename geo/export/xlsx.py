"""A workbook: features, claims, sources, and what each column means."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from geo.errors import GeoError
from geo.export.catalog import columns_of
from geo.export.extract import Extract
from geo.export.fields import TABLES, Field, Table, xml_text
from geo.export.tables import rows_of

_CELL_CHARACTERS = 32_767
_SHEET_ROWS = 1_048_576
_CUT = "… (cut: a cell holds 32,767 characters; other formats hold the whole)"
_WIDTH, _WIDE = 14, 40
_WIDE_COLUMNS = frozenset({"name", "quote", "summary", "title", "says", "source_title"})


def write(extract: Extract, path: Path) -> None:
    """Write the sheets; text is never a formula or a link, dates are dates."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "tmpdir": str(path.parent),
    }
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties(
            {
                "title": "Digital Silk Road map",
                "comments": extract.note(),
                "created": datetime.fromisoformat(extract.date).replace(tzinfo=UTC, hour=0),
            }
        )
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for table in TABLES:
            _write_sheet(book.add_worksheet(table.name), extract, table, bold, day)
        sheet = book.add_worksheet("about")
        notes: list[list[str | None]] = [[note] for note in extract.note().split("\n")]
        columns: list[list[str | None]] = [
            [table.name, field.name, field.description, field.unit]
            for table in TABLES
            for field in columns_of(table)
        ]
        head: list[str | None] = ["table", "column", "meaning", "unit"]
        for number, row in enumerate([*notes, [], head, *columns]):
            for column, value in enumerate(row):
                _put(sheet, number, column, value, day)


def _write_sheet(
    sheet: Any,  # noqa: ANN401 - xlsxwriter has no types
    extract: Extract,
    table: Table,
    bold: Any,  # noqa: ANN401
    day: Any,  # noqa: ANN401
) -> None:
    fields = columns_of(table)
    sheet.freeze_panes(1, 1)
    for column, field in enumerate(fields):
        sheet.set_column(column, column, _width(field))
    for column, field in enumerate(fields):
        sheet.write_string(0, column, field.name, bold)
    for number, row in enumerate(rows_of(extract, table), start=1):
        if number == _SHEET_ROWS:
            raise GeoError(
                f"sheet {table.name}",
                f"a sheet holds {_SHEET_ROWS:,} rows and there are more",
                "Choose fewer layers, or another format",
            )
        for column, value in enumerate(row):
            _put(sheet, number, column, value, day)


def _width(field: Field) -> int:
    return _WIDE if field.name in _WIDE_COLUMNS else _WIDTH


def _put(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:  # noqa: ANN401
    if value is None:
        return
    if isinstance(value, str):
        text = xml_text(value)
        if len(text) > _CELL_CHARACTERS:
            text = text[: _CELL_CHARACTERS - len(_CUT)] + _CUT
        sheet.write_string(row, column, text)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, date):
        if value.year < 1900:  # noqa: PLR2004 - the first year a workbook knows
            sheet.write_string(row, column, value.isoformat())
        else:
            sheet.write_datetime(row, column, value, day)
    else:
        sheet.write_number(row, column, value)
