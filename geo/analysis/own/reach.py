"""People near what a view shows, among a reader's own settlements."""

from collections.abc import Sequence

import geopandas as gpd

from geo import text
from geo.analysis import places
from geo.analysis.figure import Answer
from geo.analysis.own import cluster
from geo.analysis.pieces import Pieces
from geo.analysis.reach import Counts, answer, count, targets
from geo.model import Atlas
from geo.view import View

COLUMNS = ("population",)
REMEDY = "Name GeoParquet files of points with a column 'population'"

SETTLEMENTS = text.mark("Settlements of your own: {data}; geometries of this map.")
_CAVEAT = text.mark(
    "A settlement counts whole or not at all, and what your data do not hold is not counted. An unknown "
    "population, or one of 0, is counted apart and adds nobody."
)


def reach(atlas: Atlas, view: View, data: str, scheduler: str | None = None) -> Answer:
    """
    Say how many settlements and people of a reader's own table are near what a view shows.

    Parameters
    ----------
    data, scheduler
        Points with a column `population`, and who counts them: as in `cluster.added`, and so are errors.
    """
    found = targets(atlas, view)
    nears = [one.places for one in found]
    counted = iter(counts([one for one in nears if one is not None], data, scheduler))
    return answer(
        found,
        [None if one is None else next(counted) for one in nears],
        view,
        data=text.message(SETTLEMENTS, view.lang).format(data=data),
        caveat=text.message(_CAVEAT, view.lang),
    )


def counts(nears: Sequence[Pieces], data: str, scheduler: str | None = None) -> list[Counts]:
    """Count the settlements of `data` around each of several things; options as in `reach`."""
    return cluster.added(data, COLUMNS, _counts, nears, remedy=REMEDY, scheduler=scheduler)


def _counts(part: gpd.GeoDataFrame, nears: Sequence[Pieces], data: str) -> list[Counts]:
    people = places.of_frame(part, data)
    return [count(near, people) for near in nears]
