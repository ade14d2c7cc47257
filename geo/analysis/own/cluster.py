"""
What a reader's own table of any size adds up to: here, or on a cluster.

Each partition of the table is read, summed up and let go by itself, and sums are added in pairs, so a
process holds one partition and few sums at a time. Needs the extra `cluster`.
"""

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from glob import has_magic
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

import geopandas as gpd

from geo.errors import GeoError

if TYPE_CHECKING:
    from distributed import Client

#: From this size on, bytes, the work is spread over the processors of this machine.
LOCAL_CLUSTER_BYTES = 256_000_000


class Addable(Protocol):
    """What is known of some rows; the sum is known of all of them."""

    def __add__(self, other: Self, /) -> Self: ...


Shared = TypeVar("Shared")
Known = TypeVar("Known", bound=Addable)


def added(
    data: str,
    columns: Sequence[str],
    of_partition: Callable[[gpd.GeoDataFrame, Shared, str], Sequence[Known]],
    shared: Shared,
    *,
    remedy: str,
    scheduler: str | None = None,
) -> list[Known]:
    """
    Sum up every partition of a table, and add the sums.

    Parameters
    ----------
    data
        GeoParquet files: a path, a pattern, or an address that fsspec knows. A partition is a row group
        of a file; a process holds one at a time.
    columns
        What is read of them beside their geometry.
    of_partition
        Gives as many sums for every partition; it gets the rows, `shared` and `data`, to name in errors.
    shared
        What every partition needs, sent to a worker once.
    remedy
        What `data` should name, for errors.
    scheduler
        Address of a Dask scheduler whose workers see `data` under the same name and have this package.
        None means here: in this process, or from `LOCAL_CLUSTER_BYTES` on in one a processor.

    Raises
    ------
    GeoError
        If the extra is not installed, `data` cannot be read, or no scheduler answers; a fault of one
        of several files is told of that file.
    """
    try:
        import dask_geopandas  # noqa: F401, PLC0415 - an extra
        import fsspec  # noqa: PLC0415 - as slow
    except ImportError as error:
        install = "Run: pip install 'digital-silk-road-map[cluster]'"
        raise GeoError("--data", f"needs the extra 'cluster' ({error})", install) from error
    try:
        files, pattern = fsspec.core.url_to_fs(data)
        names = files.glob(pattern)
        size = sum(files.sizes(names))
    # fsspec raises these of its own too: each is a fault of what `data` names.
    except (OSError, ValueError, ImportError) as error:
        raise GeoError(data, f"cannot be read ({error})", remedy) from error
    if not size:
        raise GeoError(data, "no such file", remedy)
    if not has_magic(data):
        names = [data]
    elif "file" not in files.protocol:
        names = [files.unstrip_protocol(one) for one in names]
    with _workers(size, scheduler) as client:

        def of(some: list[str]) -> list[Known]:
            place = some[0] if len(some) == 1 else data
            return _sums(
                some, columns, of_partition, shared, place=place, remedy=remedy, client=client
            )

        try:
            return of(names)
        except GeoError:
            if len(names) > 1:
                of([_at_fault(names, of)])
            raise


def _at_fault(names: list[str], of: Callable[[list[str]], object]) -> str:
    """Find the first file with a fault, half by half."""
    while len(names) > 1:
        half = names[: len(names) // 2]
        try:
            of(half)
        except GeoError:
            names = half
        else:
            names = names[len(half) :]
    return names[0]


def _sums(
    names: list[str],
    columns: Sequence[str],
    of_partition: Callable[[gpd.GeoDataFrame, Shared, str], Sequence[Known]],
    shared: Shared,
    *,
    place: str,
    remedy: str,
    client: "Client | None",
) -> list[Known]:
    import dask  # noqa: PLC0415 - an extra
    import dask_geopandas  # noqa: PLC0415
    import fsspec  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415 - as slow, and only for them
    from pyarrow import parquet  # noqa: PLC0415

    try:
        with fsspec.open(names[0]) as first:
            about = parquet.read_schema(first).metadata or {}
        geometry = json.loads(about.get(b"geo", b"{}")).get("primary_column", "geometry")
        frame = dask_geopandas.read_parquet(
            names, columns=[*columns, geometry], split_row_groups=True
        )
    # pyarrow and fsspec raise these of their own too.
    except (OSError, ValueError, KeyError, ImportError) as error:
        raise GeoError(place, f"cannot be read ({error})", remedy) from error
    given = dask.delayed(shared, traverse=False)
    sums = [dask.delayed(of_partition)(part, given, place) for part in frame.to_delayed()]
    while len(sums) > 1:
        pairs = [sums[first : first + 2] for first in range(0, len(sums), 2)]
        sums = [dask.delayed(_both)(*pair) if len(pair) > 1 else pair[0] for pair in pairs]
    try:
        (whole,) = (
            dask.compute(*sums, scheduler="synchronous")
            if client is None
            else client.gather(client.compute(sums))
        )
    except (OSError, pa.ArrowException, KeyError) as error:  # the last of a file without a column
        raise GeoError(place, f"cannot be read ({error})", remedy) from error
    return list(whole)


def _both(some: Sequence[Known], others: Sequence[Known]) -> list[Known]:
    return [one + other for one, other in zip(some, others, strict=True)]


async def _answers(scheduler: str) -> None:
    """
    Ask whether a scheduler answers.

    A client that finds none is closed when it is collected, be that while another is starting: each then
    waits for the other, for ever.
    """
    from distributed.comm import connect  # noqa: PLC0415 - an extra, slow to import

    comm = await connect(scheduler, timeout=10)
    await comm.close()


@contextmanager
def _workers(size: int, scheduler: str | None) -> "Iterator[Client | None]":
    """Reach the workers there are to be; None where this process does the work."""
    if scheduler is None and size < LOCAL_CLUSTER_BYTES:
        yield None
        return
    from distributed import Client  # noqa: PLC0415 - an extra, slow to import

    here: dict[str, Any] = {"threads_per_worker": 1, "dashboard_address": "127.0.0.1:0"}
    try:
        if scheduler is not None:
            asyncio.run(_answers(scheduler))
        client = Client(**here) if scheduler is None else Client(scheduler, timeout=10)
    except (OSError, ValueError) as error:
        remedy = "Name the address a Dask scheduler prints when it starts: tcp://host:8786"
        raise GeoError(f"--scheduler {scheduler}", f"does not answer ({error})", remedy) from error
    with client:
        yield client
