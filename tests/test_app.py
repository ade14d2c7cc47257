"""The page's script, without a browser."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from geo import server, store
from geo.ui.panels.download import geojson
from geo.ui.plain import plain
from geo.view import View

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
    assert app.selectbox[0].value == "none"
    assert query(app)["at"] == "6/70/30"


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
    assert app.selectbox[0].options == ["No boundaries", "Pakistan’s position"]
    assert app.selectbox[0].value == "none"
    assert "worldview" not in query(app)


def test_the_download_is_what_is_shown():
    view = View(layers=("gwadar", "cloud_network"))
    collection = json.loads(geojson(view, ATLAS))
    assert {one["id"] for one in collection["features"]} == {one.id for one in view.shown(ATLAS)}
    assert "imply no position" in collection["description"]
    assert "<" not in geojson(view, ATLAS)


@pytest.mark.parametrize(
    "text",
    [
        "![p](http://evil.example/p.png)",
        "[a](javascript:alert(1)) <b>bold</b>",
        "https://example.com www.example.com a@example.com",
        "**bold** _i_ `code` $x$ ~~s~~ # h",
        ":red[x] :material/home: :smile:",
        "line\n\n# heading",
    ],
)
def test_text_on_its_way_into_markdown_stays_text(text):
    from markdown_it import MarkdownIt  # noqa: PLC0415

    html = MarkdownIt("gfm-like", {"linkify": False}).render(plain(text))
    assert html.startswith("<p>")
    assert html.count("<") == 2


def test_controls_of_direction_do_not_reach_beyond_their_words():
    assert plain("a\u202eb\u2067c") == "abc"
