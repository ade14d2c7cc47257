"""What one process of a machine does at a time, and what it needs others to leave alone."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Folders in use by this process, open until it ends, by device and inode.
_held: dict[tuple[int, int], int] = {}


@contextmanager
def alone(path: Path, *, wait: bool = True) -> Iterator[None]:
    """
    Make something at a path while no other process, nor another thread of this one, does.

    Raises
    ------
    BlockingIOError
        If another does, and it is not waited for.
    """
    with path.with_name(f"{path.name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield


def hold(folder: Path) -> None:
    """Have a folder in use until this process ends."""
    found = folder.stat()
    key = found.st_dev, found.st_ino
    if key not in _held:
        _held[key] = os.open(folder, os.O_RDONLY)
        fcntl.flock(_held[key], fcntl.LOCK_SH)


def is_held(folder: Path) -> bool:
    """Say whether any process has a folder in use."""
    file = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False
