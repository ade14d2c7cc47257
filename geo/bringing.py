"""Layers that a reader brings to a command: read with progress on the terminal, faults in words."""

from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn

from geo import extra
from geo.errors import DataError

#: The option `--data`.
Data = Annotated[
    list[Path] | None,
    typer.Option(
        help="A layer of your own, GeoJSON, GeoPackage, FlatGeobuf, GeoParquet, KML or a zipped "
        "Shapefile; may be given again."
    ),
]
_COLUMNS = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn())


def beside(files: Sequence[Path], console: Console) -> None:
    """Get files ready beside a server that is about to run, and say what became of them."""
    extra.bring(files)
    if extra.shelf().files:
        Thread(target=_get_ready, args=(console,), daemon=True).start()


def for_one_file(files: Sequence[Path], console: Console) -> tuple[extra.Layer, ...]:
    """
    Read files for a map that is one file.

    Raises
    ------
    DataError
        If any cannot be read, or holds more than a file can; all of them at once.
    """
    shelf = extra.Shelf(tuple(dict.fromkeys(file.absolute() for file in files)))
    _watched(shelf, console, tiled=False)
    faults = [fault.words for fault in shelf.faults]
    named = {file.name: file for file in files}
    faults += [
        f"{layer.file}: holds {layer.n_placed:,} features, more than one file can show. "
        f"Serve it: `geo serve --data {named[layer.file]}`."
        for layer in shelf.layers
        if layer.is_tiled
    ]
    if faults:
        raise DataError("--data", faults, "Nothing was written")
    return shelf.layers


def _get_ready(console: Console) -> None:
    shelf = extra.shelf()
    _watched(shelf, console, tiled=True)
    for layer in shelf.layers:
        console.print(f"{layer.title}: {layer.words()}")
    for fault in shelf.faults:
        console.print(fault.words)


def _watched(shelf: extra.Shelf, console: Console, *, tiled: bool) -> None:
    tasks: dict[str, TaskID] = {}
    with Progress(
        *_COLUMNS, console=console, transient=True, disable=not console.is_terminal
    ) as bars:

        def note(file: str, share: float) -> None:
            if file not in tasks:
                tasks[file] = bars.add_task(file, total=1)
            bars.update(tasks[file], completed=share)

        shelf.get_ready(note, tiled=tiled)
