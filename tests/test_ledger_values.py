"""Cells as people write them: each style gives its value, and what cannot be read says why."""

from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.ledgers import values
from data.ledgers.findings import SEVERITIES, found
from data.ledgers.grid import UNCALCULATED, Place
from data.ledgers.numerals import numeral
from data.ledgers.values import Value
from data.personal import kind
from tests.disguises import planted

# Written -> number and qualifier.
COUNTS: dict[str, tuple[float, str | None]] = {
    "134": (134, None),
    "２８人": (28, None),
    " 1,234 ": (1234, None),
    "1，234": (1234, None),
    "1 234": (1234, None),
    "12 345 678": (12_345_678, None),
    "三十五支": (35, None),
    "两个": (2, None),
    "十三名": (13, None),
    "一百零五": (105, None),
    "一百二": (120, None),
    "一万二千": (12_000, None),
    "两千三百件": (2300, None),
    "壹佰贰拾叁": (123, None),
    "12万3千": (123_000, None),
    "0": (0, None),
    "0人次": (0, None),
    "零": (0, None),
    "〇": (0, None),
    "无\u3000": (0, None),
    "300余": (300, "余"),
    "30余项": (30, "余"),
    "13400余": (13_400, "余"),
    "2万余": (20_000, "余"),
    "40余万元": (400_000, "余"),
    "二十多个": (20, "余"),
    "百余": (100, "余"),
    "近1000个": (1000, "近"),
    "近300人次": (300, "近"),
    "约1.2万": (12_000, "约"),
    "50人左右": (50, "约"),
    "50人以上": (50, "以上"),
    "900次以上": (900, "以上"),
    ">50": (50, "以上"),
    "≥50": (50, "以上"),
    "50+": (50, "以上"),
    "12.0": (12, None),
    "11.999999999999998": (12, None),
    "共12件": (12, None),
    "50(人)": (50, None),
}
STATES = {
    **dict.fromkeys(["—", "-", "－", "–", "/", "／", "不适用"], "not_applicable"),
    **dict.fromkeys([None, "", " ", "\u3000", "未统计", "未报", "暂缺", "未 统 计"], "not_reported"),
}
# What is no count -> its finding and what the sentence repeats.
NO_COUNTS: dict[str, tuple[str, str | None]] = {
    "12%": ("count_percent", "12%"),
    "12％": ("count_percent", "12%"),
    "百分之十二": ("count_percent", "百分之十二"),
    "-15": ("count_negative", "-15"),
    "负5人": ("count_negative", "负5人"),
    "2.5": ("count_fraction", "2.5"),
    "1.23456万": ("count_fraction", "12345.6"),
    "10-20": ("count_range", "10-20"),
    "10～20人": ("count_range", "10~20人"),
    "三到五人": ("count_range", "三到五人"),
    "不足50": ("count_bound", "不足50"),
    "50以下": ("count_bound", "50以下"),
    "12 13": ("count_several", "12 13"),
    "12/13": ("count_several", "12/13"),
    "1,23": ("count_several", "1,23"),
    "若干": ("count_vague", "若干"),
    "暂无": ("count_vague", "暂无"),
    "2026-10-20": ("count_date", "2026-10-20"),
    "2026-10-20T00:00:00": ("count_date", "2026-10-20"),
    "15400588188": ("count_too_large", None),
    "9.13205e+17": ("count_too_large", None),
    "张某": ("count_words", None),
    "三五个": ("count_words", None),
    "七八百": ("count_words", None),
    "50①": ("count_words", None),
    "5²": ("count_words", None),
    "true": ("count_words", None),
    "百": ("count_words", None),
    "#REF!": ("cell_error", "#REF!"),
    UNCALCULATED: ("cell_uncalculated", None),
}


def outcome(value: Value) -> tuple[str | None, Any]:
    return value.problem, value.params.get("value")


