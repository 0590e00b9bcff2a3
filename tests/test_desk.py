"""The desk: what a batch of ledgers does to a month, what sends a file back, and what nobody may lose."""

import random
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data import ContractError, IntakeError, NuanxinError, Store, StoreError
from data.ledgers import desk
from data.ledgers.assessment import Assessment
from data.ledgers.findings import SEVERITIES, Ask, found
from data.ledgers.grid import Place
from data.ledgers.ledger import Ledger, Reading, Tally
from data.messages import catalogue
from data.profile import Profile, load_profile
from data.publish import publish as publish_tables
from data.rules import RULES
from data.tables import TABLES

STATES = dict.fromkeys(["indicator_id", "township_code", "committee_id", "state"], pl.String())
SEPTEMBER, MONTH, END = date(2026, 9, 1), date(2026, 10, 1), date(2026, 10, 31)
PROFILE = {
    "townships.csv": "township_code,township,kind,sort_order,valid_from,valid_to,successor\n"
    "T1,城东街道,街道,1,2021-01-01,,\nT2,河西镇,镇,2,2021-01-01,,\nT0,旧镇,镇,3,2000-01-01,2020-12-31,T1\n",
    "committees.csv": "committee_id,committee\nC1,快递行业党委\n",
    "classes.csv": "class_id,class_name,limit,unit,start\nG1,停车困难,3,工作日,次日\n",
    "holidays.csv": "date,is_workday,name\n2026-10-01,false,国庆节\n",
    "aliases.csv": "alias,township_code\n甲办,T1\n",
}
FIRM = {"is_operating": True, "workers": 20, "members_full": 3, "org_form": "none"}
STATION = {"opened_on": date(2024, 1, 5)}
FIGURE = {"period_end": END}
TASK = {"list": "职责", "title": "梳理清单", "status": "推进中", "due_on": date(2026, 12, 31)}
# Where the columns of a sheet stand, in sheets that have them.
PLACES = {
    "enterprises": {
        "township_code": ("B", "镇街"),
        "enterprise_id": ("D", "统一社会信用代码"),
        "members_full": ("J", "正式党员"),
    },
    "figures": {
        "township_code": ("B", "镇街"),
        "workers": ("D", "从业人员(人)"),
        "members_full": ("E", "正式党员"),
    },
    "stations": {"station_id": ("B", "驿站编号"), "closed_on": ("H", "停用时间")},
    "station_services": {"station_id": ("B", "驿站编号"), "service_type": ("D", "服务类型")},
    "tasks": {"due_on": ("G", "办理时限")},
}


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    folder = tmp_path / "profile"
    folder.mkdir()
    for name, text in PROFILE.items():
        (folder / name).write_text(text, "utf-8")
    return load_profile(folder)


def firms(*names: str, township: str = "T1", **more: Any) -> list[dict[str, Any]]:
    return [FIRM | {"enterprise_id": n, "name": f"企业{n}", "township_code": township} | more for n in names]


def stations(*names: str, township: str = "T1", **more: Any) -> list[dict[str, Any]]:
    return [STATION | {"station_id": n, "name": f"驿站{n}", "township_code": township} | more for n in names]


def services(**times: int) -> list[dict[str, Any]]:
    return [{"station_id": n, "service_type": "饮水", "person_times": count} for n, count in times.items()]


def figures(township: str | None, **values: float) -> list[dict[str, Any]]:
    return [
        FIGURE | {"indicator_id": n, "township_code": township, "value": v, "row": 4, "column": "DEFG"[place]}
        for place, (n, v) in enumerate(values.items())
    ]


def table(name: str, rows: list[dict[str, Any]], file: str, sheet: str | None) -> pl.DataFrame:
    placed = [{"file": file, "sheet": sheet, "row": 4 + n} | row for n, row in enumerate(rows)]
    full = [{column: row.get(column) for column in TABLES[name].schema} for row in placed]
    return pl.DataFrame(full, schema=TABLES[name].schema, orient="row")


