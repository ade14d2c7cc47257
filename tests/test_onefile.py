import gzip
import json
import re
from datetime import date

import pytest
import shapely
from builders import make_atlas, make_feature
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from shapely.geometry import shape
from typer.testing import CliRunner

from geo import history, onefile, store, text
from geo.cli import app
from geo.maps import assets, payload
from geo.onefile import packed
from geo.onefile.still import still
from geo.onefile.words import MESSAGES
from geo.view import View
from geo.vocab import Worldview

STORE = store.find()
ATLAS = store.read_atlas(STORE)
JSON = st.recursive(
    st.none() | st.integers() | st.sampled_from(["a", "words that come again and again"]),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from("abc"), inner),
    max_leaves=30,
)


def unpack(value):
    """What `geo/maps/js/file/packed.js` does."""
    opened: list = []

    def lengthen(one):
        if isinstance(one, dict):
            if list(one) == ["@"]:
                return opened[one["@"]]
            return {name: lengthen(member) for name, member in one.items()}
        return [lengthen(member) for member in one] if isinstance(one, list) else one

    for part in value["shared"]:
        opened += [lengthen(part)]
    return lengthen(value["value"])


def block(page, name):
    found = re.search(rf'<script type="application/json" id="geo-{name}">(.*?)</script>', page)
    return json.loads(found[1])


@pytest.fixture(scope="module")
def page():
    return onefile.page(ATLAS, View(), STORE)


@pytest.fixture(scope="module")
def known(page):
    return unpack(block(page, "told"))["en"]


@given(JSON)
def test_what_is_packed_comes_back(value):
    packed_ = packed.pack(value)
    assert unpack(json.loads(json.dumps(packed_))) == value


def test_nothing_worth_sharing_is_written_twice():
    said = ["words that come again", {"n": 7}]
    told = json.dumps(packed.pack([said, {"twice": said}, said[0]]))
    assert told.count("words that come again") == 1


def test_steps_keep_every_position_of_the_base_map():
    for name in ("land", "water", "boundaries"):
        before = json.loads((STORE.basemap / f"{name}.geojson").read_text())
        after = packed.steps(before)
        for one, other in zip(before["features"], after["features"], strict=True):
            back = {**one["geometry"], "coordinates": walked(other["geometry"]["coordinates"])}
            ways = [shapely.get_coordinates(shape(way)) for way in (one["geometry"], back)]
            assert abs(ways[0] - ways[1]).max() <= 0.0005 + 1e-9  # half a step


def walked(steps):
    if isinstance(steps[0], list):
        return [walked(one) for one in steps]
    found, x, y = [], 0, 0
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        found.append([x / 1000, y / 1000])
    return found


def at(since, day):
    return next((state for begin, state in reversed(since) if begin <= day), None)


@pytest.mark.parametrize("day", ["2016-05-19", "2018-07-13", "2023-05-28", "2025-11-23"])
def test_the_states_give_every_day_as_the_map_gives_it(known, day):
    then = payload.features(history.as_of(ATLAS, date.fromisoformat(day)))
    found = {id_: state for id_, one in known["features"].items() if (state := at(one, day))}
    assert set(found) == set(then["cards"])
    for id_, card in then["cards"].items():
        if "status" in card:
            card["status"]["silence"] = ""  # the script fills it in
        assert found[id_]["card"] == card
    drawn = {one["id"]: one for state in found.values() for one in state["drawn"]}
    assert drawn == {one["id"]: one for one in then["features"]}
    for layer in then["layers"]:
        standing = at(known["layers"][layer["id"]], day)
        assert standing is None or standing.items() <= layer.items()


def test_the_last_state_is_of_today(known):
    today = payload.features(ATLAS)
    for id_, since in known["features"].items():
        assert since[-1][1]["card"].get("summary") == today["cards"][id_].get("summary")


def test_the_map_draws_at_sight_what_is_known_today(page, known):
    sight = unpack(block(page, "sight"))["en"]
    assert page.index("geoAtlas.open()") < page.index('id="geo-told"')
    assert set(sight["features"]) == set(known["features"])
    for kind, all_ in known.items():
        for id_, since in all_.items():
            assert len(sight[kind][id_]) == 1
            (day, state), (last, whole) = sight[kind][id_][0], since[-1]
            assert day == last
            assert state.items() <= whole.items()


