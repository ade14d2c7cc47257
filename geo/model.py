"""The four records: a source says, a claim states, a feature holds, a location says how sure."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from geojson_pydantic import LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    StringConstraints,
    TypeAdapter,
    model_validator,
)

from geo import dates
from geo.vocab import (
    AccuracyOf,
    Evidence,
    Kind,
    LeftOut,
    LinkState,
    LocationMethod,
    Qualifier,
    Rank,
    Read,
    SourceKind,
    Status,
)

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

_HTTP_URL: TypeAdapter[HttpUrl] = TypeAdapter(HttpUrl)


def _edtf(value: object) -> object:
    """Accept a date as YAML reads it (a day or a year) or as text; check that it is EDTF."""
    text = value.isoformat() if isinstance(value, date) else str(value)
    dates.bounds(text)
    return text


def _http_url(value: object) -> object:
    """Check an address without rewriting it: a link must stay as its publisher wrote it."""
    _HTTP_URL.validate_python(value)
    return value


Edtf = Annotated[str, BeforeValidator(_edtf)]
Url = Annotated[str, BeforeValidator(_http_url)]
Geometry = Annotated[
    Point | MultiPoint | LineString | MultiLineString | Polygon | MultiPolygon,
    Field(discriminator="type"),
]
Value = bool | int | float | str | tuple[str, ...] | Mapping[str, float]


class Record(BaseModel):
    """A frozen record that knows all its members; an unknown one is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Facts(Record):
    """Four things about an article that a reader can check."""

    names_author: bool
    gives_date: bool
    links_sources: bool = Field(
        description="links or names what it rests on, so that it can be found"
    )
    original_found: bool = Field(description="the report or release it retells was found")


class SentenceAccount(Record):
    """What became of one sentence of an article: where it is on the map, or why it is not."""

    span: tuple[int, int] = Field(description="first character and the one after the last")
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12,64}$")] = Field(
        description="of the sentence; its first digits are enough"
    )
    words: Annotated[str, StringConstraints(pattern=r"^\S+( \S+){0,4}$")] = Field(
        description="at most five words of it, so that a person finds it"
    )
    features: tuple[Id, ...] = ()
    left_out: LeftOut | None = None

    @model_validator(mode="after")
    def _is_one_of_two(self) -> Self:
        if bool(self.features) == (self.left_out is not None):
            raise ValueError("give either features or left_out")
        return self


class PageCheck(Record):
    """
    What became of the page of a source.

    Attributes
    ----------
    missing
        Claims whose quotes the page no longer holds.
    moved_to
        Where the address leads now, if elsewhere.
    """

    url: str
    checked: Edtf
    state: LinkState
    http_status: int | None = None
    moved_to: str | None = None
    missing: tuple[Id, ...] = ()
    note: str | None = None


class Source(Record):
    """An article, a document or a data set."""

    id: Id
    title: Text | None = Field(None, description="as printed; absent when the copy showed none")
    title_note: Text | None = None
    publisher: Text
    author: Text | None = None
    url: Url | None = Field(None, description="the publisher's own address; never a mirror's")
    url_note: Text | None = None
    published: Edtf | None = None
    published_note: Text | None = Field(None, description="how the date is known")
    language: LanguageCode = "en"
    kind: SourceKind
    story: Id = Field(description="texts of one story or release share it")
    release_by: Text | None = Field(None, description="the body whose own release this retells")
    seed: bool = Field(default=False, description="one of the five articles the map starts from")
    read: Read
    live_page_checked: Edtf | None = None
    facts: Facts | None = Field(None, description="absent for data sets and reference works")
    license: Text | None = None
    credit: Text | None = Field(None, description="the line its licence asks to show")
    note: Text | None = None
    text_sha256: Sha256 | None = Field(None, description="of the text the quotes were taken from")
    sentences: tuple[SentenceAccount, ...] = Field(
        (), description="the account of every sentence that names something, in reading order"
    )
    page_check: PageCheck | None = Field(None, exclude=True)
    """What `geo links` found; beside the record, not of it."""


class Claim(Record):
    """One value for one property of one feature, and the words that say it."""

    id: Id
    property: str
    value: Value
    unit: Text | None = None
    qualifier: Qualifier | None = None
    rank: Rank = Rank.NORMAL
    reason: Text | None = Field(None, description="why a differing value was not chosen")
    since: Edtf | None = Field(None, description="the value holds from then")
    until: Edtf | None = Field(None, description="the value held until then")
    as_of: Edtf | None = Field(None, description="the date the statement speaks of")
    source: Id
    quote: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    prefix: str | None = Field(
        None, description="the words before the quote (W3C TextQuoteSelector)"
    )
    suffix: str | None = Field(None, description="the words after the quote")
    locator: Text | None = Field(None, description="P2 s3: second paragraph, third sentence")
    says: Text | None = Field(None, description="what the source says there, in our words")
    attributed_to: Text | None = Field(None, description="whom the article credits")
    inferred: Text | None = Field(None, description="why, where a step is ours")
    copied_from: Id | None = Field(
        None, description="the source whose figure this repeats; the two count once"
    )
    settled_by: Id | None = Field(
        None, description="the source that settles why the value was not chosen"
    )


