"""What a claim can be about: every property a feature can state, with its label and unit."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from geo.model.record import Edtf, Record, Text
from geo.vocab import Status


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
