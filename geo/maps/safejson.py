"""The one way by which data gets into a page."""

import json
import re
from typing import Any

_HOW: Any = {"ensure_ascii": False, "allow_nan": False, "separators": (",", ":")}
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
#: Whatever means something to Jinja, HTML, JavaScript or its template literals, and what UTF-8
#: cannot write.
_SPECIAL = re.compile("[{}<>&$'`\u2028\u2029\ud800-\udfff]")


def safe_json(value: Any) -> str:  # noqa: ANN401 - any JSON value
    r"""
    Write JSON that stays data wherever a page puts it.

    Inside strings ``{ } < > & $ ' \ `` and the backtick, U+2028 and U+2029 become ``\uXXXX``:
    branca compiles what it renders as a Jinja template a second time, and the text may stand in a
    script element or in a template literal. Outside them no two braces meet.

    Raises
    ------
    ValueError
        If a number is not finite: JSON has no word for it.

    Examples
    --------
    >>> print(safe_json({"name": "{{ 7*7 }} </script>"}))
    {"name":"\u007b\u007b 7*7 \u007d\u007d \u003c/script\u003e"}
    """
    text = _STRING.sub(_string, json.dumps(value, **_HOW))
    return text.replace("{{", "{ {").replace("}}", "} }")


def _string(literal: re.Match[str]) -> str:
    # json writes a backslash as two; as \u005c none is left that could begin another escape.
    text = literal[0].replace("\\\\", "\\u005c")
    return _SPECIAL.sub(lambda mark: f"\\u{ord(mark[0]):04x}", text)
