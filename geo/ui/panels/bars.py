"""Tables of numbers with a bar each, which read in print as well."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import streamlit as st

from geo import render


class Bar(NamedTuple):
    """A row: its label, its number, what the label means, and what stands behind the bar."""

    label: str
    number: int
    meaning: str = ""
    last: str = ""


def bars(caption: str, heads: Sequence[str], rows: Iterable[Bar]) -> None:
    """
    Draw a table of bars.

    Parameters
    ----------
    heads
        Of the labels, of the numbers, and, where there is one, of the last column.
    """
    found = list(rows)
    most = max((one.number for one in found), default=0) or 1
    left, right, *last = heads
    st.html(
        render.render(
            "bars.html.jinja",
            caption=caption,
            left=left,
            right=right,
            last=last[0] if last else "",
            rows=[{**one._asdict(), "pct": round(100 * one.number / most)} for one in found],
        )
    )
