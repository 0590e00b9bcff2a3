"""Dates as people write them, for a cell that may hold a day, a moment or, for deadlines, a month."""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from data.ledgers.cells import NOT_APPLICABLE, Value, trimmed, unreadable, without_value
from data.ledgers.numerals import CHINESE, by_place, numeral

YEARS = range(1921, 2101)
_EPOCH = datetime(1899, 12, 30)
_SERIALS = range(20_000, 60_001)
_SECONDS = 86_400
_MIDNIGHT = time()
# Two-digit years below this are of this century.
_CENTURY = 70
_NO_DAY = frozenset(
    ["无", "没有", "暂无", "未停用", "在用", "使用中", "未办结", "长期", "长期坚持", "常态化", "持续推进"]
)
_NEXT = "次年|明年|来年|下一年|下年"

_QUICK = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T](\d{1,2}):(\d\d)(?::(\d\d))?)?", re.ASCII)
_WEEKDAY = r"(?:\s?\(?(?:星期|周)[一二三四五六日天]\)?)?"
_WRITTEN = re.compile(
    r"(\d{4}|\d{2})[-./年](\d{1,2})[-./月](\d{1,2})(?!\d)"
    rf"(?:[日号]{_WEEKDAY}[ T]?|{_WEEKDAY}(?:[ T]|$))",
    re.ASCII,
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[ T]|$|(?=\d{4}(?:\d\d)?$))", re.ASCII)
_CLOCK = re.compile(
    r"(?P<half>上午|下午|AM|PM)?\s?(?P<hour>\d{1,2})(?:[:时点](?P<minute>\d{1,2})?分?(?:(?::|(?<=分))"
    r"(?P<second>\d{1,2})(?:\.\d+)?秒?)?)\s?(?P<late>AM|PM)?(?:\+08:00)?",
    re.ASCII,
)
_CLOCK_COMPACT = re.compile(r"(?P<half>)(?P<late>)(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:\.(\d+))?", re.ASCII)
_BY = "(?:之前|以前|前|止)?"
_THIS = "今年|本年|当年"
_MONTH = re.compile(
    rf"(?:(\d{{4}})[-./年]|({_NEXT})|{_THIS})?(?:(?<=\D)|^)(\d{{1,2}})(?:月份?)?(?:[底末]{_BY})?", re.ASCII
)
_YEAR_END = re.compile(rf"(?:(\d{{4}})年|({_NEXT})|{_THIS})?年?[底末]{_BY}", re.ASCII)
_MONTH_OR_TENTH = re.compile(r"\d{4}\.10?", re.ASCII)
_NO_MONTH = re.compile(r"\d{1,2}", re.ASCII)
_WITHOUT_DAY = re.compile(
    r"\d{4}(?:年|[-./年]\d{1,2}月?份?(?:[初底末]|[上中下]旬)?(?:前|之前|以前)?)", re.ASCII
)
_ANY_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:E[+-]?\d+)?", re.ASCII)
# What dates are written with; only text of nothing else is repeated in a message.
_DATE_SIGNS = re.compile(
    rf"[\d\s年月日号时分秒点上中下午前后底末初旬份至到和及截止限,、;.:/\-—–~()农阴旧历正腊冬廿今明次来本当之以T{CHINESE}]+"
)


@lru_cache(maxsize=1 << 16)
def day(text: str | None, *, month_end_allowed: bool = False, year: int | None = None) -> Value:
    """The day of a cell (date), with its time of day where it has one (datetime; midnight counts as none).

    `month_end_allowed`: a month stands for its last day (11月底前), without a year for that of `year`.
    """
    match = _QUICK.fullmatch(text) if text is not None else None
    quick = _quick(match) if match else None
    if quick is not None:
        return quick
    bare = trimmed(text)
    nothing = without_value("".join(bare.split()))
    if nothing is not None:
        return nothing
    if bare in _NO_DAY:
        return NOT_APPLICABLE
    tidy = _tidy(bare)
    if not month_end_allowed:
        return _moment(bare, tidy) or _reason(bare, tidy)
    tidy = re.sub(r"^(?:截至|截止到?|限)|(?<=[日号\d])(?:之前|以前|前|止)$", "", tidy)
    return _moment(bare, tidy) or _month_end(bare, tidy, year) or _reason(bare, tidy)


