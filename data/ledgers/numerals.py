"""Numbers as people write them: 1,234, 三十五, 1.2万, 两千三, 一百零五."""

import re
from decimal import Decimal

_DIGITS = {
    digit: number
    for number, digits in enumerate(
        ("零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for digit in digits
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}

CHINESE = "".join([*_DIGITS, *_TENS, *_MYRIADS])
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?"
_TOKEN = re.compile(rf"({_ARABIC})|([{CHINESE}])")


def numeral(text: str) -> Decimal | None:
    """The number that a text without blanks and units says, or None. Never negative."""
    if re.fullmatch(_ARABIC, text):
        return Decimal(text.replace(",", ""))
    return None
