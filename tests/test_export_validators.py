"""Programs that only judge formats find nothing wrong with our exports."""

import json
import subprocess
import sys
import zipfile
from importlib.resources import files
from pathlib import Path

import pytest
from export_samples import HOSTILE, hard_atlas, needs, run, save
from geojson_pydantic import FeatureCollection
from lxml import etree
from shapely import get_coordinates
from shapely.geometry import shape

from geo.export import export_file

BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def atlas():
    return hard_atlas("".join(HOSTILE))


def test_gdals_validator_accepts_the_geopackage(atlas, tmp_path):
    python = Path("/usr/bin/python3")  # Debian's, which has Debian's GDAL
    module = "osgeo_utils.samples.validate_gpkg"
    probe = subprocess.run([python, "-c", f"import {module}"], check=False, capture_output=True)
    if probe.returncode:
        needs("Debian’s python3-gdal")
    said = run(python, "-m", module, "-k", save(atlas, "gpkg", tmp_path))
    assert "Req" not in said, said


def test_the_ogc_schema_accepts_the_kml(atlas, tmp_path):
    schema = etree.XMLSchema(etree.parse(str(files("fastkml") / "schema/ogckml22.xsd")))
    schema.assertValid(etree.parse(str(save(atlas, "kml", tmp_path))))


def test_the_geoparquet_validator_finds_a_conforming_file(atlas, tmp_path):
    said = run(BIN / "geoparquet-validator", "check", save(atlas, "geoparquet", tmp_path))
    assert "version 1.1.0" in said
    assert "core: 13 pass, 0 fail" in said
    assert "covering: 6 pass, 0 fail" in said


def test_geojson_keeps_the_rules_of_rfc_7946(atlas, tmp_path):
    text = save(atlas, "geojson", tmp_path, simplestyle=True).read_text(encoding="utf-8")
    found = json.loads(text)
    FeatureCollection.model_validate(found)
    assert "crs" not in found
    assert found["bbox"] == [0, -4.25, 75.5, 36.9]
    ids = [feature["id"] for feature in found["features"]]
    assert len(ids) == len(set(ids)) == len(atlas.features)
    for feature in found["features"]:
        if feature["geometry"] is None:
            continue
        geometry = shape(feature["geometry"])
        positions = get_coordinates(geometry)
        assert (abs(positions) <= (180, 90)).all()
        assert (positions.round(6) == positions).all()
        for area in getattr(geometry, "geoms", [geometry]):
            if area.geom_type == "Polygon":
                assert area.exterior.is_ccw
                assert not any(hole.is_ccw for hole in area.interiors)
    assert found["features"][0]["properties"]["stroke"].startswith("#")


def test_frictionless_accepts_the_data_package_of_a_bundle(atlas, tmp_path):
    path = export_file(atlas, tuple(atlas.features.values()), "bundle", tmp_path)
    folder = tmp_path / "bundle"
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    said = json.loads(run(BIN / "frictionless", "validate", "--json", folder / "datapackage.json"))
    assert said["valid"], said
    tables = {task["name"] for task in said["tasks"] if task["type"] == "table"}
    assert tables == {"features", "claims", "sources"}
    assert run("sh", "-c", f"cd {folder} && sha256sum -c SHA256SUMS")
    for name in ("README.md", "CITATION.cff", "LICENSE-DATA.txt", "dcat.jsonld"):
        assert (folder / name).stat().st_size > 100