def ledger(
    kind: str,
    sender: str,
    rows: list[dict[str, Any]],
    *,
    file: str | None = None,
    sheet: str | None = "Sheet1",
    states: list[tuple[str, str | None, str | None, str]] | None = None,
    into: str | None = None,
) -> Ledger:
    """A ledger as the reader makes it, its rows from row 4 of a sheet."""
    name = into or {"people": "figures", "care": "figures", "services": "station_services"}.get(kind, kind)
    file = file or f"{kind}-{sender}.xlsx"
    said = states or [
        (r["indicator_id"], r["township_code"], None, "value") for r in rows if name == "figures"
    ]
    return Ledger(
        kind,
        file,
        sender,
        f"单位{sender}",
        {name: table(name, rows, file, sheet)},
        {(sheet, column): place for column, place in PLACES.get(name, {}).items()},
        pl.DataFrame(said, schema=STATES, orient="row"),
        Tally(len(rows) + 1, len(rows), {"total": 1}),
        {"rows": len(rows)},
    )


def reading(*ledgers: Ledger, findings: tuple[Any, ...] = (), sha: str = "") -> Reading:
    file = ledgers[0].file
    return Reading(file, sha or f"sha of {file} {random.random()}", ledgers, findings)


def of(kind: str, sender: str, rows: list[dict[str, Any]], **how: Any) -> Reading:
    return reading(ledger(kind, sender, rows, **how))


class Counter:
    """A desk at one store and profile."""

    def __init__(self, store: Store, profile: Profile) -> None:
        self.store, self.profile = store, profile

    def assess(self, *readings: Reading, month: date = MONTH, **how: Any) -> Assessment:
        return desk.assess(readings, month, self.profile, self.store, **how)

    def publish(self, *readings: Reading, month: date = MONTH, **how: Any) -> Assessment:
        judged = self.assess(*readings, month=month, **how)
        assert [one.text() for one in (*judged.findings, *judged.carried) if one.severity == "error"] == []
        desk.publish(self.store, judged, reason="月报", who="数据员")
        return judged

    def contract(self, month: date = MONTH, **tables: list[dict[str, Any]]) -> None:
        """A month published the old way, from contract-shaped files."""
        frames = {name: table(name, rows, f"{name}.csv", None) for name, rows in tables.items()}
        publish_tables(self.store, month, frames, self.profile, reason="导入", who="数据员")

    def rows(self, name: str, column: str, month: date = MONTH) -> list[Any]:
        return sorted(self.store.read(self.store.resolve(), month, name)[column].to_list())

    def ledgers(self) -> list[tuple[str, str, str]]:
        received = self.store.ledgers(self.store.resolve().months[MONTH])
        return [(one.kind, one.sender, one.file) for one in received]


@pytest.fixture
def counter(store: Store, profile: Profile) -> Counter:
    return Counter(store, profile)


def codes(judged: Assessment) -> list[tuple[str, str, int | None, str | None]]:
    """What was found where, without warnings on the profile's holidays."""
    return [(o.code, o.place.file, o.place.row, o.place.column) for o in judged.findings]


# ---- a ledger replaces what its own sender reported, nothing else


def test_a_new_ledger_takes_the_place_of_its_senders_earlier_one_and_of_nothing_else(
    counter: Counter,
) -> None:
    counter.publish(
        of("enterprises", "T1", firms("E1", "E2")), of("enterprises", "T2", firms("E3", township="T2"))
    )
    judged = counter.publish(of("enterprises", "T1", firms("E2", "E4"), file="更正.xlsx"))
    assert counter.rows("enterprises", "enterprise_id") == ["E2", "E3", "E4"]
    assert [(one.earlier, one.file, one.rows) for one in judged.replaced] == [
        ("enterprises-T1.xlsx", "更正.xlsx", 2)
    ]
    assert counter.ledgers() == [
        ("enterprises", "T2", "enterprises-T2.xlsx"),
        ("enterprises", "T1", "更正.xlsx"),
    ]
    assert counter.store.verify().ok


def test_ledgers_of_one_kind_leave_other_kinds_of_the_same_sender_and_file_alone(counter: Counter) -> None:
    people = ledger("people", "县", figures("T1", workers=9, members_full=2), file="合.xlsx", sheet="甲")
    care = ledger("care", "县", figures("T1", docs=3), file="合.xlsx", sheet="乙")
    counter.publish(reading(people, care))
    counter.publish(of("care", "县", figures("T1", meetings=5), file="合.xlsx", sheet="乙"))
    assert counter.rows("figures", "indicator_id") == ["meetings", "members_full", "workers"]
    assert sorted(counter.ledgers()) == [("care", "县", "合.xlsx"), ("people", "县", "合.xlsx")]


