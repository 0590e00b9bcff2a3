"""Finds what looks like personal data in text: identity, mobile, bank card, passport and plate numbers.

However they are disguised: blanks, dashes and brackets between digits, full-width or Chinese digits, numbers
that a spreadsheet has rounded and written as 3.20582199001012e+17.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date

import polars as pl

from data.identifiers import is_bank_card, is_credit_code, is_identity, was_identity

__all__ = ["is_bank_card", "is_credit_code", "is_identity", "kind", "safe", "suspect_columns", "suspects"]

# What people put between digits: blanks, dashes of all kinds, dots, slashes, brackets, invisible marks.
_SIGNS = (
    "\\s\\-\u2010-\u2015\u2212_./\u00b7\u2022\u30fb()\\[\\]\u3010\u3011"
    "\u200b-\u200f\u2060\u00ad\ufeff\ufe0f\u20e3"
)
_UNSEEN = re.compile("[\u200b-\u200f\u2060\u00ad\ufeff\ufe0f\u20e3]")
_GAP = f"[{_SIGNS}]{{0,3}}"
KINDS = ("identity", "bank_card", "mobile", "passport", "plate")
_SHORTEST, _LONGEST = 11, 19
# As mobile, identity and card numbers are usually parted, whatever stands between.
_USUAL = {(3, 4, 4), (2, 3, 4, 4), (6, 8, 4), (6, 4, 4, 4), (4, 4, 4, 4, 3)}
# Where the date of birth begins in an identity number.
_BIRTH = 6
# Of a rounded number, so many digits must be left to be anybody's.
_LEAST_KNOWN = 6
_RUN = re.compile(rf"[0-9](?:{_GAP}[0-9Xx])+")
_GROUP = re.compile(rf"([{_SIGNS}]*)([0-9]+[Xx]?|[Xx])")
_MOBILE = re.compile(r"(?:0{0,2}86|0)?1[3-9][0-9]{9}")
_ROUNDED = re.compile(r"(?<![\d.])([1-9](?:\.[0-9]+)?)[eE]\+?(1[0-9])(?![0-9])")
_THOUSANDS = re.compile(r"(?<![\d,])[0-9]{1,3}(?:,[0-9]{3}){4,6}(?![\d,])")
# A cell that is a decimal number, or two (a place), is nobody's; 3.15400588188 may be third in a list.
_FRACTION = r"[+-]?(?:(?:0|[0-9]{2,10})\.[0-9]+|[1-9]\.(?:[0-9]{1,10}|[0-9]{12,}))%?"
_ORDINARY = rf"^\(?{_FRACTION}(?:[\s,;/]+{_FRACTION})?\)?$"
_ORDINARY_NUMBER = re.compile(_ORDINARY)
_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_PASSPORT = re.compile(r"(?<![A-Z0-9])(?:[DEGHPS][A-Z]?[0-9]{7,8}|1[45][0-9]{7})(?![A-Z0-9])")
_CARS = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"[{_CARS}][A-HJ-NP-Z][\s·.\-]?(?=[A-Z]*[0-9][A-Z]*[0-9])[A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9挂学警港澳](?![A-Z0-9])"
)
_HAN = "〇零一二三四五六七八九幺"
_HAN_RUN = re.compile(rf"(?:[{_HAN}]{_GAP}){{11}}")
# Signs that stand for others: Chinese digits only where there are as many as in a number of a person.
_TO_ARABIC = str.maketrans(_HAN, "001234567891")
_TO_X = str.maketrans("×хХχΧ", "XXXXX")
_PROVINCE = (
    f"(?:1{_GAP}[1-5]|2{_GAP}[1-3]|3{_GAP}[1-7]|4{_GAP}[1-6]|5{_GAP}[0-4]|6{_GAP}[1-5]|7{_GAP}1|8{_GAP}[1-3])"
)


def _more(*counts: int) -> str:
    return "(?:" + "|".join(f"(?:{_GAP}[0-9]){{{count}}}" for count in counts) + ")"


# A cheap first look in Polars (no look-around there); only what passes it is read by Python.
_FIRST_LOOK = "|".join(
    [
        rf"(?:^|[^0-9])(?:"
        rf"(?:(?:0{_GAP}){{0,2}}8{_GAP}6{_GAP}|0{_GAP})?1{_GAP}[3-9]{_more(9)}"
        rf"|{_PROVINCE}(?:{_more(13, 15, 16)}|{_more(15)}{_GAP}[Xx×хХχΧ])"
        rf"|6{_GAP}2{_more(14, 15, 16, 17)}|[45]{_more(15)})(?:[^0-9]|$)",
        r"[0-9][eE]\+?1[0-9]",
        r"[0-9](?:,[0-9]{3}){4}",
        rf"(?:[{_HAN}]{_GAP}){{11}}",
        rf"[{_CARS}][A-HJ-NP-Za-z][\s·.\-]?[A-Za-z0-9]{{4}}",
    ]
)


def suspect_columns(frame: pl.DataFrame, columns: Sequence[str]) -> list[str]:
    """Those of the text columns that a quick look cannot clear; `suspects` looks closer."""
    if frame.is_empty():
        return []
    looks = frame.select(_suspicious(pl.col(name).unique()).any().alias(name) for name in columns)
    return [name for name in columns if looks[name].item()]


def _suspicious(text: pl.Expr) -> pl.Expr:
    return text.str.normalize("NFKC").str.contains(_FIRST_LOOK)


def _ordinary(name: str) -> pl.Expr:
    return pl.col(name).str.normalize("NFKC").str.contains(_ORDINARY)


def suspects(values: pl.Series) -> list[str]:
    """The distinct values of a text column in which personal data is found. Never show them to anybody."""
    return list(kinds(values))


def kinds(values: pl.Series, *, strict: bool = False, code: bool = False) -> dict[str, str]:
    """The same with the kind of each; `strict` and `code` as in `kind`."""
    distinct = values.drop_nulls().unique().to_frame("text")
    hits = distinct if strict else distinct.filter(_suspicious(pl.col("text"))).filter(~_ordinary("text"))
    found = ((value, kind(value, strict=strict, code=code)) for value in hits["text"].to_list())
    return {value: what for value, what in found if what is not None}


def kind(text: str, *, today: date | None = None, strict: bool = False, code: bool = False) -> str | None:
    """`identity`, `bank_card`, `mobile`, `plate` or `passport` if the text seems to hold one, else None.

    `strict`: the text stands in a column of identity or passport numbers. `code`: it stands in a column of
    codes or counts, where eleven digits are no mobile number and eighteen need their check digit.
    """
    if text.isascii() and text.isdigit():
        return _number(text, today or date.today(), strict, code)
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).translate(_TO_X)
    if _HAN_RUN.search(plain):
        plain = plain.translate(_TO_ARABIC)
    found = set(_kinds(plain, today or date.today(), strict, code))
    return next((name for name in KINDS if name in found), None)


def _kinds(plain: str, today: date, strict: bool, code: bool) -> Iterator[str | None]:
    for found in _THOUSANDS.finditer(plain):
        yield _number(found[0].replace(",", ""), today, True, code)
    for found in _ROUNDED.finditer(plain):
        yield _rounded(*found.groups(), today=today, code=code)
    for found in _RUN.finditer(plain) if not _ORDINARY_NUMBER.fullmatch(plain) else ():
        yield from _in_run(found[0], today, strict, code)
    if _PLATE.search(plain.upper()):
        yield "plate"
    if strict and _PASSPORT.search(plain.upper()):
        yield "passport"


def _in_run(run: str, today: date, strict: bool, code: bool) -> Iterator[str | None]:
    """What numbers digits make that stand next to each other, as they are and joined across gaps."""
    groups = _GROUP.findall(run)
    for first in range(len(groups)):
        number = ""
        for last in range(first, len(groups)):
            number += groups[last][1]
            if len(number) > _LONGEST:
                break
            what = _number(number, today, strict, code) if len(number) >= _SHORTEST else None
            if what is not None and _belong(groups[first : last + 1], len(number)):
                yield what


def _belong(groups: Sequence[tuple[str, str]], length: int) -> bool:
    """Whether groups of digits may be one number: decimals, dates and lists beside each other are not."""
    if len(groups) == 1:
        return groups[0][0] != "." or not 15 <= length <= 17
    gaps = {gap for gap, _ in groups[1:]}
    if tuple(len(digits) for _, digits in groups) in _USUAL:
        return True
    if any("." in gap for gap in gaps) and not (gaps == {"."} and (len(groups) > 2 or length == 18)):
        return False
    starts = [sum(len(digits) for _, digits in groups[:at]) for at in range(len(groups))]
    if length == 15 and _BIRTH not in starts:
        return False
    return not any(_is_date(groups, at) for at, start in enumerate(starts) if start != _BIRTH)


def _is_date(groups: Sequence[tuple[str, str]], at: int) -> bool:
    """Whether a date begins at a group."""
    digits = groups[at][1]
    following = groups[at + 1][1] if at + 1 < len(groups) else "000"
    return bool((at and _DAY.fullmatch(digits)) or (_YEAR.fullmatch(digits) and len(following) <= 2))


def _number(number: str, today: date, strict: bool, code: bool) -> str | None:
    """What kind of number of a person these digits are, if any."""
    if is_identity(number, today=today, strict=strict, code=code):
        return "identity"
    if is_bank_card(number, code=code):
        return "bank_card"
    return "mobile" if not code and _MOBILE.fullmatch(number) else None


def _rounded(mantissa: str, exponent: str, *, today: date, code: bool) -> str | None:
    """The same for a number in scientific notation, of which a spreadsheet kept the first digits only."""
    known = mantissa.replace(".", "")
    digits = known.ljust(int(exponent) + 1, "0")[: int(exponent) + 1]
    if was_identity(digits, len(known), today=today, code=code):
        return "identity"
    if len(known) < _LEAST_KNOWN:
        return None
    if digits.startswith("62") and 16 <= len(digits) <= 19:
        return "bank_card"
    return "mobile" if not code and _MOBILE.fullmatch(digits) else None


def safe(value: object) -> object:
    """A value as it may be shown in a message: text that is long or may be personal is withheld."""
    if not isinstance(value, str):
        return value
    return value if len(value) <= 60 and kind(value) is None else "※"
