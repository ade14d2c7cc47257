"""Every export of everything, at names that stay, and the data package that lists them."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from geo.export.catalog import data_package
from geo.export.extract import Extract
from geo.export.fields import TABLES
from geo.export.formats import FORMATS, export_bytes
from geo.export.tables import write_csv

#: Where the files stand, below the data package.
FOLDER: Final = "exports"
_CSV: Final = "text/csv"
_FORMATS: Final = {one.file_name: name for name, one in FORMATS.items()}
_TABLES: Final = {f"tables/{table.name}.csv": table for table in TABLES}
#: Names of the files, below their folder.
FILES: Final = (*_FORMATS, *_TABLES)
#: Archives of what the data package already lists file by file.
_ARCHIVES: Final = frozenset({FORMATS["bundle"].file_name, FORMATS["csv"].file_name})


def media_type(file: str) -> str:
    """Give the media type of one of `FILES`."""
    return _CSV if file in _TABLES else FORMATS[_FORMATS[file]].media_type


def content(file: str, everything: Extract) -> bytes:
    """Write one of `FILES`."""
    if file in _TABLES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "table.csv")
            write_csv(everything, _TABLES[file], path)
            return path.read_bytes()
    return export_bytes(
        everything.atlas,
        everything.features,
        _FORMATS[file],
        worldview=everything.worldview,
        as_of=everything.as_of,
    )


def package(
    everything: Extract, described: Callable[[str], tuple[int, str, str]]
) -> Mapping[str, Any]:
    """
    Describe all files but those that hold the others.

    Parameters
    ----------
    described
        Gives bytes, SHA-256 and media type of one of `FILES`.
    """
    found = data_package(
        everything, {file: described(file) for file in FILES if file not in _ARCHIVES}
    )
    resources = [{**one, "path": f"{FOLDER}/{one['path']}"} for one in found["resources"]]
    return {**found, "resources": resources}