@pytest.mark.parametrize("text", COUNTS)
def test_a_count_is_read_however_it_is_written(text: str) -> None:
    number, qualifier = COUNTS[text]
    assert values.count(text) == Value(number, qualifier, "value" if number else "zero")
    assert isinstance(values.count(text).value, int)


@pytest.mark.parametrize("text", STATES)
def test_not_reported_and_not_applicable_are_kept_apart_in_every_type(text: str | None) -> None:
    read = [
        values.count(text),
        values.count(text, whole=False),
        values.day(text),
        values.rate(text, percent_column=True, is_percent_cell=False),
        values.yes_no(text, ticks_only=False),
        values.word(text, {"在办": "open"}),
    ]
    assert [(one.value, one.state, one.problem) for one in read] == [(None, STATES[text], None)] * len(read)


@pytest.mark.parametrize("text", NO_COUNTS)
def test_what_is_no_count_says_why(text: str) -> None:
    read = values.count(text)
    assert outcome(read) == NO_COUNTS[text]
    assert (read.value, read.state) == (None, "unreadable")


def test_amounts_keep_their_fraction_and_a_percent_format_is_no_count() -> None:
    assert values.count("2.5小时", whole=False).value == 2.5
    assert values.count("¥12,345.67", whole=False).value == 12_345.67
    assert values.count("120.639570", whole=False).value == 120.63957
    assert outcome(values.count("0.12", is_percent_cell=True)) == ("count_percent", "12%")
    assert outcome(values.count("3", is_percent_cell=True)) == ("count_percent", "300%")


YES = ["是", "有 ", "1", "1.0", "√", "✓", "✔", "正常经营", "在营", "开业", "true", "Ｙ", "有（2名）", "有2名"]
NO = ["否", "无", "0", "×", "停业", "注销", "歇业", "false", "N", "无（未建）"]


@pytest.mark.parametrize(("text", "value"), [*product(YES, [True]), *product(NO, [False])])
def test_yes_and_no(text: str, value: bool) -> None:
    assert values.yes_no(text, ticks_only=False) == Value(value)


def test_a_blank_is_no_only_where_ticks_are_the_only_marks() -> None:
    assert values.yes_no(" ", ticks_only=True).value is False
    assert values.yes_no(None, ticks_only=False).state == "not_reported"
    assert outcome(values.yes_no("张某", ticks_only=True)) == ("yes_no_words", None)
    assert outcome(values.yes_no("2", ticks_only=False)) == ("yes_no_words", None)


DAYS: dict[str, date] = {
    **dict.fromkeys(
        [
            *(
                "2026.9.3",
                "2026-9-3",
                "2026/9/3",
                "2026年9月3日",
                "2026年9月3号",
                "20260903",
                "26.9.3",
                "46268",
            ),
            *("2026-09-03", "2026-09-03 00:00:00", "2026-09-03T00:00:00", "２０２６．９．３", "2026 . 9 . 3"),
            *("二〇二六年九月三日", "2026.9.3.", "2026-9-3（星期四）", "2026-9-3 24:00"),
        ],
        date(2026, 9, 3),
    ),
    **dict.fromkeys(
        [
            *("2026-09-03T16:05:00", "2026-9-3 16:05", "2026/9/3 16:05:00", "2026年9月3日 16:05"),
            *("2026年9月3日16时5分", "2026年9月3日下午4:05", "2026-9-3 4:05 PM", "202609031605"),
            *("20260903 16:05", "2026-09-03T16:05:00+08:00", "46268.670138888891"),
        ],
        datetime(2026, 9, 3, 16, 5),
    ),
    "98.5.3": date(1998, 5, 3),
}
NO_DAYS: dict[str, tuple[str, str | None]] = {
    "2024.1": ("date_ambiguous", "2024.1"),
    "2024.10": ("date_ambiguous", "2024.10"),
    "5月10日": ("date_ambiguous", "5月10日"),
    "2024.5.10-5.12": ("date_ambiguous", "2024.5.10-5.12"),
    "2026-9-3、9-5": ("date_ambiguous", "2026-9-3、9-5"),
    "3/9/2026": ("date_ambiguous", "3/9/2026"),
    "农历八月十五": ("date_ambiguous", "农历八月十五"),
    "2024年5月": ("date_no_day", "2024年5月"),
    "2024.5": ("date_no_day", "2024.5"),
    "2026年9月上旬": ("date_no_day", "2026年9月上旬"),
    "2026年2月30日": ("date_impossible", "2026年2月30日"),
    "2026.13.3": ("date_impossible", "2026.13.3"),
    "20261331": ("date_impossible", "20261331"),
    "2026-9-3 25:00": ("date_impossible", "2026-9-3 25:00"),
    "1021-3-4": ("date_impossible", "1021-3-4"),
    "12345": ("date_number", None),
    "70000": ("date_number", None),
    "张某": ("date_words", None),
    "尽快": ("date_words", None),
    "2026.9.3张某": ("date_words", None),
    "#N/A": ("cell_error", "#N/A"),
    "154-0058-8188": ("date_ambiguous", "※"),
}


