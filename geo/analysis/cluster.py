"""
People near what a view shows, among settlements of any number: here, or on a cluster.

Counts of parts add up, so each partition of a table is read, counted and let go by itself. Needs the
extra `cluster`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import geopandas as gpd

from geo import text
from geo.analysis import places
from geo.analysis.figure import Answer
from geo.analysis.nearest import Pieces
from geo.analysis.reach import Counts, answer, count, targets
from geo.errors import GeoError
from geo.model import Atlas
from geo.view import View

if TYPE_CHECKING:
    from distributed import Client

#: From this size on, bytes, the work is spread over the processors of this machine.
LOCAL_CLUSTER_BYTES = 256_000_000

_DATA = text.mark("Settlements of your own: {data}; geometries of this map.")
_CAVEAT = text.mark(
    "A settlement counts whole or not at all, and what your data do not hold is not counted. An unknown "
    "population, or one of 0, is counted apart and adds nobody."
)


def reach(atlas: Atlas, view: View, data: str, scheduler: str | None = None) -> Answer:
    """
    Say how many settlements and people of a reader's own table are near what a view shows.

    Parameters
    ----------
    data
        GeoParquet files of points with a column `population`: a path, a pattern, or an address that
        fsspec knows. A partition is a row group of a file; a process holds one at a time.
    scheduler
        Address of a Dask scheduler whose workers see `data` under the same name and have this package.
        None means here: in this process, or from `LOCAL_CLUSTER_BYTES` on in one a processor.

    Raises
    ------
    GeoError
        If the extra is not installed, `data` cannot be read, or no scheduler answers.
    """
    found = targets(atlas, view)
    nears = [one.places for one in found]
    counted = iter(counts([one for one in nears if one is not None], data, scheduler))
    return answer(
        found,
        [None if one is None else next(counted) for one in nears],
        view,
        data=text.message(_DATA, view.lang).format(data=data),
        caveat=text.message(_CAVEAT, view.lang),
    )


def counts(nears: Sequence[Pieces], data: str, scheduler: str | None = None) -> list[Counts]:
    """Count the settlements of `data` around each of several things; options as in `reach`."""
    try:
        import dask  # noqa: PLC0415 - an extra
        import dask_geopandas  # noqa: PLC0415
        import fsspec  # noqa: PLC0415
    except ImportError as error:
        remedy = "Run: pip install 'digital-silk-road-map[cluster]'"
        raise GeoError("--data", f"needs the extra 'cluster' ({error})", remedy) from error
    remedy = "Name GeoParquet files of points with a column 'population'"
    try:
        files, names = fsspec.core.url_to_fs(data)
        size = sum(files.sizes(files.glob(names)))
        if not size:
            raise GeoError(data, "no such file", remedy)
        frame = dask_geopandas.read_parquet(
            data, columns=["population", "geometry"], split_row_groups=True
        )
    # pyarrow and fsspec raise these of their own too: each is a fault of what `data` names.
    except (OSError, ValueError, KeyError, ImportError) as error:
        raise GeoError(data, f"cannot be read ({error})", remedy) from error
    with _workers(size, scheduler) as client:
        shared = dask.delayed(list(nears))
        parts = [dask.delayed(_of_partition)(part, shared, data) for part in frame.to_delayed()]
        if client is None:
            found = dask.compute(*parts, scheduler="synchronous")
        else:
            found = client.gather(client.compute(parts))
    return [_sum(alike) for alike in zip(*found, strict=True)]


def _of_partition(part: gpd.GeoDataFrame, nears: Sequence[Pieces], data: str) -> list[Counts]:
    people = places.of_frame(part, data)
    return [count(near, people) for near in nears]


def _sum(parts: Sequence[Counts]) -> Counts:
    whole, *others = parts
    for part in others:
        whole += part
    return whole


@contextmanager
def _workers(size: int, scheduler: str | None) -> "Iterator[Client | None]":
    """Reach the workers there are to be; None where this process does the work."""
    if scheduler is None and size < LOCAL_CLUSTER_BYTES:
        yield None
        return
    from distributed import Client  # noqa: PLC0415 - an extra, slow to import

    here: dict[str, Any] = {"threads_per_worker": 1, "dashboard_address": None}
    try:
        client = Client(**here) if scheduler is None else Client(scheduler, timeout=10)
    except (OSError, ValueError) as error:
        remedy = "Name the address a Dask scheduler prints when it starts: tcp://host:8786"
        raise GeoError(f"--scheduler {scheduler}", f"does not answer ({error})", remedy) from error
    with client:
        yield client
