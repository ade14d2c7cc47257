"""Where `layers/`, `seeds/` and the project's documents are."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo.errors import GeoError

_PACKAGE: Final = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Store:
    """The folders of one set of data."""

    root: Path

    @property
    def layers(self) -> Path:
        """The folder of layer files."""
        return self.root / "layers"

    @property
    def seeds(self) -> Path:
        """The folder of source records."""
        return self.root / "seeds"

    @property
    def basemap(self) -> Path:
        """The folder of reference data the map is drawn on."""
        return self.layers / "basemap"

    @property
    def reference(self) -> Path:
        """The folder of reference data that answers are computed from."""
        return self.layers / "reference"

    @property
    def changes(self) -> Path:
        """The file of what each published version changed."""
        return self.layers / "changes.json"

    @property
    def links(self) -> Path:
        """The file in which `geo links` keeps what became of the pages of sources."""
        return self.root / "links.json"

    def layer_path(self, layer_id: str) -> Path:
        """Where a layer's file stands."""
        return self.layers / f"{layer_id}.geojson"


def find() -> Store:
    """
    Find the data: the folder `GEO_DATA` names, else the checkout's, else the package's own.

    Raises
    ------
    GeoError
        If the folder has no `layers` and `seeds`.
    """
    named = os.environ.get("GEO_DATA")
    checkout = _PACKAGE.parent
    in_checkout = (checkout / "pyproject.toml").is_file() and (checkout / "layers").is_dir()
    root = Path(named) if named else checkout if in_checkout else _PACKAGE / "data"
    for folder in ("layers", "seeds"):
        if not (root / folder).is_dir():
            raise GeoError(
                str(root),
                f"has no folder {folder!r}",
                "Name a folder with layers/ and seeds/ in GEO_DATA, or unset it"
                if named
                else "Install the package again",
            )
    return Store(root)


def document(name: str) -> str:
    """
    Read a document of the project, such as its changelog: from the package, else the checkout.

    Raises
    ------
    GeoError
        If the file is missing.
    """
    for folder in (_PACKAGE / "data", _PACKAGE.parent):
        if (folder / name).is_file():
            return (folder / name).read_text(encoding="utf-8")
    raise GeoError(name, "is missing", "Install the package again")