@pytest.mark.parametrize("text", DAYS)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    read = values.day(text)
    assert (read.value, type(read.value), read.problem) == (DAYS[text], type(DAYS[text]), None)


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_no_day_says_why(text: str) -> None:
    assert outcome(values.day(text)) == NO_DAYS[text]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2026年11月", date(2026, 11, 30)),
        ("2026.11", date(2026, 11, 30)),
        ("2026年2月底", date(2026, 2, 28)),
        ("2028年2月底前", date(2028, 2, 29)),
        ("11月底", date(2026, 11, 30)),
        ("11月底前", date(2026, 11, 30)),
        ("十一月底前", date(2026, 11, 30)),
        ("次年1月底", date(2027, 1, 31)),
        ("明年1月", date(2027, 1, 31)),
        ("1月底", date(2026, 1, 31)),
        ("2026年底前", date(2026, 12, 31)),
        ("年底前", date(2026, 12, 31)),
        ("2026年10月20日前", date(2026, 10, 20)),
        ("2026-10-20", date(2026, 10, 20)),
    ],
)
def test_a_deadline_may_be_a_month(text: str, last: date) -> None:
    assert values.day(text, month_end_allowed=True, year=2026).value == last
    if len(text) < 10:
        assert values.day(text).problem in ("date_ambiguous", "date_no_day")


@pytest.mark.parametrize("text", ["2026.1", "2026.10", "5月10日", "11月前"])
def test_a_deadline_that_may_be_two_days_is_asked_for(text: str) -> None:
    assert values.day(text, month_end_allowed=True, year=2026).problem == "date_ambiguous"


@pytest.mark.parametrize("text", ["—", "/", "无", "长期"])
def test_no_day_is_meant(text: str) -> None:
    assert values.day(text, month_end_allowed=True, year=2026).state == "not_applicable"


@pytest.mark.parametrize(
    ("text", "column", "cell", "ratio", "qualifier"),
    [
        ("85%", False, False, 0.85, None),
        ("85.0％", True, False, 0.85, None),
        ("百分之八十五", False, False, 0.85, None),
        ("约85%", False, False, 0.85, "约"),
        ("85%以上", False, False, 0.85, "以上"),
        ("85", True, False, 0.85, None),
        ("85", False, False, 0.85, None),
        ("0.85", False, False, 0.85, None),
        ("1", False, False, 1.0, None),
        ("0.85", True, True, 0.85, None),
        ("1.2", False, True, 1.2, None),
        ("4500%", False, False, 45.0, None),
        ("350", False, False, 3.5, None),
    ],
)
def test_rates_become_ratios(
    text: str, column: bool, cell: bool, ratio: float, qualifier: str | None
) -> None:
    read = values.rate(text, percent_column=column, is_percent_cell=cell)
    assert (read.value, read.qualifier, read.problem) == (ratio, qualifier, None)


