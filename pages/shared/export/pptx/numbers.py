"""Number formats that print a value as the deck prints it, where any format can."""

from collections import Counter
from collections.abc import Sequence

from pages.shared.deck.exhibits import Bar, Kind, Value

PLAIN = {"count": "#,##0", "rate": "0.0%", "decimal": "0.0"}
TICKS = {"count": "#,##0", "rate": "0%", "decimal": "0.0"}


def code_of(value: Value, drawn: float | None = None) -> str | None:
    """Return the format under which the number reads as its text (0"名"); None when its text says more.

    `drawn` is the length of the bar of a value that has no number: 5 of one that stands as ≤5名.
    """
    number = drawn if value.number is None else value.number
    if number is None:
        return None
    for code, shown in _spellings(number, value.kind):
        before, found, after = value.text.partition(shown)
        if found and not any(char.isdigit() for char in before + after):
            return f"{_quoted(before)}{code}{_quoted(after)}"
    return None


def common_code(values: Sequence[Value], kind: Kind) -> str:
    """Return the format that fits most of the values, the plain one of their kind where none fits."""
    found = Counter(code for value in values if (code := code_of(value)))
    return found.most_common(1)[0][0] if found else PLAIN[kind]


def masked_codes(rows: Sequence[Bar]) -> dict[int, str]:
    """Return by place the formats of the bars whose length is no number: the 5 of ≤5名 reads ≤5名."""
    return {
        at: code_of(row.value, row.length) or _quoted(row.value.text)
        for at, row in enumerate(rows)
        if row.value.number is None and row.length is not None
    }


def _spellings(number: float, kind: Kind) -> list[tuple[str, str]]:
    if kind == "rate":
        return [("0.0%", f"{number:.1%}")]
    if kind == "decimal" or number != int(number):
        return [("0.0", f"{number:.1f}")]
    return [("0", f"{number:.0f}"), ("#,##0", f"{number:,.0f}")]


def _quoted(text: str) -> str:
    # In a format " ends a literal, so a text that holds one is printed as text instead.
    return "" if not text else '"' + text.replace('"', "") + '"'
