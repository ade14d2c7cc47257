"""
Our routes and headers around Streamlit, all in one process.

Streamlit finds the app in `streamlit_app.py` (it looks for a literal call of `App`);
`geo serve` runs an app of the same parts.
"""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Final

from streamlit import config
from streamlit.starlette import App

from geo import live
from geo.errors import GeoError
from geo.extra import shelf
from geo.server.middleware import middleware
from geo.server.routes import routes
from geo.server.settings import hosts as named_hosts

__all__ = ["PAGE", "base_path", "middleware", "routes", "serve", "warmed"]

#: The page's script. Streamlit puts its folder first on the path of imports.
PAGE: Final = str(Path(__file__).resolve().parent.parent / "ui" / "page.py")

#: Settings of `.streamlit/config.toml`, for a wheel that has no such file beside it.
SETTINGS: Final = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "runner.postScriptGC": False,
    "server.enableAgentApi": False,
    "server.headless": True,
    "server.fileWatcherType": "none",
    "theme.baseFontSize": 14,
    "theme.light.primaryColor": "#0b57a4",
    "theme.dark.primaryColor": "#8cc2ff",
}

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def base_path() -> str:
    """Give the path Streamlit serves under, without slashes around it."""
    return str(config.get_option("server.baseUrlPath") or "").strip("/")


@asynccontextmanager
async def warmed(_app: App) -> AsyncIterator[None]:
    """Get ready what the first reader would wait for, while the server starts."""
    ready = asyncio.get_running_loop().run_in_executor(None, _get_ready)
    yield
    await ready


def _get_ready() -> None:
    # Not streamlit_folium itself: imported outside a page it registers its frame nowhere.
    for name in ("folium.plugins", "pandas"):
        import_module(name)
    with suppress(GeoError):  # whoever opens the page is told
        live.atlas()
    gc.collect()
    gc.freeze()  # modules and atlas stay; to look through them for what may go takes 80 ms each time
    shelf().start()


def serve(*, host: str = "127.0.0.1", port: int = 8501, base: str = "") -> None:
    """
    Serve the map until stopped.

    Parameters
    ----------
    host
        Address to listen at. At a loopback address, requests that name another host are refused,
        so that a page elsewhere cannot reach the map through a name of its own; `GEO_HOSTS` names
        those of a deployment.
    port
        Port to listen at.
    base
        Path to serve under, behind a proxy that keeps it.
    """
    base = base.strip("/")
    hosts = named_hosts() or (_LOOPBACK if host in _LOOPBACK else ())
    app = App(PAGE, routes=routes(base), middleware=middleware(base, hosts), lifespan=warmed)
    settings = {
        **SETTINGS,
        "server.address": host,
        "server.port": port,
        "server.baseUrlPath": base,
    }
    if hosts:
        settings["server.allowedHosts"] = list(hosts)
    app.run(config=settings)
