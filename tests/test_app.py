"""The page's script, without a browser."""

import json
import re
from datetime import date
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import brought
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from streamlit.testing.v1 import AppTest

from geo import coverage, extra, history, server, store
from geo.maps import payload
from geo.ui.panels import first
from geo.ui.panels.download import content
from geo.ui.plain import plain
from geo.view import View
from geo.vocab import Status

ATLAS = store.read_atlas(store.find())


def opened(**query: str) -> AppTest:
    app = AppTest.from_file(server.PAGE, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def switched_on(app: AppTest) -> list[str]:
    return [box.key.removeprefix("layer:") for box in app.checkbox if box.value]


def query(app: AppTest) -> dict[str, str]:
    params = app.query_params.items()
    return {name: value if isinstance(value, str) else value[0] for name, value in params}


def test_the_first_screen_shows_the_layers_of_the_first_open():
    app = opened()
    assert app.title[0].value.startswith("Pakistan–China digital infrastructure")
    assert switched_on(app) == [layer.id for layer in ATLAS.layers if layer.visible]
    assert query(app) == {}
    assert len(app.checkbox) == len(ATLAS.layers)


def test_the_list_says_how_far_each_has_come():
    labels = {box.key: box.label for box in opened().checkbox}
    assert "in service" in labels["layer:khunjerab_fiber"]
    assert "proposed" in labels["layer:fiber_one"]
    assert "only claimed" in labels["layer:cloud_network"]


def test_a_link_restores_what_it_names():
    app = opened(layers="gwadar,cloud_network", worldview="none", at="6/70/30")
    assert switched_on(app) == ["gwadar", "cloud_network"]
    assert app.selectbox(key="worldview").value == "none"
    assert query(app)["at"] == "6/70/30"


def test_a_tab_is_kept_in_the_address():
    app = opened(tab="table")
    assert app.session_state["tabs"] == "Table"
    assert app.dataframe
    assert query(app) == {"tab": "table"}
    app.session_state["tabs"] = "Map"
    app.run()
    assert not app.dataframe
    assert query(app) == {}


def test_filters_are_sent_when_they_are_open_and_open_when_they_hide_something():
    assert not opened().date_input
    assert opened(status="proposed").date_input


def test_a_switch_is_written_into_the_address():
    app = opened()
    app.checkbox(key="layer:cloud_network").check().run()
    assert "cloud_network" in query(app)["layers"].split(",")
    app.checkbox(key="layer:cloud_network").uncheck().run()
    assert "layers" not in query(app)


def test_going_back_takes_the_view_of_the_older_address():
    app = opened()
    app.checkbox(key="layer:gwadar").uncheck().run()
    del app.query_params["layers"]
    app.run()
    assert "gwadar" in switched_on(app)


def test_a_filter_of_a_link_outlives_a_switch():
    app = opened(status="proposed")
    app.checkbox(key="layer:gwadar").uncheck().run()
    assert query(app)["status"] == "proposed"


def test_a_bad_parameter_is_named_and_ignored():
    app = opened(layers="gwadar,nonsense")
    assert switched_on(app) == ["gwadar"]
    assert "nonsense" in app.warning[0].value


def test_only_allowed_boundary_views_are_offered(monkeypatch):
    monkeypatch.setenv("GEO_WORLDVIEWS", "none,pk")
    app = opened(worldview="in")
    app.session_state["filters"] = True
    app.run()
    boundaries = app.selectbox(key="worldview")
    assert boundaries.options == ["No boundaries", "Pakistan’s position"]
    assert boundaries.value == "none"
    assert "worldview" not in query(app)


def test_every_part_of_the_view_is_restored_from_a_link_and_kept_in_it():
    link = {
        "layers": "gwadar,technology_parks",
        "status": "construction,claimed",
        "evidence": "one_article",
        "page": "map",
        "source": "chinacrunch-cpec2-digital-corridor",
        "disagree": "1",
        "q": "gwadar",
        "as_of": "2024-06-30",
        "worldview": "pk",
    }
    app = opened(**link)
    assert not app.warning
    assert query(app) == link
    assert app.text_input(key="search").value == "gwadar"
    assert app.date_input(key="as-of").value == date(2024, 6, 30)
    assert app.selectbox(key="only:source").value == link["source"]
    assert app.toggle(key="only:disagree").value is True


def test_a_filter_is_counted_in_things_and_can_be_taken_off():
    app = opened(status="proposed")
    shown = [one for one in View(status=(Status.PROPOSED,)).shown(ATLAS) if one.is_thing]
    n_unplaced = sum(not payload.has_place(one, ATLAS) for one in shown)
    counts = f"{len(shown)} things shown, {n_unplaced} without a place"
    assert counts in [one.label for one in app.expander]
    assert "in service" in app.checkbox(key="layer:khunjerab_fiber").label
    app.button(key="take-off").click().run()
    assert query(app) == {}


def test_a_search_switches_the_layer_on_and_takes_off_what_would_hide_the_thing():
    app = opened(status="proposed", layers="gwadar", q="Karachi IT Park")
    app.button(key="found:karachi-it-park").click().run()
    found = query(app)
    assert found["feature"] == "karachi-it-park"
    assert found["layers"] == "gwadar,technology_parks"
    assert "status" not in found
    assert found["q"] == "Karachi IT Park"


def test_a_day_changes_list_counts_and_download():
    day = date(2018, 7, 12)
    then = history.as_of(ATLAS, day)
    app = opened(as_of=day.isoformat())
    assert "As known on July 12, 2018" in [one.value for one in app.text]
    assert "under construction" in app.checkbox(key="layer:khunjerab_fiber").label
    assert "not yet in our sources" in app.checkbox(key="layer:fiber_one").label
    things = [one for one in View().shown(then) if one.is_thing]
    told = [*(one.value for one in app.text), *(one.label for one in app.expander)]
    assert any(one.startswith(f"{len(things)} thing") for one in told)
    collection = json.loads(content(View(as_of=day.isoformat()), then, "geojson"))
    assert collection["currency"] == "As known on July 12, 2018."
    app.button(key="today").click().run()
    assert query(app) == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page", "nonsense"),
        ("as_of", "yesterday"),
        ("as_of", "1066-10-14"),
        ("as_of", "2999-01-01"),
        ("status", "finished"),
        ("evidence", "hearsay"),
        ("source", "nobody"),
        ("feature", "atlantis"),
        ("disagree", "often"),
        ("tab", "globe"),
    ],
)
def test_each_bad_parameter_is_named(name, value):
    app = opened(**{name: value})
    assert value in app.warning[0].value.replace("\\", "")
    assert name not in query(app)
    assert app.title


