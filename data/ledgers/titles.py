"""What stands around a table: the reporting unit, the month it says it is of."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from data.ledgers.header import Header
from data.ledgers.kinds import Names
from data.profile import plain

_UNIT = re.compile(
    r"(?:填报|报送|上报|编制)(?:单位|部门)[:：]\s*(.*?)(?:\s{2,}|\t|填报|报送|填表|上报|时间|日期|$)"
)
_MONTH = re.compile(
    r"(20\d{2})\s*年\s*(?:\d{1,2}\s*月?\s*[-—–~至]+\s*)?(1[0-2]|0?[1-9])\s*月|(20\d{2})[.\-/](1[0-2]|0?[1-9])(?!\d)"
)
_WRITTEN = re.compile(r"(?:时间|日期)[:：]\s*\S+")
# A month without its year; 1月起, 9月底 and 9月5日 name a time, not the month of the figures.
_BARE = re.compile(r"(?<![\d年.\-/])(1[0-2]|0?[1-9])月(?![\d起底初末前内])")
_YEAR_WORDS = re.compile(r"[〇零一二三四五六七八九]{4}(?=年)")
_MONTH_WORDS = re.compile(r"(?<![一二三四五六七八九十\d])(十[一二]?|[一二三四五六七八九])(?=月)")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_DATED = re.compile(r"(20\d{2})(0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d)")


def reporting_unit(header: Header) -> str:
    """The reporting unit as written, or an empty text."""
    for _, _, text in header.titles:
        found = _UNIT.search(unicodedata.normalize("NFKC", text))
        if found and found.group(1).strip():
            return found.group(1).strip()
    return ""


def township_named(text: str, names: Names) -> str | None:
    """The township whose name a text begins with or, failing that, holds; the longest name counts."""
    bare = plain(text)
    for candidates in (
        [name for name in names.townships if bare.removeprefix(names.county).startswith(name)],
        [name for name in names.townships if bare.startswith(name)],
        [name for name in names.townships if len(name) > 2 and name in bare],
    ):
        if candidates:
            return names.townships[max(candidates, key=len)]
    return None


def months_in(texts: Iterable[str]) -> set[date]:
    """The months that texts name, dates of filling in left out: 2026年9月, 二〇二六年九月, 20260930."""
    found = set()
    for text in texts:
        bare = _spelled(text)
        for pattern in (_MONTH, _DATED):
            for groups in pattern.findall(bare):
                year, month = (int(part) for part in groups if part)
                found.add(date(year, month, 1))
    return found


def bare_months(text: str) -> set[int]:
    """The months that a text names without a year: 9月份, 九月."""
    return {int(month) for month in _BARE.findall(_spelled(text).replace(" ", ""))}


def _spelled(text: str) -> str:
    """A text with its years and months in digits and without the day it was filled in."""
    bare = _WRITTEN.sub("", unicodedata.normalize("NFKC", text))
    digits = _YEAR_WORDS.sub(lambda year: year.group().translate(_DIGITS), bare)
    return _MONTH_WORDS.sub(lambda month: str(_number(month.group())), digits)


def _number(word: str) -> int:
    """九 is 9, 十一 is 11."""
    ones = word.removeprefix("十").translate(_DIGITS)
    return 10 * word.startswith("十") + int(ones or 0)