def test_an_earlier_ledger_goes_even_from_tables_that_the_new_one_lacks(counter: Counter) -> None:
    counter.publish(
        of("people", "T1", figures("T1", workers=9)), of("people", "T2", figures("T2", workers=5))
    )
    silent = of("people", "T1", [], states=[("workers", "T1", None, "not_reported")])
    counter.publish(silent)
    assert counter.rows("figures", "township_code") == ["T2"]
    (entry,) = [o for o in counter.store.ledgers(counter.store.resolve().months[MONTH]) if o.sender == "T1"]
    assert (entry.states, entry.townships, entry.rows) == ({"not_reported": 1}, (), {"figures": 0})
    counter.publish(of("people", "T2", [], states=[("workers", "T2", None, "not_reported")]))
    assert counter.rows("figures", "township_code") == []


def test_files_of_the_same_name_from_two_senders_are_kept_apart(counter: Counter) -> None:
    counter.publish(of("enterprises", "T1", firms("E1"), file="台账.xlsx"))
    counter.publish(of("enterprises", "T2", firms("E2", township="T2"), file="台账.xlsx"))
    assert counter.rows("enterprises", "file") == ["台账.xlsx", "台账（2）.xlsx"]
    counter.publish(of("enterprises", "T2", firms("E3", township="T2"), file="台账.xlsx"))
    assert counter.rows("enterprises", "enterprise_id") == ["E1", "E3"]
    judged = counter.assess(of("enterprises", "T2", firms("E3", township="T2", workers=1), file="台账.xlsx"))
    assert codes(judged) == [("members_over_workers", "台账.xlsx", 4, "J")]


def test_whatever_the_order_the_month_is_the_last_ledger_of_each_sender(counter: Counter) -> None:
    chance, wanted = random.Random(7), dict[str, set[str]]()
    for step in range(12):
        senders = chance.sample(["T1", "T2", "园区", "县"], chance.randint(1, 3))
        batch = []
        for sender in senders:
            own = {f"{sender}-{step}-{n}" for n in range(chance.randint(1, 3))}
            rows = firms(*sorted(own), township=chance.choice(["T1", "T2"]))
            batch.append(of("enterprises", sender, rows, file=chance.choice(["甲.xlsx", f"{sender}.xlsx"])))
            wanted[sender] = own
        names = {one.file for one in batch}
        if len(names) == len(batch):
            counter.publish(*batch)
        else:
            # Files of one batch have different names; the desk that reads them sees to it.
            for one in batch:
                counter.publish(one)
        assert counter.rows("enterprises", "enterprise_id") == sorted(set().union(*wanted.values()))


# ---- rows that no ledger is known to have brought


def test_a_month_from_contract_shaped_files_is_replaced_township_by_township(counter: Counter) -> None:
    counter.contract(enterprises=[*firms("A"), *firms("B", township="T2")])
    judged = counter.publish(of("enterprises", "T1", firms("C")))
    assert counter.rows("enterprises", "enterprise_id") == ["B", "C"]
    assert [(one.earlier, one.rows) for one in judged.replaced] == [(None, 1)]


def test_a_townships_ledger_takes_only_its_own_townships_place_whatever_rows_stray_into_it(
    counter: Counter,
) -> None:
    counter.contract(enterprises=[*firms("A"), *firms("B", township="T2")])
    counter.publish(of("enterprises", "T1", [*firms("C"), *firms("D", township="T2")]))
    assert counter.rows("enterprises", "enterprise_id") == ["B", "C", "D"]
    counter.contract(enterprises=[*firms("A"), *firms("B", township="T2")])
    counter.publish(of("enterprises", "县", [*firms("C"), *firms("D", township="T2")]))
    assert counter.rows("enterprises", "enterprise_id") == ["C", "D"]


def test_services_of_nobody_are_replaced_station_by_station_where_a_township_reports(
    counter: Counter,
) -> None:
    counter.contract(stations=[*stations("S1", "S2")], station_services=services(S1=3, S2=5))
    counter.publish(of("services", "T1", services(S1=4)))
    frame = counter.store.read(counter.store.resolve(), MONTH, "station_services")
    assert sorted(frame.select("station_id", "person_times").iter_rows()) == [("S1", 4), ("S2", 5)]
    counter.contract(station_services=services(S1=3, S2=5))
    counter.publish(of("services", "县", services(S1=4)))
    assert counter.rows("station_services", "station_id") == ["S1"]


