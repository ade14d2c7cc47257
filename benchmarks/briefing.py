"""
What a briefing costs against Typst setting plain text of the same length, in one run.

    python benchmarks/briefing.py            # the full PDF of every feature
    python benchmarks/briefing.py --runs 5

`content` gathers what is said, `pdf` sets it with its map, footnotes, links and tags, `plain` sets the
same number of letters as paragraphs with the same fonts and tags. Seconds are the least of the runs.
"""

import argparse
import time
from collections.abc import Callable
from typing import TypeVar

from geo import live, store
from geo.briefing import make, pdf, typesetting
from geo.briefing.model import Length

T = TypeVar("T")
PLAIN = """
#set document(title: "plain")
#set page(paper: "a4", margin: 18mm)
#set text(font: ("Noto Sans", "Noto Sans Arabic", "Noto Sans CJK TC"), size: 9pt, lang: "en")
#for words in json(bytes(sys.inputs.data)).paragraphs { par(words) }
"""


def least(runs: int, work: Callable[[], T]) -> tuple[float, T]:
    """Give the least seconds of some runs, and what the last one made."""
    seconds = []
    for _ in range(runs):
        began = time.perf_counter()
        made = work()
        seconds.append(time.perf_counter() - began)
    return min(seconds), made


def main() -> None:
    """Print one row a step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    found = store.find()
    atlas = store.read_atlas(found)
    everything = {"layers": ",".join(layer.id for layer in atlas.layers)}
    view = live.view_of(everything, atlas)
    gathering, briefing = least(runs, lambda: make.make(atlas, view, found, length=Length.FULL))
    setting, made = least(runs, lambda: pdf.write(briefing))
    texts = list(_texts(briefing.model_dump(mode="json", exclude={"figure"})))
    letters = sum(map(len, texts))
    data = {"paragraphs": texts}
    plain, bare = least(runs, lambda: typesetting.pdf(PLAIN, data, briefing.day))
    print(
        f"{len(briefing.chapters)} things, {len(briefing.notes)} notes, {letters:,} letters, "
        f"{pdf.pages(briefing)} pages"
    )
    print(f"content  {gathering:6.2f} s")
    print(f"pdf      {setting:6.2f} s  {len(made):>10,} bytes")
    print(f"plain    {plain:6.2f} s  {len(bare):>10,} bytes")
    print(f"pdf / plain: {setting / plain:.1f}; with content: {(gathering + setting) / plain:.1f}")


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [words for one in value.values() for words in _texts(one)]
    if isinstance(value, list):
        return [words for one in value for words in _texts(one)]
    return [value] if isinstance(value, str) and value.strip() else []


if __name__ == "__main__":
    main()
