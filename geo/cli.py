"""The command `geo`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from geo import checks, store
from geo.errors import GeoError
from geo.evidence import with_derived

app = typer.Typer(
    help="A source-linked map of the digital corridor between Pakistan, China and Central Asia.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
_out = Console(soft_wrap=True, highlight=False, markup=False)

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


@app.command()
def fmt() -> None:
    """Write layer files in canonical form with their derived members, and their schema."""
    found = store.find()
    for path, text in _formatted(found):
        if _differs(path, text):
            store.write_text(path, text)
            _out.print(f"wrote layers/{path.name}")


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
        Console(stderr=True, soft_wrap=True, highlight=False, markup=False).print(str(error))
        raise SystemExit(1) from error
