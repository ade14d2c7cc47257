"""The legend: what stands for each layer, and how to read the map."""

from base64 import b64encode
from functools import cache
from typing import Final

from geo import render, text
from geo.evidence import evidence_of, lead_claim, status_claim
from geo.maps.payload import lead_thing
from geo.model import Atlas, Layer
from geo.vocab import Evidence, Kind, LocationMethod, Status

_CABLE = Kind.TERRESTRIAL_FIBER

#: Names of swatches and what their looks mean.
KEY: Final = (
    (render.swatch_name(_CABLE, Status.OPERATING), text.mark("In service")),
    (render.swatch_name(_CABLE, Status.PARTLY_OPERATING), text.mark("Partly in service")),
    (render.swatch_name(_CABLE, Status.CONSTRUCTION), text.mark("Being built, or approved")),
    (render.swatch_name(_CABLE, Status.PROPOSED), text.mark("Proposed")),
    (render.swatch_name(_CABLE, Status.CLAIMED), text.mark("Only claimed")),
    (
        render.swatch_name(_CABLE, Status.OPERATING, Evidence.ONE_ARTICLE),
        text.mark("White core: one article alone says so"),
    ),
    (
        render.swatch_name(_CABLE, Status.PROPOSED, method=LocationMethod.SCHEMATIC),
        text.mark("Bowed, open ends: a diagram, no route"),
    ),
    (render.BAND, text.mark("Pale band or ring: likely error of the place")),
)


@cache  # there are as many as kinds, statuses, classes and methods make, each half a kilobyte
def swatch_address(name: str) -> str:
    """Give a swatch as an address that asks for nothing: the picture itself."""
    return f"data:image/svg+xml;base64,{b64encode(render.swatch_of(name).encode()).decode()}"


def layer_swatch(layer: Layer, atlas: Atlas) -> str | None:
    """Name the swatch of what stands for a layer; None where nothing does."""
    lead = lead_thing(layer, atlas)
    if lead is None:
        return None
    drawn = next(iter(atlas.parts.get(lead.id, ())), lead)
    claim = status_claim(lead) or lead_claim(lead)
    return render.swatch_name(
        lead.properties.kind,
        lead.properties.status,
        evidence_of(lead, claim, atlas.sources)[0] if claim else None,
        drawn.properties.location_method,
    )
