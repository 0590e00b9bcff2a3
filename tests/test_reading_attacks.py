"""Sheets as clerks really muddle them: nothing wrong is read in silence, and what is right is not refused."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.ledgers.grid import Book, Grid, Merge, letter
from data.ledgers.ledger import Ledger, Reading
from data.ledgers.reading import read_ledgers
from data.profile import load_profile

Value = str | int | float | None
Rows = list[list[Value]]

MONTH = date(2026, 10, 1)
PROFILE = load_profile(Path(__file__).parent / "ledgers" / "profile")


# Headers and one row of each kind.
def row_of(text: str) -> list[Value]:
    return list(text.split())


FIRMS = row_of("序号 所在镇街 企业名称 行业党委 是否实体运营 从业人员数 正式党员数 预备党员数 党组织组建形式")
LOCAL: list[Value] = [one for one in FIRMS if one != "所在镇街"]
PEOPLE = row_of("序号 镇街 行业党委 从业人员数 正式党员数 预备党员数")
CARE = row_of("镇街 培训人次 意见建议")
T: list[Value] = ["石桥镇企业台账2026年10月"]
P: list[Value] = ["人员与党员统计表2026年10月"]


def firm(number: int, name: str = "", town: str | None = "石桥镇") -> list[Value]:
    told: list[Value] = [f"{number}", town, name or f"甲{number}快递有限公司", "快递", "是", 20, 3, 0, "无"]
    return told if town else [told[0], *told[2:]]


def people(number: int, town: str = "石桥镇", workers: int = 30, full: int = 5) -> list[Value]:
    return [f"{number}", town, "快递", workers, full, 1]


def read(sheets: dict[str, Rows], name: str = "台账.xlsx", *merges: Merge) -> Reading:
    """A workbook of these sheets as it is read; what its bytes are is the business of other tests."""
    grids = []
    for sheet, rows in sheets.items():
        across = max(map(len, rows))
        texts = [[None if one is None else str(one) for one in row] for row in rows]
        filled = [row + [None] * (across - len(row)) for row in texts]
        schema = {letter(at + 1): pl.String() for at in range(across)}
        grids.append(Grid(sheet, pl.DataFrame(filled, schema=schema, orient="row"), merges=merges))
    return read_ledgers(Book(name, "xlsx", "", tuple(grids)), MONTH, PROFILE)


def codes(reading: Reading) -> list[str]:
    """What was found, without notes: code, severity and row."""
    told = [one for one in reading.findings if one.severity != "note"]
    return [f"{one.severity[0]} {one.code} {one.place.row or ''}".strip() for one in told]


def table(reading: Reading) -> pl.DataFrame:
    """The rows of all ledgers of a file, which are of one kind."""
    return pl.concat([frame for one in reading.ledgers for frame in one.frames.values()], how="diagonal")


def names(reading: Reading) -> list[str]:
    return table(reading)["name"].to_list() if reading.ledgers else []


def senders(reading: Reading) -> list[tuple[str, list[str | None]]]:
    """The ledgers' reporting units with the townships of their rows."""
    return [(one.unit, towns(one)) for one in reading.ledgers]


def towns(ledger: Ledger) -> list[str | None]:
    (frame,) = ledger.frames.values()
    return frame["township_code"].to_list()


TOTALS: dict[str, list[Value]] = {
    "behind a number": ["3", "石桥镇", "小计", 60, 10, 2],
    "named after a township": ["石桥镇小计", None, None, 60, 10, 2],
    "in the township's column": [None, "石桥镇合计", None, 60, 10, 2],
    "of the page": [None, "本页合计", None, 60, 10, 2],
    "with a word behind": [None, "合计数", None, 60, 10, 2],
    "with brackets": ["总计（全县）", None, None, 60, 10, 2],
    "with a blank inside": [None, "合　计：", None, 60, 10, 2],
    "far in": [None, None, None, "合计", None, None],
}


@pytest.mark.parametrize("row", TOTALS.values(), ids=TOTALS)
def test_a_row_of_totals_is_never_data(row: list[Value]) -> None:
    reading = read({"S": [P, PEOPLE, people(1), ["2", "石桥镇", "外卖", 30, 5, 1], row]})
    assert codes(reading) == []
    assert table(reading).filter(pl.col("indicator_id") == "workers")["row"].to_list() == [3, 4]
    assert reading.ledgers[0].tally.left_out == {"total": 1}


def test_a_total_of_its_sum_that_is_wrong_is_told_of_a_named_subtotal_too() -> None:
    reading = read({"S": [P, PEOPLE, people(1), ["石桥镇小计", None, None, 31, 5, 1]]})
    assert codes(reading) == ["w total_differs 4"]