def stated(label: str, unit: str | None = None) -> Any:  # noqa: ANN401 - as pydantic's Field
    """Declare a stated property: its label for a reader and the unit of its value."""
    return Field(None, description=label, json_schema_extra={"unit": unit} if unit else None)


class Stated(Record):
    """
    Values a feature states; each equals that of its preferred claim.

    This is the one table of what a claim can be about. A name ends in its unit.
    """

    status: Status | None = stated("Status")
    status_claimed: Text | None = stated("The article’s own word")
    proposed: Edtf | None = stated("Proposed")
    launched: Edtf | None = stated("Launched")
    agreement: Edtf | None = stated("Agreement")
    approved: Edtf | None = stated("Approved")
    zone_status: Edtf | None = stated("Zone status granted")
    contract: Edtf | None = stated("Contract")
    works_began: Edtf | None = stated("Works began")
    groundbreaking: Edtf | None = stated("Groundbreaking")
    completed: bool | None = stated("Completed")
    inaugurated: Edtf | None = stated("Inaugurated")
    announced_operational: Edtf | None = stated("Announced operational")
    commercial_service: Text | None = stated("Commercial service")
    held: Edtf | None = stated("Held")
    due: Edtf | None = stated("Due")
    building_time_years: float | None = stated("Planned building time", "years")
    built_pct: float | None = stated("Built", "%")
    published_length_km: float | None = stated("Published length", "km")
    published_length_km_by_territory: Mapping[str, float] | None = stated(
        "Published length by territory", "km"
    )
    aerial_length_km: float | None = stated("Aerial line", "km")
    microwave_links: int | None = stated("Microwave backup links")
    nodes: int | None = stated("Node centers")
    route: Text | None = stated("Route in words")
    area_acres: float | None = stated("Area", "acres")
    area_ha: float | None = stated("Area", "ha")
    whole_area_ha: float | None = stated("Area of the whole free zone", "ha")
    industrial_acres: float | None = stated("Industrial plots", "acres")
    commercial_acres: float | None = stated("Commercial plots", "acres")
    area_acres_by_phase: Mapping[str, float] | None = stated("Area by phase", "acres")
    leased_acres: float | None = stated("Leased plots", "acres")
    floor_area_m2: float | None = stated("Floor area", "m²")
    storeys: Text | None = stated("Storeys")
    quay_m: float | None = stated("Quay", "m")
    berths: Text | None = stated("Berths")
    ships_per_year: float | None = stated("Ships a year")
    enterprises: int | None = stated("Enterprises")
    first_enterprise: Text | None = stated("First enterprise")
    distance_km: float | None = stated("Distance", "km")
    port_distance_km: float | None = stated("Distance from port", "km")
    land_cables: int | None = stated("Land cables across borders")
    submarine_cables: Text | None = stated("Submarine cables")
    partner_countries: int | None = stated("Partner countries")
    training_countries: int | None = stated("Countries with training")
    trained_people: int | None = stated("People trained")
    users: int | None = stated("Users")
    customers: int | None = stated("Customers")
    events_held: int | None = stated("Events held")
    world_rank: int | None = stated("Rank in the world")
    trade_cny: float | None = stated("Trade volume", "CNY")
    trade_growth_pct: float | None = stated("Growth against the year before", "%")
    investment_usd: float | None = stated("Investment commitments", "USD")
    cost_usd: float | None = stated("Cost", "USD")
    cost_pkr: float | None = stated("Cost", "PKR")
    loan_usd: float | None = stated("Loan", "USD")
    loan_share_pct: float | None = stated("Loan share", "%")
    finance: Text | None = stated("Finance")
    owner: Text | None = stated("Owner")
    operator: Text | None = stated("Operator")
    developer: Text | None = stated("Developer")
    contractor: Text | None = stated("Contractor")
    partner: Text | None = stated("Partner")
    proposer: Text | None = stated("Proposer")
    participants: Text | None = stated("Participants")
    system: Text | None = stated("System")
    monitoring: Text | None = stated("Monitoring")
    links: Text | None = stated("What it would join")
    countries: tuple[Text, ...] | None = stated("Countries")
    proposal: Text | None = stated("What is proposed")
    recommendation: Text | None = stated("Recommended")
    agreements: Text | None = stated("Agreements")
    scope: Text | None = stated("What belongs to it")
    first_phase: Text | None = stated("First phase")
    focus: Text | None = stated("Focus")
    trade: Text | None = stated("What is traded")
    event: Text | None = stated("Event")
    use: Text | None = stated("Use")
    effect: Text | None = stated("Effect claimed")
    model: Text | None = stated("Model")
    position: Text | None = stated("Position in words")
    nickname: Text | None = stated("Also called")
    programme: Text | None = stated("Program")
    obstacle: Text | None = stated("Obstacle reported")
    against: Text | None = stated("What speaks against it")


