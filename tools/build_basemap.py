"""
Build ``layers/basemap/`` from pinned open data, or check the committed files.

The app reads only the files this writes; the data packages are never on its path.

    python tools/build_basemap.py --qgis build/qgis-common
    python tools/build_basemap.py --check
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from basemap.errors import BasemapError
from basemap.files import MANIFEST, check_outputs

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str] | None = None) -> int:
    """Run the build or the check; 0 when all is well, 1 with one clear message when not."""
    options = _parser().parse_args(arguments)
    try:
        records = check_outputs(options.out) if options.check else build(options.qgis, options.out)
    except BasemapError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(_table(records))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument(
        "--check",
        action="store_true",
        help=f"compare the committed files with {MANIFEST}; needs no data package",
    )
    parser.add_argument(
        "--qgis",
        type=Path,
        default=ROOT / "build/qgis-common",
        metavar="DIR",
        help="folder with the unpacked Debian package qgis-common (default: %(default)s)",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=ROOT / "layers/basemap",
        metavar="DIR",
        help="folder of the base map (default: %(default)s)",
    )
    return parser


def build(qgis_root: Path, out: Path) -> list[dict[str, Any]]:
    """Build everything; the data packages are needed from here on only."""
    try:
        from basemap.build import build_files  # noqa: PLC0415 - --check runs without these packages
    except ModuleNotFoundError as error:
        from basemap.inputs import PIP_REMEDY  # noqa: PLC0415

        fault = f"the module {error.name!r} is not installed"
        raise BasemapError("tools/build_basemap.py", [fault], PIP_REMEDY) from error
    return build_files(qgis_root, out)


def _table(records: list[dict[str, Any]]) -> str:
    rows = [("file", "features", "bytes", "gzipped")]
    rows += [
        (r["file"], str(r.get("features", "")), f"{r['bytes']:,}", f"{r['gzipped_bytes']:,}")
        for r in records
    ]
    return "".join(f"{a:<20}{b:>9}{c:>11}{d:>11}\n" for a, b, c, d in rows)


if __name__ == "__main__":
    sys.exit(main())
