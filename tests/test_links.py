"""Links held against a local server whose pages live, change, move, vanish, dawdle and attack."""

import json
import threading
import time
from contextlib import suppress
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from builders import make_atlas, make_claim, make_feature, make_source
from typer.testing import CliRunner

from geo import card, links, store, text, webpage
from geo.cli import app
from geo.errors import GeoError
from geo.links import Manners, check_page
from geo.vocab import LinkState

TODAY = date(2026, 11, 22)
QUOTE = "have already “completed” the co-built line"
QUOTES = {"ofc-1-c01": QUOTE}
HURRIED = Manners(timeout_s=1, pause_s=0)

LIVE = (
    "<html><title>x</title><p>They have <b>already</b> &quot;completed&quot;\n the co–built line."
)
PAGES = {
    "/live": (200, {}, LIVE),
    "/edited": (200, {}, "<p>They have nearly completed it.</p>"),
    "/hidden": (200, {}, f"<p>Nothing.</p><script>{QUOTE}</script>"),
    "/moved": (301, {"Location": "/live"}, ""),
    "/moved-away": (302, {"Location": "/"}, ""),
    "/": (200, {}, "<p>Welcome to our new home page.</p>"),
    "/gone": (410, {}, "gone"),
    "/missing": (404, {}, "no"),
    "/broken": (500, {}, "oh"),
    "/pdf": (200, {"Content-Type": "application/pdf"}, "%PDF"),
    "/packed": (200, {"Content-Encoding": "gzip"}, "not gzip at all"),
    "/charset": (200, {"Content-Type": "text/html; charset=klingon"}, LIVE),
    "/loop": (302, {"Location": "/loop"}, ""),
    "/file": (302, {"Location": "file:///etc/passwd"}, ""),
    "/script": (200, {}, "<script>alert(1)</script>" + "<" * 5000),
    "/nowhere": (302, {"Location": "http://[bad"}, ""),
}


class Handler(BaseHTTPRequestHandler):
    busy = 0
    most_busy = 0
    asked: ClassVar[list[str]] = []

    def do_GET(self):
        cls = type(self)
        cls.asked.append(self.path)
        assert self.headers["User-Agent"] == webpage.USER_AGENT
        cls.busy += 1
        cls.most_busy = max(cls.most_busy, cls.busy)
        time.sleep(0.01)
        cls.busy -= 1  # before the answer: the next request may come with its last byte
        with suppress(BrokenPipeError, ConnectionResetError):
            self.answer()

    def answer(self):
        if self.path == "/garbage":
            self.wfile.write(b"\x00\x01 not http\r\n\r\n")
            return
        if self.path in {"/slow", "/endless"}:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            part = b"a" if self.path == "/slow" else b"a" * 500_000
            for _ in range(40):
                self.wfile.write(part)
                self.wfile.flush()
                time.sleep(0.05 if self.path == "/slow" else 0)
            return
        status, headers, body = PAGES.get(self.path.partition("?")[0], PAGES["/live"])
        self.send_response(status)
        for name, value in ({"Content-Type": "text/html; charset=utf-8"} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def site():
    Handler.asked, Handler.most_busy = [], 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "state", "status"),
    [
        ("/live", LinkState.LIVE, 200),
        ("/charset", LinkState.LIVE, 200),
        ("/edited", LinkState.CHANGED, 200),
        ("/hidden", LinkState.CHANGED, 200),
        ("/script", LinkState.CHANGED, 200),
        ("/moved", LinkState.MOVED, 200),
        ("/moved-away", LinkState.CHANGED, 200),
        ("/gone", LinkState.GONE, 410),
        ("/missing", LinkState.GONE, 404),
        ("/broken", LinkState.UNREACHABLE, 500),
        ("/pdf", LinkState.UNREADABLE, 200),
        ("/packed", LinkState.UNREADABLE, 200),
        ("/loop", LinkState.UNREACHABLE, 302),
        ("/file", LinkState.UNREACHABLE, 302),
        ("/nowhere", LinkState.UNREACHABLE, None),
        ("/garbage", LinkState.UNREACHABLE, None),
        ("/slow", LinkState.UNREACHABLE, None),
        ("/endless", LinkState.UNREACHABLE, None),
    ],
)
def test_a_page_is_judged_however_it_behaves(site, path, state, status):
    result = check_page(site + path, QUOTES, TODAY, HURRIED)
    assert (result.state, result.http_status) == (state, status), result
    assert result.missing == (("ofc-1-c01",) if state is LinkState.CHANGED else ())