def test_figures_of_nobody_are_replaced_where_the_new_ledger_says_something_of_them(counter: Counter) -> None:
    old = [*figures("T1", workers=9, docs=1), *figures("T2", workers=5), *figures(None, workers=14)]
    counter.contract(figures=old)
    states = [("workers", "T1", None, "not_reported"), ("members_full", "T1", None, "value")]
    counter.publish(of("people", "县", figures("T1", members_full=2), states=states))
    frame = counter.store.read(counter.store.resolve(), MONTH, "figures")
    left = set(frame.select("indicator_id", "township_code").iter_rows())
    assert left == {("docs", "T1"), ("workers", "T2"), ("workers", None), ("members_full", "T1")}


@pytest.mark.parametrize(("sender", "left"), [("县局", ["C"]), ("T1", ["B", "C"])])
def test_other_tables_of_nobody_are_replaced_whole_unless_a_township_sent_its_own(
    counter: Counter, sender: str, left: list[str]
) -> None:
    counter.contract(stations=[*stations("A"), *stations("B", township="T2")])
    counter.publish(of("stations", sender, stations("C")))
    assert counter.rows("stations", "station_id") == left


def test_a_table_published_the_old_way_ends_the_ledgers_it_replaces(counter: Counter) -> None:
    counter.publish(of("enterprises", "T1", firms("E1")), of("stations", "县", stations("S1")))
    counter.contract(enterprises=firms("A"))
    assert counter.ledgers() == [("stations", "县", "stations-县.xlsx")]


# ---- files against each other


def test_two_senders_of_the_same_key_are_told_to_the_newer_file(counter: Counter) -> None:
    judged = counter.assess(
        of("enterprises", "T1", firms("E0", "E1")), of("enterprises", "T2", firms("E1", township="T2"))
    )
    assert codes(judged) == [("key_in_file", "enterprises-T2.xlsx", 4, "D")]
    text = judged.findings[0].text()
    assert all(word in text for word in ("enterprises-T1.xlsx", "第 5 行", "E1", "统一社会信用代码"))
    assert judged.prepared is None
    assert judged.returned == ("enterprises-T2.xlsx",)


def test_a_key_that_stands_in_an_earlier_publication_is_told_to_the_new_file(counter: Counter) -> None:
    counter.publish(of("enterprises", "T1", firms("E1")))
    judged = counter.assess(of("enterprises", "T2", firms("E1", township="T2")))
    assert codes(judged) == [("key_in_file", "enterprises-T2.xlsx", 4, "D")]
    assert "enterprises-T1.xlsx" in judged.findings[0].text("en")
    assert judged.carried == ()


def test_a_file_that_another_sender_has_reported_already_is_told_in_one_sentence(counter: Counter) -> None:
    names = [f"E{n}" for n in range(9)]
    counter.publish(of("enterprises", "T1", firms(*names)))
    judged = counter.assess(of("enterprises", "", firms(*names), file="无单位.xlsx"))
    assert codes(judged) == [("rows_in_file", "无单位.xlsx", 4, "D")]
    assert all(word in judged.findings[0].text() for word in ("9 行", "enterprises-T1.xlsx"))


def test_a_repeated_row_of_figures_is_told_once_in_names_and_not_in_codes(counter: Counter) -> None:
    rows = [*figures("T1", workers=9, members_full=2), *figures("T1", workers=9, members_full=2)]
    for row, at in zip(rows, (6, 6, 9, 9), strict=True):
        row["row"] = at
    (told,) = counter.assess(of("people", "县", rows)).findings
    assert (told.code, told.place.row, told.params["first"]) == ("key_twice", 9, 6)
    assert "城东街道" in told.text()
    assert "T1" not in told.text()


def test_firms_without_a_code_are_told_by_name_and_township(counter: Counter) -> None:
    rows = [*firms("x", "y", enterprise_id=None, name="甲快递")]
    (told,) = counter.assess(of("enterprises", "T1", rows)).findings
    assert (told.code, told.place.row, told.place.column) == ("firm_twice", 5, "D")


def test_two_ledgers_of_one_sender_are_an_error_unless_the_later_wins(counter: Counter) -> None:
    both = [of("enterprises", "T1", firms(name), file=f"{name}.xlsx") for name in ("甲", "乙")]
    judged = counter.assess(*both)
    assert codes(judged) == [("sender_twice", "乙.xlsx", None, None)]
    assert "甲.xlsx" in judged.findings[0].text()
    judged = counter.assess(*both, later_wins=True)
    assert codes(judged) == [("superseded", "甲.xlsx", None, None)]
    assert [one.verdict for one in judged.files] == ["ready", "ready"]
    desk.publish(counter.store, judged, reason="月报", who="数据员")
    assert counter.rows("enterprises", "enterprise_id") == ["乙"]