@pytest.mark.parametrize(
    ("text", "problem", "shown"),
    [
        ("1.2", "rate_ambiguous", "1.2"),
        ("80-85%", "rate_range", "80-85%"),
        ("-5%", "rate_negative", "-5%"),
        ("若干", "rate_words", None),
        ("#DIV/0!", "cell_error", "#DIV/0!"),
    ],
)
def test_what_is_no_rate_says_why(text: str, problem: str, shown: str | None) -> None:
    assert outcome(values.rate(text, percent_column=False, is_percent_cell=False)) == (problem, shown)


def test_words_of_a_closed_list() -> None:
    forms = {"单独组建": "sole", "无": "none", "—": "none", "未评价": ""}
    assert values.word(" 单独 组建", forms).value == "sole"
    assert values.word("－", forms).value == "none"
    assert values.word("未评价", forms) == Value(None)
    assert outcome(values.word("独立", forms)) == ("word_unknown", "独立")


CODES = {
    **{"金港街道": "1", "金港": "1", "乐余镇": "2", "乐余": "2", "张家港保税区": "3", "保税区": "3"},
    **{
        "张家港经济技术开发区": "4",
        "张家港市冶金工业园": "5",
        "快递行业党委": "6",
        "快递": "6",
        "城东": "7",
        "城东街道": "8",
    },
}
NAMES = {
    **dict.fromkeys(
        ["金港街道", "张家港市金港街道", "金港", "金港街道办事处", "金港街办", "金港办", " 金港 街道"], "1"
    ),
    **dict.fromkeys(["乐余镇政府", "乐余镇人民政府", "张家港市乐余镇人民政府", "张家港乐余"], "2"),
    **dict.fromkeys(["张家港保税区管委会", "保税区管委会", "张家港市保税区"], "3"),
    **dict.fromkeys(["经济技术开发区", "张家港市张家港经济技术开发区"], "4"),
    **dict.fromkeys(["冶金工业园", "冶金工业园管委会"], "5"),
    **dict.fromkeys(["快递", "快递行业", "快递党委", "快递行业党委"], "6"),
    **dict.fromkeys(["望海镇", "张家港市", "张家港市人民政府", "市政府", "政府", "", "金港镇", None], None),
    "城东街道办": None,
}


@pytest.mark.parametrize("text", NAMES)
def test_names_are_found_with_county_and_office_or_without(text: str | None) -> None:
    assert values.name(text, CODES, county="张家港市") == NAMES[text]


