"""Number formats that print a number as the rest of the meeting prints it."""

import re

from pages.shared.deck.exhibits import Kind, Value
from queries.rounding import exact, round_half_up

# Format -> decimals and scale, in the order in which they are tried.
_TRIED: dict[Kind, tuple[tuple[str, int, int], ...]] = {
    "count": (("0", 0, 1), ("0.0", 1, 1)),
    "rate": (("0.0%", 1, 100), ("0%", 0, 100), ("0.00%", 2, 100)),
    "decimal": (("0.0", 1, 1), ("0", 0, 1), ("0.00", 2, 1)),
}
BASE: dict[Kind, str] = {kind: tried[0][0] for kind, tried in _TRIED.items()}


def number_format(value: Value) -> str:
    """Return the format under which Excel prints a value's number as its text: "约"0"名", 0.0%.

    A text that rounding alone does not give (99.9%, <0.1%, 1.2万) holds for that number and those beside it.
    """
    assert value.number is not None
    text = printed(value)
    for code, digits, scale in _TRIED[value.kind]:
        shown = f"{round_half_up(exact(value.number) * scale, digits)}{'%' if scale == 100 else ''}"
        found = re.search(rf"(?<![\d.,]){re.escape(shown)}(?![\d,]|\.\d)", text)
        if found:
            return _literal(text[: found.start()]) + code + _literal(text[found.end() :])
    step = 0.0005 if value.kind == "rate" else 0.5
    low, high = value.number - step, value.number + step
    base = BASE[value.kind]
    return f"[<{low:.6f}]{base};[<={high:.6f}]{_literal(text)};{base}"


def printed(value: Value) -> str:
    """Return a value's text with its mark: one that the text does not begin with stands before it."""
    return value.mark + value.text if value.text[:1].isdigit() else value.text


def is_plain(value: Value) -> bool:
    """Tell whether a value prints as its kind does, with nothing before or after."""
    return value.number is not None and number_format(value) == BASE[value.kind]


def _literal(text: str) -> str:
    """Return words as a number format writes them."""
    return "".join(f'"{part}"' if part else '\\"' for part in _parts(text))


def _parts(text: str) -> list[str]:
    """Return the words between quotation marks, an empty part for each mark."""
    parts = re.split(r'(")', text)
    return ["" if part == '"' else part for part in parts if part]
