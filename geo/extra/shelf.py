"""The layers that a reader brings, as far as they are ready: a file's faults stop no other file."""

import functools
import hashlib
import logging
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread

from geo.errors import GeoError
from geo.extra import cache, reading, records, tiles
from geo.extra.layer import Layer, read_about, write_about
from geo.extra.locks import alone, hold

#: Names the folder of files to show beside the map.
FOLDER = "GEO_EXTRA_LAYERS"
#: Part of the name of what is kept: another way of keeping it must not find what is there.
_VERSION = "1"
_HIDDEN = (".", "~")

_OTHER = "Leave the file out, or bring it in another format"
_log = logging.getLogger(__name__)

Progress = Callable[[str, float], None]
Work = Callable[[Path, Callable[[float], None]], None]


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file: its name, and one sentence with the way out."""

    file: str
    words: str


def silent(_file: str, _share: float) -> None:
    """Report to nobody."""


class Shelf:
    """
    Files and what became of them.

    Parameters
    ----------
    files
        In the order in which their layers are shown.
    """

    def __init__(self, files: tuple[Path, ...]) -> None:
        self.files = files
        self._layers: dict[Path, tuple[Layer, ...]] = {}
        self._faults: dict[Path, Fault] = {}
        self._shares: dict[Path, float] = {}
        self._lock = Lock()
        self._is_begun = False

    @property
    def layers(self) -> tuple[Layer, ...]:
        """Layers whose records are there; large ones may still be tiled."""
        return tuple(layer for file in self.files for layer in self._layers.get(file, ()))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with files that are not shown."""
        return tuple(self._faults[file] for file in self.files if file in self._faults)

    @property
    def waiting(self) -> dict[str, float]:
        """Files that are not ready yet, with the share that is done."""
        left = [file for file in self.files if not self._is_done(file)]
        return {file.name: self._shares.get(file, 0.0) for file in left}

    def _is_done(self, file: Path) -> bool:
        layers = self._layers.get(file)
        return file in self._faults or (layers is not None and all(one.is_ready for one in layers))

    def layer(self, id_: str) -> Layer | None:
        """Give a layer by its name in addresses."""
        return next((layer for layer in self.layers if layer.id == id_), None)

    def start(self, progress: Progress = silent) -> None:
        """Get everything ready beside the server; see `get_ready`."""
        if not self._is_begun:
            Thread(target=self.get_ready, args=(progress,), daemon=True).start()

    def get_ready(self, progress: Progress = silent, *, tiled: bool = True) -> None:
        """
        Read every file, then tile what is large; once, whoever asks again.

        Parameters
        ----------
        progress
            Called with a file's name and the share of it that is done, from 0 to 1; from 0 again
            for each further layer of it, and when a large one is tiled.
        tiled
            Whether large layers are tiled as well.
        """
        with self._lock:
            if self._is_begun:
                return
            self._is_begun = True
        for work in (self._read, self._tile) if tiled else (self._read,):
            for file in self.files:
                if file not in self._faults:
                    self._try(work, file, progress)

    def _try(self, work: Work, file: Path, progress: Progress) -> None:
        def note(share: float) -> None:
            self._shares[file] = share
            progress(file.name, share)

        try:
            work(file, note)
        except Exception as error:  # noqa: BLE001 - one file's fault stops no other
            self._layers.pop(file, None)
            self._faults[file] = Fault(file.name, _words(file, error))

    def _read(self, file: Path, report: Callable[[float], None]) -> None:
        taken = [layer.id for layer in self.layers]
        self._layers[file] = tuple(_kept(file, taken, report))
        self._shares[file] = 0.0  # of the tiles, which the other files' records come before

    def _tile(self, file: Path, report: Callable[[float], None]) -> None:
        for layer in self._layers[file]:
            if layer.is_tiled and not layer.tiles.is_file():
                with alone(layer.tiles):
                    if not layer.tiles.is_file():
                        tiles.make(layer, report)


