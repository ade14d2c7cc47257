"""Zip archives that are the same bytes for the same content."""

import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

#: The first moment a zip archive can hold; every member is of then.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def write_zip(path: Path, members: Iterable[tuple[str, Path | str]]) -> None:
    """
    Write an archive.

    Parameters
    ----------
    members
        Names (ASCII: some readers know no other) with a file or with text.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            entry = zipfile.ZipInfo(name, date_time=_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            if isinstance(content, str):
                archive.writestr(entry, content)
                continue
            # The size decides on Zip64, which libkml cannot read.
            entry.file_size = content.stat().st_size
            with archive.open(entry, "w") as target, content.open("rb") as source:
                shutil.copyfileobj(source, target)