OTHER_TABLES: dict[str, list[Value]] = {
    "the same words in another order": ["序号", "镇街", "行业党委", "从业人员数", "预备党员数", "正式党员数"],
    "fewer columns": ["镇街", "从业人员数", "正式党员数"],
}


@pytest.mark.parametrize("header", OTHER_TABLES.values(), ids=OTHER_TABLES)
def test_a_repeated_header_whose_columns_stand_elsewhere_begins_another_table(header: list[Value]) -> None:
    reading = read({"S": [P, PEOPLE, people(1), header, people(2, "柳湾镇")]})
    assert codes(reading) == ["e second_table 4"]
    assert set(table(reading)["row"]) == {3}


def test_a_firm_whose_name_begins_like_a_footer_is_a_firm() -> None:
    rows = [
        firm(1, "联系达物流有限公司")[2:],
        firm(2, "审核通科技有限公司")[2:],
        firm(3, "合计达速递有限公司")[2:],
    ]
    signed: Rows = [["填表人", "某", "审核人", "某"], ["备注：以上为月末数"], ["审核"]]
    reading = read({"S": [T, list(FIRMS[2:]), *rows, *signed]})
    assert codes(reading) == []
    assert names(reading) == ["联系达物流有限公司", "审核通科技有限公司", "合计达速递有限公司"]


def test_a_number_alone_in_a_row_is_told_and_a_bare_number_of_the_list_is_not() -> None:
    assert codes(read({"S": [P, CARE, ["石桥镇", 3, 4], [None, None, 35]]})) == ["w line_skipped 4"]
    assert codes(read({"S": [T, FIRMS, firm(1), ["2"], ["3"]]})) == []


MONTHS: dict[str, tuple[dict[str, Rows], list[str]]] = {
    "title of September, written in October": (
        {"S": [["石桥镇企业台账2026年9月"], ["填报单位:石桥镇   2026年10月8日"], FIRMS, firm(1)]},
        ["e month_other 1"],
    ),
    "as of a day of September": (
        {"S": [["石桥镇企业台账(截至2026年9月30日)"], ["2026.10.8"], FIRMS, firm(1)]},
        ["e month_other 1"],
    ),
    "a day in a cell of its own": (
        {"S": [["石桥镇企业台账"], ["填报日期", "2026.11.2"], FIRMS, firm(1)]},
        [],
    ),
    "written in the month after, without a word": ({"S": [["石桥镇"], ["2026-11-02"], FIRMS, firm(1)]}, []),
    "a month without a year beside a day": (
        {"S": [["石桥镇九月份企业台账"], ["2026.10.8"], FIRMS, firm(1)]},
        ["w month_perhaps 1"],
    ),
    "sheets of two months": (
        {"9月": [["石桥镇"], FIRMS, firm(1)], "10月": [["石桥镇"], FIRMS, firm(2)]},
        ["w sheet_other_month"],
    ),
    "the month before and this one": (
        {"上月": [["石桥镇"], FIRMS, firm(1)], "本月": [["石桥镇"], FIRMS, firm(2)]},
        ["w sheet_other_month"],
    ),
}


@pytest.mark.parametrize(("sheets", "wanted"), MONTHS.values(), ids=MONTHS)
def test_another_month_is_never_read_in_silence(sheets: dict[str, Rows], wanted: list[str]) -> None:
    reading = read(sheets)
    assert codes(reading) == wanted
    if len(sheets) == 2:
        assert names(reading) == ["甲2快递有限公司"]


def test_the_signs_by_which_exports_make_text_of_numbers_are_no_part_of_it() -> None:
    row: list[Value] = ["'1", "‘石桥镇", "'甲快递有限公司", '="快递"', "是", "'20", '="3"', "0", "无"]
    reading = read({"S": [T, FIRMS, row]})
    assert codes(reading) == []
    assert table(reading).select("name", "workers", "members_full").row(0) == ("甲快递有限公司", 20, 3)


def test_who_stands_for_a_reporting_unit_is_not_kept() -> None:
    above: Rows = [["企业台账"], ["填报单位（盖章）：石桥镇 联系人：某某 2026年10月"]]
    reading = read({"S": [*above, LOCAL, firm(1, town=None)]})
    assert senders(reading) == [("石桥镇", ["990101102"])]