def _words(file: Path, error: Exception) -> str:
    """Say what went wrong without naming a folder of this machine; what nobody foresaw is logged."""
    if isinstance(error, GeoError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return str(GeoError(file.name, f"cannot be read ({error.strerror})", _OTHER))
    if isinstance(error, sqlite3.Error):
        return str(
            GeoError(
                file.name, f"cannot be kept ({error})", f"Make room where {cache.CACHE} points"
            )
        )
    _log.error("own layer %s", file.name, exc_info=error)
    return str(GeoError(file.name, f"cannot be read ({type(error).__name__})", _OTHER))


def _kept(file: Path, taken: list[str], report: Callable[[float], None]) -> Iterator[Layer]:
    """Give the layers of a file, read now where they are not kept already."""
    folder = cache.entry(_digest(file), _VERSION)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fault = f"cannot be used ({error.strerror})"
        raise GeoError(cache.CACHE, fault, "Name a folder that you may write to") from error
    with alone(folder):
        is_new = not folder.is_dir()
        if is_new:
            draft = cache.draft(folder)
            shutil.rmtree(draft, ignore_errors=True)  # left by one that was stopped
            draft.mkdir()
            _read_into(draft, file, report)
            draft.rename(folder)
        hold(folder)
        with suppress(PermissionError):  # of another user, who may delete it
            os.utime(folder)  # now in use
    if is_new:
        cache.prune(folder.parent)
    parts = [one for one in folder.iterdir() if one.is_dir()]
    for one in sorted(parts, key=lambda found: int(found.name)):
        layer = read_about(one, _id(read_about(one, "").title, taken))
        taken.append(layer.id)
        yield layer


def _read_into(draft: Path, file: Path, report: Callable[[float], None]) -> None:
    with reading.parts(file) as parts:
        for number, part in enumerate(parts):
            folder = draft / str(number)
            folder.mkdir()
            told = records.Told()
            for told in records.write(folder / "records.sqlite", part.batches):
                report(told.done)
            stem = file.stem.removesuffix(".shp")
            title = stem if part.name in {None, stem} else f"{stem}: {part.name}"
            bounds = told.bounds
            write_about(
                Layer(
                    id="", title=title, file=file.name,
                    n=told.n, n_placed=told.n_placed, n_bytes=told.n_bytes,
                    bounds=(bounds[0], bounds[1], bounds[2], bounds[3]) if bounds else None,
                    fields={name: kind or "text" for name, kind in told.fields.items()},
                    sourced=told.sourced, folder=folder,
                )
            )  # fmt: skip


def _id(title: str, taken: list[str]) -> str:
    """Make a name for addresses of a title, unlike those there are."""
    plain = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:40] or "layer"
    number, id_ = 1, plain
    while id_ in taken:
        number += 1
        id_ = f"{plain}_{number}"
    return id_


def _digest(file: Path) -> str:
    if not file.is_file():
        raise GeoError(file.name, "is not there", "Name a file that is there")
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256")
    digest.update(file.name.encode())  # the name is part of what is shown
    return digest.hexdigest()[:32]


def files_named() -> tuple[Path, ...]:
    """
    Give the files in the folder that `GEO_EXTRA_LAYERS` names, by name.

    Raises
    ------
    GeoError
        If it names no folder.
    """
    folder = os.environ.get(FOLDER, "").strip()
    if not folder:
        return ()
    if not Path(folder).is_dir():
        raise GeoError(FOLDER, f"{folder} is no folder", "Name a folder that is there")
    return tuple(sorted(one for one in Path(folder).iterdir() if _is_shown(one)))


def _is_shown(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(_HIDDEN)


_brought: list[Path] = []


def bring(files: Iterable[Path]) -> None:
    """Show files that a command names after those of the folder, in this process, from now on."""
    _brought[:] = files
    shelf.cache_clear()


@functools.cache
def shelf() -> Shelf:
    """
    Give the shelf of this process; which files it holds does not change while it runs.

    Raises
    ------
    GeoError
        If `GEO_EXTRA_LAYERS` names no folder.
    """
    return Shelf(tuple(dict.fromkeys(one.absolute() for one in [*files_named(), *_brought])))
