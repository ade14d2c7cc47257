"""
GDAL in a process of its own, with one driver: `python -m geo.extra.child DRIVER FILE FOLDER`.

A file can ask GDAL to read other files or addresses (VRT, GDALG); here it finds nobody to do so.
"""

import json
import os
import subprocess
import sys
import tempfile
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
_ROWS = 10_000


@dataclass(frozen=True)
class Table:
    """A layer as the child wrote it: its name, its CRS, and a file of Arrow record batches."""

    name: str
    crs: str | None
    file: Path

    def batches(self) -> Iterator[tuple[list[dict[str, Any]], list[bytes | None]]]:
        """Give properties and WKB of some features at a time."""
        with pa.memory_map(str(self.file)) as source, pa.ipc.open_stream(source) as reader:
            place = reader.schema.get_field_index(_GEOMETRY)
            names = [name for name in reader.schema.names if name != _GEOMETRY]
            for batch in reader:
                yield batch.select(names).to_pylist(), batch.column(place).to_pylist()


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
        command = [sys.executable, "-m", "geo.extra.child", driver, str(path.resolve()), folder]
        done = subprocess.run(  # noqa: S603 - our own module
            command, capture_output=True, env=_environment(driver), check=False
        )
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().splitlines() or ["it gave up"]
            raise Fault(f"cannot be read as {driver}: {said[-1][:_SAID]}")
        found = json.loads(Path(folder, "tables.json").read_text(encoding="utf-8"))
        if not found:
            raise Fault("holds no layer with a geometry")
        yield (Table(one["name"], one["crs"], Path(folder, one["file"])) for one in found)


def _environment(driver: str) -> dict[str, str]:
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
    target = f"/vsizip/{path}" if driver == "ESRI Shapefile" else str(path)
    written = []
    for number, (name, geometry_type) in enumerate(pyogrio.list_layers(target)):
        if geometry_type is None:
            continue  # a table beside the map
        out = folder / f"{number}.arrows"
        try:
            with open_arrow(target, layer=name, use_pyarrow=True) as (meta, reader):
                _copy(reader, meta["geometry_name"] or "wkb_geometry", out)
        except pa.ArrowInvalid:
            # GDAL 3.12 writes wrong offsets where a FlatGeobuf has features without geometry.
            meta = _copy_rows(target, name, out)
        written.append({"name": name, "crs": meta["crs"], "file": out.name})
    return written


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
