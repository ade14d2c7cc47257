"""Asks our routes as a server would, without one."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import unquote

BASE = "under/here"


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run in a thread of its own: Playwright leaves a loop running in the main one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, coroutine).result()


def ask(app: Any, method: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Ask as a server would; gives status, headers and body as sent."""
    sent = []
    given = {"host": "map.example", **headers}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": method,
        "scheme": "http",
        "path": f"/{BASE}{unquote(path.partition('?')[0])}",
        "raw_path": b"",
        "query_string": path.partition("?")[2].encode(),
        "headers": [
            (name.replace("_", "-").encode(), value.encode()) for name, value in given.items()
        ],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    run(app(scope, receive, send))
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], found, b"".join(one.get("body", b"") for one in sent)


def get(app: Any, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Ask with GET; see `ask`."""
    return ask(app, "GET", path, **headers)