def is_date(property_: str) -> bool:
    """Whether the values of a stated property are dates."""
    field = Stated.model_fields.get(property_)
    return field is not None and field.annotation == Stated.model_fields["due"].annotation


class Location(Record):
    """How a geometry was made and how far off it may be; empty without a geometry."""

    location_method: LocationMethod | None = None
    accuracy_m: Annotated[float, Field(gt=0)] | None = Field(
        None, description="our estimate of the likely error of what accuracy_of names, meters"
    )
    accuracy_of: AccuracyOf | None = None
    location_source: Id | None = None
    location_ref: Text | None = Field(None, description="the record there, e.g. a GeoNames id")
    location_note: Text | None = None
    derived_by: Text | None = Field(None, description="tool and parameters")


class Derived(Record):
    """Members that `geo fmt` writes so that a raw layer file is complete for a GIS reader."""

    evidence: Evidence | None = None
    evidence_scope: Literal["whole route"] | None = None
    source_title: str | None = None
    source_url: str | None = None
    quote: str | None = None
    last_evidence: str | None = Field(None, description="date of the newest source, EDTF")
    status_label: str | None = None
    status_since: Edtf | None = None
    drawn_length_km: float | None = Field(
        None, description="geodesic length of the drawn line, WGS 84; not the cable's length"
    )


class Properties(Derived, Location, Stated):
    """What a feature holds."""

    name: Text
    name_ur: Text | None = None
    name_zh: Text | None = None
    translated: tuple[LanguageCode, ...] = Field(
        (), description="names that are draft translations"
    )
    aliases: tuple[Text, ...] = ()
    kind: Kind
    whole: bool = Field(default=False, description="a route whose parts carry the geometry")
    part_of: Id | None = None
    order: int | None = None
    from_: Id | None = Field(None, alias="from")
    to: Id | None = None
    connects: tuple[CountryCode, ...] = Field((), description="countries joined, not whose land")
    summary: Text | None = None
    caption: Text | None = Field(None, description="a caveat drawn along the line")
    unknown: tuple[Text, ...] = Field((), description="what no source says, as a list")
    claims: tuple[Claim, ...] = ()


class Feature(Record):
    """One thing of the map, with or without a place."""

    type: Literal["Feature"] = "Feature"
    id: Id
    formerly: tuple[Id, ...] = ()
    geometry: Geometry | None
    properties: Properties

    @property
    def is_thing(self) -> bool:
        """Whether it counts: neither a part of a route nor a waypoint."""
        return self.properties.part_of is None and self.properties.kind is not Kind.WAYPOINT


class Layer(Record):
    """A named set of features: one file."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
    title: Text
    title_ur: Text | None = None
    title_zh: Text | None = None
    description: Text
    order: int
    visible: bool = Field(description="switched on at first open")
    features: tuple[Feature, ...]

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [feature.id for feature in self.features]
        twice = sorted({id_ for id_ in ids if ids.count(id_) > 1})
        if twice:
            raise ValueError(f"feature ids used twice: {', '.join(twice)}")
        return self


class Atlas(Record):
    """Everything: the layers in their order and the sources by id."""

    layers: tuple[Layer, ...]
    sources: Mapping[str, Source]
    searched_to: Edtf = Field(
        description="how far sources were searched, so that silence can be worded"
    )
    names: tuple[Text, ...] = Field(
        (), description="names that no sentence of an article may hold unaccounted"
    )

    @cached_property
    def features(self) -> Mapping[str, Feature]:
        """Features by id, in the order of their layers."""
        return {feature.id: feature for layer in self.layers for feature in layer.features}

    @cached_property
    def layer_of(self) -> Mapping[str, Layer]:
        """The layer of each feature, by feature id."""
        return {feature.id: layer for layer in self.layers for feature in layer.features}

    @cached_property
    def parts(self) -> Mapping[str, tuple[Feature, ...]]:
        """The parts of each whole, in order, by the id of the whole."""
        by_whole: dict[str, list[Feature]] = {}
        for feature in self.features.values():
            if feature.properties.part_of is not None:
                by_whole.setdefault(feature.properties.part_of, []).append(feature)
        return {
            whole: tuple(sorted(parts, key=lambda part: part.properties.order or 0))
            for whole, parts in by_whole.items()
        }
