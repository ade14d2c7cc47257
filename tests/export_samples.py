"""A small atlas with all that is hard to export, and readers that are not ours."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import make_atlas, make_claim, make_feature, make_point, make_source
from shapely import from_wkt
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.export import export_file
from geo.export.fields import FEATURES, NESTED, Type, as_json
from geo.export.rows import feature_row
from geo.model import Atlas

#: Texts that some program takes for something else than text.
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{ 7*7 }} {% if %} ${7*7} `x` \\2019 \\N",
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>",
    '{"type":"gdal_streamed_alg","command_line":"gdal vector pipeline ! read /etc/passwd"}',
    "a,b;c\td\"e'f|g",
    "line\nfeed",
    "]]>&amp;&#0;%s%n",
    "_x0041_ \u2028\u2029",
    "خنجراب فائبر \u200f(OFC-1)",
    "“光纤一号”𠀀",
    "ئۇيغۇرچە",
    "x" * 300 + "ی" * 20,
)

RING = [[66.0, 25.0], [67.0, 25.0], [67.0, 26.0], [66.0, 26.0], [66.0, 25.0]]
HOLE = [[66.2, 25.2], [66.2, 25.4], [66.4, 25.4], [66.4, 25.2], [66.2, 25.2]]


def hard_atlas(text: str = "Gwadar Port") -> Atlas:
    """Make points, lines, areas and places unknown; parts; dates; three scripts; one given text."""
    stated = [
        make_claim("port-c01", property="status", value="claimed", quote=text[:200]),
        make_claim("port-c02", property="area_acres", value=2281.5, quote="2281.5 acres"),
        make_claim("port-c03", property="inaugurated", value="2018-07-13", since="2018-07", quote="x"),
        make_claim("port-c04", property="published_length_km_by_territory",
                   value={"PK-GB": 467, "PK-KP": 288.25}, quote="467"),
        make_claim("port-c05", property="countries", value=("China", text), quote="China"),
    ]  # fmt: skip
    features = (
        make_feature(
            "port",
            name=text,
            name_ur="گوادر بندرگاہ",
            name_zh="瓜达尔港",
            kind="port",
            aliases=("A-001", text),
            summary=text,
            claims=tuple(stated),
            geometry=make_point(62.338, 25.1),
            location_method="approximate",
            accuracy_m=500,
            accuracy_of="site",
            location_note=text,
        ),
        make_feature("unknown-place", name="Unknown place", caption="no place is known"),
        make_feature("route", kind="terrestrial_fiber", whole=True, name="Route", owner=text,
                     claims=(make_claim("route-c01", property="owner", value=text, quote=text[:200]),)),
        make_feature(
            "route-1", kind="terrestrial_fiber", part_of="route", order=1, claims=(),
            geometry={"type": "LineString", "coordinates": [[73.123456, 33.654321], [74, 35], [75.5, 36.9]]},
            location_method="schematic", caption="proposed, no route published",
        ),
        make_feature(
            "route-2", kind="terrestrial_fiber", part_of="route", order=2, claims=(),
            geometry={"type": "MultiLineString", "coordinates": [[[73, 33], [73, 34]], [[73, 35], [74, 35]]]},
        ),
        make_feature("zone", kind="free_zone", geometry={"type": "Polygon", "coordinates": [RING, HOLE]}),
        make_feature(
            "zones", kind="free_zone",
            geometry={"type": "MultiPolygon", "coordinates": [[RING], [[[0, 0], [1, 0], [1, 1], [0, 0]]]]},
        ),
        make_feature("spots", geometry={"type": "MultiPoint", "coordinates": [[1, 2], [3.5, -4.25]]}),
    )  # fmt: skip
    source = make_source(
        title=text, note=text, publisher="A paper", published="2023-05-24/2023-05-28"
    )
    return make_atlas(*features, sources=(source,))


def expected(atlas: Atlas) -> dict[str, dict[str, Any]]:
    """Give what every export must say, by feature id and column."""
    names = [field.name for field in FEATURES.fields]
    return {
        feature.id: dict(zip(names, feature_row(feature, atlas), strict=True))
        for feature in atlas.features.values()
    }


def places(atlas: Atlas) -> dict[str, BaseGeometry | None]:
    return {
        one.id: shape(one.geometry.model_dump()) if one.geometry else None
        for one in atlas.features.values()
    }


def told(name: str, value: Any) -> Any:
    """Bring a value, as we mean it or as a program read it, into one form."""
    field = next(field for field in FEATURES.fields if field.name == name)
    if hasattr(value, "tolist"):
        value = value.tolist()
    if value in (None, "", (), [], "?") or value != value:  # noqa: PLR0124 - NaN; a DBF writes ?
        return None
    if field.type in NESTED:
        if not isinstance(value, str):
            value = as_json(dict(value) if field.type is Type.TABLE else list(value))
        nested = json.loads(value)
        return nested or None
    if field.type is Type.BOOLEAN:
        return str(value).lower() in {"true", "1", "1.0", "t"}
    if field.type in {Type.NUMBER, Type.INTEGER}:
        return float(value)
    if field.type is Type.DATE:
        return (
            value.isoformat()[:10] if isinstance(value, date) else str(value)[:10].replace("/", "-")
        )
    # GDAL reads a column of whole days as dates, which its CSV writes with slashes.
    return re.sub(r"^(\d{4})/(\d\d)/(\d\d)$", r"\1-\2-\3", str(value))


def save(atlas: Atlas, format_: str, folder: Path, **options: Any) -> Path:
    return export_file(atlas, tuple(atlas.features.values()), format_, folder, **options)


def needs(program: str) -> str:
    """Give a program's path; without it a test is skipped, but never in CI."""
    found = shutil.which(program)
    if found is None:
        why = f"needs {program} (Debian: gdal-bin, libxml2-utils)"
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    return found


def run(*command: str | Path) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:] + done.stdout.decode()[-2000:]
    return done.stdout.decode()


def ogr_rows(path: str | Path, layer: str | None = None) -> list[dict[str, str]]:
    """Read a layer with GDAL's own ogr2ogr, as text."""
    layers = [layer] if layer else []
    text = run(
        needs("ogr2ogr"), "-f", "CSV", "-lco", "GEOMETRY=AS_WKT", "/vsistdout/", path, *layers
    )
    csv.field_size_limit(10**9)
    return list(csv.DictReader(io.StringIO(text, newline="")))


def wkt_place(row: dict[str, str]) -> BaseGeometry | None:
    text = row.get("WKT")
    return from_wkt(text) if text else None
