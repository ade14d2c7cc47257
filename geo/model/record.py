"""What every record is, and the kinds of values its members have."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from geojson_pydantic import LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    StringConstraints,
    TypeAdapter,
)

from geo import dates

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
