"""Each rule of the contract is broken once, on purpose, and named with its table, row and column."""

from datetime import date, datetime
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.contract import FIGURES, RULES, TABLES, TARGETS, Breach, check, conform, empty
from data.personal import is_bank_card, is_credit_code, kind, suspects
from data.rules import breach

MONTH = date(2026, 10, 1)
CREDIT_CODE = "91320582C544657241"

# One good row a table; each test changes what it is about.
GOOD: dict[str, dict[str, Any]] = {
    "enterprises": {
        "enterprise_id": CREDIT_CODE,
        "name": "甲快递有限公司",
        "township_code": "T1",
        "committee_id": "C1",
        "is_operating": True,
        "workers": 12,
        "members_full": 3,
        "members_probationary": None,
        "org_form": "sole",
        "org_approved_on": date(2025, 3, 1),
    },
    "figures": {
        "indicator_id": "workers",
        "township_code": "T1",
        "committee_id": None,
        "value": 12.0,
        "period_end": date(2026, 10, 31),
    },
    "stations": {
        "station_id": "S1",
        "name": "红色驿站",
        "township_code": "T1",
        "opened_on": date(2024, 1, 1),
        "closed_on": None,
    },
    "station_services": {"station_id": "S1", "service_type": "饮水", "person_times": 3},
    "grievances": {
        "case_id": "ZJG202610010090",
        "township_code": "T1",
        "committee_id": None,
        "class_id": "G1",
        "received_at": datetime(2026, 10, 8, 9, 30),
        "closed_at": datetime(2026, 10, 9, 8, 0),
        "status": "closed",
    },
    "tasks": {
        "task_id": "Z1",
        "list": "职责",
        "title": "梳理清单",
        "township_code": None,
        "due_on": date(2026, 12, 31),
        "status": "推进中",
        "closed_on": None,
        "progress": 0.3,
    },
    "targets": {"indicator_id": "on_time", "township_code": None, "month": MONTH, "value": 0.9},
    "townships": {
        "township_code": "T1",
        "township": "甲街道",
        "sort_order": 1,
        "valid_from": date(2021, 1, 1),
        "valid_to": None,
        "successor": None,
    },
    "committees": {"committee_id": "C1", "committee": "快递行业党委"},
    "classes": {"class_id": "G1", "class_name": "停车", "limit": 10, "unit": "工作日", "start": "次日"},
    "holidays": {"date": date(2026, 10, 1), "is_workday": False},
    "aliases": {"alias": "甲", "township_code": "T1"},
    "events": {"date": date(2026, 10, 1), "title": "成立行业党委", "indicator_id": None},
}
OLD = {
    "township_code": "T0",
    "township": "旧镇",
    "sort_order": 2,
    "valid_to": date(2026, 6, 30),
    "successor": "T1",
}


def row(table: str, **changes: Any) -> dict[str, Any]:
    return GOOD[table] | changes


def frame(table: str, *rows: dict[str, Any]) -> pl.DataFrame:
    schema = TABLES[table].schema
    return pl.DataFrame(
        [{name: line.get(name) for name in schema} for line in rows], schema=schema, orient="row"
    )


def frames(**tables: list[dict[str, Any]]) -> dict[str, pl.DataFrame]:
    """A good month in which some tables are replaced by the rows given."""
    return {name: frame(name, *tables.get(name, [GOOD[name]])) for name in TABLES}


def places(found: list[Breach]) -> list[tuple[str, str, str | None, int | None]]:
    return [(one.rule, one.table, one.column, one.row) for one in found]


