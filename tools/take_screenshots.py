"""
Take the pictures of the map that the docs show: desktop and phone, light and dark, in three languages.

Run ``python tools/take_screenshots.py`` after a visible change and look at every picture. Needs the
extra ``test`` and Chromium.
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import browser as chromium  # noqa: E402 - stands beside the tests
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

DESKTOP, PHONE = (1280, 800), (390, 844)
#: Name, address, size, color scheme.
PICTURES = (
    ("map-1280", "", DESKTOP, "light"),
    ("map-1280-dark", "", DESKTOP, "dark"),
    ("popup-1280", "?feature=ofc-1", DESKTOP, "light"),
    ("map-390", "", PHONE, "light"),
    ("popup-390-dark", "?feature=ofc-1", PHONE, "dark"),
    ("map-1280-ur", "?lang=ur", DESKTOP, "light"),
    ("popup-390-zh", "?lang=zh&feature=ofc-1", PHONE, "light"),
)


def take(browser: Browser, url: str, name: str, size: tuple[int, int], scheme: str) -> Path:
    """Open a page as a reader would and take its picture."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        has_touch=size == PHONE,
    )
    page = context.new_page()
    page.goto(url)
    page.frame_locator(chromium.FRAME).locator(chromium.DRAWN).wait_for(timeout=30_000)
    page.wait_for_timeout(3000)  # relief and labels come last
    path = ROOT / "docs" / f"{name}.jpg"
    page.screenshot(path=path, type="jpeg", quality=82)
    context.close()
    return path


def main() -> None:
    """Take every picture."""
    path = chromium.chromium_path()
    if path is None:
        sys.exit("no chromium: `apt-get install chromium`, or name one with CHROMIUM=/path")
    app = ROOT / "streamlit_app.py"
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium.served(Path(folder) / "map.log", streamlit=app) as server,
        sync_playwright() as playwright,
    ):
        browser = chromium.launch(playwright, path)
        for name, query, size, scheme in PICTURES:
            taken = take(browser, server.url + query, name, size, scheme)
            print(f"{taken.relative_to(ROOT)}  {taken.stat().st_size / 1000:.0f} kB")
        browser.close()


if __name__ == "__main__":
    main()