ONES = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """A number below a hundred million as it is read aloud."""
    if number >= 10_000:
        rest = number % 10_000
        return (
            in_chinese(number // 10_000)
            + "万"
            + ("零" if 0 < rest < 1000 else "")
            + (in_chinese(rest) if rest else "")
        )
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= unit:
            rest = number % unit
            first = "" if unit == 10 and number < 20 else ONES[number // unit]
            return first + sign + ("零" if 0 < rest < unit // 10 else "") + (in_chinese(rest) if rest else "")
    return ONES[number]


@given(st.integers(0, 99_999_999))
def test_a_number_is_the_same_in_every_spelling(number: int) -> None:
    wide = str.maketrans("0123456789,", "０１２３４５６７８９，")
    han = in_chinese(number)
    spellings = [
        *(
            str(number),
            f"{number:,}",
            f"{number:,}".translate(wide),
            f" {number}　人",
            f"{number}.0",
            han,
            f"{han}名",
        ),
        *(
            f"{number:,}".replace(",", " "),
            han.replace("万", "萬").replace("二", "贰"),
            f"{number / 10_000!r}万",
        ),
    ]
    assert {values.count(text).value for text in spellings if "e" not in text} == {number}
    assert numeral(han) == number


@given(
    st.integers(0, 9_999_999),
    st.sampled_from(["余", "近", "约", "以上"]),
    st.sampled_from(["", "人", "人次", "元"]),
)
def test_a_qualifier_never_changes_the_number(number: int, qualifier: str, unit: str) -> None:
    before = qualifier in "近约"
    text = f"{qualifier}{number}{unit}" if before else f"{number}{qualifier}{unit}"
    others = [f"{number}{unit}以上"] if qualifier == "以上" else []
    for written in [text, *others]:
        read = values.count(written)
        assert (read.value, read.qualifier) == (number, qualifier)


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)), st.times().map(lambda at: at.replace(microsecond=0)))
def test_a_date_is_the_same_in_every_style(day: date, at: time) -> None:
    y, m, d = day.year, day.month, day.day
    serial = (day - date(1899, 12, 30)).days
    styles = [f"{y}{a}{m}{a}{d}" for a in ".-/"] + [
        f"{y}年{m}月{d}日",
        f"{day:%Y%m%d}",
        f"{y % 100:02}.{m}.{d}",
        day.isoformat(),
    ]
    styles += [str(serial)] if 20_000 <= serial <= 60_000 else []
    assert {values.day(text).value for text in styles} == {day}
    moment = datetime.combine(day, at)
    expected = moment if at != time() else day
    clocks = [f"{moment:%Y-%m-%dT%H:%M:%S}", f"{y}/{m}/{d} {at}", f"{y}年{m}月{d}日{at}"]
    clocks += [
        f"{serial + timedelta(hours=at.hour, minutes=at.minute, seconds=at.second) / timedelta(days=1):.12f}"
    ] * (20_000 <= serial <= 59_999)
    assert {values.day(text).value for text in clocks} == {expected}


@given(st.integers(0, 10_000))
def test_a_rate_is_the_same_in_every_style(points: int) -> None:
    ratio = points / 10_000
    texts = [(f"{points / 100}%", False, False), (f"{points / 100}", True, False), (f"{ratio}", False, True)]
    read = [
        values.rate(text, percent_column=column, is_percent_cell=cell)
        for text, column, cell in texts
        if "e" not in text and not (column and 0 < points <= 100)
    ]
    assert all(one.value == pytest.approx(ratio, abs=1e-12) for one in read)


READERS = [
    values.count,
    lambda text: values.count(text, whole=False),
    lambda text: values.count(text, is_percent_cell=True),
    values.day,
    lambda text: values.day(text, month_end_allowed=True, year=2026),
    lambda text: values.rate(text, percent_column=True, is_percent_cell=False),
    lambda text: values.yes_no(text, ticks_only=False),
    lambda text: values.word(text, {"在办": "open"}),
]
SIGNS = st.text(
    alphabet="0123456789.,-/%年月日时分余约近万千百十一二三零底前 :(#!eE+~至无—人①²　", max_size=16
)


@given(st.one_of(st.none(), st.text(max_size=16), SIGNS))
def test_any_text_is_read_or_refused_with_a_known_sentence(text: str | None) -> None:
    for reader in READERS:
        read = reader(text)
        assert (read.problem is not None) == (read.state == "unreadable")
        assert (read.value is None) or read.state in ("value", "zero")
        if read.problem:
            assert SEVERITIES[read.problem] == "error"
            finding = found(read.problem, Place("a.xlsx", "Sheet1", 6, "D"), **read.params)
            assert finding.text("zh") != finding.text("en")


def test_nothing_of_a_person_is_repeated_by_a_sentence() -> None:
    for text in planted(4000, seed=5)["text"]:
        for reader in READERS:
            read = reader(text)
            shown = str(read.params.get("value", ""))
            assert kind(shown) is None
            assert read.problem is None or sum(map(str.isdigit, shown)) < 11, read.problem


def test_a_text_is_read_only_once() -> None:
    assert values.count("约1.2万") is values.count("约1.2万")
    assert values.day("2026.9.3") is values.day("2026.9.3")