# rule, table, the rows of that table, column and row that must be named
Case = tuple[str, str, list[dict[str, Any]], str | None, int | None]
ROW_CASES: list[Case] = [
    ("blank", "enterprises", [row("enterprises", name=None)], "name", 1),
    ("blank", "stations", [row("stations"), row("stations", station_id="S2", name=" ")], "name", 2),
    ("not_allowed", "enterprises", [row("enterprises", org_form="联合")], "org_form", 1),
    ("duplicate_key", "tasks", [row("tasks"), row("tasks", title="另一件")], "task_id", 2),
    ("precision_lost", "enterprises", [row("enterprises", enterprise_id="9.13E+17")], "enterprise_id", 1),
    ("negative", "station_services", [row("station_services", person_times=-15)], "person_times", 1),
    ("negative", "figures", [row("figures", value=-1.0)], "value", 1),
    ("fraction", "figures", [row("figures", value=2.5)], "value", 1),
    ("personal_data", "tasks", [row("tasks", title="联系 138 0013 8000")], "title", 1),
    ("control_character", "tasks", [row("tasks", department="市\x07局")], "department", 1),
    ("township_unknown", "enterprises", [row("enterprises", township_code="T9")], "township_code", 1),
    ("township_unknown", "aliases", [row("aliases", township_code="T9")], "township_code", 1),
    ("committee_unknown", "enterprises", [row("enterprises", committee_id="C9")], "committee_id", 1),
    ("class_unknown", "grievances", [row("grievances", class_id="G9")], "class_id", 1),
    ("station_unknown", "station_services", [row("station_services", station_id="S9")], "station_id", 1),
    ("figure_unknown", "figures", [row("figures", indicator_id="幸福指数")], "indicator_id", 1),
    ("target_unknown", "targets", [row("targets", indicator_id="幸福指数")], "indicator_id", 1),
    ("target_unknown", "events", [row("events", indicator_id="幸福指数")], "indicator_id", 1),
    (
        "received_after_month",
        "grievances",
        [row("grievances", received_at=datetime(2026, 11, 1), closed_at=None, status="open")],
        "received_at",
        1,
    ),
    (
        "closed_before_received",
        "grievances",
        [row("grievances", closed_at=datetime(2026, 10, 8, 9, 29))],
        "closed_at",
        1,
    ),
    (
        "closed_before_received",
        "grievances",
        [row("grievances", closed_at=datetime(2026, 10, 7))],
        "closed_at",
        1,
    ),
    ("closed_without_date", "grievances", [row("grievances", closed_at=None)], "closed_at", 1),
    ("open_with_date", "grievances", [row("grievances", status="open")], "closed_at", 1),
    ("closed_before_opened", "stations", [row("stations", closed_on=date(2023, 1, 1))], "closed_on", 1),
    ("coordinates_incomplete", "stations", [row("stations", longitude=120.5)], "latitude", 1),
    ("coordinates_incomplete", "enterprises", [row("enterprises", latitude=31.5)], "longitude", 1),
    # swapped, and a slip of one degree and more
    (
        "coordinates_implausible",
        "enterprises",
        [row("enterprises", longitude=31.5, latitude=120.5)],
        "longitude",
        1,
    ),
    (
        "coordinates_implausible",
        "stations",
        [
            row("stations", station_id=f"S{number}", longitude=120.5 + east, latitude=31.5)
            for number, east in enumerate((0, 0, 0, 0.9, 1.1))
        ],
        "longitude",
        5,
    ),
    ("period_end_outside", "figures", [row("figures", period_end=date(2026, 9, 30))], "period_end", 1),
    ("stock_with_start", "figures", [row("figures", period_start=MONTH)], "period_start", 1),
    ("flow_without_start", "figures", [row("figures", indicator_id="hazards")], "period_start", 1),
    (
        "period_reversed",
        "figures",
        [row("figures", indicator_id="hazards", period_start=date(2026, 11, 1))],
        "period_start",
        1,
    ),
    ("members_over_workers", "enterprises", [row("enterprises", workers=2)], "members_full", 1),
    (
        "members_over_workers",
        "enterprises",
        [row("enterprises", workers=4, members_full=4, members_probationary=1)],
        "members_probationary",
        1,
    ),
    (
        "organisation_not_approved",
        "enterprises",
        [row("enterprises", org_approved_on=None)],
        "org_approved_on",
        1,
    ),
    ("organisation_without_members", "enterprises", [row("enterprises", members_full=0)], "members_full", 1),
    ("task_closed_without_date", "tasks", [row("tasks", status="已销号")], "closed_on", 1),
    ("progress_range", "tasks", [row("tasks", progress=3.5)], "progress", 1),
    ("progress_over", "tasks", [row("tasks", progress=1.2)], "progress", 1),
    ("task_without_deadline", "tasks", [row("tasks", due_on=None)], "due_on", 1),
    ("target_rate_range", "targets", [row("targets", value=45.0)], "value", 1),
    ("target_month", "targets", [row("targets", month=date(2026, 9, 1))], "month", 1),
    (
        "credit_code_checksum",
        "enterprises",
        [row("enterprises", enterprise_id=CREDIT_CODE[:-1] + "2")],
        "enterprise_id",
        1,
    ),
    ("successor_unknown", "townships", [row("townships", successor="T9")], "successor", 1),
    (
        "sort_order_repeated",
        "townships",
        [row("townships"), row("townships", township_code="T2")],
        "sort_order",
        2,
    ),
    ("validity_reversed", "townships", [row("townships", valid_to=date(2020, 1, 1))], "valid_to", 1),
    ("limit_incomplete", "classes", [row("classes", unit=None)], "limit", 1),
    ("limit_not_positive", "classes", [row("classes", limit=0)], "limit", 1),
]


