"""Numbers as people write them: 1,234, 三十五, 1.2万, 两千三, 一百零五, 12万3千."""

import re
from decimal import Decimal

# Every way to write a digit or a unit is first made the plain one, at the same place.
_PLAIN = str.maketrans("〇两壹贰叁肆伍陆柒捌玖拾佰仟萬億", "零二一二三四五六七八九十百千万亿")
_DIGITS = "零一二三四五六七八九"
_TO_ARABIC = str.maketrans(_DIGITS, "0123456789")
_MYRIADS = {"亿": 100_000_000, "万": 10_000}

CHINESE = "〇两壹贰叁肆伍陆柒捌玖拾佰仟萬億零一二三四五六七八九十百千万亿"
ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?"
_ARABIC = re.compile(ARABIC)
_BY_PLACE = re.compile(f"[{_DIGITS}]+")
_ONE = rf"([一二三四五六七八九]|{ARABIC})?"
_SECTION = re.compile(rf"(?:{_ONE}(千))?零?(?:{_ONE}(百))?零?(?:{_ONE}(十))?零?{_ONE}")


def numeral(text: str) -> Decimal | None:
    """The number that a text without blanks, sign and measure word says, or None.

    None too for 三五 and 七八百, which mean "three to five" and "seven or eight hundred".
    """
    if _ARABIC.fullmatch(text):
        return _arabic(text)
    bare = text.translate(_PLAIN)
    if len(bare) > 1 and _BY_PLACE.fullmatch(bare):
        return _by_place(bare) if "两" not in text else None
    return _value(bare)


def by_place(text: str) -> str:
    """Digits one by one: the year 二〇二六 is 2026; other signs stay."""
    return text.translate(_PLAIN).translate(_TO_ARABIC)


def _by_place(text: str) -> Decimal | None:
    return Decimal(by_place(text)) if len(text) != 2 or "零" in text else None


def _arabic(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _value(text: str, above: int = 0) -> Decimal | None:
    """The value of units within 亿 and 万; `above` is the unit to the left, for 一万二 = 12000."""
    for sign, unit in _MYRIADS.items():
        head, found, tail = text.partition(sign)
        if sign in tail:
            return None
        if found:
            many = _value(head) if head else Decimal(1)
            rest = _value(tail, unit) if tail else Decimal(0)
            return None if many is None or rest is None else many * unit + rest
    return _section(text, above)


def _section(text: str, above: int) -> Decimal | None:
    """A number below 万: 一百零二 is 102, but 一百二 is 120."""
    match = _SECTION.fullmatch(text)
    if not text or not match:
        return None
    thousands, has_thousands, hundreds, has_hundreds, tens, has_tens, ones = match.groups()
    parts = ((has_thousands, thousands, 1000), (has_hundreds, hundreds, 100), (has_tens, tens, 10))
    total = sum((_digit(many or "一") * unit for has, many, unit in parts if has), Decimal(0))
    if not ones:
        return total
    lowest = next((unit for has, _, unit in reversed(parts) if has), above)
    short = lowest > 10 and len(ones) == 1 and "零" not in text
    return total + _digit(ones) * (lowest // 10 if short else 1)


def _digit(text: str) -> Decimal:
    return _arabic(text.translate(_TO_ARABIC))
