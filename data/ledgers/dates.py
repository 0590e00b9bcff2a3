"""Dates as people write them, for a cell that may hold a day, a moment, or for deadlines a month."""

from datetime import date
from functools import lru_cache

from data.ledgers.cells import Value, trimmed, unreadable, without_value


@lru_cache(maxsize=1 << 16)
def day(text: str | None, *, month_end_allowed: bool = False, year: int | None = None) -> Value:
    """The day of a cell, as a datetime where it has a time of day."""
    bare = trimmed(text)
    nothing = without_value(bare)
    if nothing is not None:
        return nothing
    try:
        return Value(date.fromisoformat(bare))
    except ValueError:
        return unreadable("date_words")
