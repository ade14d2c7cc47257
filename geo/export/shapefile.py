"""Shapefiles in a zip, for programs that read nothing newer; what they cut stands beside them."""

import csv
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geo.export.archive import write_zip
from geo.export.arrow import Columns, batches, write_gdal
from geo.export.extract import Extract
from geo.export.fields import FEATURES, TABLES, Field, used
from geo.export.rows import feature_row
from geo.export.tables import write_csv

#: What a DBF holds.
_NAME_CHARACTERS = 10
_TEXT_BYTES = 254
CUT_MARK = "[…]"
_SHORT = {
    "layer_title": "layer_name",
    "kind_label": "kind_label",
    "evidence_label": "evid_label",
    "location_label": "loc_label",
    "status_label": "stat_label",
    "evidence_scope": "evid_scope",
    "source_title": "src_title",
    "source_url": "src_url",
    "last_evidence": "last_evid",
    "last_evidence_earliest": "last_ev_fr",
    "last_evidence_latest": "last_ev_to",
    "location_method": "loc_method",
    "accuracy_m": "accuracy_m",
    "accuracy_of": "accur_of",
    "published_length_km": "pub_len_km",
    "drawn_length_km": "drawn_km",
    "status_since_earliest": "since_from",
    "status_since_latest": "since_to",
}
_README = """\
Digital Silk Road map: one shapefile per layer and shape

UTF-8 (see the .cpg files), WGS 84 (EPSG:4326). A shapefile has names of ten characters and texts of 254
bytes: fields.csv gives the whole name and the meaning of each field, and a text that was cut ends with
{mark}. Nothing is lost: features.csv, claims.csv and sources.csv beside hold every value whole, and
every feature, those without a known place too. An address too long for a field leads to the page
instead of the sentence.

"""


def short_names() -> dict[str, str]:
    """Give the ten-character name of each column, the same in every export."""
    names: dict[str, str] = {}
    for field in FEATURES.fields:
        short = _SHORT.get(field.name, field.name)
        if len(short) > _NAME_CHARACTERS:
            words = field.name.split("_")
            room = max(1, (_NAME_CHARACTERS - len(words) + 1) // len(words))
            short = "_".join(word[:room] for word in words)[:_NAME_CHARACTERS]
        number = 1
        while short in names.values():
            number += 1
            short = f"{short[: _NAME_CHARACTERS - 2].rstrip('_0123456789')}_{number}"
        names[field.name] = short
    return names


def cut(field: Field, value: Any) -> Any:  # noqa: ANN401 - any text of a row
    """
    Cut a text to what a field holds, at a character, with a mark.

    An address loses its text fragment first: a cut one would lead nowhere.
    """
    if value is None or len(value.encode()) <= _TEXT_BYTES:
        return value
    if field.name.endswith("url"):
        page = str(value).partition("#:~:text=")[0]
        return page if len(page.encode()) <= _TEXT_BYTES else None
    room = _TEXT_BYTES - len(CUT_MARK.encode())
    return value.encode()[:room].decode(errors="ignore") + CUT_MARK


def write(extract: Extract, path: Path) -> None:
    """Write one shapefile a group; features without a place have a null shape."""
    with tempfile.TemporaryDirectory(dir=path.parent) as name:
        folder = Path(name)
        for group in extract.groups:
            rows = (feature_row(feature, extract.atlas) for feature in group.features)
            places = used(FEATURES, rows)
            short = short_names()
            names = [short[FEATURES.fields[place].name] for place in places]
            columns = Columns(places, names, convert=cut)
            write_gdal(
                batches(extract, group.features, columns, multi=group.is_multi),
                folder / f"{group.name}.{'shp' if group.shape else 'dbf'}",
                driver="ESRI Shapefile",
                layer=group.name,
                geometry_type=group.geometry_type,
                layer_options={"ENCODING": "UTF-8", "DBF_DATE_LAST_UPDATE": extract.date},
            )
        for table in TABLES:
            write_csv(extract, table, folder / f"{table.name}.csv")
        files = [(file.name, file) for file in sorted(folder.iterdir())]
        readme = _README.format(mark=CUT_MARK) + extract.note() + "\n"
        write_zip(path, [("README.txt", readme), ("fields.csv", _field_map()), *files])


def _field_map() -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["field", "name", "type", "unit", "meaning"])
    writer.writerows(_field_rows())
    return text.getvalue()


def _field_rows() -> Iterator[tuple[str, ...]]:
    short = short_names()
    for field in FEATURES.fields:
        yield short[field.name], field.name, field.type.value, field.unit or "", field.description
