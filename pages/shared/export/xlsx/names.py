"""Names and texts as a workbook takes them: short sheet names, no control characters, widths of columns."""

import re
from collections.abc import Sequence
from unicodedata import east_asian_width

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
# What XML cannot hold, and what it can but no cell should.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
LONGEST = 31
# Excel keeps this one for itself.
_RESERVED = "history"


def clean(text: str) -> str:
    """Return a text without control characters, its line ends as Excel writes them."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Return a name a sheet: at most 31 characters, none forbidden, no two alike whatever their case."""
    found: list[str] = []
    taken = {_RESERVED}
    for text in wanted:
        plain = _FORBIDDEN.sub("", clean(text).replace("\n", " ")).strip("' ") or "-"
        name, number = plain[:LONGEST].strip("' "), 1
        while name.lower() in taken:
            number += 1
            tail = f" {number}"
            name = plain[: LONGEST - len(tail)].strip("' ") + tail
        taken.add(name.lower())
        found.append(name)
    return found


def width(text: str) -> float:
    """Return how wide a text is in digits of the sheet's font: a Chinese character takes two."""
    lines = text.split("\n")
    return max(sum(2.0 if east_asian_width(char) in "WFA" else 1.05 for char in line) for line in lines)
