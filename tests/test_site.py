"""The folder of files: every link leads somewhere in it, and nothing else is ever written over."""

import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree, html

from geo import site, store, text
from geo.errors import GeoError
from geo.site import folder as writing
from geo.view import LANGUAGES
from geo.vocab import Worldview

STORE = store.find()
ATLAS = store.read_atlas(STORE)
ROOT = "https://map.example/silk/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("static") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEO_PUBLIC_URL", ROOT)
        patch.setenv("GEO_WORLDVIEWS", "pk,none")
        site.write(path, ATLAS, STORE, Worldview.PK)
    return path


def pages_of(folder):
    return [path for path in folder.rglob("*.html") if not path.name.startswith("map")]


def test_every_link_leads_to_a_file_of_the_folder(folder):
    for path in pages_of(folder):
        for address in html.parse(path).xpath("//a/@href"):
            parts = urlsplit(address.removeprefix(ROOT) if path.name == "404.html" else address)
            if parts.scheme or not parts.path:
                continue
            assert not parts.path.startswith("/"), (path.name, address)
            assert (path.parent / unquote(parts.path)).resolve().is_file(), (path.name, address)


def test_every_thing_has_a_page_of_each_language_and_its_geojson(folder):
    shown = [one.id for one in ATLAS.features.values() if one.properties.part_of is None]
    names = {path.name for path in (folder / "f").iterdir()}
    assert names == {
        f"{id_}{end}" for id_ in shown for end in (".html", ".ur.html", ".zh.html", ".geojson")
    }
    urdu = html.parse(folder / "f/fiber-one.ur.html").getroot()
    assert (urdu.get("lang"), urdu.get("dir")) == ("ur", "rtl")
    assert "مسودہ ترجمہ" in urdu.text_content()


def test_the_sitemap_names_each_page(folder):
    found = etree.parse(folder / "sitemap.xml").getroot()
    named = {one.text.removeprefix(ROOT) for one in found.iter("{*}loc")}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    assert named == there - {"404.html"}
    assert f"{ROOT}sitemap.xml" in (folder / "robots.txt").read_text()


def test_the_data_package_describes_the_files_as_they_are(folder):
    package = json.loads((folder / "datapackage.json").read_text())
    for one in package["resources"]:
        assert (folder / one["path"]).stat().st_size == one["bytes"]


def test_of_other_boundary_views_the_folder_holds_no_line_and_no_name(folder):
    others = {view.value for view in Worldview} - {"pk", "none"}
    for name in ("map.html", "map.ur.html", "map.zh.html"):
        written = (folder / name).read_text()
        blocks = re.findall(
            r'<script type="application/json" id="geo-(\w+)">(.*?)</script>', written
        )
        data = {name: json.loads(value) for name, value in blocks}
        assert set(data["ground"]["boundaries"]["value"]) == {"pk", "none"}
        for words in data["given"]["in"].values():
            assert [view for view, _ in words["worldviews"]] == ["pk", "none"]
            assert set(words["constant"]["notes"]) == {"pk", "none"}
    meant = {text.message(Worldview(one).meaning, lang) for one in others for lang in LANGUAGES}
    for path in pages_of(folder):
        written = path.read_text()
        assert not [words for words in meant if words in written], path.name


def test_a_folder_with_anything_else_in_it_stays_as_it_is(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(GeoError, match="holds something else"):
        site.write(tmp_path, ATLAS, STORE, Worldview.DE_FACTO)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    file = tmp_path / "thesis.txt"
    with pytest.raises(GeoError, match="holds something else"):
        site.write(file, ATLAS, STORE, Worldview.DE_FACTO)


def test_what_fails_midway_leaves_the_folder_as_it_was(tmp_path, monkeypatch):
    target = tmp_path / "site"
    monkeypatch.setattr(writing, "files", lambda *_: iter([("index.html", b"first")]))
    assert site.write(target, ATLAS, STORE, Worldview.DE_FACTO) == 3

    def failing(*_):
        yield "index.html", b"second"
        raise GeoError("a page", "cannot be written", "Try again")

    monkeypatch.setattr(writing, "files", failing)
    with pytest.raises(GeoError):
        site.write(target, ATLAS, STORE, Worldview.DE_FACTO)
    assert (target / "index.html").read_text() == "first"
    monkeypatch.setattr(writing, "files", lambda *_: iter([("about.html", b"third")]))
    site.write(target, ATLAS, STORE, Worldview.DE_FACTO)
    assert {path.name for path in target.iterdir()} == {"about.html", ".geo-site", ".nojekyll"}
    assert [path.name for path in Path(tmp_path).iterdir()] == ["site"]


def test_a_place_that_is_not_there_is_one_clear_error(tmp_path):
    with pytest.raises(GeoError, match="cannot be written"):
        site.write(tmp_path / "no" / "site", ATLAS, STORE, Worldview.DE_FACTO)
