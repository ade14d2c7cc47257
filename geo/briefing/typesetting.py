"""Typst and its fonts: the one room that sets type, and only with what the extra `briefing` brings."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from geo.errors import GeoError
from geo.extras import FONTS

_REMEDY = "Install it with: pip install 'digital-silk-road-map[briefing]'"


@cache
def _tools() -> tuple[Any, Any]:
    """Give Typst and the fonts it may use: ours alone, so that a file is the same on any machine."""
    if find_spec("typst") is None:
        raise GeoError("typst", "is not installed, and no briefing can be set without it", _REMEDY)
    import typst  # noqa: PLC0415 - of an extra

    folders = []
    for package in FONTS:
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            raise GeoError(package, "is not installed; its font is needed", _REMEDY)
        folders.append(str(Path(spec.origin).parent))
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=folders
    )
    return typst, fonts


def _compiler(source: str, data: Mapping[str, Any]) -> Any:  # noqa: ANN401 - typst has no public name for it
    typst, fonts = _tools()
    # Data enter as one string, which the template reads as JSON: they are text and never markup.
    return typst.Compiler(
        source.encode(),
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


def pdf(
    source: str,
    data: Mapping[str, Any],
    day: str,
    *,
    tagged: bool = True,
) -> bytes:
    """
    Set a document as PDF, PDF/UA-1 where it is tagged.

    Parameters
    ----------
    source
        Typst; it reads `sys.inputs.data` as JSON.
    day
        Its date, YYYY-MM-DD: no clock is asked, so that the same data give the same bytes.

    Raises
    ------
    GeoError
        If Typst or a font is not installed, or a text has a sign that no font has.
    """
    typst, _ = _tools()
    stamp = datetime.fromisoformat(day).replace(tzinfo=UTC)
    try:
        made = _compiler(source, data).compile(
            format="pdf",
            pdf_standards=["ua-1"] if tagged else [],
            timestamp=int(stamp.timestamp()),
        )
    except typst.TypstError as error:
        raise GeoError("the briefing", f"cannot be set ({error.message})", "Report it") from error
    return bytes(made)


def png(source: str, data: Mapping[str, Any], dots_per_inch: float) -> bytes:
    """Set a document of one page as a picture; raises as `pdf`."""
    return bytes(_compiler(source, data).compile(format="png", ppi=dots_per_inch))


def looks(source: str, data: Mapping[str, Any], dots_per_inch: float) -> list[bytes]:
    """Set a document as a picture a page; raises as `pdf`."""
    made = _compiler(source, data).compile(format="png", ppi=dots_per_inch)
    return [bytes(one) for one in made] if isinstance(made, list) else [bytes(made)]


def pages(source: str, data: Mapping[str, Any]) -> int:
    """Count the pages of a document that says so in metadata with the label `pages`."""
    return int(_compiler(source, data).query("<pages>", field="value", one=True))


@cache
def template(name: str) -> str:
    """Read a template of this room."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