def _quick(match: re.Match[str]) -> Value | None:
    """The most usual forms, a workbook's own dates among them; None if there is no such moment."""
    try:
        year, month, number, hour, minute, second = (int(part or 0) for part in match.groups())
        found = datetime(year, month, number, hour, minute, second)
    except ValueError:
        return None
    if found.year not in YEARS:
        return None
    return Value(found.date() if found.time() == _MIDNIGHT else found)


def _tidy(text: str) -> str:
    """Without blanks around separators, and with Arabic digits: 二〇二六年 九月 is 2026年9月."""
    bare = re.sub(r"\s*([-./年月日号:时点])\s*", r"\1", text).upper().rstrip("。.,;、")
    if not re.search(f"[{CHINESE}]", bare):
        return bare
    bare = re.sub(f"[{CHINESE}]+(?=年)", lambda found: by_place(found[0]), bare)
    return re.sub(f"[{CHINESE}]+(?=[月日号时点分])", lambda found: str(numeral(found[0]) or found[0]), bare)


def _moment(bare: str, tidy: str) -> Value | None:
    """A day with or without its time: separated, in one piece, or as a serial number."""
    match = _WRITTEN.match(tidy) or _COMPACT.match(tidy)
    if not match:
        return _serial(tidy)
    rest = tidy[match.end() :]
    clock = _CLOCK.fullmatch(rest) or _CLOCK_COMPACT.fullmatch(rest)
    if rest and not clock:
        return None
    return _made(bare, match[1], match[2], match[3], clock)


def _made(bare: str, year: str, month: str, number: str, clock: re.Match[str] | None) -> Value:
    """The day, if there is such a day."""
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < _CENTURY else 1900)
    try:
        found = date(full, int(month), int(number))
        at = _time(clock) if clock else None
    except ValueError:
        return unreadable("date_impossible", bare)
    if full not in YEARS:
        return unreadable("date_impossible", bare)
    return Value(datetime.combine(found, at) if at else found)


def _time(clock: re.Match[str]) -> time | None:
    """The time of day; midnight, at either end of a day, says nothing. ValueError if there is none."""
    late = (clock["half"] or clock["late"]) in ("下午", "PM")
    hour, minute, second = (int(clock[part] or 0) for part in ("hour", "minute", "second"))
    if late and hour < 12:
        hour += 12
    at = _MIDNIGHT if (hour, minute, second) == (24, 0, 0) else time(hour, minute, second)
    return at if at != _MIDNIGHT else None


def _serial(tidy: str) -> Value | None:
    """Days since 1899-12-30, as a spreadsheet counts them; the fraction is the time of day."""
    match = _SERIAL.fullmatch(tidy)
    if not match or int(match[1]) not in _SERIALS:
        return None
    moment = _EPOCH + timedelta(days=int(match[1]), seconds=round(float(f"0.{match[2] or 0}") * _SECONDS))
    return Value(moment if moment.time() != _MIDNIGHT else moment.date())


def _month_end(bare: str, tidy: str, year: int | None) -> Value | None:
    """The last day of a month or of the year; 2026.1 stays open, for it may have been 2026.10."""
    if _MONTH_OR_TENTH.fullmatch(tidy) or _NO_MONTH.fullmatch(tidy):
        return None
    match = _MONTH.fullmatch(tidy) or _YEAR_END.fullmatch(tidy)
    if not match or (match[1] is None and year is None):
        return None
    chosen = int(match[1]) if match[1] else (year or 0) + bool(match[2])
    month = int(match[3]) if match.re is _MONTH else 12
    if not 1 <= month <= 12 or chosen not in YEARS:
        return unreadable("date_impossible", bare)
    return Value(date(chosen, month, monthrange(chosen, month)[1]))


def _reason(bare: str, tidy: str) -> Value:
    """Why a cell is no day, where its form tells."""
    if _MONTH_OR_TENTH.fullmatch(tidy):
        return unreadable("date_ambiguous", bare)
    if _WITHOUT_DAY.fullmatch(tidy):
        return unreadable("date_no_day", bare)
    if _ANY_NUMBER.fullmatch(tidy):
        return unreadable("date_number")
    if _DATE_SIGNS.fullmatch(tidy) and re.search(r"\d|[年月日初]", tidy):
        return unreadable("date_ambiguous", bare)
    return unreadable("date_words")
