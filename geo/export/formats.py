"""The formats: one table that command, app and server read."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from geo.errors import GeoError
from geo.export import bundle, flatgeobuf, geojson, geoparquet, gpkg, kml, shapefile, tables, xlsx
from geo.export.extract import Extract, quiet
from geo.model import Atlas, Feature
from geo.view import View
from geo.vocab import Worldview

_STEM = "digital-silk-road-map"
_ZIP = "application/zip"


@dataclass(frozen=True)
class Format:
    """
    A format.

    Attributes
    ----------
    title
        Its name on a button.
    purpose
        What it is for, in one line.
    suffix
        End of its file names.
    media_type
        As a server sends it.
    write
        Writes an extract to a path; takes no care of failures (see `export_file`).
    """

    title: str
    purpose: str
    suffix: str
    media_type: str
    write: Callable[[Extract, Path], None]

    @property
    def file_name(self) -> str:
        """The name a download has."""
        return _STEM + self.suffix


_SINGLE = {
    "geojson": Format(
        "GeoJSON",
        "everything in one file, RFC 7946; any GIS, GitHub, geojson.io (with --simplestyle)",
        ".geojson",
        "application/geo+json",
        geojson.write,
    ),
    "geojsonseq": Format(
        "GeoJSON text sequence",
        "one feature a record with its sources, RFC 8142; for pipelines",
        ".geojsons",
        "application/geo+json-seq",
        geojson.write_sequence,
    ),
    "gpkg": Format(
        "GeoPackage",
        "for QGIS and ArcGIS: styled as our map, claims and sources as related tables",
        ".gpkg",
        "application/geopackage+sqlite3",
        gpkg.write,
    ),
    "flatgeobuf": Format(
        "FlatGeobuf",
        "one fast typed file for the web and GDAL",
        ".fgb",
        "application/vnd.flatgeobuf",
        flatgeobuf.write,
    ),
    "geoparquet": Format(
        "GeoParquet",
        "typed columns and lists for DuckDB, GeoPandas, BigQuery",
        ".parquet",
        "application/vnd.apache.parquet",
        geoparquet.write,
    ),
    "kml": Format(
        "KML",
        "for Google Earth: folders by layer, balloons with quote and link",
        ".kml",
        "application/vnd.google-earth.kml+xml",
        kml.write,
    ),
    "kmz": Format(
        "KMZ", "the KML, zipped", ".kmz", "application/vnd.google-earth.kmz", kml.write_kmz
    ),
    "shapefile": Format(
        "Shapefile",
        "for older programs: zipped, with a field map and whole texts beside it",
        ".shp.zip",
        _ZIP,
        shapefile.write,
    ),
    "csv": Format(
        "CSV", "features (with WKT), claims and sources as plain tables, zipped", ".csv.zip", _ZIP,
        tables.write,
    ),
    "xlsx": Format(
        "Excel workbook",
        "features, claims and sources as sheets",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx.write,
    ),
}  # fmt: skip

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        **_SINGLE,
        "bundle": Format(
            "Bundle",
            "all formats with README, data package, DCAT, citation, licenses and checksums",
            ".zip",
            _ZIP,
            partial(
                bundle.write,
                formats={
                    one.file_name: (one.media_type, one.write)
                    for name, one in _SINGLE.items()
                    if name != "csv"  # its tables stand in the bundle unzipped
                },
            ),
        ),
    }
)


def chosen(atlas: Atlas, view: View, feature: str | None = None) -> tuple[Feature, ...]:
    """
    Choose what to export: what a view shows, or one feature with its parts.

    Parameters
    ----------
    view
        Unlike on a map, one that names no layers means all of them.

    Raises
    ------
    GeoError
        If the feature is not in the atlas.
    """
    if feature is not None:
        if feature not in atlas.features:
            raise GeoError(
                "--feature",
                f"no feature {feature!r}" + (f" on {view.as_of}" if view.as_of else ""),
                "`geo export --format csv` lists every id",
            )
        return (atlas.features[feature], *atlas.parts.get(feature, ()))
    everything = tuple(layer.id for layer in atlas.layers)
    return (replace(view, layers=everything) if view.layers is None else view).shown(atlas)


def export_file(
    atlas: Atlas,
    features: Sequence[Feature],
    format_: str,
    path: Path,
    *,
    worldview: Worldview = Worldview.DE_FACTO,
    as_of: str | None = None,
    simplestyle: bool = False,
    report: Callable[[int], None] = quiet,
) -> Path:
    """
    Write an export whole or not at all.

    The same data give the same bytes.

    Parameters
    ----------
    path
        The file, or a folder to put it in under its usual name. An older file stays as it was
        until the new one is whole.
    worldview
        The boundary view that the standing note names; exports draw no boundaries.
    as_of
        Day, YYYY-MM-DD, on which `atlas` was known (`geo.history.as_of`); None is today.
    simplestyle
        Whether GeoJSON carries colors for GitHub and geojson.io.
    report
        Called with the number of features just written.

    Raises
    ------
    GeoError
        If the format is not known, there is nothing to export, or the file cannot be written.
    """
    chosen_format = FORMATS.get(format_)
    if chosen_format is None:
        raise GeoError("--format", f"no format {format_!r}", f"Known formats: {', '.join(FORMATS)}")
    if not features:
        raise GeoError(format_, "there is nothing to export", "Choose other layers")
    target = path / chosen_format.file_name if path.is_dir() else path
    extract = Extract(atlas, features, worldview, as_of, simplestyle, report)
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".geo-export-") as folder:
            draft = Path(folder, f"export{chosen_format.suffix}")
            chosen_format.write(extract, draft)
            draft.replace(target)
    except OSError as error:
        raise GeoError(
            str(target),
            f"cannot be written ({error.strerror or error})",
            "Choose a folder that exists, that you may write to, and that has room",
        ) from error
    return target


def export_bytes(
    atlas: Atlas,
    features: Sequence[Feature],
    format_: str,
    *,
    worldview: Worldview = Worldview.DE_FACTO,
    as_of: str | None = None,
    simplestyle: bool = False,
) -> bytes:
    """Give an export as bytes, for a server or a button; see `export_file`."""
    with tempfile.TemporaryDirectory() as folder:
        path = export_file(
            atlas,
            features,
            format_,
            Path(folder),
            worldview=worldview,
            as_of=as_of,
            simplestyle=simplestyle,
        )
        return path.read_bytes()
