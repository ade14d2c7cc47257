"""Two versions of the data, told apart in plain words."""

import shutil

import pytest
from builders import make_atlas, make_claim, make_feature, make_point, make_source
from typer.testing import CliRunner

from geo import __version__, store
from geo.changes import changes, record
from geo.cli import app
from geo.errors import GeoError
from geo.model import Change
from geo.pages import feature_page
from geo.vocab import Worldview

PLACE = {"location_method": "geocoded", "accuracy_m": 1000, "accuracy_of": "town"}
LINE = {"type": "LineString", "coordinates": [[0, 0], [0, 1]]}


def told(before, after):
    return [f"{one.about}: {one.words}" for one in changes(before, after)]


def of(before, after):
    return told(make_atlas(before), make_atlas(after))


def owner(value, **members):
    return make_feature(claims=(make_claim(property="owner", value=value),), **members)


def test_the_same_data_have_no_change():
    assert of(make_feature(), make_feature()) == []


def test_features_come_go_and_are_renamed():
    assert of(make_feature("a"), make_feature("b")) == [
        "b: Added: A thing, in the layer Test.",
        "a: Removed: A thing.",
    ]
    renamed = make_feature("b", formerly=("a",), claims=(make_claim("a-c01"),))
    assert of(make_feature("a", claims=(make_claim("a-c01"),)), renamed) == [
        "b: Renamed; it was a."
    ]


def test_a_value_is_told_with_its_old_one():
    assert of(owner("A"), owner("B")) == [
        "ofc-1: Owner: B; it was A.",
        "ofc-1: Claim ofc-1-c01: value: “B”; it was “A”.",
    ]


def test_claims_come_and_go_with_what_they_state():
    more = make_feature(
        claims=(make_claim(), make_claim("ofc-1-c02", property="cost_usd", value=44e6, unit="USD"))
    )
    assert of(make_feature(), more) == [
        "ofc-1: Cost: now stated, US$44 million.",
        "ofc-1: Claim ofc-1-c02 added: Cost US$44 million, by paper (used).",
    ]
    assert of(more, make_feature()) == [
        "ofc-1: Cost: no longer stated; it was US$44 million.",
        "ofc-1: Claim ofc-1-c02 removed: Cost US$44 million, by paper (used).",
    ]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (None, make_point(), ["Now has a place on the map."]),
        (make_point(), None, ["No longer has a place on the map."]),
        (make_point(0, 0), make_point(0, 1), ["Its point moved by 110.57 km."]),
        (make_point(0, 0), make_point(0, 1e-9), []),
        (make_point(), LINE, ["Drawn as LineString; it was Point."]),
        (
            LINE,
            {**LINE, "coordinates": [[0, 0], [0, 2]]},
            ["Drawn anew; its line is 221.1 km, it was 110.6 km."],
        ),
    ],
)
def test_a_geometry_is_told_in_distances(before, after, words):
    one, other = (make_feature(geometry=geometry, **PLACE) for geometry in (before, after))
    assert of(one, other) == [f"ofc-1: {line}" for line in words]


def test_other_members_are_told_by_name():
    plain, told_ = make_feature(), make_feature(name="B", unknown=("route", "cost"))
    assert of(plain, told_) == [
        "ofc-1: name: “B”; it was “A thing”.",
        "ofc-1: unknown: route, cost; it was not given.",
    ]


def test_sources_and_their_accounts_are_told():
    account = {"span": [0, 5], "sha256": "0" * 12, "words": "A", "features": ["ofc-1"]}
    before = make_atlas(sources=(make_source(), make_source("old")))
    after = make_atlas(
        sources=(make_source(author="N. N.", sentences=(account,)), make_source("new"))
    )
    assert told(before, after) == [
        "paper: author: “N. N.”; it was not given.",
        "paper: Accounts of sentences: 1 new or changed, 0 removed.",
        "new: Source added: A title, A paper, May 24, 2023.",
        "old: Source removed: A title, A paper, May 24, 2023.",
    ]


def test_the_changes_of_a_version_are_kept_and_told_on_the_page():
    before, after = make_atlas(owner("A")), make_atlas(owner("B"))
    told_ = record(after, "0.2.0", "2026-12-01", changes(before, after))
    page = feature_page(told_.features["ofc-1"], told_, store.find(), Worldview.NONE)
    assert "0.2.0, December 1, 2026" in page
    assert "Owner: B; it was A." in page
    page = feature_page(after.features["ofc-1"], after, store.find(), Worldview.NONE)
    assert "Not yet in a published version" in page


def test_a_version_is_recorded_once_and_only_where_something_changed():
    atlas = record(make_atlas(), "1", "2026-12-01", (Change(about="ofc-1", words="Added."),))
    with pytest.raises(GeoError, match="has the changes of 1 already"):
        record(atlas, "1", "2026-12-02", atlas.versions[0].changes)
    with pytest.raises(GeoError, match="changes nothing"):
        record(atlas, "2", "2026-12-02", ())


def test_the_command_keeps_the_changes_with_the_newer_data(tmp_path):
    older, newer = store.Store(tmp_path / "older"), store.Store(tmp_path / "newer")
    for copy in (older, newer):
        shutil.copytree(store.find().layers, copy.layers)
        shutil.copytree(store.find().seeds, copy.seeds)
    path = newer.layer_path("gwadar")
    path.write_text(path.read_text().replace('"Gwadar Port"', '"Port of Gwadar"', 1))
    done = CliRunner().invoke(app, ["diff", str(older.root), str(newer.root), "--record", "9.9.9"])
    assert done.exit_code == 0, done.output
    newest, *others = store.read_atlas(newer).versions
    assert newest.version == "9.9.9"
    assert [one.about for one in newest.changes] == ["gwadar-port"]
    assert tuple(others) == store.read_atlas(older).versions


def test_the_newest_version_is_this_one_and_tells_every_feature():
    atlas = store.read_atlas(store.find())
    assert atlas.versions[0].version == __version__
    assert store.find().changes.read_text() == store.changes_text(atlas)
    told_ = {each.about for one in atlas.versions for each in one.changes}
    assert set(atlas.features) <= told_
