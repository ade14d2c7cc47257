"""
Checks the links to sources: is the page there, has it moved, does it still hold the quotes.

One request at a time to a host, with a pause between; nothing of a page is kept but its status
and where it led. Results are written after each page, so that a stopped run goes on where it was.
"""

import http.client
import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from geo import store
from geo.model import Atlas, PageCheck
from geo.vocab import LinkState
from geo.webpage import fetch, plain

_HOSTS_AT_ONCE = 6
_GONE = frozenset({404, 410, 451})


@dataclass(frozen=True)
class Manners:
    """
    How the checker behaves.

    Attributes
    ----------
    timeout_s
        For a whole page, however slowly it comes.
    pause_s
        Between two requests to one host.
    """

    timeout_s: float = 20
    pause_s: float = 1


def addresses(atlas: Atlas) -> dict[str, dict[str, str]]:
    """Give the address of each source with the quotes that should stand there, by claim id."""
    found: dict[str, dict[str, str]] = {
        source.url: {} for source in atlas.sources.values() if source.url
    }
    for feature in atlas.features.values():
        for claim in feature.properties.claims:
            source = atlas.sources.get(claim.source)
            if source is not None and source.url and claim.quote:
                found[source.url][claim.id] = claim.quote
    return found


def due(atlas: Atlas, path: Path, today: date, max_age_days: int) -> list[str]:
    """Give the addresses whose result is missing or older than it may be."""
    results = store.read_page_checks(path)
    oldest = (today - timedelta(days=max_age_days)).isoformat()
    return [url for url in addresses(atlas) if url not in results or results[url].checked < oldest]


def check(
    atlas: Atlas,
    path: Path,
    today: date,
    *,
    max_age_days: int = 30,
    manners: Manners | None = None,
    done: Callable[[PageCheck], None] = lambda _: None,
) -> dict[str, PageCheck]:
    """
    Check every address whose result is missing or too old, and write each result at once.

    Parameters
    ----------
    done
        Called after each page.

    Returns
    -------
    results
        All results, by address.
    """
    manners = manners or Manners()
    wanted = addresses(atlas)
    results = {url: result for url, result in store.read_page_checks(path).items() if url in wanted}
    queue = due(atlas, path, today, max_age_days)
    lock, stopped = threading.Lock(), threading.Event()

    def host_in_turn(urls: Iterable[str]) -> None:
        for n, url in enumerate(urls):
            if n:
                stopped.wait(manners.pause_s)
            if stopped.is_set():
                return
            result = check_page(url, wanted[url], today, manners)
            with lock:
                results[url] = result
                write(path, results)
                done(result)

    with ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool:
        try:
            for turn in [pool.submit(host_in_turn, urls) for urls in _by_host(queue)]:
                turn.result()
        finally:  # also when somebody stops the run: no host is asked again
            stopped.set()
    return results


def write(path: Path, results: Mapping[str, PageCheck]) -> None:
    """Write results whole or not at all."""
    data = {url: results[url].model_dump(mode="json", exclude_none=True) for url in sorted(results)}
    store.write_text(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def check_page(url: str, quotes: Mapping[str, str], today: date, manners: Manners) -> PageCheck:
    """Fetch one page and say what became of it; no fault of a page is raised."""
    told: dict[str, Any] = {"url": url, "checked": today.isoformat()}
    try:
        page = fetch(url, manners.timeout_s)
    except (OSError, http.client.HTTPException, ValueError) as error:
        note = f"{type(error).__name__}: {plain(str(error))[:120]}"
        return PageCheck(**told, state=LinkState.UNREACHABLE, note=note)
    told["http_status"] = page.http_status
    told["moved_to"] = page.url if _normal(page.url) != _normal(url) else None
    if page.http_status in _GONE:
        return PageCheck(**told, state=LinkState.GONE)
    if page.http_status != http.client.OK:
        return PageCheck(**told, state=LinkState.UNREACHABLE)
    if quotes and page.text is None:
        return PageCheck(**told, state=LinkState.UNREADABLE)
    body = plain(page.text or "")
    missing = tuple(id_ for id_, quote in quotes.items() if plain(quote) not in body)
    moved = LinkState.MOVED if told["moved_to"] else LinkState.LIVE
    return PageCheck(**told, state=LinkState.CHANGED if missing else moved, missing=missing)


def _normal(url: str) -> str:
    parts = urlsplit(url)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


def _by_host(urls: Iterable[str]) -> Iterator[list[str]]:
    hosts: dict[str, list[str]] = {}
    for url in urls:
        hosts.setdefault(urlsplit(url).netloc, []).append(url)
    return iter(hosts.values())
