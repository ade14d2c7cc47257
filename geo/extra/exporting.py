"""A brought layer as a file for other programs: the whole of it, made once, whole or not at all."""

import csv
import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from geo.errors import GeoError
from geo.export.arrow import GEOMETRY, write_gdal
from geo.export.extract import Geometries
from geo.export.geojson import harmless
from geo.export.tables import neutral
from geo.extra import records
from geo.extra.layer import Layer
from geo.extra.locks import alone
from geo.extra.shown import as_text

_TYPES = {
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}
#: Columns that a format has of its own.
_TAKEN = frozenset({"fid", "ogc_fid", "geom", GEOMETRY, "wkt", "lon", "lat"})

Some = list[tuple[int, str | None, str, bytes | None]]


@dataclass(frozen=True)
class Form:
    """
    A format.

    Attributes
    ----------
    suffix
        End of its file names, without a dot.
    media_type
        As a server sends it.
    write
        Writes a layer to a path; takes no care of failures (see `file`).
    """

    suffix: str
    media_type: str
    write: Callable[[Layer, Path], None]


def file(layer: Layer, form: Form) -> Path:
    """
    Give a layer in a format, written now where it was not before.

    Raises
    ------
    GeoError
        If there is no room for it.
    """
    path = layer.folder / f"export.{form.suffix}"
    with alone(path):
        if not path.is_file():
            try:
                with tempfile.TemporaryDirectory(dir=layer.folder, prefix=".export-") as folder:
                    draft = Path(folder, f"layer.{form.suffix}")
                    form.write(layer, draft)
                    draft.replace(path)
            except OSError as error:
                fault = f"cannot be exported ({error.strerror or error})"
                raise GeoError(layer.title, fault, "Make room where GEO_CACHE points") from error
    return path


def _write_geojson(layer: Layer, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write('{"type":"FeatureCollection","features":[\n')
        before = ""
        for lines in _lines(layer):
            out.write(before + ",\n".join(lines))
            before = ",\n"
        out.write("\n]}\n")


def _write_sequence(layer: Layer, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for lines in _lines(layer):
            out.writelines(f"\x1e{line}\n" for line in lines)


def _lines(layer: Layer) -> Iterator[list[str]]:
    """Write features with all they hold, a text each, some at a time."""
    for some in records.batches(layer.records):
        texts = shapely.to_geojson(_geometries(some))
        yield [
            f'{{"type":"Feature","id":{id_},"properties":{harmless(said)},'
            f'"geometry":{geometry or "null"}}}'
            for (id_, _, said, _), geometry in zip(some, texts, strict=True)
        ]


def _geometries(some: Some) -> Geometries:
    found: Geometries = shapely.from_wkb(np.array([wkb for *_, wkb in some], dtype=object))
    return found


def columns(layer: Layer) -> dict[str, str]:
    """Name the column of each property: unlike the others but for case, and none a format's own."""
    taken, named = set(_TAKEN), {}
    for name in layer.fields:
        plain = re.sub(r"[\x00-\x1f]", " ", name).strip() or "column"
        number, column = 1, plain
        while column.casefold() in taken:
            number += 1
            column = f"{plain}_{number}"
        taken.add(column.casefold())
        named[name] = column
    return named


def _write_csv(layer: Layer, path: Path) -> None:
    named = columns(layer)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([*map(neutral, named.values()), "wkt", "lon", "lat"])
        for some in records.batches(layer.records):
            found = _geometries(some)
            texts = shapely.to_wkt(found, rounding_precision=-1, trim=True)
            spots = shapely.get_coordinates(shapely.point_on_surface(found), include_z=False)
            at = iter(spots.tolist())
            for (_, _, said, _), wkt in zip(some, texts, strict=True):
                values = json.loads(said)
                lon, lat = next(at) if wkt is not None else (None, None)
                writer.writerow([*(_cell(values.get(name)) for name in named), wkt, lon, lat])


def _cell(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    return neutral(as_text(value))


def _write_gpkg(layer: Layer, path: Path) -> None:
    options = {"FID": "fid", "GEOMETRY_NAME": "geom"}
    _write_table(layer, path, "GPKG", layer_options=options, dataset_options={"VERSION": "1.3"})


def _write_flatgeobuf(layer: Layer, path: Path) -> None:
    # Its index holds no feature without a place, and GDAL sorts beside the file.
    indexed = "YES" if layer.n_placed == layer.n else "NO"
    options = {"SPATIAL_INDEX": indexed, "TEMPORARY_DIR": str(path.parent)}
    _write_table(layer, path, "FlatGeobuf", layer_options=options)


def _write_table(
    layer: Layer,
    path: Path,
    driver: str,
    *,
    layer_options: dict[str, str],
    dataset_options: dict[str, str] | None = None,
) -> None:
    named = columns(layer)
    schema = pa.schema(
        [
            *(
                pa.field(named[name], _TYPES.get(kind, pa.string()))
                for name, kind in layer.fields.items()
            ),
            pa.field(GEOMETRY, pa.binary()),
        ]
    )

    def batches() -> Iterator[pa.RecordBatch]:
        for some in records.batches(layer.records):
            values = [json.loads(said) for _, _, said, _ in some]
            arrays = [
                _array([one.get(name) for one in values], kind)
                for name, kind in layer.fields.items()
            ]
            arrays.append(pa.array([wkb for *_, wkb in some], pa.binary()))
            yield pa.record_batch(arrays, schema=schema)

    write_gdal(
        pa.RecordBatchReader.from_batches(schema, batches()),
        path,
        driver=driver,
        layer="layer",
        geometry_type="Unknown",
        layer_options=layer_options,
        dataset_options=dataset_options,
    )


def _array(values: list[Any], kind: str) -> pa.Array:
    if kind == "number":
        values = [None if value is None else float(value) for value in values]
    elif kind not in _TYPES:
        # A NUL ends a text for programs written in C.
        values = [None if v is None else as_text(v).replace("\x00", "\ufffd") for v in values]
    return pa.array(values, _TYPES.get(kind, pa.string()))


_FLATGEOBUF = Form("fgb", "application/vnd.flatgeobuf", _write_flatgeobuf)

#: Formats by their names in addresses.
FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "geojson": Form("geojson", "application/geo+json", _write_geojson),
        "geojsonseq": Form("geojsons", "application/geo+json-seq", _write_sequence),
        "gpkg": Form("gpkg", "application/geopackage+sqlite3", _write_gpkg),
        "flatgeobuf": _FLATGEOBUF,
        "fgb": _FLATGEOBUF,
        "csv": Form("csv", "text/csv; charset=utf-8", _write_csv),
    }
)
