"""
Reading a reader's file: GeoJSON by ourselves, other formats by GDAL in a process of its own.

What a file is, is told by its first bytes and never by its name. GDAL is then left with the one
driver that reads it, so that no file makes it open another (see `geo.extra.child`).
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import shapely

from geo.errors import GeoError
from geo.extra import child, geojson
from geo.extra.geojson import Fault

#: What an archive may unpack to, bytes; and how many times its size, where it is more than that.
_UNPACKED = 8_000_000_000
_TIMES, _TIMES_ABOVE = 100, 1_000_000_000
#: KML is read in memory as a whole, at many times its size.
_KML = 500_000_000
_HEAD = 4096
_LON, _LAT = 180.0, 90.0
#: What rounding may carry past the edge of the world, degrees.
_EDGE = 1e-6
_KNOWN = "GeoJSON, GeoJSONSeq, GeoPackage, FlatGeobuf, GeoParquet, KML or a zipped Shapefile"

Geometries = np.ndarray[tuple[int], np.dtype[np.object_]]


class Format(StrEnum):
    """What a file is; the value is GDAL's driver, where GDAL reads it."""

    GEOJSON = "GeoJSON"
    GPKG = "GPKG"
    FLATGEOBUF = "FlatGeobuf"
    KML = "LIBKML"
    SHAPEFILE = "ESRI Shapefile"
    PARQUET = "Parquet"


@dataclass(frozen=True)
class Batch:
    """
    Some features: their properties, and geometries in EPSG:4326, longitude first, or None.

    `done` is the share of the part that is read.
    """

    properties: list[dict[str, Any]]
    geometries: Geometries
    done: float


@dataclass(frozen=True)
class Part:
    """A layer of a file: its own name, where the file gives one, and its features."""

    name: str | None
    batches: Iterator[Batch]


def format_of(path: Path) -> Format:
    """
    Tell a file's format from its first bytes.

    Raises
    ------
    GeoError
        If it is none that is read here.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"SQLite format 3\x00"):
        if head[68:72] in {b"GPKG", b"GP10", b"GP11"}:
            return Format.GPKG
    elif head[:3] == b"fgb" and head[4:7] == b"fgb":
        return Format.FLATGEOBUF
    elif head.startswith(b"PAR1"):
        return Format.PARQUET
    elif head.startswith(b"PK\x03\x04"):
        return _zipped(path)
    else:
        text = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\x1e")
        if text.startswith(b"{"):
            return Format.GEOJSON
        if text.startswith(b"<") and b"<kml" in text:
            _check_kml(path, path.stat().st_size)
            return Format.KML
    raise GeoError(path.name, "is no format that is read here", f"Bring {_KNOWN}")


def _zipped(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile as error:
        raise GeoError(path.name, "is a broken zip archive", "Bring it whole") from error
    unpacked, packed = sum(member.file_size for member in members), path.stat().st_size
    if unpacked > _UNPACKED or unpacked > max(_TIMES_ABOVE, _TIMES * packed):
        gigabytes = f"unpacks to {unpacked / 1e9:.0f} GB from {packed / 1e6:.0f} MB"
        raise GeoError(path.name, gigabytes, "Bring it as GeoParquet")
    endings = {Path(member.filename).suffix.lower() for member in members}
    if ".shp" in endings:
        return Format.SHAPEFILE
    if ".kml" in endings:
        _check_kml(path, unpacked)
        return Format.KML
    raise GeoError(path.name, "is a zip archive without a Shapefile or KML", f"Bring {_KNOWN}")


def _check_kml(path: Path, n_bytes: int) -> None:
    if n_bytes > _KML:
        fault = f"is KML of {n_bytes / 1e6:,.0f} MB, more than can be read"
        raise GeoError(path.name, fault, "Bring it as GeoPackage")


@contextmanager
def parts(path: Path) -> Iterator[Iterator[Part]]:
    """
    Read the layers of a file, one after the other.

    Raises
    ------
    GeoError
        At the first fault, here or while features are read; what came before is not to be shown.
    """
    found = format_of(path)
    try:
        if found is Format.GEOJSON:
            yield iter([Part(None, _of_geojson(path))])
        else:
            with child.tables(path, found.value) as tables:
                yield (Part(table.name, _of_table(table)) for table in tables)
    except Fault as fault:
        raise GeoError(path.name, str(fault), "Mend the file, or leave it out") from fault


def _of_geojson(path: Path) -> Iterator[Batch]:
    with geojson.features(path) as found:
        for batch in found:
            transform = _transform(batch.crs)
            geometries = _checked(batch.geometries, transform, batch.first)
            yield Batch(batch.properties, geometries, batch.done)


def _of_table(table: child.Table) -> Iterator[Batch]:
    if table.crs is None:
        raise Fault("has no coordinate reference system (a Shapefile needs its .prj)")
    transform = _transform(table.crs)
    first = 1
    for properties, wkb, done in table.batches():
        geometries: Geometries = shapely.from_wkb(np.array(wkb, dtype=object))
        yield Batch(properties, _checked(geometries, transform, first), done)
        first += len(properties)


def _transform(crs: str | None) -> pyproj.Transformer | None:
    """Give what brings positions into EPSG:4326; None where they are."""
    if crs is None:
        return None
    try:
        known = pyproj.CRS.from_user_input(crs)
    except pyproj.exceptions.CRSError as error:
        raise Fault(f"has a coordinate reference system that is not known, {crs[:80]!r}") from error
    if known.to_epsg() == 4326 or str(crs).endswith("CRS84"):  # noqa: PLR2004 - longitude, latitude
        return None
    return pyproj.Transformer.from_crs(known, 4326, always_xy=True)


def _checked(
    geometries: Geometries, transform: pyproj.Transformer | None, first: int
) -> Geometries:
    """Bring geometries into EPSG:4326 in two dimensions; an empty one is none."""
    flat: Geometries = shapely.force_2d(geometries)
    flat[shapely.is_empty(flat)] = None
    if transform is not None:
        flat = shapely.transform(
            flat, lambda xy: np.column_stack(transform.transform(xy[:, 0], xy[:, 1]))
        )
    bounds = shapely.bounds(flat)
    placed = ~shapely.is_missing(flat)
    inside = (
        np.isfinite(bounds).all(axis=1)
        & (bounds[:, [0, 1]] >= (-_LON - _EDGE, -_LAT - _EDGE)).all(axis=1)
        & (bounds[:, [2, 3]] <= (_LON + _EDGE, _LAT + _EDGE)).all(axis=1)
    )
    if (strange := np.flatnonzero(placed & ~inside)).size:
        at = ", ".join(f"{value:g}" for value in bounds[strange[0]])
        raise Fault(
            f"feature {first + strange[0]} lies outside the world ({at}): "
            "positions are longitude, latitude in degrees, or the file names another system"
        )
    return flat