@pytest.mark.parametrize(("rule", "table", "rows", "column", "at"), ROW_CASES)
def test_a_broken_rule_names_table_column_and_row(
    rule: str, table: str, rows: list[dict[str, Any]], column: str, at: int
) -> None:
    found = check(frames(**{table: rows}), MONTH)
    assert (rule, table, column, at) in places(found)
    assert all(one.severity == RULES[one.rule] for one in found)


def test_a_good_month_breaks_no_rule() -> None:
    assert check(frames(), MONTH) == []


def whole_table_breaches() -> list[Breach]:
    """Breaches that belong to a table or column, not to a row."""
    good = frames()
    strange = check(good | {"persons": pl.DataFrame()}, MONTH)
    missing = check(good | {"enterprises": good["enterprises"].drop("org_form")}, MONTH)
    absent = check(good | {"enterprises": good["enterprises"].drop("has_liaison")}, MONTH)
    typed = check(good | {"tasks": good["tasks"].with_columns(due_on=pl.lit("2026-12-31"))}, MONTH)
    alone = check({name: good[name] for name in good if name != "stations"}, MONTH)
    circle = frames(
        townships=[row("townships", successor="T2"), OLD | {"township_code": "T2", "valid_from": MONTH}]
    )
    return strange + missing + absent + typed + alone + check(circle, MONTH)


def test_breaches_of_whole_tables_are_named() -> None:
    assert {
        ("table_unknown", "persons", None, None),
        ("column_missing", "enterprises", "org_form", None),
        ("column_absent", "enterprises", "has_liaison", None),
        ("wrong_type", "tasks", "due_on", None),
        ("reference_missing", "station_services", "station_id", None),
        ("successor_cycle", "townships", "successor", None),
    } <= set(places(whole_table_breaches()))


def test_every_rule_has_a_case_or_a_test_of_its_own_and_reads_in_both_languages() -> None:
    found = [one for rule, table, rows, _, _ in ROW_CASES for one in check(frames(**{table: rows}), MONTH)]
    found += [*whole_table_breaches(), *abolished_breaches(), *fallen()]
    found += [breach("grievances", "due_at", "holidays_missing", years="2025")]
    elsewhere = {"not_readable", "name_unknown"}  # cells of files: test_publish.py, test_mapping.py
    assert {one.rule for one in found} | elsewhere == set(RULES)
    for one in found:
        zh, en = one.text("zh"), one.text("en")
        assert one.rule in zh
        assert one.rule in en
        assert "{" not in zh + en


def test_all_breaches_are_listed_errors_first() -> None:
    rows = [
        row("enterprises", enterprise_id="E1", township_code="T9", org_form="x", workers=1),
        row("enterprises", enterprise_id="E2", name=None),
        row("enterprises", enterprise_id="E2", committee_id="C9", members_full=-1, org_form="none"),
    ]
    found = check(frames(enterprises=rows, targets=[row("targets", value=2.0)]), MONTH)
    assert places(found) == [
        ("not_allowed", "enterprises", "org_form", 1),
        ("township_unknown", "enterprises", "township_code", 1),
        ("members_over_workers", "enterprises", "members_full", 1),
        ("blank", "enterprises", "name", 2),
        ("negative", "enterprises", "members_full", 3),
        ("duplicate_key", "enterprises", "enterprise_id", 3),
        ("committee_unknown", "enterprises", "committee_id", 3),
        ("target_rate_range", "targets", "value", 1),
    ]


def test_a_breach_names_the_file_and_row_that_the_ledger_came_from() -> None:
    (found,) = check(frames(tasks=[row("tasks", progress=2.0, file="任务.xlsx", row=17)]), MONTH)
    assert (found.file, found.row) == ("任务.xlsx", 17)
    assert "任务.xlsx" in found.text()
    assert "第 17 行" in found.text()


