"""Where what is made of a reader's files is kept, and how long."""

import logging
import os
import re
import shutil
import time
from pathlib import Path

from geo.extra.locks import alone, is_held

#: Names the folder.
CACHE = "GEO_CACHE"
#: What was not used for so many days is let go.
KEPT_DAYS = 30
_SECONDS_A_DAY = 86_400
_DRAFT = ".draft"
#: The folder may hold what is not ours.
_OURS = re.compile(rf"[0-9a-f]{{32}}-\d+({re.escape(_DRAFT)})?")
_log = logging.getLogger(__name__)


def cache_folder() -> Path:
    """Give the folder in which what is made of files is kept: `GEO_CACHE`, else the user's own."""
    named = os.environ.get(CACHE)
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "digital-silk-road-map"


def entry(digest: str, version: str) -> Path:
    """Give where what is made of a file is kept, in one way of keeping it."""
    return cache_folder() / f"{digest}-{version}"


def draft(folder: Path) -> Path:
    """Give where an entry is made."""
    return folder.with_name(folder.name + _DRAFT)


def prune(folder: Path) -> None:
    """Delete entries, and drafts of such, that no process has used for `KEPT_DAYS` or has in use."""
    before = time.time() - KEPT_DAYS * _SECONDS_A_DAY
    for one in sorted(folder.iterdir()):
        if not _OURS.fullmatch(one.name):
            continue
        whole = one.with_name(one.name.removesuffix(_DRAFT))
        try:
            with alone(whole, wait=False):
                if one.stat().st_mtime < before and not is_held(one):
                    _delete(one, draft(whole))
        except OSError as error:  # in the making, or another user's
            _log.info("kept %s: %s", one.name, error)


def _delete(folder: Path, aside: Path) -> None:
    """Delete an entry so that no half of it is ever found under its name."""
    if folder != aside:
        shutil.rmtree(aside, ignore_errors=True)
        folder.rename(aside)
    shutil.rmtree(aside)