def test_errors_of_a_file_that_a_later_one_replaces_are_of_no_interest(counter: Counter) -> None:
    bad = found("blank", Place("甲.xlsx", "Sheet1", 4, "D"))
    first = reading(ledger("enterprises", "T1", firms("甲"), file="甲.xlsx"), findings=(bad,))
    second = of("enterprises", "T1", firms("乙"), file="乙.xlsx")
    assert counter.assess(first, second).returned == ("甲.xlsx", "乙.xlsx")
    assert counter.assess(first, second, later_wins=True).returned == ()


def test_the_same_content_counts_once(counter: Counter) -> None:
    one = reading(ledger("enterprises", "T1", firms("E1"), file="甲.xlsx"), sha="x")
    copy = reading(ledger("enterprises", "T1", firms("E1"), file="甲 (1).xlsx"), sha="x")
    judged = counter.publish(one, copy)
    assert codes(judged) == [("same_content", "甲 (1).xlsx", None, None)]
    assert counter.rows("enterprises", "file") == ["甲.xlsx"]
    again = counter.assess(one)
    assert codes(again) == [("published_already", "甲.xlsx", None, None)]
    assert again.changes.is_empty()


# ---- broken rules at their places


def test_a_broken_rule_is_told_at_the_cell_with_its_header(counter: Counter) -> None:
    judged = counter.assess(of("enterprises", "T1", firms("E1", members_full=9, workers=4)))
    (told,) = judged.findings
    assert told.place == Place("enterprises-T1.xlsx", "Sheet1", 4, "J")
    assert all(word in told.text() for word in ("正式党员", "9", "4", "Sheet1", "第 4 行", "J 列"))


def test_a_number_of_a_wide_sheet_is_told_at_its_own_cell(counter: Counter) -> None:
    rows = figures("T1", workers=4, members_full=5)
    (told,) = counter.assess(of("people", "县", rows)).findings
    assert (told.code, told.place.column, told.place.label) == ("members_over_workers", "E", "正式党员")


def test_a_township_that_has_ended_names_itself_its_end_and_its_successor(counter: Counter) -> None:
    (told,) = counter.assess(of("people", "县", figures("T0", workers=4, members_full=2))).findings
    assert (told.code, told.place.column) == ("township_abolished", "B")
    assert all(word in told.text() for word in ("旧镇", "2020-12-31", "城东街道"))


def test_what_follows_from_a_cell_that_could_not_be_read_is_not_told_again(counter: Counter) -> None:
    rows = [*firms("E1"), *firms("E2", township=None)]
    place = Place("enterprises-T1.xlsx", "Sheet1", 5, "B", "镇街")
    asked = found("township_unknown", place, ask=Ask("township", "望海镇"), value="望海镇")
    read = reading(ledger("enterprises", "T1", rows), findings=(asked,))
    assert counter.assess(read).findings == (asked,)


def test_numbers_of_an_unknown_township_do_not_pass_for_those_of_the_county(counter: Counter) -> None:
    rows = [*figures(None, workers=3), *(row | {"row": 5} for row in figures("T1", workers=4))]
    place = Place("people-县.xlsx", "Sheet1", 4, "B", "镇街")
    unknown = found("township_unknown", place, value="望海镇")
    county = of("care", "县", figures(None, workers=9))
    judged = counter.assess(county, reading(ledger("people", "县", rows), findings=(unknown,)))
    assert judged.findings == (unknown,)


def test_services_need_the_months_station_ledger(counter: Counter) -> None:
    alone = of("services", "县", services(S1=3))
    judged = counter.assess(alone)
    assert codes(judged) == [("reference_missing", "services-县.xlsx", None, None)]
    judged = counter.assess(alone, of("stations", "县", stations("S2")))
    assert codes(judged) == [("station_unknown", "services-县.xlsx", 4, "B")]
    assert "S1" in judged.findings[0].text()
    assert counter.assess(alone, of("stations", "县", stations("S1"))).findings == ()


