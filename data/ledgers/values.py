"""From the text of a cell to a typed value: counts, yes and no, days, rates, words of a list, names.

Pure functions of text as it stands in a Grid (None for an empty cell); what cannot be read is a problem
with the code of its finding, never an exception.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from data.ledgers.cells import (
    DASHES,
    NOT_APPLICABLE,
    Value,
    is_error,
    joined,
    unreadable,
    without_value,
)
from data.ledgers.counts import AFTER, BEFORE, LEADS, TRAILS, count
from data.ledgers.dates import day
from data.ledgers.numerals import ARABIC, CHINESE, numeral

__all__ = ["Value", "count", "day", "forget", "is_error", "name", "rate", "word", "yes_no"]

_TRUE_WORDS = """
是 有 对 √ ✓ ✔ ☑ 1 true t yes y 正常经营 正常 在营 在业 存续 开业 营业 营业中 经营中 已建 已建立
已有 已配备 具备 符合
"""
_FALSE_WORDS = """
否 无 不 错 × ✕ ✖ ✗ ✘ ☒ x 0 false f no n 停业 歇业 注销 已注销 吊销 关停 关闭 已关闭 停产 停运
倒闭 未建 未建立 没有 不是 不具备 不符合
"""
_TRUE, _FALSE = frozenset(_TRUE_WORDS.split()), frozenset(_FALSE_WORDS.split())
_WITH_REMARK = re.compile(r"(是|否|有|无)[(,;].*|(有)\d+[名人个家]")

_PLAIN = rf"(?:{ARABIC}|[{CHINESE}]+)"
_RATE = re.compile(
    rf"(?P<before>{LEADS})?(?P<of>百分之)?(?P<number>{_PLAIN})(?P<sign>%|个?百分点)?(?P<after>{TRAILS})?"
)
_RATE_RANGE = re.compile(rf"(?:百分之)?{_PLAIN}%?(?:-|~|—|–|至|到)(?:百分之)?{_PLAIN}%?")
_RATE_NEGATIVE = re.compile(rf"[-−负]{_PLAIN}%?")
# Without a sign of percent 1.2 may be 1.2% or 120%, and 0.85 below (%) may be 85%; above 3 no ratio is meant.
_LARGEST_RATIO = 3

# What the seat of a township or committee is called, longest first.
_OFFICES = """
人民政府 街道办事处 镇政府 乡政府 街道办 办事处 管理委员会 管委会 行业党委 党工委 党委 行业 政府
街办 办
"""


@lru_cache(maxsize=1 << 12)
def yes_no(text: str | None, *, ticks_only: bool) -> Value:
    """True or False; a blank is False where the column's only marks are ticks, else not reported."""
    bare = joined(text)
    if not bare and ticks_only:
        return Value(False)
    remark = _WITH_REMARK.fullmatch(bare)
    said = (remark[1] or remark[2]) if remark else bare.casefold().removesuffix(".0")
    if said in _TRUE or said in _FALSE:
        return Value(said in _TRUE)
    return without_value(bare) or unreadable("yes_no_words")


@lru_cache(maxsize=1 << 16)
def rate(text: str | None, *, percent_column: bool, is_percent_cell: bool) -> Value:
    """A ratio (0.85) of 85%, of a cell formatted as a percentage, or of a plain number.

    `percent_column`: the header says (%), so that 85 is 0.85 and 0.5 may be either; else 0.5 is a ratio.
    """
    bare = joined(text)
    nothing = NOT_APPLICABLE if bare == "无" else without_value(bare)
    if nothing is not None:
        return nothing
    match = _RATE.fullmatch(bare)
    number = numeral(match["number"]) if match else None
    if match is None or number is None:
        return _no_rate(bare)
    signed = bool(match["sign"] or match["of"])
    doubtful = 0 < number <= 1 if percent_column else 1 < number <= _LARGEST_RATIO
    if doubtful and not signed and not is_percent_cell:
        return unreadable("rate_ambiguous", bare)
    ratio = not signed and (is_percent_cell or (not percent_column and number <= 1))
    return _ratio(number if ratio else number / 100, match)


def _ratio(number: Decimal, match: re.Match[str]) -> Value:
    before, after = match["before"], match["after"]
    qualifier = BEFORE[before] if before else AFTER[after] if after else None
    return Value(float(number), qualifier, state="value" if number else "zero")


def _no_rate(bare: str) -> Value:
    for code, pattern in (("rate_range", _RATE_RANGE), ("rate_negative", _RATE_NEGATIVE)):
        if pattern.fullmatch(bare):
            return unreadable(code, bare)
    return unreadable("rate_words")


def word(text: str | None, vocabulary: Mapping[str, str]) -> Value:
    """The meaning of a word of a closed list (its keys without blanks); an empty meaning is no value."""
    bare = joined(text)
    for written in (bare, "—" if bare in DASHES else bare):
        if written in vocabulary:
            return Value(vocabulary[written] or None)
    nothing = without_value(bare)
    if nothing is not None:
        return nothing
    allowed = "、".join(dict.fromkeys(known for known in vocabulary if known not in DASHES))
    params = {**unreadable("word_unknown", bare).params, "allowed": allowed}
    return Value(None, state="unreadable", problem="word_unknown", params=params)


def name(text: str | None, codes: Mapping[str, str], *, county: str) -> str | None:
    """The code of a township or committee however its name is written; None if no code or several fit.

    `codes`: names without blanks, short names and aliases -> code. `county` as it stands before names.
    """
    bare = joined(text)
    if bare in codes:
        return codes[bare]
    found = {codes[spelling] for spelling in _spellings(bare, county) if spelling in codes}
    return found.pop() if len(found) == 1 else None


def _spellings(bare: str, county: str) -> Iterator[str]:
    """The name with and without the county before it, and without its office behind it."""
    short = re.sub("[省市县区]$", "", county)
    for whole in {bare, bare.removeprefix(county), bare.removeprefix(short), county + bare, short + bare}:
        yield whole
        yield from (whole.removesuffix(office) for office in _OFFICES.split() if whole.endswith(office))


def forget() -> None:
    """Drop the cells remembered so far: nothing of a file stays in memory once it has been read."""
    for remembered in (count, day, rate, yes_no):
        remembered.cache_clear()
