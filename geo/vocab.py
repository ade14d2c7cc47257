"""The words of the map: every member has the value in the files and the words for a reader."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """
    A member of a vocabulary.

    Attributes
    ----------
    label
        What a reader sees; an English message, translated where it is shown.
    meaning
        One sentence that decides doubtful cases.
    """

    label: str
    meaning: str

    def __new__(cls, value: str, label: str = "", meaning: str = "") -> Self:
        """Make a member from its value, its label and its meaning."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.meaning = meaning
        return member


class Kind(Term):
    """What a feature is."""

    PORT = "port", "Port"
    FREE_ZONE = "free_zone", "Free zone"
    SPECIAL_ECONOMIC_ZONE = "special_economic_zone", "Special economic zone"
    TECHNOLOGY_PARK = "technology_park", "Technology park"
    TERRESTRIAL_FIBER = "terrestrial_fiber", "Fiber-optic cable on land"
    DATA_LINK = "data_link", "Data link", "A link between places of which no cable is known."
    WAYPOINT = "waypoint", "Place on a published route"
    FACILITY = "facility", "Facility"
    VENUE = "venue", "Venue"
    MODEL = "model", "Model", "A place or policy named as the example to follow."
    TRADE_FLOW = "trade_flow", "Trade flow"
    COUNTRY_ACTIVITY = "country_activity", "Activity in a country"
    PROGRAMME = "programme", "Program"
    POLICY = "policy", "Policy"
    STATISTIC = "statistic", "Figure"


#: Kinds that are never built, and so have no status: their kind says what they are.
KINDS_WITHOUT_STATUS = frozenset(
    {Kind.WAYPOINT, Kind.VENUE, Kind.MODEL, Kind.TRADE_FLOW, Kind.POLICY, Kind.STATISTIC}
)


class Status(Term):
    """How far a thing has come; the first four need an official document or two stories."""

    OPERATING = "operating", "In service", "The whole works for its purpose."
    PARTLY_OPERATING = "partly_operating", "Partly in service", "Some of it works."
    CONSTRUCTION = "construction", "Under construction", "Work on site is reported."
    APPROVED = "approved", "Approved, not confirmed built", "A body with the power approved it."
    PROPOSED = "proposed", "Proposed", "Its proposer says so; nobody has approved it."
    CLAIMED = (
        "claimed",
        "Only claimed",
        "One story says it exists or is coming; nothing confirms it.",
    )
    SHELVED = "shelved", "Shelved", "Put off without a new date, by those who planned it."
    CANCELLED = "cancelled", "Cancelled", "Given up, by those who planned it."
    RETIRED = "retired", "Retired", "It worked once and was taken out of service."


#: Statuses that say something was decided or built, and so must stand on more than one story.
CONFIRMED_STATUSES = frozenset(
    {Status.OPERATING, Status.PARTLY_OPERATING, Status.CONSTRUCTION, Status.APPROVED}
)


class Evidence(Term):
    """How well a stated value is supported, derived from the stories behind it."""

    SEPARATE_SOURCES = (
        "separate_sources",
        "Reported by separate sources",
        "Two or more stories say the same; texts of one release count once.",
    )
    FIRST_HAND = "first_hand", "From the body itself", "Its own release or an official document."
    ONE_ARTICLE = (
        "one_article",
        "Claimed by one article",
        "One story says so and no other was found.",
    )
    DISAGREE = (
        "disagree",
        "Sources disagree",
        "Different values for the same time; neither is known wrong.",
    )


class Rank(Term):
    """What a claim is used for."""

    PREFERRED = "preferred", "Used", "The stated value."
    NORMAL = "normal", "Also reported", "Supports the stated value or differs from it."
    DEPRECATED = "deprecated", "Set aside", "Known to be wrong; kept so that nobody finds it anew."


class Qualifier(Term):
    """The source's own hedge on a number."""

    ABOUT = "about", "about"
    OVER = "over", "over"
    NEARLY = "nearly", "nearly"
    UP_TO = "up_to", "up to"


