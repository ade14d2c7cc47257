"""Writes a file whole or not at all."""

import os
import tempfile
from pathlib import Path

from geo.errors import GeoError


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, data: bytes) -> None:
    """
    Write a file whole or not at all.

    Raises
    ------
    GeoError
        If the folder is missing or not writable; an older file stays as it was.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        remedy = "Choose a folder that exists and that you may write to"
        raise GeoError(str(path), f"cannot be written ({error.strerror})", remedy) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        raise GeoError(
            str(path), f"cannot be written ({error.strerror})", "Choose another"
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
