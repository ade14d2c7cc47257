import subprocess
import sys

import pytest
from builders import TEXT, make_atlas, make_claim, make_feature, make_source
from ruamel.yaml import YAML
from typer.testing import CliRunner

from geo import store
from geo.cli import app

run = CliRunner()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A data folder that passes `geo check`, and the text its quote is from."""
    for name in ("layers", "seeds", "texts"):
        (tmp_path / name).mkdir()
    (tmp_path / "texts/article.txt").write_text(TEXT)
    source = make_source(text_sha256=store.hash_text(TEXT.encode()))
    atlas = make_atlas(make_feature(), sources=(source,))
    (tmp_path / "layers/atlas.yaml").write_text('searched_to: "2026-01"\n')
    (tmp_path / "layers/test.geojson").write_text(store.canonical(atlas.layers[0]))
    (tmp_path / "layers/schema.json").write_text(store.schema())
    with (tmp_path / "seeds/paper.yaml").open("w") as file:
        YAML().dump(source.model_dump(mode="json", exclude_none=True), file)
    monkeypatch.setenv("GEO_DATA", str(tmp_path))
    monkeypatch.delenv("GEO_TEXTS", raising=False)
    return tmp_path


def test_check_says_what_it_checked(folder):
    result = run.invoke(app, ["check"])
    assert (result.exit_code, result.output) == (
        0,
        "1 things, 1 claims, 1 sources; quotes not verified (name --texts DIR)\n",
    )
    result = run.invoke(app, ["check", "--texts", str(folder / "texts")])
    assert (result.exit_code, result.output.rsplit("; ")[-1]) == (0, "quotes verified\n")


def test_check_names_every_fault_and_exits_1(folder):
    path = folder / "layers/test.geojson"
    path.write_text(path.read_text().replace("already completed", "nearly completed"))
    result = run.invoke(app, ["check", "--texts", str(folder / "texts")])
    assert result.exit_code == 1
    assert "ofc-1-c01.quote: prefix, quote and suffix stand nowhere" in result.output
    assert result.output.endswith(" problem(s)\n")


def test_check_fails_when_it_finds_nothing_to_check(folder):
    (folder / "layers/test.geojson").unlink()
    result = run.invoke(app, ["check"])
    assert result.exit_code == 1
    assert "there is no feature to check" in result.output


def test_check_wants_files_as_fmt_writes_them(folder):
    path = folder / "layers/test.geojson"
    text = path.read_text()
    path.write_text(text.replace('  "geometry"', '     "geometry"'))
    result = run.invoke(app, ["check"])
    assert (result.exit_code, "Run `geo fmt`" in result.output) == (1, True)
    assert run.invoke(app, ["fmt"]).output == "wrote layers/test.geojson\n"
    assert path.read_text() == text


def test_fmt_writes_what_follows_from_the_claims(folder):
    feature = make_feature(claims=(make_claim(quote="have already"),))
    atlas = make_atlas(feature, derived=False)
    path = folder / "layers/test.geojson"
    path.write_text(store.canonical(atlas.layers[0]))
    assert '"evidence"' not in path.read_text()
    run.invoke(app, ["fmt"])
    text = path.read_text()
    assert '"evidence": "one_article"' in text
    assert '"quote": "have already"' in text


def test_an_unreadable_file_is_one_message_and_exit_1(folder):
    (folder / "layers/test.geojson").write_text("{")
    command = [sys.executable, "-m", "geo", "check"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (1, "")
    assert "layers/test.geojson: cannot be read" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_folder_is_one_message_and_exit_1(folder):
    command = [sys.executable, "-m", "geo", "check", "--texts", str(folder / "nowhere")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "nowhere: is no folder" in result.stderr