def test_the_file_asks_for_nothing(page):
    assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=(?!\"data:)", page)
    styles = page.split("<script>")[0] + assets.asset("atlas.js").split("geoAtlas.wear(")[1]
    assert not re.search(r"@import|url\(\s*['\"]?(?:https?:)?//", styles)


def test_the_file_is_as_small_as_was_promised(page):
    content = page.encode()
    assert len(content) < 1_200_000
    assert len(gzip.compress(content, 9)) < 450_000


def test_relief_is_in_the_file_where_it_is_asked_for(page):
    assert block(page, "ground")["relief"] is None
    with_relief = onefile.page(make_atlas(make_feature()), View(), STORE, relief=True)
    assert block(with_relief, "ground")["relief"].startswith("data:image/webp;base64,")


def test_a_file_holds_the_allowed_boundary_views_and_no_other(monkeypatch):
    monkeypatch.setenv("GEO_WORLDVIEWS", "none,pk")
    atlas = make_atlas(make_feature())
    written = onefile.page(atlas, View(worldview=Worldview.PK), STORE)
    lines = unpack(block(written, "ground")["boundaries"])
    assert list(lines) == ["none", "pk"]
    assert lines["none"]["features"] == []
    assert lines["pk"] == packed.steps(payload.boundaries(STORE, Worldview.PK))
    assert [name for name, _ in block(written, "given")["in"]["en"]["worldviews"]] == ["none", "pk"]
    monkeypatch.setenv("GEO_WORLDVIEWS", "none")
    bare = onefile.page(atlas, View(worldview=Worldview.NONE), STORE)
    assert '"LineString"' not in json.dumps(block(bare, "ground")["boundaries"])


def test_a_still_picture_comes_before_all_data_and_scripts(page):
    head = page.split('<script type="application/json"')[0]
    assert 'class="geo-still"' in head
    assert str(escape(text.boundary_note(Worldview.DE_FACTO))) in head
    for feature in View().shown(ATLAS):
        if feature.is_thing and feature.geometry and feature.geometry.type == "Point":
            assert str(escape(feature.properties.name)).split()[0] in head
    assert len(head) < 40_000  # which a slow line brings within a second


def test_the_still_picture_holds_the_lines_of_its_own_boundary_view():
    def lines(worldview):
        drawn = still(ATLAS, View(worldview=worldview), STORE, "A map")
        return re.findall(r'class="p-line" d="([^"]+)"', drawn)

    assert lines(Worldview.NONE) == []
    assert lines(Worldview.PK) != lines(Worldview.IN)


def test_what_only_the_script_can_draw_has_no_still_picture():
    assert still(ATLAS, View(as_of="2020-07-13"), STORE, "A map") is None
    assert still(ATLAS, View(layers=()), STORE, "A map") is None


def test_a_hostile_name_cannot_leave_the_data_of_the_file():
    name = "</script><script>alert(1)</script>{{ 7*7 }}<!--"
    written = onefile.page(make_atlas(make_feature(name=name)), View(), STORE)
    blocks = 4
    assert written.count("</script>") == written.count("<script") == len(assets.NAMES) + 2 + blocks
    assert "<!--" not in written


def test_every_message_of_the_file_is_said():
    script = assets.asset(assets.FILE)
    unsaid = [name for name in MESSAGES if not re.search(rf"words\.{name}\b", script)]
    # Those the skeleton of the page names.
    assert unsaid == ["views", "legend", "evidence_panel", "map", "table"]


def test_the_command_writes_a_file_that_opens_as_it_was_asked(tmp_path, monkeypatch):
    nothing = {"features": {}, "layers": {}}
    monkeypatch.setattr("geo.onefile.document.states", lambda *_: nothing)  # of which others tell
    out = tmp_path / "map.html"
    asked = ["--layer", "gwadar", "--as-of", "2020-07-13", "--worldview", "cn", "--feature"]
    told = CliRunner().invoke(
        app, ["map", "--out", str(out), *asked, "gwadar-port"], catch_exceptions=False
    )
    assert told.exit_code == 0
    assert block(out.read_text(), "given")["view"] == {
        "layers": "gwadar",
        "feature": "gwadar-port",
        "worldview": "cn",
        "as_of": "2020-07-13",
    }
