"""Real Chromium on a real server, with every other host blocked and what was asked for recorded."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Frame, Page, Playwright, Request

ROOT = Path(__file__).parents[1]
FRAME = "iframe[title*='st_folium']"
DRAWN = ".geo-map[data-ready]"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No other host is found. To meet each request here instead would cost the browser its cache.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


def chromium_path() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def launch(playwright: Playwright, path: str) -> Browser:
    return playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))


@dataclass
class Served:
    """A server of the map."""

    url: str
    log: Path


@contextmanager
def served(
    log: Path, *, base: str = "", streamlit: Path | None = None, **environ: str
) -> Iterator[Served]:
    """Serve the map with `geo serve`, or a script with `streamlit run` as the README says."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    if streamlit is not None:
        command = ["streamlit", "run", str(streamlit), "--server.address", "127.0.0.1"]
        command += ["--server.port", port, "--server.baseUrlPath", base]
    else:
        command = ["geo", "serve", "--port", port, "--base-path", base]
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env={**os.environ, **environ},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            url = f"http://127.0.0.1:{port}/{base + '/' if base else ''}"
            wait_for(f"{url}_stcore/health", server, log)
            yield Served(url, log)
        finally:
            server.terminate()
            server.wait(10)


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())


@dataclass
class Visit:
    """A page, and what went wrong or left the host while it was open."""

    page: Page
    origin: str
    elsewhere: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, query: str = "", *, ready: bool = True) -> "Visit":
        self.page.goto(self.origin + query)
        if ready:
            self.page.frame_locator(FRAME).locator(DRAWN).wait_for(timeout=30_000)
        return self

    @property
    def frame(self) -> Frame:
        return next(one for one in self.page.frames if "st_folium" in one.url)

    def settle(self, milliseconds: int = 700) -> None:
        """Let streamlit-folium's debounced answer and the rerun after it come through."""
        self.page.wait_for_timeout(milliseconds)

    def clean(self) -> None:
        assert self.elsewhere == []
        assert self.errors == []


@contextmanager
def visit(browser: Browser, origin: str, **options: Any) -> Iterator[Visit]:
    """Open a context of its own on one origin; whoever asks another host is recorded."""
    context: BrowserContext = browser.new_context(
        **{"viewport": {"width": 1280, "height": 800}, **options}
    )
    try:
        page = context.new_page()
        here = Visit(page, origin)
        host = "/".join(origin.split("/")[:3]) + "/"

        def noted(request: Request) -> None:
            here.requests.append(request.url)
            if not request.url.startswith((host, "data:", "blob:")):
                here.elsewhere.append(request.url)

        context.on("request", noted)
        page.on("pageerror", lambda error: here.errors.append(str(error)))
        page.on(
            "console",
            lambda message: here.errors.append(message.text) if message.type == "error" else None,
        )
        yield here
    finally:
        context.close()