HEADERS: dict[str, tuple[Rows, list[str], list[tuple[str, float]]]] = {
    # What brackets or upper levels say of another time or of some people makes a header another one.
    "so far this year": (
        [["镇街", "培训人次(累计)", "意见建议", "隐患上报"], ["石桥镇", 900, 4, 2]],
        ["w column_unknown 1"],
        [("suggestions", 4), ("hazards", 2)],
    ),
    "last month in brackets": (
        [["镇街", "培训人次（上月）", "培训人次", "意见建议"], ["石桥镇", 9, 8, 4]],
        ["w column_unknown 1"],
        [("training_pt", 8), ("suggestions", 4)],
    ),
    "month and year so far": (
        [["镇街", "培训人次", "培训人次", "意见建议"], [None, "本月", "累计", None], ["石桥镇", 9, 80, 4]],
        ["w column_unknown 2"],
        [("training_pt", 9), ("suggestions", 4)],
    ),
    "both over a figure that counts from January": (
        [["镇街", "政策宣传", "政策宣传", "意见建议"], [None, "本月", "累计", None], ["石桥镇", 9, 80, 4]],
        ["w column_unknown 2"],
        [("publicity", 80), ("suggestions", 4)],
    ),
    "last month over this one": (
        [
            ["镇街", "上月", "上月", "本月", "本月"],
            [None, "培训人次", "意见建议", "培训人次", "意见建议"],
            ["石桥镇", 1, 2, 3, 4],
        ],
        ["w column_unknown 2", "w column_unknown 2"],
        [("training_pt", 3), ("suggestions", 4)],
    ),
    "a unit of ten thousands": (
        [["镇街", "关爱基金募集(万元)", "意见建议(条)"], ["石桥镇", 3.5, 4]],
        ["e unit_scaled 1"],
        [("care_fund_in", 3.5), ("suggestions", 4)],
    ),
    "a unit above the table": (
        [["单位：万元"], ["镇街", "关爱基金募集", "意见建议"], ["石桥镇", 3.5, 4]],
        ["e unit_scaled 1"],
        [("care_fund_in", 3.5), ("suggestions", 4)],
    ),
    "a unit beside the number": (
        [["指标名称", "计量单位", "本期数"], ["关爱基金募集", "万元", 3.5], ["岗位发布", "个", 3]],
        ["e unit_scaled 2"],
        [("jobs_posted", 3)],
    ),
    "so far this year beside the indicator": (
        [["指标名称", "本期数"], ["培训人次（累计）", 900], ["典型选树（累计）", 24]],
        ["e indicator_unknown 2"],
        [("role_models", 24)],
    ),
    "a column without a header": (
        [["镇街", None, "培训人次", "意见建议"], ["石桥镇", 7, 3, 4], ["柳湾镇", None, 3, 4]],
        ["w column_unnamed 1"],
        [("training_pt", 3), ("suggestions", 4)] * 2,
    ),
}


@pytest.mark.parametrize(("rows", "told", "wanted"), HEADERS.values(), ids=HEADERS)
def test_a_header_is_read_for_all_that_it_says(
    rows: Rows, told: list[str], wanted: list[tuple[str, float]]
) -> None:
    reading = read({"S": rows}, "暖溪县关爱月报.xlsx")
    assert codes(reading) == told
    assert table(reading).select("indicator_id", "value").rows() == wanted


def test_the_year_so_far_over_half_of_a_header_is_not_taken_for_a_title() -> None:
    rows: Rows = [["镇街", "1-10月累计", None], [None, "培训人次", "意见建议"], ["石桥镇", 35, 120]]
    reading = read({"S": rows}, "台账.xlsx", Merge(1, 1, 2, 1), Merge(1, 2, 1, 3))
    assert not reading.ledgers
    assert "e ledger_unknown" in codes(reading)


def test_members_of_a_part_are_not_all_members() -> None:
    top: list[Value] = [*FIRMS[:6], "党员总数", "其中:流动党员", None, FIRMS[8]]
    below: list[Value] = [*[None] * 7, "正式", "预备", None]
    row: list[Value] = [*firm(1)[:6], 5, 1, 0, "无"]
    reading = read({"S": [T, top, below, row]}, "台账.xlsx", Merge(2, 8, 2, 9))
    assert codes(reading) == ["w column_unknown 3"] * 2
    assert table(reading)["members_full"].to_list() == [None]


def test_a_number_merged_over_two_firms_is_told() -> None:
    second: list[Value] = [*firm(2)[:5], None, *firm(2)[6:]]
    reading = read({"S": [T, FIRMS, firm(1), second]}, "台账.xlsx", Merge(3, 6, 4, 6))
    assert codes(reading) == ["w number_shared 3"]