def test_a_cumulative_figure_that_fell_names_both_numbers(counter: Counter) -> None:
    september = date(2026, 9, 30)
    old = [
        row | {"period_start": date(2026, 1, 1), "period_end": september}
        for row in figures("T1", publicity=741)
    ]
    counter.publish(of("care", "县", old), month=SEPTEMBER)
    new = [row | {"period_start": date(2026, 1, 1)} for row in figures("T1", publicity=716)]
    judged = counter.assess(of("care", "县", new))
    (told,) = judged.findings
    assert (told.code, told.severity, judged.files[0].verdict) == ("cumulative_fell", "warning", "confirm")
    assert "716" in told.text()
    assert "741" in told.text()


def test_a_task_without_a_deadline_only_warns(counter: Counter) -> None:
    judged = counter.publish(of("tasks", "县", [TASK | {"task_id": "B03", "due_on": None}]))
    (told,) = judged.findings
    assert (told.code, told.severity, told.place.column) == ("task_without_deadline", "warning", "G")
    assert "B03" in told.text()


def test_what_breaks_in_rows_published_earlier_stops_the_month_but_returns_no_file(counter: Counter) -> None:
    counter.publish(of("stations", "县", stations("S1")), of("services", "县", services(S1=3)))
    judged = counter.assess(of("stations", "县", stations("S2"), file="新.xlsx"))
    assert judged.findings == ()
    assert [(one.code, one.place.file) for one in judged.carried] == [("station_unknown", "services-县.xlsx")]
    assert (judged.returned, judged.prepared) == ((), None)
    with pytest.raises(ContractError) as refused:
        desk.publish(counter.store, judged, reason="月报", who="数据员")
    assert "S1" in refused.value.text()
    # The new services with the new stations mend it.
    counter.publish(of("stations", "县", stations("S2")), of("services", "县", services(S2=3)))


def test_years_without_holidays_are_told_to_the_profile_not_to_a_file(counter: Counter) -> None:
    case = {"case_id": "Z1", "township_code": "T1", "class_id": "G1", "status": "open"}
    judged = counter.publish(of("grievances", "县", [case | {"received_at": datetime(2025, 12, 30)}]))
    assert [(one.code, one.place.file) for one in judged.findings] == [("holidays_missing", "holidays.csv")]
    assert judged.files[0].verdict == "ready"


def test_every_rule_on_ledgers_has_a_sentence_of_the_same_weight_for_clerks() -> None:
    of_profiles = {
        *("successor_unknown", "successor_cycle", "sort_order_repeated", "validity_reversed"),
        *("limit_incomplete", "limit_not_positive"),
    }
    # Shapes that no reader of ours makes; files that are no ledgers.
    of_shapes = {
        "table_unknown",
        "column_missing",
        "column_absent",
        "wrong_type",
        "not_readable",
        "name_unknown",
    }
    own = {"personal_data": "identifier_left"}
    doubles = {f"{kind}_{where}" for kind in ("key", "firm") for where in ("twice", "in_sheet", "in_file")}
    doubles.add("rows_in_file")
    said = {rule: own.get(rule, rule) for rule in set(RULES) - of_profiles - of_shapes - {"duplicate_key"}}
    assert {rule: SEVERITIES[code] for rule, code in said.items()} == {rule: RULES[rule] for rule in said}
    assert {SEVERITIES[code] for code in doubles} == {"error"}
    assert all(f"ledger_{code}" in catalogue() for code in {*said.values(), *doubles})


# ---- before publishing, and publishing


def test_what_would_change_is_shown_before_and_is_what_changes(counter: Counter) -> None:
    counter.publish(of("enterprises", "T1", firms("E1")), of("people", "县", figures("T1", workers=9)))
    judged = counter.assess(
        of("enterprises", "T1", [*firms("E1"), *firms("E2", org_form="sole", org_approved_on=END)])
    )
    shown = {(i, t): (b, a) for i, t, b, a in judged.changes.iter_rows()}
    assert shown[("enterprises", None)] == (1, 2)
    assert shown[("org_cov_total", "T1")] == (0, 0.5)
    assert not any(indicator == "workers" for indicator, _ in shown)
    desk.publish(counter.store, judged, reason="更正", who="数据员")
    cube = counter.store.read_cube(counter.store.resolve(), MONTH, "enterprise_counts")
    assert cube["enterprises"].sum() == 2


