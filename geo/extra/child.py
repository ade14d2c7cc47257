"""
GDAL in a process of its own, with one driver: `python -m geo.extra.child DRIVER FILE FOLDER`.

A file can ask GDAL to read other files or addresses (VRT, GDALG); here it finds nobody to do so.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from geo.extra.geojson import Fault

_PARQUET = "Parquet"
_GEOMETRY = "geometry of the feature"  # no column has a name so long and plain
_SAID = 600
_KML = "LIBKML"
_SUFFIXES = {
    "GPKG": ".gpkg",
    "FlatGeobuf": ".fgb",
    _KML: ".kml",
    "ESRI Shapefile": ".zip",
    _PARQUET: ".parquet",
}
#: How KML is drawn in other programs, which GDAL gives as if it were said of the feature.
_DRAWN = frozenset({"altitudeMode", "tessellate", "extrude", "visibility", "drawOrder", "icon"})
_ROWS = 10_000


@dataclass(frozen=True)
class Table:
    """
    A layer as the child wrote it: its name, its CRS, and a file of Arrow record batches.

    Of its columns, `hidden` are no properties.
    """

    name: str
    crs: str | None
    file: Path
    hidden: frozenset[str]

    def batches(self) -> Iterator[tuple[list[dict[str, Any]], list[bytes | None], float]]:
        """Give properties and WKB of some features at a time, and the share of the table up to there."""
        with pa.memory_map(str(self.file)) as source, pa.ipc.open_stream(source) as reader:
            place = reader.schema.get_field_index(_GEOMETRY)
            names = [name for name in reader.schema.names if name not in self.hidden]
            for batch in reader:
                done = source.tell() / source.size()
                yield batch.select(names).to_pylist(), batch.column(place).to_pylist(), done


@contextmanager
def tables(path: Path, driver: str) -> Iterator[Iterator[Table]]:
    """
    Have a file read by one driver.

    Raises
    ------
    Fault
        If the driver cannot read it.
    """
    with tempfile.TemporaryDirectory() as folder:
        # Under a name of ours, with the ending by which GDAL knows a format.
        given = Path(folder, f"file{_SUFFIXES[driver]}")
        if driver == _KML and zipfile.is_zipfile(path):
            _unpack_kml(path, given)
        else:
            given.symlink_to(path.resolve())
        command = [sys.executable, "-m", "geo.extra.child", driver, str(given), folder]
        done = subprocess.run(  # noqa: S603 - our own module
            command, capture_output=True, env=environment(driver), check=False
        )
        if done.returncode:
            raise Fault(f"cannot be read as {driver}: {_last(done.stderr, folder, path)}")
        found = json.loads(Path(folder, "tables.json").read_text(encoding="utf-8"))
        if not found:
            raise Fault("holds no layer with a geometry")
        hidden = frozenset({_GEOMETRY}) | (_DRAWN if driver == _KML else frozenset())
        yield (Table(one["name"], one["crs"], Path(folder, one["file"]), hidden) for one in found)


def _unpack_kml(path: Path, target: Path) -> None:
    """Unpack the first KML of a KMZ, which is what it shows; in the archive GDAL loses its schema."""
    try:
        with zipfile.ZipFile(path) as archive:
            member = next(one for one in archive.namelist() if one.lower().endswith(".kml"))
            with archive.open(member) as source, target.open("wb") as out:
                shutil.copyfileobj(source, out)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise Fault(f"is a broken or locked zip archive ({error})") from error


def _last(said: bytes, folder: str, path: Path) -> str:
    """Give the last words of the child, without the folders of this machine."""
    lines = said.decode(errors="replace").strip().splitlines() or ["it gave up"]
    words = re.sub(r"^[\w.]+(Error|Invalid): ", "", lines[-1]).split(".; It might help")[0]
    for place in (f"{folder}/", f"{path.resolve().parent}/", f"{path.parent}/"):
        words = words.replace(place, "")
    return words[:_SAID].rstrip(". ")


def environment(driver: str) -> dict[str, str]:
    """Leave GDAL one driver; a name with a space in it needs commas between them."""
    import pyogrio  # noqa: PLC0415 - the child itself must not load it before this is set

    others = sorted(set(pyogrio.list_drivers()) - {driver})
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    package = str(Path(__file__).resolve().parents[2])
    return kept | {
        "GDAL_SKIP": ",".join([*others, "VRT"]),
        "OGR_SKIP": ",".join(others),
        "CPL_CURL_ENABLE_VSIMEM": "NO",
        "GDAL_HTTP_TIMEOUT": "1",
        "PYTHONPATH": package,
        "PYTHONUTF8": "1",
    }


def _main(driver: str, file: str, folder: str) -> None:
    """Read a file and write its layers; any fault ends the process with words on stderr."""
    write = _write_parquet if driver == _PARQUET else _write_gdal
    written = write(Path(file), Path(folder), driver)
    Path(folder, "tables.json").write_text(json.dumps(written), encoding="utf-8")


def _write_gdal(path: Path, folder: Path, driver: str) -> list[dict[str, Any]]:
    import pyogrio  # noqa: PLC0415
    from pyogrio.raw import open_arrow  # noqa: PLC0415

    if strange := set(pyogrio.list_drivers()) - {driver}:
        raise SystemExit(f"GDAL still has other drivers: {', '.join(sorted(strange))}")
    found = [
        (target, name)
        for target in (_shapefiles(path) if driver == "ESRI Shapefile" else [str(path)])
        for name, geometry_type in pyogrio.list_layers(target)
        if geometry_type is not None  # else a table beside the map
    ]
    written = []
    for number, (target, name) in enumerate(found):
        out = folder / f"{number}.arrows"
        try:
            with open_arrow(target, layer=name, use_pyarrow=True) as (meta, reader):
                _copy(reader, meta["geometry_name"] or "wkb_geometry", out)
        except pa.ArrowInvalid:
            # GDAL 3.12 writes wrong offsets where a FlatGeobuf has features without geometry.
            meta = _copy_rows(target, name, out)
        written.append({"name": name, "crs": meta["crs"], "file": out.name})
    return written


def _shapefiles(path: Path) -> list[str]:
    """Name each Shapefile of an archive, in whatever folder of it, as GDAL does."""
    with zipfile.ZipFile(path) as archive:
        members = [one for one in archive.namelist() if one.lower().endswith(".shp")]
    return [f"/vsizip/{{{path}}}/{member}" for member in sorted(members)]


def _write_parquet(path: Path, folder: Path, _driver: str) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq  # noqa: PLC0415

    with pq.ParquetFile(path) as file:
        about = json.loads((file.schema_arrow.metadata or {}).get(b"geo", b"null"))
        if about is None:
            raise SystemExit("it is a Parquet file without GeoParquet metadata")
        geometry = about["primary_column"]
        column = about["columns"][geometry]
        if column.get("encoding") != "WKB":
            raise SystemExit(f"its geometry is encoded as {column.get('encoding')}, not WKB")
        crs = column.get("crs", "OGC:CRS84")
        schema = file.schema_arrow
        batches = pa.RecordBatchReader.from_batches(schema, file.iter_batches(_ROWS))
        _copy(batches, geometry, folder / "0.arrows")
    named = crs if isinstance(crs, str) or crs is None else json.dumps(crs)
    return [{"name": None, "crs": named, "file": "0.arrows"}]


def _copy(reader: Any, geometry: str, out: Path) -> None:  # noqa: ANN401 - pyarrow has no types
    names = [_GEOMETRY if name == geometry else name for name in reader.schema.names]
    schema = pa.schema(
        [pa.field(name, field.type) for name, field in zip(names, reader.schema, strict=True)]
    )
    with pa.OSFile(str(out), "wb") as sink, pa.ipc.new_stream(sink, schema) as writer:
        for batch in reader:
            batch.validate(full=True)
            writer.write_batch(pa.RecordBatch.from_arrays(batch.columns, schema=schema))


def _copy_rows(target: str, layer: str, out: Path) -> dict[str, Any]:
    """Copy a layer the slower way; gives what GDAL says of it."""
    from pyogrio.raw import read  # noqa: PLC0415

    meta, _, wkb, columns = read(target, layer=layer)
    known: dict[str, Any] = meta
    arrays = [pa.array(column, from_pandas=True) for column in columns]
    table = pa.table(
        [*arrays, pa.array(wkb, pa.binary())], names=[*map(str, meta["fields"]), _GEOMETRY]
    )
    with pa.OSFile(str(out), "wb") as sink, pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=_ROWS)
    return known


if __name__ == "__main__":
    _main(*sys.argv[1:])
