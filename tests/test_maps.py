import json
import re

import pytest
from builders import make_atlas, make_claim, make_feature, make_point, make_source
from hypothesis import given
from hypothesis import strategies as st
from streamlit_folium import _get_feature_group_string, _get_map_string

from geo import live, maps, store
from geo.errors import GeoError
from geo.maps import assets, payload
from geo.maps.safejson import safe_json
from geo.view import View
from geo.vocab import Worldview

STORE = store.find()
MARKS = "{}<>&$'`\u2028\u2029"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text() | st.text(alphabet=MARKS + '"\\un2019%#'),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)  # fmt: skip


@given(JSON)
def test_safe_json_is_the_same_json_without_any_mark_that_could_act(value):
    text = safe_json(value)
    assert json.loads(text) == value
    assert "{{" not in text
    assert "{%" not in text
    assert "{#" not in text
    for string in re.findall(r'"((?:[^"\\]|\\.)*)"', text):
        assert not set(string) & set(MARKS)
        assert "\\\\" not in string
    text.encode()


def test_safe_json_refuses_what_json_has_no_word_for():
    with pytest.raises(ValueError, match="Out of range"):
        safe_json([float("nan")])


def test_no_asset_can_end_the_script_it_stands_in_or_names_another_host():
    for name in (*assets.NAMES, assets.FILE):
        text = assets.asset(name)
        assert "</script" not in text.lower()
        assert "<!--" not in text
        assert not re.search(r"(?:src|url)\s*[=(]\s*['\"]?(?:https?:)?//", text)


def test_atlas_js_writes_no_html():
    ours = assets.asset("atlas.js").split("geoAtlas.wear(")[0] + assets.asset(assets.FILE)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", ours)


def test_the_map_names_only_local_files():
    m = maps.folium_map()
    html = m.get_root().render()
    assert re.findall(r'(?:src|href)="([^"]*)"', html) == [
        f"../../atlas/{name}?v={assets.version(name)}" for name in assets.NAMES
    ]
    assert "//" not in re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)


def test_the_script_of_the_map_does_not_depend_on_what_is_shown():
    # A change of it would draw the map anew.
    def script(view):
        m = maps.folium_map()
        m.get_root().render()
        text = _get_map_string(m)
        return text, _get_feature_group_string(maps.shown(view, make_atlas()), m)

    base, shown = script(View())
    other, differs = script(View(feature="ofc-1", worldview=Worldview.PK))
    assert base == other
    assert shown != differs


def test_what_is_shown_goes_as_ids_and_parts_follow_their_whole():
    whole = make_feature("cable", whole=True)
    part = make_feature("cable-1", part_of="cable", claims=(), geometry=make_point())
    atlas = make_atlas(whole, part)
    assert maps.state(View(feature="cable"), atlas) == {
        "ids": ["cable"],
        "selected": "cable",
        "worldview": "de_facto",
        "lang": "en",
    }


def test_no_word_of_the_data_reaches_a_template():
    name = "{{ 7*7 }} {% x ${y} `"
    atlas = make_atlas(make_feature(name=name, claims=(make_claim(quote="50 {% of"),)))
    m = maps.folium_map()
    m.get_root().render()
    assert name not in _get_feature_group_string(maps.shown(View(), atlas), m)


@pytest.mark.parametrize("view", Worldview)
def test_a_boundary_view_tells_nothing_of_the_others(view):
    lines = payload.boundaries(STORE, view)["features"]
    assert bool(lines) == (view is not Worldview.NONE)
    assert {tuple(line["properties"]) for line in lines} <= {("class",)}
    assert "hidden" not in {line["properties"]["class"] for line in lines}


def test_boundary_classes_all_have_a_look():
    known = set(payload.features(make_atlas())["boundaries"])
    for view in Worldview:
        lines = payload.boundaries(STORE, view)["features"]
        assert {line["properties"]["class"] for line in lines} <= known


def test_places_and_names_are_told_to_every_view():
    base = payload.basemap(STORE)
    kinds = {place["properties"].get("kind", "town") for place in base["places"]["features"]}
    assert {"town", "country", "province"} <= kinds
    assert all(
        set(place["properties"]).isdisjoint(Worldview) for place in base["places"]["features"]
    )


def test_a_diagram_names_its_far_end():
    line = {"type": "LineString", "coordinates": [[73, 33], [71, 51]]}
    far = make_feature(
        "far",
        geometry=line,
        location_method="schematic",
        connects=("PK", "KZ"),
        caption="a diagram",
    )
    near = make_feature("near", geometry=line, location_method="schematic", to="far")
    drawn = {one["id"]: one for one in payload.features(make_atlas(far, near))["features"]}
    assert (drawn["far"]["end"], drawn["far"]["caption"]) == ("Kazakhstan", "a diagram")
    assert drawn["near"]["end"] == "A thing"


def test_only_allowed_boundary_views_are_known(monkeypatch):
    assert live.worldviews() == tuple(Worldview)
    monkeypatch.setenv("GEO_WORLDVIEWS", "none, pk")
    assert live.worldviews() == (Worldview.NONE, Worldview.PK)
    assert live.view_of({}, make_atlas()).worldview is Worldview.NONE
    with pytest.raises(GeoError, match="'in' is not allowed here"):
        live.view_of({"worldview": "in"}, make_atlas())
    monkeypatch.setenv("GEO_WORLDVIEWS", "pakistan")
    with pytest.raises(GeoError, match="no boundary view 'pakistan'"):
        live.worldviews()


def test_a_view_for_a_command_is_read_from_a_link_and_faults_are_told():
    atlas = make_atlas(make_feature(), sources=(make_source(),))
    asked = live.query_of("http://host/map?feature=ofc-1")
    assert live.view_of(asked, atlas).feature == "ofc-1"
    with pytest.raises(GeoError, match="'nothing'"):
        live.view_of({"feature": "nothing"}, atlas)


def test_a_changed_file_is_read_again_a_moment_later(tmp_path, monkeypatch):
    now = 100.0
    monkeypatch.setattr(live, "monotonic", lambda: now)
    (tmp_path / "layers/basemap").mkdir(parents=True)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "layers/atlas.yaml").write_text('searched_to: "2026-01"\n')
    monkeypatch.setenv("GEO_DATA", str(tmp_path))
    first = live.atlas()
    assert live.atlas() is first
    (tmp_path / "layers/atlas.yaml").write_text('searched_to: "2026-02-01"\n')
    now += live.LOOK_EVERY_S
    assert live.atlas().searched_to == "2026-02-01"
