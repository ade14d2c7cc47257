"""Parts of the map that need packages which not every installation has."""

from functools import cache
from importlib.util import find_spec

#: Packages that hold a font each: Latin, Urdu, Chinese.
FONTS = ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic", "cvttf_NotoSansCJK_Regular")


@cache
def sets_type() -> bool:
    """Whether briefings can be made here: the extra `briefing` is installed."""
    return all(find_spec(name) is not None for name in ("typst", "docx", *FONTS))
