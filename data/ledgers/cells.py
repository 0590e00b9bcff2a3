"""What one cell says, once understood: a value with its qualifier, or why there is none."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from data.ledgers.grid import ERROR_VALUES, UNCALCULATED
from data.personal import safe

State = Literal["value", "zero", "not_applicable", "not_reported", "unreadable"]

# Marks that nobody sees: zero-width blanks, direction marks, soft hyphens, byte-order marks.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufe0e\ufe0f]")
# No count, date or percentage has so many digits in a row.
_LONG = re.compile(r"\d{11}")
DASHES = frozenset(
    ["-", "--", "—", "——", "–", "―", "─", "──", "/", "//", "\\", "−", "不适用", "不涉及", "n/a", "na"]
)
_UNREPORTED_WORDS = """
未统计 未报 未上报 未填 未填报 暂缺 缺 缺报 待报 待统计 待补 待核实 不详 未知 空 空白
"""
_UNREPORTED = frozenset(_UNREPORTED_WORDS.split())


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell says. `problem` is a finding's code and `params` what its sentence may name."""

    value: Any
    qualifier: str | None = None
    state: State = "value"
    problem: str | None = None
    params: Mapping[str, object] = field(default_factory=dict)


NOT_APPLICABLE = Value(None, state="not_applicable")
NOT_REPORTED = Value(None, state="not_reported")


def unreadable(problem: str, shown: str | None = None) -> Value:
    """A cell that has to be sent back; of `shown`, what may be personal is withheld."""
    params = {} if shown is None else {"value": "※" if _LONG.search(shown) else safe(shown)}
    return Value(None, state="unreadable", problem=problem, params=params)


def trimmed(text: str | None) -> str:
    """NFKC, without unseen marks and without blanks at either end; None is empty."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).strip() if text else ""


def joined(text: str | None) -> str:
    """As `trimmed`, and without blanks inside."""
    return "".join(trimmed(text).split())


def is_error(text: str | None) -> bool:
    """Whether a cell holds the failure of a formula in place of a value."""
    bare = trimmed(text).upper()
    return bare == UNCALCULATED or bare in ERROR_VALUES


def without_value(text: str) -> Value | None:
    """The answer for trimmed text that is no value of any type: blank, dash, 未统计, a failed formula."""
    if not text or text in _UNREPORTED:
        return NOT_REPORTED
    if text.casefold() in DASHES:
        return NOT_APPLICABLE
    if text[0] == "#" and is_error(text):
        return (
            unreadable("cell_uncalculated")
            if text.upper() == UNCALCULATED
            else unreadable("cell_error", text.upper())
        )
    return None
