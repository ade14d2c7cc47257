"""How long a reader's own lines are, in all and by territory."""

from collections.abc import Sequence

import geopandas as gpd

from geo import text
from geo.analysis import territory
from geo.analysis.figure import Answer, Column, Key, Row, Table, between, exactly
from geo.analysis.own import cluster, lines
from geo.analysis.own.lines import Lengths
from geo.analysis.territory import Area
from geo.analysis.words import measured
from geo.store import Store
from geo.view import View
from geo.vocab import Question

_REMEDY = "Name GeoParquet files of lines"
_NOT_THE_CABLE = text.mark(
    "A drawn line is not the cable, and a line that is there twice counts twice."
)


def length(view: View, store: Store, data: str, scheduler: str | None = None) -> Answer:
    """
    Say how long the lines of a reader's own table are, in all and by territory.

    Parameters
    ----------
    view
        Its worldview says which lines part territories.
    store
        Where the base map is.
    data, scheduler
        Lines, and who measures them: as in `cluster.added`, and so are errors.
    """
    known = territory.areas(store, view.worldview)
    found = lengths(known, data, scheduler)
    say = text.translator(view.lang)
    whole = Row(
        keys={},
        quantities={
            "lines": exactly(found.lines),
            "without_geometry": exactly(found.without_geometry),
            "drawn_km": exactly(found.length_km),
        },
    )
    words = say(
        "Lines of your own: {lines}; drawn: {drawn}; without a geometry, and not measured: {without}."
    ).format(
        lines=measured(whole.quantities["lines"], None, view.lang),
        drawn=measured(whole.quantities["drawn_km"], "km", view.lang),
        without=measured(whole.quantities["without_geometry"], None, view.lang),
    )
    table = Table(
        name="length",
        title=say("Length"),
        keys=(),
        measures=(
            Column(name="lines", label=say("Lines")),
            Column(name="without_geometry", label=say("Without a geometry")),
            _drawn(view.lang),
        ),
        rows=(whole,),
        method=say("Geodesic length along the WGS 84 ellipsoid, from vertex to vertex."),
        data=say("Lines of your own: {data}.").format(data=data),
        caveat=say(_NOT_THE_CABLE),
    )
    return Answer(
        question=Question.LENGTH,
        sentences=(words, say(_NOT_THE_CABLE)),
        tables=(table, _by_area(found, known, view.lang, data)),
    )


def lengths(known: Sequence[Area], data: str, scheduler: str | None = None) -> Lengths:
    """Measure the lines of `data`, in all and in each area; options as in `length`."""
    (whole,) = cluster.added(data, (), _lengths, known, remedy=_REMEDY, scheduler=scheduler)
    return whole


def _lengths(part: gpd.GeoDataFrame, known: Sequence[Area], data: str) -> list[Lengths]:
    return [lines.measure(part, known, data)]


def _drawn(lang: str) -> Column:
    return Column(name="drawn_km", label=text.message("Drawn", lang), unit="km")


def _by_area(found: Lengths, known: Sequence[Area], lang: str, data: str) -> Table:
    say = text.translator(lang)
    rows = [
        Row(
            keys=_beyond(lang) if name == lines.BEYOND else territory.keys(name, known, lang),
            quantities={"drawn_km": between(share.low_km, share.central_km, share.high_km)},
        )
        for name, share in found.by_area.items()
    ]
    nowhere = Key(value="", label="")
    whole = Row(
        keys={"territory": Key(value="", label=say("All")), "side": nowhere},
        quantities={"drawn_km": exactly(found.length_km)},
        is_total=True,
    )
    return Table(
        name="length_by_territory",
        title=say("Length by territory"),
        keys=(
            Column(name="territory", label=say("Territory")),
            Column(name="side", label=say("Within the lines of, in this boundary view")),
        ),
        measures=(_drawn(lang),),
        rows=(*rows, whole),
        method=say(
            "The lines cut along the base map’s lines; low and high by the likely error of these, 3 km "
            "by our estimate."
        ),
        data=say("Lines of your own: {data}; lines of the base map (Natural Earth).").format(
            data=data
        ),
        caveat=say(
            "The base map’s lines are no survey and imply no position on any territory: a view says which "
            "lines are drawn, and never changes a sum. A territory counts as far as the base map reaches. "
            "Your lines are taken to be where your data say."
        ),
    )


def _beyond(lang: str) -> dict[str, Key]:
    label = text.message("Beyond the base map", lang)
    return {"territory": Key(value=lines.BEYOND, label=label), "side": Key(value="", label="")}
