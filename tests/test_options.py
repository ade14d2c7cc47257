import pytest
import typer
from builders import make_atlas, make_feature, make_source
from typer.testing import CliRunner

from geo import history, options, store
from geo.errors import GeoError
from geo.vocab import Status, Worldview

app = typer.Typer()
opened = []


@app.command()
@options.with_view
def show(asked: options.Asked, out: str = "") -> None:
    opened.append((*asked.open(), out))


@pytest.fixture
def atlas(monkeypatch):
    known = make_atlas(make_feature(), sources=(make_source(),))
    monkeypatch.setattr(store, "read_atlas", lambda _: known)
    return known


def shown(*arguments):
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return opened.pop()


def test_options_choose_a_view_beside_those_of_the_command(atlas):
    found, view, out = shown("--layer", "test", "--status", "operating", "--out", "here")
    assert (found, out) == (atlas, "here")
    assert (view.layers, view.status) == (("test",), (Status.OPERATING,))


@pytest.mark.usefixtures("atlas")
def test_an_option_goes_before_its_like_in_a_link():
    link = "http://host/?worldview=pk&disagree=1"
    _, view, _ = shown("--view", link, "--worldview", "in")
    assert (view.worldview, view.disagree) == (Worldview.IN, True)


def test_a_day_gives_the_atlas_as_it_was_known(atlas, monkeypatch):
    asked = []
    monkeypatch.setattr(history, "as_of", lambda known, day: asked.append((known, day)) or "then")
    found, view, _ = shown("--as-of", "2023-07-13")
    assert (found, view.as_of, asked[0][0]) == ("then", "2023-07-13", atlas)


@pytest.mark.parametrize(
    ("option", "value"),
    [("--layer", "cabels"), ("--source", "nobody"), ("--as-of", "July"), ("--lang", "xx")],
)
@pytest.mark.usefixtures("atlas")
def test_what_is_not_known_is_named(option, value):
    with pytest.raises(GeoError, match=value):
        shown(option, value)


def test_help_names_every_option_of_a_view():
    told = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"}).output
    for name in ("--layer", "--status", "--evidence", "--source", "--disagree", "--as-of"):
        assert name in told