def test_the_first_ledgers_of_a_month_change_from_nothing(counter: Counter) -> None:
    judged = counter.assess(
        of("people", "县", figures("T1", workers=9)), of("stations", "县", stations("S1"))
    )
    assert judged.changes.rows() == [
        ("stations", None, None, 1.0),
        ("stations", "T1", None, 1.0),
        ("workers", None, None, 9.0),
        ("workers", "T1", None, 9.0),
    ]
    assert (judged.baseline, counter.store.head()) == (0, None)


def test_who_has_not_reported_is_listed_and_refuses_nothing(counter: Counter) -> None:
    judged = counter.publish(of("enterprises", "T1", firms("E1")), of("stations", "县", stations("S1")))
    absent = set(judged.absent.select("kind", "township_code").iter_rows())
    assert ("enterprises", "T2") in absent
    assert ("enterprises", "T1") not in absent
    assert {("people", None), ("tasks", None)} <= absent
    assert not any(kind == "stations" for kind, _ in absent)
    assert not any(code == "T0" for _, code in absent)
    later = counter.assess(of("enterprises", "T2", firms("E2", township="T2")))
    assert not any(kind == "enterprises" for kind in later.absent["kind"])


def test_a_township_whose_figures_are_all_left_blank_has_not_reported(counter: Counter) -> None:
    states = [("workers", "T1", None, "value"), ("workers", "T2", None, "not_reported")]
    judged = counter.assess(of("people", "县", figures("T1", workers=9), states=states))
    assert ("people", "T2") in set(judged.absent.select("kind", "township_code").iter_rows())


def test_a_batch_of_which_every_file_must_go_back_writes_nothing(counter: Counter, store: Store) -> None:
    lost = Reading("坏.xlsx", "", (), (found("file_failed", Place("坏.xlsx")),))
    good = of("enterprises", "T1", firms("E1"))
    judged = counter.assess(lost, good)
    assert [one.verdict for one in judged.files] == ["returned", "ready"]
    with pytest.raises(IntakeError) as refused:
        desk.publish(store, judged, reason="月报", who="数据员")
    assert (refused.value.code, store.head()) == ("ledgers_returned", None)
    rest = desk.without(store, judged, judged.returned)
    assert rest.prepared is not None
    desk.publish(store, judged, reason="月报", who="数据员", leave_out=judged.returned)
    assert counter.rows("enterprises", "enterprise_id") == ["E1"]
    with pytest.raises(IntakeError) as refused:
        desk.publish(store, counter.assess(lost), reason="月报", who="数据员", leave_out=["坏.xlsx"])
    assert refused.value.code == "ledgers_nothing"


@pytest.mark.parametrize("leave_out", [(), ("enterprises-T2.xlsx",)])
def test_a_month_that_has_moved_on_since_the_preview_is_not_touched(
    counter: Counter, leave_out: tuple[str, ...]
) -> None:
    mine = counter.assess(
        of("enterprises", "T1", firms("E1")), of("enterprises", "T2", firms("E2", township="T2"))
    )
    counter.publish(of("enterprises", "T2", firms("E9", township="T2")))
    with pytest.raises(StoreError) as refused:
        desk.publish(counter.store, mine, reason="月报", who="数据员", leave_out=leave_out)
    assert refused.value.code == "baseline_changed"
    assert counter.rows("enterprises", "enterprise_id") == ["E9"]


def test_a_reason_that_may_be_personal_is_refused(counter: Counter) -> None:
    judged = counter.assess(of("enterprises", "T1", firms("E1")))
    with pytest.raises(NuanxinError) as refused:
        desk.publish(counter.store, judged, reason="问 13800138000", who="数据员")
    assert (refused.value.code, counter.store.head()) == ("personal_text", None)


def test_every_row_read_is_accounted_for_and_kept_in_the_manifest(counter: Counter) -> None:
    judged = counter.publish(of("enterprises", "T1", firms("E1", "E2")))
    (account,) = judged.accounts
    assert account.tally.read == account.tally.used + sum(account.tally.left_out.values()) == 3
    assert (account.rows, account.totals) == ({"enterprises": 2}, {"rows": 2})
    (entry,) = counter.store.ledgers(counter.store.resolve().months[MONTH])
    assert (entry.read, entry.used, entry.left_out, entry.totals) == (3, 2, {"total": 1}, {"rows": 2})
    assert entry.sha256.startswith("sha of")
    assert isinstance(judged.files[0].totals[0], Mapping)