class LocationMethod(Term):
    """How a geometry was made, from the surest to a mere diagram."""

    SURVEYED = "surveyed", "surveyed", "Measured on the ground and published."
    OFFICIAL_MAP = "official_map", "from an official map", "Read off a map of the body itself."
    TRACED = "traced", "traced", "Followed on an image or map where the thing is visible."
    TERRAIN_TRACE = (
        "terrain_trace",
        "computed along valleys, not surveyed",
        "A program looked for the easiest way over the terrain between published places.",
    )
    ROAD_FOLLOWING = (
        "road_following",
        "assumed along the road",
        "A source says that it follows a road; the line is the road’s.",
    )
    GEOCODED = (
        "geocoded",
        "town center, not the site",
        "Only the town is known; the point is its center in a gazetteer.",
    )
    GAZETTEER = "gazetteer", "point from a gazetteer", "A gazetteer lists the thing itself."
    WAYPOINTS = "waypoints", "towns joined", "Straight lines between the places a source names."
    APPROXIMATE = "approximate", "placed by us", "Set by us from what sources say of its position."
    SCHEMATIC = (
        "schematic",
        "diagram, no location meant",
        "A bowed line says that two places are to be joined, and nothing of where.",
    )


class AccuracyOf(Term):
    """What the likely error of a location is the error of."""

    SITE = "site", "the site"
    TOWN = "town", "the town"
    PASS = "pass", "the pass"
    ROAD = "road", "the road"
    CABLE = "cable", "the cable"


class SourceKind(Term):
    """What sort of publication a source is."""

    PRESS = "press", "Press"
    OFFICIAL = "official", "Official"
    OPERATOR = "operator", "Operator"
    WIRE = "wire", "News agency"
    AGGREGATOR = "aggregator", "Aggregator"
    ACADEMIC = "academic", "Academic"
    REFERENCE = "reference", "Reference work"
    DATASET = "dataset", "Data set"


class Read(Term):
    """What of a source was read."""

    FULL_TEXT = "full_text", "read in full"
    STORED_COPY = "stored_copy", "read in a stored copy; live page not checked"
    EXCERPT = "excerpt", "an excerpt read in a stored copy; live page not checked"
    NONE = "none", "not read"


class DisagreementKind(Term):
    """How claims fail to fit together."""

    VALUES = "values", "Sources give different values"
    INCONSISTENT = "inconsistent", "One article contradicts itself"
    PARTS = "parts", "Parts do not make the total"
    UNITS = "units", "Currency or unit cannot be right"
    SEQUENCE = "sequence", "One cannot follow the other"
    STORY = "story", "One story told more than once"


class LinkState(Term):
    """What became of the page a link leads to."""

    LIVE = "live", "page as it was"
    MOVED = "moved", "page moved"
    CHANGED = "changed", "page changed since", "A quote is no longer found on it."
    GONE = "gone", "page gone"
    UNREADABLE = "unreadable", "page cannot be compared", "It is there, but is no readable text."
    UNREACHABLE = "unreachable", "page could not be reached"


class LeftOut(Term):
    """Why a sentence of an article is not on the map."""

    BOILER_PLATE = "boiler_plate", "Part of the web page, not of the article"
    HEADING = "heading", "A heading that says nothing of its own"
    BIBLIOGRAPHY = "bibliography", "A reference or an author’s address"
    PROVENANCE = "provenance", "Says where the article has it from"
    METONYM = "metonym", "A city or country named for its government"
    NO_PLACE = "no_place", "Names no place, site or link"
    GENERIC = "generic", "Speaks of the world or the field at large"
    OPINION = "opinion", "Praise, hope or judgment"
    ADVICE = "advice", "Says what should be done, at no place"
    OFF_MAP = (
        "off_map",
        "Kept off the map on purpose",
        "The source alone makes the claim, for sale.",
    )
    TO_DO = "to_do", "Not yet read"


class Question(Term):
    """What can be asked of the map."""

    LENGTH = "length", "Length", "How long are the routes, in which territory, of what status?"
    REACH = "reach", "Reach", "How many settlements and people are near?"
    ACCESS = "access", "Access", "How far is each site from each fiber route?"
    ROUTES = "routes", "Second ways out", "How many separate land routes join two countries?"
    LATENCY = "latency", "Latency", "How soon can an answer come back, at the very least?"


class Worldview(Term):
    """Whose boundaries are drawn."""

    DE_FACTO = "de_facto", "As on the ground", "Lines of control; disputed ones are broken."
    PK = "pk", "Pakistan’s position", "After Natural Earth; not vetted by the Survey of Pakistan."
    IN = "in", "India’s position", "After Natural Earth; not vetted by the Survey of India."
    CN = "cn", "China’s position", "After Natural Earth; not vetted by China’s authorities."
    NONE = "none", "No boundaries", "Land, water and names only."
