"""Small true records for tests; each builder takes only what the test is about."""

from typing import Any

from geo.evidence import with_derived
from geo.model import Atlas, Claim, Feature, Layer, Source

TEXT = (
    "A summit was held. It is worth mentioning that Pakistan and China have already completed "
    "the OFC-1 connectivity route, known as the Digital Corridor. Experts came."
)


def make_source(id_: str = "paper", **members: Any) -> Source:
    given: dict[str, Any] = {
        "id": id_,
        "title": "A title",
        "publisher": "A paper",
        "url": f"https://example.com/{id_}",
        "published": "2023-05-24",
        "kind": "press",
        "story": id_,
        "read": "stored_copy",
        "text_sha256": "0" * 64,
        "facts": {
            "names_author": False,
            "gives_date": True,
            "links_sources": False,
            "original_found": False,
        },
    }
    return Source.model_validate({**given, **members})


def make_claim(id_: str = "ofc-1-c01", **members: Any) -> Claim:
    given: dict[str, Any] = {
        "id": id_,
        "property": "completed",
        "value": True,
        "rank": "preferred",
        "source": "paper",
        "quote": "have already completed",
        "prefix": "Pakistan and China ",
        "suffix": " the OFC-1",
    }
    return Claim.model_validate({**given, **members})


def make_feature(id_: str = "ofc-1", **members: Any) -> Feature:
    """Make a venue (which needs no status) that states what its preferred claims say."""
    geometry = members.pop("geometry", None)
    formerly = members.pop("formerly", ())
    claims = members.pop("claims", (make_claim(f"{id_}-c01"),))
    stated = {claim.property: claim.value for claim in claims if claim.rank == "preferred"}
    given = {"name": "A thing", "kind": "venue", "claims": claims, **stated}
    return Feature.model_validate(
        {"id": id_, "formerly": formerly, "geometry": geometry, "properties": {**given, **members}}
    )


def make_point(lon: float = 73.0, lat: float = 33.0) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [lon, lat]}


def make_atlas(*features: Feature, sources: tuple[Source, ...] = (), derived: bool = True) -> Atlas:
    layer = Layer(
        id="test",
        title="Test",
        description="Things to test",
        order=1,
        visible=True,
        features=features or (make_feature(),),
    )
    known = {source.id: source for source in sources or (make_source(),)}
    atlas = Atlas(layers=(layer,), sources=known, searched_to="2026-01")
    if not derived:
        return atlas
    current = tuple(with_derived(feature, atlas) for feature in layer.features)
    return Atlas(
        layers=(layer.model_copy(update={"features": current}),),
        sources=known,
        searched_to="2026-01",
    )
