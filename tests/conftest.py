"""Fixtures."""

import os
from collections.abc import Iterator
from pathlib import Path

import browser as chromium
import pytest
from playwright.sync_api import Browser, sync_playwright

from geo import store

# ---- browser -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Debian's Chromium; where it is missing the tests say so, and in CI they fail."""
    path = chromium.chromium_path()
    if path is None:
        reason = "no chromium: `apt-get install chromium`, or name one with CHROMIUM=/path"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    return path


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    # For a module and not for the session: while it is open, Playwright keeps an event loop
    # running in this thread, and tests that start one of their own fail.
    with sync_playwright() as playwright:
        found = chromium.launch(playwright, chromium_path)
        yield found
        found.close()


@pytest.fixture(scope="session")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="session")
def served(chromium_path: str, logs: Path) -> Iterator[chromium.Served]:
    """The map as the README opens it."""
    del chromium_path  # without a browser no server is needed
    with chromium.served(
        logs / "served.log", streamlit=chromium.ROOT / "streamlit_app.py"
    ) as server:
        yield server


@pytest.fixture(scope="session")
def article_texts() -> dict[str, str]:
    """Full texts of the five articles by hash; they are not part of the project."""
    folder = os.environ.get("GEO_TEXTS")
    if folder is None:
        reason = "GEO_TEXTS names no folder with the articles' texts"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    return store.read_texts(Path(folder))
