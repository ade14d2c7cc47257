"""The command `geo`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from geo import analyse, bringing, checks, ledger, live, options, printing, store
from geo.errors import GeoError
from geo.evidence import with_derived
from geo.public import public_url
from geo.view import LANGUAGES
from geo.vocab import Worldview

app = typer.Typer(
    help="A source-linked map of the digital corridor between Pakistan, China and Central Asia.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
ledger.add_to(app)
analyse.add_to(app)
printing.add_to(app)
_out = Console(soft_wrap=True, highlight=False, markup=False)
_aside = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
_PROGRESS = (
    SpinnerColumn(),
    TextColumn("{task.description}: {task.completed:,.0f} features"),
    TimeElapsedColumn(),
)

Texts = Annotated[
    Path | None,
    typer.Option(
        help="Folder with the articles' full texts, to hold every quote against them.",
        envvar="GEO_TEXTS",
    ),
]


@app.command()
def check(texts: Texts = None) -> None:
    """Check layers and sources: every fault at once, exit 1 on any."""
    found = store.find()
    atlas = store.read_atlas(found)
    issues = [str(issue) for issue in checks.check(atlas)]
    issues += [
        f"layers/{path.name}: is not as `geo fmt` writes it. Run `geo fmt`."
        for path, text in _formatted(found)
        if _differs(path, text)
    ]
    if texts is not None:
        issues += [str(issue) for issue in checks.check_texts(atlas, store.read_texts(texts))]
    for issue in issues:
        _out.print(issue)
    if issues:
        _out.print(f"{len(issues)} problem(s)")
        raise typer.Exit(1)
    quotes = "quotes verified" if texts is not None else "quotes not verified (name --texts DIR)"
    things = sum(feature.is_thing for feature in atlas.features.values())
    claims = sum(len(feature.properties.claims) for feature in atlas.features.values())
    _out.print(f"{things} things, {claims} claims, {len(atlas.sources)} sources; {quotes}")


@app.command("map")
@options.with_view
def map_(
    asked: options.Asked,
    *,
    out: Annotated[Path, typer.Option(help="The file to write.")] = Path("map.html"),
    feature: Annotated[str | None, typer.Option(help="The feature whose popup is open.")] = None,
    relief: Annotated[
        bool, typer.Option("--relief", help="Shade the land; the file is a quarter larger.")
    ] = False,
    all_languages: Annotated[
        bool, typer.Option("--all-languages", help="Hold every language, to choose from.")
    ] = False,
    data: bringing.Data = None,
) -> None:
    """Write the map as one file that opens without a network or a server: it holds every day."""
    from geo import onefile  # noqa: PLC0415 - folium loads slowly, and only this command needs it

    atlas, view = asked.about(feature).today()
    languages = LANGUAGES if all_languages else ()
    own = bringing.for_one_file(data or (), _aside)
    written = onefile.page(atlas, view, store.find(), languages=languages, relief=relief, own=own)
    store.write_text(out, written)
    _out.print(f"wrote {out}: {len(written.encode()):,} bytes")


@app.command()
def site(
    out: Annotated[Path, typer.Option(help="The folder: new, empty, or written by this before.")],
    worldview: Annotated[
        Worldview | None, typer.Option(help="Whose boundaries are drawn at first.")
    ] = None,
) -> None:
    """Write the whole map as a folder for a web server: map, pages, exports, in three languages."""
    from geo import site as folder  # noqa: PLC0415 - GDAL and folium, which load slowly

    found = store.find()
    atlas = store.read_atlas(found)
    asked = {"worldview": worldview.value} if worldview else {}
    n = folder.write(out, atlas, found, live.view_of(asked, atlas).worldview)
    _out.print(f"wrote {out}: {n} files")
    if public_url() is None:
        _out.print("no sitemap: name the folder's public address in GEO_PUBLIC_URL")


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen at.")] = 8501,
    base_path: Annotated[
        str, typer.Option(help="Path to serve under, behind a proxy that keeps it.")
    ] = "",
    data: bringing.Data = None,
) -> None:
    """Serve the map until stopped, with layers of your own beside it: --data FILE."""
    from geo import server  # noqa: PLC0415 - Streamlit loads slowly, and only this command needs it

    store.read_atlas(store.find())  # faults are told here, not to the first reader
    bringing.beside(data or (), _aside)
    server.serve(host=host, port=port, base=base_path)


@app.command()
def fmt() -> None:
    """Write layer files in canonical form with their derived members, and their schema."""
    found = store.find()
    for path, text in _formatted(found):
        if _differs(path, text):
            store.write_text(path, text)
            _out.print(f"wrote layers/{path.name}")


@app.command()
@options.view_options(unnamed="all", without=("lang",))
def export(
    asked: options.Asked,
    *,
    format_: Annotated[str, typer.Option("--format", help="One that --list names.")] = "geojson",
    out: Annotated[Path | None, typer.Option(help="The file, or a folder to put it in.")] = None,
    feature: Annotated[str | None, typer.Option(help="One feature, with its parts.")] = None,
    simplestyle: Annotated[
        bool, typer.Option("--simplestyle", help="GeoJSON with colors for GitHub and geojson.io.")
    ] = False,
    list_: Annotated[bool, typer.Option("--list", help="Say what each format is for.")] = False,
) -> None:
    """
    Write features for GIS, spreadsheets and programs: geo export --format gpkg --out .

    Everything is written, layers that are off at first too; options choose less, or another day.
    """
    from geo import export as exports  # noqa: PLC0415 - GDAL and Arrow, which no other command needs

    if list_:
        for name, one in exports.FORMATS.items():
            _out.print(f"{name:<11} {one.purpose}")
        return
    if out is None:
        raise GeoError("--out", "is missing", "Name a file, or a folder to put it in")
    atlas, view = asked.about(feature).open()
    features = exports.chosen(atlas, view, view.feature if feature else None)
    console = Console(stderr=True)
    with Progress(
        *_PROGRESS, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(f"Writing {format_}", total=None)
        path = exports.export_file(
            atlas,
            features,
            format_,
            out,
            worldview=view.worldview,
            as_of=view.as_of,
            simplestyle=simplestyle,
            report=lambda done: bar.advance(task, done),
        )
    _out.print(f"wrote {path}: {len(features)} features, {path.stat().st_size:,} bytes")


def _differs(path: Path, text: str) -> bool:
    return not path.is_file() or path.read_text(encoding="utf-8") != text


def _formatted(found: store.Store) -> list[tuple[Path, str]]:
    """Give each generated file of the layers folder with the text it should hold."""
    atlas = store.read_atlas(found)
    layers = [
        (
            found.layer_path(layer.id),
            store.canonical(
                layer.model_copy(
                    update={"features": tuple(with_derived(one, atlas) for one in layer.features)}
                )
            ),
        )
        for layer in atlas.layers
    ]
    return [*layers, (found.layers / "schema.json", store.schema())]


def main() -> None:
    """Run the command; a fault somebody can act on is one message and exit 1."""
    try:
        app()
    except GeoError as error:
        _aside.print(str(error))
        raise SystemExit(1) from error
