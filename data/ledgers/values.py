"""From the text of a cell to a typed value: counts, yes and no, days, rates, words of a list, names.

Pure functions of text as it stands in a Grid (None for an empty cell); what cannot be read is a problem
with the code of its finding, never an exception.
"""

from collections.abc import Mapping
from functools import lru_cache

from data.ledgers.cells import Value, is_error, joined, trimmed, unreadable, without_value
from data.ledgers.dates import day
from data.ledgers.numerals import numeral

__all__ = ["Value", "count", "day", "is_error", "name", "rate", "word", "yes_no"]


@lru_cache(maxsize=1 << 16)
def count(text: str | None, *, whole: bool = True, is_percent_cell: bool = False) -> Value:
    """A count (int), or with `whole=False` an amount of money or hours (float)."""
    bare = joined(text)
    nothing = without_value(bare)
    if nothing is not None:
        return nothing
    number = numeral(bare)
    if number is None:
        return unreadable("count_words")
    return Value(int(number) if whole else float(number), state="value" if number else "zero")


@lru_cache(maxsize=1 << 12)
def yes_no(text: str | None, *, ticks_only: bool) -> Value:
    """True or False; a blank is False where the column's only marks are ticks, else not reported."""
    bare = joined(text)
    if not bare and ticks_only:
        return Value(False)
    nothing = without_value(bare)
    if nothing is not None:
        return nothing
    return Value(bare in {"是", "有", "1", "√", "✓"})


@lru_cache(maxsize=1 << 16)
def rate(text: str | None, *, percent_column: bool, is_percent_cell: bool) -> Value:
    """A ratio (0.85) from 85%, from a cell formatted as a percentage, or from a plain number."""
    bare = joined(text)
    nothing = without_value(bare)
    if nothing is not None:
        return nothing
    number = numeral(bare.removesuffix("%"))
    if number is None:
        return unreadable("rate_words")
    hundredths = bare.endswith("%") or (percent_column and not is_percent_cell) or number > 1
    return Value(float(number / 100 if hundredths else number))


def word(text: str | None, vocabulary: Mapping[str, str]) -> Value:
    """The meaning of a word of a closed list."""
    bare = joined(text)
    if bare in vocabulary:
        return Value(vocabulary[bare] or None)
    nothing = without_value(bare)
    return nothing if nothing is not None else unreadable("word_unknown", trimmed(text))


def name(text: str | None, codes: Mapping[str, str], *, county: str) -> str | None:
    """The code of a township or committee, however its name is written; None if none or several fit."""
    return codes.get(joined(text))
