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
def browser() -> Iterator[Browser]:
    """Debian's Chromium; where it is missing the tests say so, and in CI they fail."""
    path = chromium.chromium_path()
    if path is None:
        reason = "no chromium: `apt-get install chromium`, or name one with CHROMIUM=/path"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with sync_playwright() as playwright:
        found = chromium.launch(playwright, path)
        yield found
        found.close()


@pytest.fixture(scope="session")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="session")
def served(browser: Browser, logs: Path) -> Iterator[chromium.Served]:
    """The map as the README opens it."""
    del browser  # without a browser no server is needed
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
