"""Commands that answer questions about what a view shows; `geo.cli` adds them to `geo`."""

import csv
import io
import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table as Grid

from geo import options, text
from geo.errors import GeoError
from geo.model import Atlas
from geo.view import View, write_query
from geo.vocab import Question

if TYPE_CHECKING:
    from geo.analysis import Answer

_out = Console(soft_wrap=True, highlight=False, markup=False)
_WIDEST = 1_000
_ENDS = (
    *("measure", "unit", "is_total", "low", "central", "high", "unknown"),
    *("method", "data", "caveat", "boundary_note"),
)


class Form(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


Format = Annotated[Form, typer.Option("--format", help="For a reader, a program or a spreadsheet.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    group = typer.Typer(
        no_args_is_help=True, help="Answer what the map changes, each figure with its range."
    )
    for command in (length, reach, access, routes, latency):
        group.command()(options.with_view(command))
    app.add_typer(group, name="analyse")


Settlements = Annotated[
    str | None,
    typer.Option(
        "--data",
        help="Settlements of your own: GeoParquet points with a column 'population', "
        "'places/*.parquet'.",
    ),
]
Lines = Annotated[
    str | None,
    typer.Option("--data", help="Lines of your own: GeoParquet lines, 'lines/*.parquet'."),
]
Scheduler = Annotated[
    str | None,
    typer.Option(help="Dask scheduler whose workers read the data: tcp://host:8786."),
]


def length(
    asked: options.Asked,
    form: Format = Form.TABLE,
    data: Lines = None,
    scheduler: Scheduler = None,
) -> None:
    """Say how long the routes are, published beside drawn: by route, status and territory."""
    _answer(Question.LENGTH, asked, form, data, scheduler)


def reach(
    asked: options.Asked,
    form: Format = Form.TABLE,
    data: Settlements = None,
    scheduler: Scheduler = None,
) -> None:
    """Count settlements and people within 10, 25, 50 and 100 km of fiber, ports and zones."""
    _answer(Question.REACH, asked, form, data, scheduler)


def access(
    asked: options.Asked,
    form: Format = Form.TABLE,
    data: Settlements = None,
    scheduler: Scheduler = None,
) -> None:
    """Say how far each port, zone and park is from the nearest part of each route."""
    _answer(Question.ACCESS, asked, form, data, scheduler)


def routes(asked: options.Asked, form: Format = Form.TABLE) -> None:
    """Count the separate land routes between two countries, and say what could add one."""
    _answer(Question.ROUTES, asked, form)


def latency(asked: options.Asked, form: Format = Form.TABLE) -> None:
    """Give the least round-trip time: light in fiber along each length and the great circle."""
    _answer(Question.LATENCY, asked, form)


def _answer(
    question: Question,
    asked: options.Asked,
    form: Form,
    data: str | None = None,
    scheduler: str | None = None,
) -> None:
    from geo import analysis  # noqa: PLC0415 - geopandas and networkx, which few commands need
    from geo.analysis import own  # noqa: PLC0415

    if data is None and scheduler is not None:
        raise GeoError("--scheduler", "has nothing to read", "Name your own: --data '*.parquet'")
    atlas, view = asked.open()
    found = (
        analysis.answer(question, atlas, view)
        if data is None
        else own.answer(question, atlas, view, data, scheduler)
    )
    _show(found, atlas, view, form)


def _show(found: "Answer", atlas: Atlas, view: View, form: Form) -> None:
    if form is Form.TABLE:
        _print(found, view)
    else:
        write = _json if form is Form.JSON else _csv
        typer.echo(write(found, atlas, view), nl=False)


def _print(found: "Answer", view: View) -> None:
    from geo.analysis import measured  # noqa: PLC0415

    say = text.translator(view.lang)
    for line in found.sentences:
        _out.print(line)
    for table in (one for one in found.tables if one.rows):
        grid = Grid(title=table.title, title_justify="left")
        for column in table.keys:
            grid.add_column(column.label, overflow="fold")
        for column in table.measures:
            unit = f", {say(column.unit)}" if column.unit else ""
            grid.add_column(f"{column.label}{unit}", justify="right", overflow="fold")
        for row in table.rows:
            keys = (row.keys[column.name].label for column in table.keys)
            values = (measured(row.quantities[one.name], None, view.lang) for one in table.measures)
            grid.add_row(*keys, *values, style="bold" if row.is_total else None)
        _out.print()
        console = Console(highlight=False, markup=False)
        if not console.is_terminal:  # A file is as wide as it needs to be: no number is folded.
            options_ = console.options.update(max_width=_WIDEST)
            console.width = Measurement.get(console, options_, grid).maximum
        console.print(grid)
        _out.print(f"{say('How they are made')}: {table.method}")
        _out.print(f"{say('From')}: {table.data}")
        _out.print(f"{say('What they do not mean')}: {table.caveat}")
    _out.print()
    _out.print(text.boundary_note(view.worldview, view.lang))


def _json(found: "Answer", atlas: Atlas, view: View) -> str:
    told = {
        "view": write_query(view, atlas),
        "searched_to": atlas.searched_to,
        "boundary_note": text.boundary_note(view.worldview, view.lang),
        **found.model_dump(mode="json"),
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _csv(found: "Answer", _: Atlas, view: View) -> str:
    """Write one line for each quantity, so that each carries its range, method and caveat."""
    from geo.export.tables import neutral  # noqa: PLC0415 - GDAL and Arrow

    keys = list(dict.fromkeys(one.name for table in found.tables for one in table.keys))
    labels = [f"{name}_label" for name in keys]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["table", *keys, *labels, *_ENDS])
    note = text.boundary_note(view.worldview, view.lang)
    for table in found.tables:
        about = (table.method, table.data, table.caveat, note)
        for row in table.rows:
            known = [row.keys.get(name) for name in keys]
            told = [None if one is None else one.value for one in known]
            told += [None if one is None else one.label for one in known]
            for column in table.measures:
                number = row.quantities[column.name]
                measure = (column.name, column.unit, "true" if row.is_total else "false")
                values = (number.low, number.central, number.high, number.unknown)
                line = (table.name, *told, *measure, *values, *about)
                writer.writerow([neutral(one) for one in line])
    return out.getvalue()
