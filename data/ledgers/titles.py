"""What stands around a table: the reporting unit, the month it says it is of."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from data.ledgers.header import Header
from data.ledgers.kinds import Names
from data.profile import plain

_UNIT = re.compile(
    r"(?:填报|报送|上报|编制|填表)(?:单位|部门|镇街)(?:\([^()]*\))?:\s*"
    r"(.*?)(?:\s{2,}|[\t\n(]|填报|报送|填表|上报|时间|日期|联系|负责|审[核签]|电话|20\d\d|\d{5}|$)"
)
# What asks for the text of the next cell: 填报单位(盖章): and the like.
_ASKS = re.compile(r"(?:单位|部门|镇街|时间|日期)(?:\([^()]*\))?:?$")
_MONTH = re.compile(
    r"(20\d{2})\s*年\s*(?:\d{1,2}\s*月?\s*[-—–~至]+\s*)?(1[0-2]|0?[1-9])\s*月|(20\d{2})[.\-/](1[0-2]|0?[1-9])(?!\d)"
)
# A day says when a table was written, unless 截至 stands before it.
_DAY = re.compile(
    r"(截[至止]到?\s*)?20\d{2}(?:\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*[日号]|([.\-/])\d{1,2}\2\d{1,2}(?!\d))"
)
_WRITTEN = re.compile(r"(?:时间|日期)[:：]\s*\S+")
_LISTED = re.compile("[、,和及与]")
# A township that is not registered: 望海镇, but not 各镇街.
_TOWN = re.compile(r"(?!各|全|本|乡镇|镇街)[\u4e00-\u9fff]{1,5}?(?:镇|街道|乡)(?!街|镇|村)")
_SEAT = re.compile(_TOWN.pattern + "(?:人民政府|政府|办事处|党委|党工委)?$")
_WHOLE = re.compile(r"[县市区]本级|全[县市区]|[县市区][委级直]|专班|[县市区].{2,8}[局会部办]")
# A month without its year; 1月起, 9月底 and 9月5日 name a time, not the month of the figures.
_BARE = re.compile(r"(?<![\d年.\-/])(1[0-2]|0?[1-9])月(?![\d起底初末前内])")
_YEAR_WORDS = re.compile(r"[〇零一二三四五六七八九]{4}(?=年)")
_MONTH_WORDS = re.compile(r"(?<![一二三四五六七八九十\d])(十[一二]?|[一二三四五六七八九])(?=月)")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_DATED = re.compile(r"(20\d{2})(0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d)")


def lines(header: Header) -> list[tuple[int, str, str]]:
    """The texts above a table by place; 填报单位: takes the text of the next cell along."""
    told: list[tuple[int, str, str]] = []
    for row, column, text in header.titles:
        plain_text = unicodedata.normalize("NFKC", text).strip()
        last = told[-1] if told else (0, "", "")
        if last[0] == row and _ASKS.search(last[2]) and not _ASKS.search(plain_text):
            told[-1] = (*last[:2], f"{last[2].rstrip(':')}:{plain_text}")
        else:
            told.append((row, column, plain_text))
    return told


def reporting_unit(header: Header) -> str:
    """The reporting unit as written, or an empty text; who stands for it is nobody's business."""
    for _, _, text in lines(header):
        found = _UNIT.search(text)
        if found and found.group(1).strip():
            return found.group(1).strip()
    return ""


def township_named(text: str, names: Names) -> str | None:
    """The township whose name a text begins with or, failing that, holds; of several in a row none."""
    bare = plain(text)
    listed = {code for part in _LISTED.split(bare) if (code := _township_in(part, names))}
    return _township_in(bare, names) if len(listed) < 2 else None


def _township_in(bare: str, names: Names) -> str | None:
    """The longest name counts."""
    for candidates in (
        [name for name in names.townships if bare.removeprefix(names.county).startswith(name)],
        [name for name in names.townships if bare.startswith(name)],
        [name for name in names.townships if len(name) > 2 and name in bare],
    ):
        if candidates:
            return names.townships[max(candidates, key=len)]
    return None


def is_town(unit: str, names: Names) -> bool:
    """Whether a unit is called like a township, registered or not."""
    return bool(_SEAT.match(plain(unit).removeprefix(names.county)))


def of_county(text: str, names: Names) -> bool:
    """Whether a title, a unit or a file's name speaks of the whole county and of no township in it."""
    bare = plain(text)
    rest = bare.removeprefix(names.county)
    if _TOWN.match(rest):
        return False
    return rest != bare or names.county in bare or bool(_WHOLE.search(bare))


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


def without_days(text: str) -> str:
    """A text without the days on which tables are written; 截至2026年9月30日 stays."""
    plain_text = unicodedata.normalize("NFKC", text)
    return _DAY.sub(lambda day: day.group() if day.group(1) else "", plain_text)


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
