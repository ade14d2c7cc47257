"""Commands that make a briefing, or the map alone, for print; `geo.cli` adds them to `geo`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from geo import options, store
from geo.briefing.model import Length, Paper
from geo.errors import GeoError

_out = Console(soft_wrap=True, highlight=False, markup=False)
_FIGURES = ("png", "svg", "pdf")


class Format(StrEnum):
    """What a briefing can be written as."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    MD = "md"
    BIB = "bib"
    RIS = "ris"


class SizeName(StrEnum):
    """What a figure is for."""

    SLIDE = "slide"
    PAGE = "page"
    POSTER = "poster"


Features = Annotated[
    list[str] | None,
    typer.Option(help="A feature by its id; may be given again. None: what the options show."),
]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(brief)
    app.command()(figure)


@options.with_view
def brief(
    asked: options.Asked,
    *,
    out: Annotated[Path, typer.Option(help="The file to write.")],
    feature: Features = None,
    format_: Annotated[
        Format | None, typer.Option("--format", help="None: as the file's name ends.")
    ] = None,
    length: Annotated[Length, typer.Option(help="Two pages, or everything.")] = Length.BRIEF,
    paper: Annotated[Paper, typer.Option(help="The sheet.")] = Paper.A4,
) -> None:
    """Write a briefing, every statement with its footnote: geo brief --feature ofc-1 --out ofc-1.pdf."""
    from geo.briefing import writing  # noqa: PLC0415 - the base map, which few commands need

    form = (format_ or _ending(out, tuple(Format), "--format")).lower()
    atlas, view = asked.open()
    with _telling() as report:
        written = writing.write(
            atlas,
            view,
            store.find(),
            form,
            features=feature or (),
            length=length,
            paper=paper,
            report=report,
        )
    store.write_bytes(out, written)
    _out.print(f"wrote {out}: {len(written):,} bytes")


@options.with_view
def figure(
    asked: options.Asked,
    *,
    out: Annotated[Path, typer.Option(help="The file to write: .png, .svg or .pdf.")],
    feature: Features = None,
    size: Annotated[SizeName, typer.Option(help="What it is for.")] = SizeName.PAGE,
) -> None:
    """Draw the map alone for print, with legend, scale bar, caveats and credits."""
    from geo.briefing import writing  # noqa: PLC0415 - the base map, which few commands need

    form = _ending(out, _FIGURES, "--out")
    atlas, view = asked.open()
    with _telling():
        written = writing.write_figure(
            atlas, view, store.find(), form, size=size, features=feature or ()
        )
    store.write_bytes(out, written)
    _out.print(f"wrote {out}: {len(written):,} bytes")


def _ending(out: Path, known: tuple[str, ...], option: str) -> str:
    ending = out.suffix.removeprefix(".").lower()
    if ending not in known:
        fault = f"its name ends in {out.suffix!r}, which is no form of this"
        also = f", or give {option}" if option != "--out" else ""
        raise GeoError(str(out), fault, f"End it in one of {', '.join(known)}{also}")
    return ending


@contextmanager
def _telling() -> Iterator[Callable[[str], None]]:
    """Show what is being done, where somebody watches."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("Writing", total=None)
        yield lambda words: bar.update(task, description=words)
