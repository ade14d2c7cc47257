"""What is known of a layer that a reader brought."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from geo import text

#: Above so many features, or bytes of geometry, a layer is drawn from tiles.
TILED_ABOVE = 5_000
TILED_ABOVE_BYTES = 3_000_000
#: Members in which a file states what a feature rests on, as our own exports do.
SOURCE_MEMBERS = frozenset({"source_url", "source_title", "quote", "claims"})


@dataclass(frozen=True)
class Layer:
    """
    A layer, kept in a folder of its own.

    Attributes
    ----------
    id
        Name in addresses: lower-case letters, digits and underscores.
    title
        As the file names it; text from outside.
    file
        Name of the file it stands in.
    n, n_placed
        Features, and those of them with a geometry.
    n_bytes
        Of all geometries as WKB.
    bounds
        West, south, east, north, degrees, of EPSG:4326; None where nothing has a place.
    fields
        Names of the properties with what they hold: text, integer, number, boolean or json.
    sourced
        Features that state a source of their own.
    folder
        Where `records.sqlite` and, once made, `tiles.pmtiles` lie.
    """

    id: str
    title: str
    file: str
    n: int
    n_placed: int
    n_bytes: int
    bounds: tuple[float, float, float, float] | None
    fields: Mapping[str, str]
    sourced: int
    folder: Path

    @property
    def records(self) -> Path:
        """The file with every feature."""
        return self.folder / "records.sqlite"

    @property
    def tiles(self) -> Path:
        """The archive of tiles; there once it is whole."""
        return self.folder / "tiles.pmtiles"

    @property
    def is_tiled(self) -> bool:
        """Whether it is too large to be drawn from one file."""
        return self.n_placed > TILED_ABOVE or self.n_bytes > TILED_ABOVE_BYTES

    @property
    def is_ready(self) -> bool:
        """Whether what it is drawn from is there."""
        return not self.is_tiled or self.tiles.is_file()

    @property
    def version(self) -> str:
        """Name of its content: of the file it was read from, and its place in it."""
        return f"{self.folder.parent.name}-{self.folder.name}"

    def words(self, lang: str = "en") -> str:
        """Say how large it is and what it rests on."""
        told = [text.counted("{n} feature", "{n} features", self.n, lang)]
        if self.n_placed < self.n:
            without = text.message("{n} without a place", lang)
            told.append(without.format(n=text.number(self.n - self.n_placed, lang)))
        if not self.sourced:
            told.append(text.message("no source stated", lang))
        elif self.sourced < self.n:
            told.append(
                text.counted(
                    "{n} states a source, not checked here",
                    "{n} state a source, not checked here",
                    self.sourced,
                    lang,
                )
            )
        else:
            told.append(text.message("sources as the file states them, not checked here", lang))
        return " · ".join(told)


def write_about(layer: Layer) -> None:
    """Write what is known of a layer into its folder."""
    known = {name: value for name, value in asdict(layer).items() if name not in {"folder", "id"}}
    (layer.folder / "about.json").write_text(json.dumps(known), encoding="utf-8")


def read_about(folder: Path, id_: str) -> Layer:
    """Read what `write_about` wrote; the name in addresses is given anew each time."""
    known: dict[str, Any] = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    bounds = tuple(known.pop("bounds") or ()) or None
    return Layer(id=id_, folder=folder, bounds=bounds, **known)
