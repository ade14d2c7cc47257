"""A source-linked map of the digital corridor between Pakistan, China and Central Asia."""

from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from geo.loading import Loaded

__version__ = version("digital-silk-road-map")


def load(folder: "str | PathLike[str] | None" = None) -> "Loaded":
    """
    Read layers and sources as tables.

    Parameters
    ----------
    folder
        A folder with `layers/` and `seeds/`; None means the data in use.

    Returns
    -------
    atlas
        `atlas.features` is a GeoDataFrame in EPSG:4326, `atlas.claims` and `atlas.sources` are
        DataFrames; `atlas.records` holds the records themselves.

    Raises
    ------
    GeoError
        If a file is missing or cannot be read; every fault at once.

    Examples
    --------
    >>> import geo
    >>> geo.load().features.loc["gwadar-port", "name"]
    'Gwadar Port'
    """
    # Reading needs geopandas; `import geo` must not.
    from pathlib import Path  # noqa: PLC0415

    from geo import loading  # noqa: PLC0415

    return loading.load(Path(folder) if folder is not None else None)