def test_a_source_of_a_link_opens_its_page_and_a_filter_says_that_it_is_one():
    app = opened(source="seetao-2023-02-14-digital-silk-road")
    assert "How much of it is on the map" in [one.value for one in app.subheader]
    app.button(key="source-on-map").click().run()
    assert query(app)["page"] == "map"
    app.button(key="page:sources").click().run()
    assert query(app) == {
        "page": "sources",
        "layers": query(app)["layers"],
    }


#: The five articles, and one source of each kind.
SOURCES = {
    **{source.kind: source.id for source in ATLAS.sources.values()},
    **{source.id: source.id for source in ATLAS.sources.values() if source.seed},
}


@pytest.mark.parametrize("source", SOURCES.values())
def test_a_source_has_a_page_with_all_that_it_says(source):
    app = opened(source=source)
    assert app.header
    claims = [
        claim
        for feature in ATLAS.features.values()
        for claim in feature.properties.claims
        if claim.source == source
    ]
    assert f"{len(claims)} claims" in app.subheader[-1].value


@pytest.mark.texts
def test_with_the_articles_at_hand_each_quote_stands_in_its_passage(article_texts):
    source = next(one for one in ATLAS.sources.values() if one.seed)
    text = article_texts[source.text_sha256]
    quote = next(claim for _, claim in coverage.reading_order(source, ATLAS, text)[3:]).quote
    at = text.index(quote)
    app = opened(source=source.id)
    passage = plain(text[at - 60 : at].partition(" ")[2])
    assert any(passage in " ".join(one.value.split()) for one in app.markdown)


@pytest.mark.parametrize("feature", ["ofc-1", "fiber-one", "gwadar-port"])
def test_a_feature_chosen_has_its_evidence_beside_the_map(feature):
    app = opened(feature=feature)
    name = ATLAS.features[feature].properties.name
    assert any(plain(name) in one.value for one in app.markdown)


