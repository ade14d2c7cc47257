"""Canonical GeoJSON, atomic writes, the manifest and its check."""

import gzip
import hashlib
import json
import os
from pathlib import Path
from typing import Any

from basemap.errors import BasemapError

VECTOR_BUDGET_BYTES = 250_000
"""All GeoJSON files together, gzipped one by one."""

RELIEF_BUDGET_BYTES = 350_000

MANIFEST = "manifest.json"
HAND_WRITTEN = frozenset({MANIFEST, "README.md"})
"""Files of the folder that the manifest does not list."""

REBUILD = "Build again: python tools/build_basemap.py"

Feature = dict[str, Any]


def feature(geometry: dict[str, Any], properties: dict[str, Any]) -> Feature:
    """GeoJSON feature; a property that is None or empty is left out, because unknown is absent."""
    known = {key: value for key, value in properties.items() if value not in (None, "", [])}
    return {"type": "Feature", "properties": known, "geometry": geometry}


def geojson_bytes(features: list[Feature]) -> bytes:
    r"""Compact UTF-8 collection, one feature a line, with ``<`` written as ``\u003c``."""
    rows = [json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(rows) + "\n]}\n"
    return text.replace("<", "\\u003c").encode()


def json_bytes(value: object) -> bytes:
    """Indented UTF-8 JSON that ends in a newline."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def write_atomically(path: Path, content: bytes) -> None:
    """Write beside `path`, then rename, so that a reader never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(content)
    os.replace(partial, path)  # noqa: PTH105 - Path.replace would say less: this is rename(2)


def sha256(content: bytes) -> str:
    """Hexadecimal SHA-256."""
    return hashlib.sha256(content).hexdigest()


def gzipped_size(content: bytes) -> int:
    """Bytes after gzip at level 9, without a time stamp."""
    return len(gzip.compress(content, 9, mtime=0))


def file_record(
    name: str, content: bytes, *, feature_count: int | None, sources: list[str]
) -> dict[str, Any]:
    """One row of the manifest; `feature_count` is None for a picture."""
    record: dict[str, Any] = {
        "file": name,
        "sha256": sha256(content),
        "bytes": len(content),
        "gzipped_bytes": gzipped_size(content),
    }
    if feature_count is not None:
        record["features"] = feature_count
    return record | {"sources": sources}


def budget_faults(records: list[dict[str, Any]]) -> list[str]:
    """Say which size limits the files break; empty when they fit."""
    vectors = sum(r["gzipped_bytes"] for r in records if r["file"].endswith(".geojson"))
    relief = sum(r["bytes"] for r in records if r["file"].endswith(".webp"))
    faults = []
    if vectors > VECTOR_BUDGET_BYTES:
        faults.append(f"GeoJSON is {vectors:,} bytes gzipped; the limit is {VECTOR_BUDGET_BYTES:,}")
    if relief > RELIEF_BUDGET_BYTES:
        faults.append(f"relief is {relief:,} bytes; the limit is {RELIEF_BUDGET_BYTES:,}")
    return faults


def check_outputs(folder: Path) -> list[dict[str, Any]]:
    """
    Compare the committed files with the manifest; needs no data package.

    Returns
    -------
    records
        The manifest's file rows, for the table at the end.

    Raises
    ------
    BasemapError
        If the manifest is missing or a file is missing, changed, unlisted or too large.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        records: list[dict[str, Any]] = manifest["files"]
    except FileNotFoundError as error:
        raise BasemapError(str(folder), [f"no {MANIFEST}"], REBUILD) from error
    except (ValueError, KeyError, TypeError) as error:
        raise BasemapError(str(folder / MANIFEST), [f"not a manifest: {error}"], REBUILD) from error
    listed = {record["file"] for record in records}
    present = {p.name for p in folder.iterdir() if p.is_file()} - HAND_WRITTEN
    faults = [] if listed else ["lists no files"]
    faults += [f"{name}: not in the manifest" for name in sorted(present - listed)]
    faults += [f"{name}: missing" for name in sorted(listed - present)]
    for record in records:
        path = folder / record["file"]
        if path.is_file() and sha256(path.read_bytes()) != record["sha256"]:
            faults.append(f"{record['file']}: SHA-256 differs from the manifest")
    faults += budget_faults(records)
    if faults:
        raise BasemapError(str(folder), faults, REBUILD)
    return records