def test_a_breach_names_the_sheet_and_the_cell_where_each_row_was_a_cell() -> None:
    (found,) = check(frames(figures=[row("figures", value=2.5, sheet="甲", row=6, column="E")]), MONTH)
    assert (found.rule, found.sheet, found.row, found.cell) == ("fraction", "甲", 6, "E")


def counted(**values: float) -> list[Breach]:
    """Breaches of figures of one township and committee, given by indicator; `workers_` has a qualifier."""
    rows = [
        row(
            "figures",
            indicator_id=name.rstrip("_"),
            committee_id="C1",
            value=value,
            qualifier="余" if name.endswith("_") else None,
        )
        for name, value in values.items()
    ]
    elsewhere = [row("figures", indicator_id="members_full", committee_id=None, value=99.0)]
    return check(frames(figures=[*rows, *elsewhere]), MONTH)


def test_more_members_than_workers_are_told_at_those_that_do_not_fit() -> None:
    (full,) = counted(workers=4, members_full=5, members_probationary=1)
    assert (full.rule, full.row, full.params) == (
        "members_over_workers",
        2,
        {"members": "5", "workers": "4"},
    )
    (late,) = counted(workers=4, members_full=3, members_probationary=2)
    assert (late.row, late.params["members"]) == (3, "5")
    (alone,) = counted(workers=1, members_probationary=2)
    assert alone.row == 2
    (both,) = counted(workers=4, members=5)
    assert both.row == 2


def test_members_break_no_rule_where_they_fit_or_workers_are_not_known() -> None:
    assert counted(workers=4, members_full=3, members_probationary=1) == []
    assert counted(members_full=3, members_probationary=1) == []
    assert counted(workers_=4, members_full=5) == []


def test_the_first_row_of_a_repeated_key_is_named() -> None:
    rows = [row("tasks", row=4), row("tasks", task_id="Z2", row=5), row("tasks", row=9)]
    (found,) = check(frames(tasks=rows), MONTH)
    assert (found.row, found.params["first"], found.params["key"]) == (9, 4, "Z1")


def test_the_file_and_sheet_of_the_first_row_of_a_repeated_key_are_at_hand() -> None:
    rows = [row("tasks", file="甲.xlsx", sheet="一", row=4), row("tasks", file="乙.xlsx", row=9)]
    (found,) = check(frames(tasks=rows), MONTH)
    assert (found.file, found.params["first_file"], found.params["first_sheet"]) == (
        "乙.xlsx",
        "甲.xlsx",
        "一",
    )


def test_a_null_is_a_value_of_a_key() -> None:
    whole, again = row("figures", township_code=None), row("figures", township_code=None, value=13.0)
    assert places(check(frames(figures=[whole, row("figures"), again]), MONTH)) == [
        ("duplicate_key", "figures", "indicator_id", 3)
    ]


def abolished_breaches() -> list[Breach]:
    towns = [GOOD["townships"], OLD | {"valid_from": date(2000, 1, 1)}]
    case = row("grievances", township_code="T0")
    tables = {
        "enterprises": [row("enterprises", township_code="T0")],
        "figures": [row("figures", township_code="T0")],
        "stations": [row("stations", township_code="T0")],
        "grievances": [case, case | {"case_id": "old", "received_at": datetime(2026, 6, 30, 9)}],
    }
    return check(frames(townships=towns, **tables), MONTH)


def test_an_abolished_township_is_refused_with_its_successor_but_old_cases_keep_it() -> None:
    found = abolished_breaches()
    assert places(found) == [
        ("township_abolished", "enterprises", "township_code", 1),
        ("township_abolished", "figures", "township_code", 1),
        ("township_abolished", "stations", "township_code", 1),
        ("received_after_abolition", "grievances", "township_code", 1),
    ]
    assert all(
        "旧镇" in one.text() and "2026-06-30" in one.text() and "甲街道" in one.text() for one in found
    )


def test_a_township_stands_until_its_last_day_and_its_closed_stations_stay_its_own() -> None:
    towns = [GOOD["townships"], OLD | {"valid_from": date(2000, 1, 1), "valid_to": date(2026, 10, 31)}]
    assert check(frames(townships=towns, enterprises=[row("enterprises", township_code="T0")]), MONTH) == []
    towns[1] |= {"valid_to": date(2026, 6, 30)}
    closed = row("stations", township_code="T0", closed_on=date(2026, 6, 1))
    assert check(frames(townships=towns, stations=[closed]), MONTH) == []