def test_the_table_has_every_thing_that_is_shown_and_says_where_there_is_no_place():
    app = opened(tab="table", layers=",".join(layer.id for layer in ATLAS.layers))
    things = [one for one in ATLAS.features.values() if one.is_thing]
    rows = app.dataframe[0].value
    assert list(rows["name"]) == [one.properties.name for one in things]
    rows.index = [one.id for one in things]
    unplaced = rows[rows["place"] == "not on the map"].index
    assert set(unplaced) == {one.id for one in things if not payload.has_place(one, ATLAS)}
    assert rows.loc["ofc-1", "status"] == "In service"
    assert rows.loc["ofc-1", "since"] == "2018-07-13"
    assert rows.loc["ofc-1", "size"] == "820 km"


def test_the_download_is_what_is_shown():
    view = View(layers=("gwadar", "cloud_network"))
    written = content(view, ATLAS, "geojson")
    collection = json.loads(written)
    assert {one["id"] for one in collection["features"]} == {one.id for one in view.shown(ATLAS)}
    assert "imply no position" in collection["boundaries"]
    assert b"<" not in written


#: What Markdown, its dialect of GitHub, mathematics and Streamlit take for their own.
MARKS = (
    *("*", "**", "_", "__", "`", "~", "$", "[", "]", "(", ")", "!", "<", ">", "&", "#", "|", "\\"),
    *("{", "}", "-", "+", "=", ":", "::", "1.", "2)", "&amp;", "&#65;", "<b>", "</b>", "[^1]:"),
    *("http://a.b", "www.a.b", "a@b.co", ":smile:", ":red[", ":material/home:", "->", "<-", "--"),
    *("](javascript:alert(1))", "![p](http://a.b/p.png)", "a", "1", "中", " ", "\n"),
)
#: What Streamlit replaces when Markdown has been read, where a backslash is of no help.
REPLACED = re.compile(
    r"https?://|www\.|[-.\w+]@[-\w]|:[-+\w]+:|:[a-z]|(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)",
    re.IGNORECASE,
)


@given(st.lists(st.sampled_from(MARKS), max_size=9).map("".join).filter(str.strip))
@example("![p](http://evil.example/p.png)")
@example("[a](javascript:alert(1)) <b>bold</b>")
@example("https://example.com www.example.com a@example.com")
@example("**bold** _i_ `code` $x$ ~~s~~ # h")
@example(":red[x] :material/home: :smile:")
@example("line\n\n# heading")
def test_text_on_its_way_into_markdown_stays_text(text):
    words = " ".join(text.split())
    html = MarkdownIt("gfm-like", {"linkify": False}).render(f"> {plain(text)}")
    told = html.removeprefix("<blockquote>\n").removesuffix("</blockquote>\n").strip()
    shown = told.removeprefix("<p>").removesuffix("</p>")
    assert "<" not in shown
    assert unescape(shown).replace("\u2060", "") == words
    assert not REPLACED.search(unescape(shown))
    assert not re.search(r"(?<!\\)[$~{\[\]]", plain(text).replace("\\\\", ""))


def test_a_name_is_written_as_it_is_read_out():
    for name in (
        "Khunjerab fiber (OFC-1)",
        "PM’s visit, 2018; R&D: 44 %",
        "snake_case/a.b",
        "3.5 km",
    ):
        assert plain(name) == name


def test_controls_of_direction_do_not_reach_beyond_their_words():
    assert plain("a\u202eb\u2067c") == "abc"


def test_a_brought_layer_that_is_ready_between_map_and_list_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    brought.small(tmp_path / "small.geojson")
    monkeypatch.setenv("GEO_EXTRA_LAYERS", str(tmp_path))
    monkeypatch.setenv("GEO_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(extra.Shelf, "start", lambda _: None)
    pause = SimpleNamespace(sleep=lambda _: extra.shelf().get_ready())
    monkeypatch.setattr(first, "time", pause)
    extra.shelf.cache_clear()
    try:
        app = opened()
    finally:
        extra.shelf.cache_clear()
    drawn = app.get("component_instance")[0].proto.json_args
    assert '\\"on\\": [\\"small\\"]' in drawn or '\\"on\\":[\\"small\\"]' in drawn
