"""Finds what looks like personal data in text: identity, mobile and bank card numbers, however disguised."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

import polars as pl

_PROVINCES = """
11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83
"""
PROVINCES = frozenset(_PROVINCES.split())
# What people put between digits: blanks, dashes of all kinds, dots, slashes, brackets, invisible marks.
_GAP = "[\\s\\-\u2010-\u2015_./\u00b7()\u200b-\u200d\u00ad\ufeff]{0,2}"
_MOBILE = re.compile(rf"(?<!\d)(?:86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!{_GAP}\d)")
_LONG = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{13,17}}{_GAP}[\dXx](?![\dXx])")
# A cheap first look in Polars (no look-around there); only what passes it is read by Python.
_SUSPECT = rf"1{_GAP}[3-9](?:{_GAP}[0-9]){{9}}|[0-9](?:{_GAP}[0-9]){{13}}"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# A number dated within these years is more often a case number than a small child's identity number;
# fifteen digits have a two-digit year, so 26 would be both 1926 and this year's cases.
_RECENT_YEARS = 12
_OLDEST_YEARS = 90


def suspect_columns(frame: pl.DataFrame, columns: Sequence[str]) -> list[str]:
    """Those of the text columns that a quick look cannot clear; `suspects` looks closer."""
    if frame.is_empty():
        return []
    looks = frame.select(_suspicious(pl.col(name).unique()).any().alias(name) for name in columns)
    return [name for name in columns if looks[name].item()]


def _suspicious(text: pl.Expr) -> pl.Expr:
    return text.str.normalize("NFKC").str.contains(_SUSPECT)


def suspects(values: pl.Series) -> list[str]:
    """The distinct values of a text column in which personal data is found. Never show them to anybody."""
    distinct = values.drop_nulls().unique()
    hits = distinct.to_frame("text").filter(_suspicious(pl.col("text")))
    return [value for value in hits["text"].to_list() if kind(value) is not None]


def kind(text: str, *, today: date | None = None) -> str | None:
    """`identity`, `mobile` or `bank_card` if the text seems to hold one, else None."""
    plain = unicodedata.normalize("NFKC", text)
    for found in _LONG.finditer(plain):
        digits = re.sub(r"[^0-9Xx]", "", found.group())
        if is_identity(digits, today=today or date.today()):
            return "identity"
        if is_bank_card(digits):
            return "bank_card"
    return "mobile" if _MOBILE.search(plain) else None


def is_identity(digits: str, *, today: date) -> bool:
    """Whether 18 or 15 digits carry a province and a real date of birth, as an identity number does."""
    if len(digits) not in (15, 18) or digits[:2] not in PROVINCES or not digits[:-1].isdigit():
        return False
    old = len(digits) == 15
    birth = "19" + digits[6:12] if old else digits[6:14]
    try:
        born = date(int(birth[:4]), int(birth[4:6]), int(birth[6:]))
    except ValueError:
        return False
    if old:
        return digits.isdigit() and born.year >= today.year - _OLDEST_YEARS
    certain = date(1900, 1, 1) <= born and born.year < today.year - _RECENT_YEARS
    return certain or (born <= today and _identity_check(digits))


def _identity_check(digits: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits[:17], strict=True))
    return "10X98765432"[total % 11] == digits[17].upper()


def is_bank_card(digits: str) -> bool:
    """Whether 16 to 19 digits begin with 62, or 16 with 4 or 5, and pass the Luhn check."""
    issued = digits.startswith("62") or (len(digits) == 16 and digits[0] in "45")
    if not (digits.isdigit() and issued and 16 <= len(digits) <= 19):
        return False
    doubled = [int(d) * (2 if place % 2 else 1) for place, d in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def is_credit_code(code: str) -> bool:
    """Whether an 18-character unified social credit code has a right check character (GB 32100)."""
    if len(code) != 18 or any(letter not in _CREDIT_ALPHABET for letter in code):
        return False
    total = sum(_CREDIT_ALPHABET.index(letter) * pow(3, place, 31) for place, letter in enumerate(code[:17]))
    return _CREDIT_ALPHABET[(31 - total % 31) % 31] == code[17]


def safe(value: object) -> object:
    """A value as it may be shown in a message: text that is long or may be personal is withheld."""
    if not isinstance(value, str):
        return value
    return value if len(value) <= 60 and kind(value) is None else "※"