def fallen() -> list[Breach]:
    now = row("figures", indicator_id="publicity", period_start=date(2026, 1, 1), value=716.0)
    before = frame("figures", now | {"value": 741.0}, row("figures", value=99.0))
    return check(frames(figures=[now, row("figures")]), MONTH, previous={"figures": before})


def test_a_cumulative_figure_below_last_month_is_a_warning_and_a_falling_stock_is_not() -> None:
    assert places(fallen()) == [("cumulative_fell", "figures", "value", 1)]
    assert fallen()[0].severity == "warning"


def test_dates_are_compared_where_a_time_of_day_is_missing() -> None:
    same_day = row("grievances", received_at=datetime(2026, 10, 8, 17, 0), closed_at=datetime(2026, 10, 8))
    assert check(frames(grievances=[same_day]), MONTH) == []


def test_unknown_counts_break_no_rule_of_members_and_workers() -> None:
    rows = [row("enterprises", workers=None), row("enterprises", enterprise_id="E2", members_full=None)]
    assert check(frames(enterprises=rows), MONTH) == []


def test_conform_orders_casts_and_completes() -> None:
    given_ = pl.DataFrame({"person_times": [3], "station_id": ["S1"], "service_type": ["饮水"], "extra": [1]})
    made = conform("station_services", given_.with_columns(pl.col("person_times").cast(pl.Int16)))
    assert made.schema == empty("station_services").schema
    assert made.row(0) == ("S1", "饮水", 3, None, None, None, None)


def test_kinds_of_figures_agree_with_the_indicators_that_ledgers_use() -> None:
    assert {FIGURES[name] for name in ("workers", "applicants", "publicity")} == {"S", "F", "C"}
    assert {"org_cov_total", "work_cov_total", "on_time", "stations", "training_pt"} <= TARGETS


# Invented numbers; the county code does not exist.
PERSONAL = {
    "identity": "11019919900307100X",
    "identity as a number that lost its last digits": "110199199003071000",
    "identity, full width and blanks": "１１０１９９ 19900307 100Ｘ",
    "identity of fifteen digits": "110199900307100",
    "identity inside a sentence": "请联系身份证110199-19900307-100X的同志",
    "mobile": "13800138000",
    "mobile with hyphens": "138-0013-8000",
    "mobile, full width": "１３８００１３８０００",
    "mobile after a date": "2026-10-13 13800138000",
    "mobile with a country code": "+86 138 0013 8000",
    "bank card": "6222020200112233446",
}


@pytest.mark.parametrize("text", PERSONAL.values(), ids=PERSONAL)
def test_personal_data_is_found_and_never_repeated(text: str) -> None:
    (found,) = [
        one for one in check(frames(tasks=[row("tasks", title=text)]), MONTH) if one.rule == "personal_data"
    ]
    assert (found.table, found.row, found.column) == ("tasks", 1, "title")
    assert text not in found.text() + found.text("en") + repr(found)


@pytest.mark.parametrize(
    "text",
    [
        CREDIT_CODE,
        "ZJG202610010090",
        "320582202610130001",
        "101001240734",
        "2026-10-13",
        "张家港市诉求台账_20261031.xlsx",
        "2026年10月31日 13:45 受理 1380 件",
        "0512-58693210",
        "119.5, 31.98",
        "",
    ],
)
def test_codes_dates_and_counts_are_not_taken_for_persons(text: str) -> None:
    assert kind(text, today=date(2026, 11, 1)) is None


def test_a_value_that_may_be_personal_is_withheld_from_every_message() -> None:
    rows = [row("enterprises", township_code="13800138000", org_form="13800138000")]
    found = check(frames(enterprises=rows), MONTH)
    assert {"township_unknown", "not_allowed", "personal_data"} <= {one.rule for one in found}
    assert "13800138000" not in "".join(one.text() for one in found)


@given(st.lists(st.text(alphabet="0123456789 -", max_size=24), max_size=8))
def test_the_quick_first_look_misses_nothing_that_the_full_look_finds(texts: list[str]) -> None:
    assert set(suspects(pl.Series(texts, dtype=pl.String))) == {text for text in texts if kind(text)}


def test_check_digits() -> None:
    assert is_credit_code(CREDIT_CODE)
    assert not is_credit_code(CREDIT_CODE[:-1] + "2")
    assert is_bank_card("6222020200112233446") is True
    assert is_bank_card("6222020200112233447") is False