WHOSE: dict[str, tuple[dict[str, Rows], str, list[str], list[tuple[str, list[str | None]]]]] = {
    # A sheet without a township column: the unit, else the title, else its own name, else the file's.
    "sheets named after townships": (
        {"石桥镇": [LOCAL, firm(1, town=None)], "柳湾镇": [LOCAL, firm(2, town=None)]},
        "汇总.xlsx",
        [],
        [("石桥镇", ["990101102"]), ("柳湾镇", ["990101101"])],
    ),
    "a sheet of another township than its neighbour's unit": (
        {"A": [["填报单位:石桥镇"], LOCAL, firm(1, town=None)], "柳湾镇": [LOCAL, firm(2, town=None)]},
        "汇总.xlsx",
        [],
        [("石桥镇", ["990101102"]), ("柳湾镇", ["990101101"])],
    ),
    "two townships in the title": (
        {"S": [["石桥镇、柳湾镇企业台账"], LOCAL, firm(1, town=None)]},
        "台账.xlsx",
        ["e township_missing"],
        [("", [None])],
    ),
    "a title that says nothing, a file that does": (
        {"S": [["企业台账"], LOCAL, firm(1, town=None)]},
        "石桥镇企业台账.xlsx",
        [],
        [("石桥镇", ["990101102"])],
    ),
    "a unit left over from another township": (
        {"S": [["柳湾镇企业台账"], ["填报单位:石桥镇"], LOCAL, firm(1, town=None)]},
        "台账.xlsx",
        ["w township_conflict"],
        [("石桥镇", ["990101102"])],
    ),
    "a unit that is not registered": (
        {"S": [["柳湾镇企业台账"], ["填报单位:海望镇"], LOCAL, firm(1, town=None)]},
        "台账.xlsx",
        ["e township_missing"],
        [("海望镇", [None])],
    ),
    "an office of a township": (
        {"S": [["企业台账"], ["填报单位：", "石桥镇党建办"], LOCAL, firm(1, town=None)]},
        "台账.xlsx",
        [],
        [("石桥镇党建办", ["990101102"])],
    ),
    "figures of nobody are not the county's": (
        {"S": [["关爱月报"], CARE[1:], [3, 4]]},
        "海望镇.xlsx",
        ["e township_missing"],
        [("", [None, None])],
    ),
    "figures of the county": (
        {"S": [["暖溪县关爱月报"], CARE[1:], [3, 4]]},
        "台账.xlsx",
        [],
        [("", [None, None])],
    ),
    "a person is no unit": (
        {"S": [["暖溪县关爱月报"], ["填报单位:张三"], CARE[1:], [3, 4]]},
        "台账.xlsx",
        ["e township_missing"],
        [("", [None, None])],
    ),
}


@pytest.mark.parametrize(("sheets", "name", "told", "wanted"), WHOSE.values(), ids=WHOSE)
def test_rows_are_never_given_to_another_township(
    sheets: dict[str, Rows], name: str, told: list[str], wanted: list[tuple[str, list[str | None]]]
) -> None:
    reading = read(sheets, name)
    assert senders(reading) == wanted
    assert codes(reading) == told


SECTIONS: dict[str, Rows] = {
    "a second township under a title of its own": [["石桥镇企业台账"], LOCAL, ["柳湾镇企业台账"], LOCAL],
    "a second month": [["石桥镇企业台账2026年10月"], LOCAL, ["石桥镇企业台账2026年9月"], LOCAL],
    "a township above its rows": [["石桥镇企业台账"], LOCAL, ["二、柳湾镇"]],
}


@pytest.mark.parametrize("rows", SECTIONS.values(), ids=SECTIONS)
def test_a_line_within_the_table_does_not_change_in_silence_whose_rows_follow(rows: Rows) -> None:
    made = [*rows[:2], firm(1, town=None), *rows[2:], firm(2, town=None)]
    assert codes(read({"S": made})) == ["w line_skipped 4", "e second_table 4"]


def test_a_service_sheet_of_one_known_service_is_no_ledger_of_stations() -> None:
    (ledger,) = read({"S": [["驿站编号", "驿站名称", "充电", "热饭"], ["Z1", "站", 3, 4]]}).ledgers
    assert (ledger.kind, ledger.totals) == ("services", {"rows": 1, "充电": 3})


def test_a_case_of_last_year_is_a_case() -> None:
    heads = row_of("工单编号 受理时间 诉求类别 办理状态")
    reading = read({"S": [heads, ["GD01", "去年10月", "停车困难", "在办"]]})
    assert codes(reading) == ["e date_words 2"]


def test_a_row_of_known_words_and_a_number_begins_no_second_table() -> None:
    heads = row_of("行业 工单编号 受理时间 诉求类别 办理状态")
    reading = read({"S": [heads, ["快递", "GD01", "2026-10-09", "停车困难", "在办"]]})
    assert codes(reading) == []


def test_a_ratio_below_a_sign_of_percent_is_asked_for() -> None:
    rows: Rows = [["镇街", "组织覆盖率目标(%)", "驿站数目标"], ["石桥镇", 0.85, 5], ["柳湾镇", 85, 5]]
    assert codes(read({"S": rows})) == ["e rate_ambiguous 2"]


def test_a_station_in_use_has_no_day_of_closing() -> None:
    heads = row_of("驿站编号 驿站名称 所在镇街 启用时间 停用时间")
    reading = read({"S": [heads, ["Z1", "站", "石桥镇", "2024.5.1", "在用"]]})
    assert codes(reading) == []
    assert table(reading)["closed_on"].to_list() == [None]
