"""What a deployment sets: names, frames, a log without persons, and whether all is well."""

import json
from pathlib import Path

import pytest
from asgi import BASE, get, run
from starlette.applications import Starlette

from geo import server
from geo.errors import GeoError


@pytest.fixture
def app_with(monkeypatch):
    def made(**environ):
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        return Starlette(routes=server.routes(BASE), middleware=server.middleware(BASE))

    return made


def framed(app, path):
    return get(app, path)[1]["content-security-policy"].rpartition("frame-ancestors ")[2]


def test_only_the_one_file_may_stand_in_a_page_elsewhere(app_with):
    app = app_with()
    assert framed(app, "/about") == "'self'"
    assert framed(app, "/map.html") == framed(app, "/map.ur.html") == "*"


def test_a_deployment_says_who_may_frame_it(app_with):
    app = app_with(GEO_FRAMES="https://news.example https://*.gov.example")
    wanted = "'self' https://news.example https://*.gov.example"
    assert framed(app, "/about") == framed(app, "/map.html") == wanted
    assert framed(app_with(GEO_FRAMES="none"), "/map.html") == "'none'"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GEO_FRAMES", "https://news.example; script-src *"),
        ("GEO_FRAMES", "everybody"),
        ("GEO_HOSTS", "https://map.example"),
        ("GEO_LOG", "loud"),
    ],
)
def test_a_slip_in_a_setting_is_one_clear_error(app_with, name, value):
    with pytest.raises(GeoError, match=name):
        app_with(**{name: value})


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("map.example", 200),
        ("map.example:8501", 200),
        ("MAP.example", 200),
        ("a.gov.example", 200),
        ("[::1]:8501", 200),
        ("gov.example", 421),
        ("map.example.evil.example", 421),
        ("[", 421),
        ("", 421),
    ],
)
def test_only_named_hosts_are_answered(app_with, host, status):
    app = app_with(GEO_HOSTS="map.example, *.gov.example ::1")
    assert get(app, "/health", host=host)[0] == status


def test_a_socket_under_another_name_is_closed(app_with):
    sent = []

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    scope = {"type": "websocket", "path": f"/{BASE}/_stcore/stream", "headers": [(b"host", b"x")]}
    run(app_with(GEO_HOSTS="map.example")(scope, receive, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_health_says_whether_the_data_can_be_read(app_with, monkeypatch, tmp_path):
    app = app_with()
    status, headers, body = get(app, "/health")
    assert (status, headers["cache-control"]) == (200, "no-store")
    assert json.loads(body)["status"] == "ok"
    monkeypatch.setenv("GEO_DATA", str(tmp_path))
    status, _, body = get(app, "/health")
    assert status == 503
    assert str(tmp_path) not in body.decode()


def test_the_log_tells_of_answers_and_of_nobody(app_with, capsys):
    app = app_with(GEO_LOG="json")
    get(app, "/about?q=Jane+Doe", user_agent="Jane’s browser".encode("ascii", "ignore").decode())
    get(app, "/f/fiber-one", cookie="session=jane")
    get(app, "/f/jane-doe")
    get(app, "/jane@doe.example")
    out = capsys.readouterr().out
    entries = [json.loads(line) for line in out.splitlines()]
    assert [(one["path"], one["status"]) for one in entries] == [
        ("/about", 200),
        ("/f/fiber-one", 200),
        ("/f", 404),
        ("other", 404),
    ]
    assert set(entries[0]) == {"time", "level", "method", "path", "status", "bytes", "ms"}
    assert "jane" not in out.lower()


def test_nothing_is_noted_unless_asked(app_with, capsys):
    get(app_with(), "/about")
    assert capsys.readouterr().out == ""


def test_the_files_of_a_deployment_name_settings_that_exist():
    deploy = Path(__file__).parents[1] / "deploy"
    named = {
        word.strip("`\"'=${}").partition("=")[0]
        for path in deploy.iterdir()
        for word in path.read_text().replace("-e ", " ").split()
        if word.strip("`\"'").startswith("GEO_")
    }
    known = {"GEO_HOSTS", "GEO_FRAMES", "GEO_LOG", "GEO_PUBLIC_URL", "GEO_WORLDVIEWS", "GEO_DATA"}
    known |= {"GEO_EXTRA_LAYERS", "GEO_CACHE"}
    assert named <= known
    assert known - {"GEO_DATA"} <= named
