"""The layers that a reader brings, as far as they are ready: a file's faults stop no other file."""

import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock, Thread

from geo.errors import GeoError
from geo.extra import reading, records, tiles
from geo.extra.layer import Layer, read_about, write_about

#: Folder of files to show beside the map, and where what is made of them is kept.
FOLDER, CACHE = "GEO_EXTRA_LAYERS", "GEO_CACHE"
#: Part of the name of what is kept: another way of keeping it must not find what is there.
_VERSION = "1"
_HIDDEN = (".", "~")

Progress = Callable[[str, float], None]


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
        self._shares: dict[str, float] = {}
        self._lock = Lock()
        self._thread: Thread | None = None

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
        """Files that are being got ready, with the share that is done."""
        return dict(self._shares)

    def layer(self, id_: str) -> Layer | None:
        """Give a layer by its name in addresses."""
        return next((layer for layer in self.layers if layer.id == id_), None)

    def start(self) -> None:
        """Get everything ready beside the server, once."""
        with self._lock:
            if self._thread is None and self.files:
                self._thread = Thread(target=self.get_ready, daemon=True, name="own layers")
                self._thread.start()

    def get_ready(self, progress: Progress = silent, *, tiled: bool = True) -> None:
        """
        Read every file, then tile what is large.

        Parameters
        ----------
        progress
            Called with a file's name and the share of it that is done, from 0 to 1.
        tiled
            Whether large layers are tiled as well.
        """

        def note(file: Path, share: float) -> None:
            self._shares[file.name] = share
            progress(file.name, share)

        for file in self.files:
            note(file, 0)
        for work in (self._read, self._tile) if tiled else (self._read,):
            for file in self.files:
                if file in self._faults:
                    continue
                try:
                    work(file, lambda share, file=file: note(file, share))  # type: ignore[misc]
                except (GeoError, OSError) as error:
                    self._layers.pop(file, None)
                    words = str(error) if isinstance(error, GeoError) else _words(file, error)
                    self._faults[file] = Fault(file.name, words)
        for file in self.files:
            self._shares.pop(file.name, None)

    def _read(self, file: Path, report: Callable[[float], None]) -> None:
        taken = [layer.id for layer in self.layers]
        self._layers[file] = tuple(_kept(file, taken, report))

    def _tile(self, file: Path, report: Callable[[float], None]) -> None:
        for layer in self._layers[file]:
            if layer.is_tiled and not layer.tiles.is_file():
                with _locked(layer.folder.parent / "tiling"):
                    if not layer.tiles.is_file():
                        tiles.make(layer, report)


def _words(file: Path, error: OSError) -> str:
    return f"{file.name}: cannot be read ({error.strerror or error}). Bring a file that is there."


def _kept(file: Path, taken: list[str], report: Callable[[float], None]) -> Iterator[Layer]:
    """Give the layers of a file, read now where they are not kept already."""
    folder = cache_folder() / f"{_digest(file)}-{_VERSION}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        if not folder.is_dir():
            draft = folder.with_name(folder.name + ".draft")
            shutil.rmtree(draft, ignore_errors=True)  # left by one that was stopped
            draft.mkdir()
            _read_into(draft, file, report)
            draft.rename(folder)
    for one in sorted(folder.iterdir(), key=lambda found: int(found.name)):
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
                report(told.n / (told.n + 100_000))  # nobody knows how many there are
            stem = file.name.split(".")[0]
            title = stem if part.name in {None, stem} else f"{stem}: {part.name}"
            bounds = told.bounds
            write_about(
                Layer(
                    id="", title=title, n=told.n, n_placed=told.n_placed, n_bytes=told.n_bytes,
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


@contextmanager
def _locked(beside: Path) -> Iterator[None]:
    """Do something alone, among all processes of this machine."""
    with beside.with_name(f"{beside.name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def cache_folder() -> Path:
    """Give the folder in which what is made of files is kept: `GEO_CACHE`, else the user's own."""
    named = os.environ.get(CACHE)
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "digital-silk-road-map"


_named: list[Path] = []


def bring(files: list[Path]) -> None:
    """Add files that a command names to those of `GEO_EXTRA_LAYERS`, for this process."""
    _named[:] = files


def shelf() -> Shelf:
    """
    Give the shelf of this process.

    Raises
    ------
    GeoError
        If `GEO_EXTRA_LAYERS` names no folder.
    """
    return _shelf(files_named())


def files_named() -> tuple[Path, ...]:
    """Give the files of the folder by name, then those that a command names."""
    folder = os.environ.get(FOLDER)
    found: list[Path] = []
    if folder:
        if not Path(folder).is_dir():
            raise GeoError(FOLDER, f"{folder} is no folder", "Name a folder that is there")
        found = sorted(one for one in Path(folder).iterdir() if _is_shown(one))
    return tuple(dict.fromkeys([*found, *_named]))


def _is_shown(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(_HIDDEN)


@cache
def _shelf(files: tuple[Path, ...]) -> Shelf:
    return Shelf(files)
