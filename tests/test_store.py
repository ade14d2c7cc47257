import json
import os
from pathlib import Path

import pytest
from builders import make_atlas, make_claim, make_feature, make_point, make_source
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from geo import store
from geo.errors import DataError, GeoError
from geo.model import Layer

PLACE = {"location_method": "gazetteer", "accuracy_m": 1000, "accuracy_of": "town"}


@pytest.fixture
def data(tmp_path):
    """A folder with one layer and one source, as on disk."""
    (tmp_path / "layers").mkdir()
    (tmp_path / "seeds").mkdir()
    (tmp_path / "layers/atlas.yaml").write_text('searched_to: "2026-01"\n')
    layer = make_atlas(make_feature(geometry=make_point(), **PLACE)).layers[0]
    (tmp_path / "layers/test.geojson").write_text(store.canonical(layer))
    with (tmp_path / "seeds/paper.yaml").open("w") as file:
        YAML().dump(make_source().model_dump(mode="json", exclude_none=True), file)
    return store.Store(tmp_path)


def read(text: str) -> Layer:
    return Layer.model_validate(json.loads(text))


def test_what_was_written_is_read_again(data):
    atlas = store.read_atlas(data)
    assert atlas.features["ofc-1"].properties.quote == "have already completed"
    assert atlas.sources["paper"].publisher == "A paper"
    assert atlas.searched_to == "2026-01"


names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)
coordinates = st.floats(-90, 90, allow_nan=False)


@given(name=names, lon=coordinates, lat=coordinates)
def test_canonical_writing_keeps_every_value_and_is_stable(name, lon, lat):
    layer = make_atlas(make_feature(name=name, geometry=make_point(lon, lat), **PLACE)).layers[0]
    text = store.canonical(layer)
    again = read(text)
    assert again.features[0].properties == layer.features[0].properties
    assert again.features[0].geometry.coordinates == pytest.approx((lon, lat), abs=5e-7)
    assert store.canonical(again) == text


def test_no_text_of_a_file_can_begin_a_document_for_gdal():
    layer = make_atlas(make_feature(name="<OGRVRTDataSource>")).layers[0]
    assert "<" not in store.canonical(layer)
    assert read(store.canonical(layer)).features[0].properties.name == "<OGRVRTDataSource>"


def test_features_are_in_the_order_of_their_ids():
    layer = make_atlas(make_feature("b"), make_feature("a")).layers[0]
    assert [feature.id for feature in read(store.canonical(layer)).features] == ["a", "b"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"kind": "venue"', '"kind": "castle"', "ofc-1.properties.kind: Input should be 'port'"),
        ('"rank": "preferred"', '"rank": "best"', "ofc-1-c01.rank: Input should be 'preferred'"),
        ('"kind"', '"Kind"', "Extra inputs are not permitted"),
        ("[73", "[NaN", "NaN is not JSON"),
        ('"kind": "venue",', '"kind": "venue", "kind": "port",', "members written twice"),
        ('"order": 1', '"order": 1,,', "cannot be read"),
        ('"id": "test"', '"id": "best"', "its id is 'best'; name the file best.geojson"),
    ],
)
def test_a_bad_layer_is_named_with_its_place(data, old, new, fault):
    path = data.layer_path("test")
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(DataError) as caught:
        store.read_atlas(data)
    assert "layers/test.geojson: " in str(caught.value)
    assert fault in str(caught.value)


def test_all_faults_of_all_files_come_at_once(data):
    data.layer_path("test").write_text("{}")
    (data.seeds / "paper.yaml").write_text("id: paper\nkind: gossip\n")
    with pytest.raises(DataError) as caught:
        store.read_atlas(data)
    said = "\n".join(caught.value.faults)
    assert "layers/test.geojson: title: Field required" in said
    assert "seeds/paper.yaml: kind: Input should be" in said


def test_yaml_dates_stay_as_the_source_gives_them(data):
    path = data.seeds / "paper.yaml"
    for given_date, read_date in (
        ("2020-07-13", "2020-07-13"),
        ("2024", "2024"),
        ("2021?", "2021?"),
    ):
        text = path.read_text()
        lines = [line for line in text.splitlines() if not line.startswith("published")]
        path.write_text("\n".join([*lines, f"published: {given_date}"]))
        assert store.read_atlas(data).sources["paper"].published == read_date


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "map.html"
    path.write_text("old")

    def fail(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(GeoError, match="No space left on device"):
        store.write_text(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(GeoError, match="No such file or directory"):
        store.write_text(tmp_path / "nowhere" / "map.html", "new")


def test_geo_data_names_the_folder(data, monkeypatch, tmp_path):
    monkeypatch.setenv("GEO_DATA", str(data.root))
    assert store.find().root == data.root
    monkeypatch.setenv("GEO_DATA", str(tmp_path / "seeds"))
    with pytest.raises(GeoError, match="has no folder 'layers'"):
        store.find()


def test_without_geo_data_the_checkout_is_read(monkeypatch):
    monkeypatch.delenv("GEO_DATA", raising=False)
    assert store.find().root == Path(store.__file__).parents[2]


def test_texts_are_named_by_their_hash(tmp_path):
    with pytest.raises(GeoError, match="holds no"):
        store.read_texts(tmp_path)
    with pytest.raises(GeoError, match="is no folder"):
        store.read_texts(tmp_path / "nowhere")
    (tmp_path / "a.txt").write_text("words")
    assert list(store.read_texts(tmp_path).values()) == ["words"]


def test_a_losing_claim_keeps_its_reason():
    claim = make_claim(rank="normal", reason="older")
    layer = make_atlas(make_feature(claims=(claim,))).layers[0]
    assert read(store.canonical(layer)).features[0].properties.claims[0].reason == "older"