def test_a_moved_page_says_where(site):
    assert check_page(f"{site}/moved", QUOTES, TODAY, HURRIED).moved_to == f"{site}/live"


def test_a_page_without_quotes_need_not_be_text(site):
    assert check_page(f"{site}/pdf", {}, TODAY, HURRIED).state is LinkState.LIVE


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://127.0.0.1:1/", "http://[bad"])
def test_what_is_no_page_is_unreachable(url):
    result = check_page(url, QUOTES, TODAY, HURRIED)
    assert result.state is LinkState.UNREACHABLE
    assert result.note


def atlas(site, *paths):
    sources = tuple(make_source(f"s{n}", url=site + path) for n, path in enumerate(paths))
    claims = tuple(
        make_claim(f"ofc-1-c{n:02d}", source=f"s{n}", quote=QUOTE, rank="normal")
        for n in range(len(paths))
    )
    return make_atlas(make_feature(claims=claims), sources=sources)


def test_a_host_is_asked_one_page_at_a_time(site, tmp_path):
    links.check(
        atlas(site, *(f"/live?{n}" for n in range(8))), tmp_path / "l.json", TODAY, manners=HURRIED
    )
    assert (len(Handler.asked), Handler.most_busy) == (8, 1)


def test_a_stopped_run_goes_on_where_it_was(site, tmp_path):
    path = tmp_path / "links.json"
    known = atlas(site, "/live", "/gone", "/edited")

    def stop(result):
        if result.state is LinkState.GONE:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        links.check(known, path, TODAY, manners=HURRIED, done=stop)
    assert len(store.read_page_checks(path)) == 2
    results = links.check(known, path, TODAY, manners=HURRIED)
    assert Handler.asked == ["/live", "/gone", "/edited"]
    assert {url[len(site) :]: one.state for url, one in results.items()} == {
        "/live": "live",
        "/gone": "gone",
        "/edited": "changed",
    }
    assert results == store.read_page_checks(path)


def test_old_results_are_checked_again_and_strange_ones_dropped(site, tmp_path):
    path = tmp_path / "links.json"
    known = atlas(site, "/live")
    links.check(atlas(site, "/live", "/gone"), path, date(2026, 1, 1), manners=HURRIED)
    assert links.due(known, path, TODAY, 30) == [f"{site}/live"]
    assert links.due(known, path, TODAY, 3000) == []
    assert list(links.check(known, path, TODAY, manners=HURRIED)) == [f"{site}/live"]


def test_a_file_of_something_else_is_named(tmp_path):
    path = tmp_path / "links.json"
    path.write_text('{"a": 1}')
    with pytest.raises(GeoError, match="holds no results of link checks"):
        store.read_page_checks(path)
    assert store.read_page_checks(tmp_path / "none.json") == {}


def test_every_address_of_the_data_is_wanted_with_its_quotes():
    found = links.addresses(atlas("https://example.com", "/a", "/b"))
    assert found == {
        "https://example.com/a": {"ofc-1-c00": QUOTE},
        "https://example.com/b": {"ofc-1-c01": QUOTE},
    }


def test_the_command_says_what_it_found(site, tmp_path, monkeypatch):
    known = atlas(site, "/live", "/gone")
    monkeypatch.setattr("geo.store.read_atlas", lambda _: known)
    out = tmp_path / "links.json"
    result = CliRunner().invoke(app, ["links", "--out", str(out), "--pause", "0"])
    assert f"{site}/gone: page gone\n" in result.output
    assert "2 pages: 1 × page gone, 1 × page as it was; wrote links.json" in result.output
    assert set(json.loads(out.read_text())) == {f"{site}/live", f"{site}/gone"}


def test_what_became_of_a_page_stands_where_its_words_do(site, tmp_path):
    known = atlas(site, "/live")
    source = next(iter(known.sources.values()))
    assert "live page not checked" in text.read_state(source)
    check = links.PageCheck(url=source.url, checked="2026-02-01", state=LinkState.CHANGED)
    links.write(tmp_path / "links.json", {source.url: check})
    (read,) = store.read_page_checks(tmp_path / "links.json").values()
    checked = known.model_copy(
        update={"sources": {source.id: source.model_copy(update={"page_check": read})}}
    )
    told = card.card(next(iter(checked.features.values())), checked).source
    assert told.read == "page changed since (checked February 1, 2026)"
    assert "page_check" not in checked.sources[source.id].model_dump()
