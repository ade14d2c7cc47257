"""Files as a reader might bring them."""

import json
from pathlib import Path
from typing import Any

from hostile import ADDRESS, TEXT

#: A place in each of three scripts, and one of which nobody knows where it is.
NAMES = ("Gwadar", "گوادر", "喀什", "nowhere")


def feature(number: int, geometry: dict[str, Any] | None = None, **properties: Any) -> dict:
    return {
        "type": "Feature",
        "properties": {"name": f"place {number}", **properties},
        "geometry": geometry or point(number),
    }


def point(number: int) -> dict[str, Any]:
    """Points a hundredth of a degree apart, a thousand a row, from 60° E 25° N."""
    lon, lat = 60 + number % 1000 / 100, 25 + number // 1000 / 100
    return {"type": "Point", "coordinates": [round(lon, 2), round(lat, 2)]}


def collection(features: list[dict], **members: Any) -> str:
    return json.dumps(
        {"type": "FeatureCollection", **members, "features": features}, ensure_ascii=False
    )


def small(path: Path) -> Path:
    """Write a layer of four features: three scripts, a hostile text, one without a place."""
    some = [feature(number, name=name, pop=number) for number, name in enumerate(NAMES)]
    some[1]["properties"] |= {"said": TEXT, "source_url": ADDRESS, "source_title": TEXT}
    some[3]["geometry"] = None
    path.write_text(collection(some), encoding="utf-8")
    return path


def large(path: Path, n: int = 6000) -> Path:
    """Write a layer that is tiled."""
    path.write_text(collection([feature(number, pop=number) for number in range(n)]))
    return path
