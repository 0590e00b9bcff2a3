"""Cells as text, as data/ledgers/grid.py tells: what a cell shows counts, not how a program keeps it."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite

from data.ledgers.child.limits import MOST_TEXT, refuse

Value = int | float | str | bool | date | time | datetime | timedelta

# From 16 digits on a spreadsheet has rounded; up to 15 it shows what it holds.
_ROUNDED = 1e15


def texts_of(values: Iterable[Value], sheet: str | None, first_row: int, column: int) -> list[str | None]:
    """A piece of a column as text, from `first_row` on; empty cells are None."""
    texts = [value or None if type(value) is str else _text(value) for value in values]
    known = [text for text in texts if text]
    if max(map(len, known), default=0) > MOST_TEXT:
        place = next(number for number, text in enumerate(texts) if text and len(text) > MOST_TEXT)
        refuse("file_cell_too_long", sheet, first_row + place, column)
    if "\r" in "".join(known):
        # The line ends of all systems are one.
        texts = [text and text.replace("\r\n", "\n").replace("\r", "\n") for text in texts]
    return texts


def _text(value: Value) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, time):
        return _whole(datetime.combine(date(2000, 1, 1), value)).time().isoformat()
    if isinstance(value, datetime):
        return _whole(value).isoformat().removesuffix("T00:00:00")
    return str(value) or None


def _whole(value: datetime) -> datetime:
    """To the second: serial numbers of times are a little off."""
    return value.replace(microsecond=0) + timedelta(seconds=value.microsecond >= 500_000)


def _number(value: float) -> str:
    if not isfinite(value):
        return "#NUM!"
    if value == 0:
        # Not the minus zero of a format.
        return "0"
    if abs(value) >= _ROUNDED:
        return f"{Decimal(repr(value)).normalize():e}"
    short = f"{value:.15g}"
    return f"{Decimal(short):f}" if "e" in short else short
