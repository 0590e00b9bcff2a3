"""The sentences of the joint meeting: their numbers are the ledgers', their words those of officials."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import queries
from data import Store
from data.profile import DEFAULTS, Profile
from data.publish import publish
from queries import QueryError, run
from queries.rounding import percent_value, round_half_up
from tests.test_pages import county, late, one_month  # noqa: F401
from tests.test_trial_ledgers import LEDGERS, trial  # noqa: F401
from tests.worlds import PROFILE, frames

OCTOBER = date(2026, 10, 1)
SECTIONS = ["basics", "changes", "shortfalls", "decisions", "proposals"]
DATES = (
    r"\d{4}年\d+月\d+日|\d{4}年\d+月|\d+月\d+日|\d+月|\d+ (?:[A-Z][a-z]{2})(?: \d{4})?|[A-Z][a-z]{2} \d{4}"
)
needs_trial = pytest.mark.skipif(not LEDGERS.is_dir(), reason="../shared/ledgers is not here")
Row = dict[str, Any]


def told(store: Path, month: str = "2026-10", **how: Any) -> list[Row]:
    """The sentences with their numbers and links read."""
    rows = run("findings", month=month, store=store, **how).to_dicts()
    return [row | {"numbers": json.loads(row["numbers"]), "link": json.loads(row["link"])} for row in rows]


def only(rows: list[Row], section: str, indicator: str | None) -> Row:
    """The first sentence of a section about an indicator."""
    return next(r for r in rows if (r["section"], r["indicator_id"]) == (section, indicator))


# ---- against the truth of the trial ledgers


def truth(month: str, table: str) -> Any:
    folder = LEDGERS / "truth" / month
    if table == "expected":
        return json.loads((folder / "expected.json").read_text("utf-8"))
    return list(csv.DictReader((folder / f"{table}.csv").read_text("utf-8-sig").splitlines()))


@pytest.fixture(scope="module")
def october(trial: Path) -> list[Row]:  # noqa: F811
    """What the trial county is told."""
    return told(trial / "store")


@needs_trial
def test_basics_are_the_control_totals(october: list[Row]) -> None:
    wanted = truth("2026-10", "expected")
    coverage = wanted["coverage"]["county"]["operating"]
    grievances = wanted["grievances"]["county"]
    members = sum(one["members"] for one in wanted["members_by_committee"].values())
    for indicator, numbers in {
        "org_cov_total": {"denominator": coverage["denominator"], "numerator": coverage["organised"]},
        "work_cov_total": {"denominator": coverage["denominator"], "numerator": coverage["worked"]},
        "members": {"value": members, "reported": 14, "expected": 15},
        "visits_person_times": {
            "value": wanted["stations"]["person_times"],
            "stations": wanted["stations"]["open"],
        },
        "on_time": {
            "denominator": grievances["on_time_denominator"],
            "numerator": grievances["on_time_numerator"],
        },
    }.items():
        found = only(october, "basics", indicator)["numbers"]
        assert found | numbers == found, indicator
    assert "已报14/15个镇街（双山岛旅游度假区未报）" in only(october, "basics", "members")["text"]


@needs_trial
def test_changes_are_those_between_two_months_and_add_up(october: list[Row]) -> None:
    both = [truth(month, "expected") for month in ("2026-09", "2026-10")]

    def printed(indicator: str) -> Any:
        keys = {"org_cov_total": "organised", "work_cov_total": "worked"}
        if indicator == "visits_person_times":
            return both[1]["stations"]["person_times"] - both[0]["stations"]["person_times"]
        shown = []
        for one in both:
            case, cover = one["grievances"]["county"], one["coverage"]["county"]["operating"]
            pair = (
                (case["on_time_numerator"], case["on_time_denominator"])
                if indicator == "on_time"
                else (cover[keys[indicator]], cover["denominator"])
            )
            shown.append(percent_value(*pair) or 0)
        return shown[1] - shown[0]

    seen = Counter(row["indicator_id"] for row in october if parts(row))
    assert seen == {"org_cov_total": 2, "work_cov_total": 1, "visits_person_times": 1, "on_time": 1}
    for row in october:
        if parts(row):
            assert sum(parts(row)) == pytest.approx(float(printed(row["indicator_id"])), abs=1e-9), row[
                "text"
            ]


def parts(row: Row) -> list[float]:
    """The named parts of a change and the rest, as the sentence says them."""
    return [n for name, n in row["numbers"].items() if name.startswith("part.") or name == "rest"]


@needs_trial
def test_shortfalls_are_the_gaps_and_lists_of_the_ledgers(october: list[Row]) -> None:
    wanted = truth("2026-10", "expected")
    coverage = wanted["coverage"]
    gaps = {}
    for row in truth("2026-10", "targets"):
        if row["indicator_id"] == "org_cov_total" and row["township_code"] in coverage:
            here = coverage[row["township_code"]]["operating"]
            short = float(row["value"]) * here["denominator"] - here["organised"]
            # within two points of its target a township is near it
            if short / here["denominator"] > 0.02 + 1e-9:
                gaps[row["township_code"]] = -int(-round(short, 6) // 1)
    found = only(october, "shortfalls", "org_cov_total")["numbers"]
    assert (found["behind"], found["gap"]) == (len(gaps), sum(gaps.values()))
    named = {name.removeprefix("gap."): n for name, n in found.items() if name.startswith("gap.")}
    assert len(named) == 5
    assert named.items() <= gaps.items()
    assert min(named.values()) >= max(n for code, n in gaps.items() if code not in named)
    whole = coverage["county"]["operating"]
    for indicator, value in {
        "blank_spots": whole["denominator"] - whole["worked"],
        "should_build_open": wanted["enterprises"]["should_build_open"],
        "overdue_open": wanted["grievances"]["county"]["overdue_open"],
        "tasks_overdue": wanted["tasks"]["overdue"],
    }.items():
        assert only(october, "shortfalls", indicator)["numbers"]["value"] == value, indicator


@needs_trial
def test_decisions_are_the_task_list(october: list[Row]) -> None:
    tasks = truth("2026-10", "tasks")
    for name in ("会议议定", "问题"):
        mine = [row for row in tasks if row["list"] == name]
        (found,) = [r for r in october if r["section"] == "decisions" and r["link"] == {"list": name}]
        overdue = sum(row["status"] == "逾期" for row in mine)
        cleared = sum(row["status"] == "已销号" for row in mine)
        assert found["numbers"]["listed"] == len(mine)
        assert found["numbers"].get("overdue", 0) == overdue
        assert found["numbers"]["cleared_rate"] == cleared / len(mine)
    quoted = [row for row in tasks if row["status"] == "逾期" and row["list"] in ("会议议定", "问题")]
    decisions = "".join(row["text"] for row in october if row["section"] == "decisions")
    assert all(row["title"] in decisions and row["department"] in decisions for row in quoted)


@needs_trial
def test_proposals_count_enterprises_and_say_what_the_rate_becomes(october: list[Row]) -> None:
    rows = [row for row in truth("2026-10", "enterprises") if row["is_operating"].lower() in ("true", "1")]
    free = [row for row in rows if row["org_form"] not in ("sole", "joint")]
    sole = sum(int(row["members_full"] or 0) >= 3 for row in free)
    mine = {r["link"].get("list"): r for r in october if r["section"] == "proposals"}
    alone = next(
        r
        for r in october
        if r["section"] == "proposals" and "then" in r["numbers"] and r["link"] == {"list": "should_build"}
    )
    assert alone["numbers"]["enterprises"] == sole
    assert alone["numbers"]["now"] == 113 / 290
    assert alone["numbers"]["then"] == (113 + sole) / 290
    assert mine["blank_spots"]["numbers"]["blank_spots"] == 290 - 234
    assert mine["blank_spots"]["numbers"]["then"] == 1
    assert mine["overdue_grievances"]["numbers"]["value"] == 20


# ---- words


def foreign(rows: list[Row], store: Path) -> set[str]:
    """What the ledgers and the profile call things: not our words."""
    profile = queries.profile(OCTOBER, store)
    tasks = run("tasks_by_due", month=OCTOBER, store=store)
    names = {*profile.township_names.values(), *profile.committee_names.values(), *profile.events["title"]}
    return (
        names
        | set(tasks["department"].drop_nulls())
        | {t.translate({8220: 8216, 8221: 8217}) for t in tasks["title"]}
    )


def stripped(text: str, names: set[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "·")
    return text


def shown(value: float) -> Iterator[float]:
    """A number in each way that a sentence may write it."""
    for scale, digits in ((1, 0), (1, 1), (100, 1), (100, 0), (1 / 1000, 1), (1 / 10000, 1)):
        rounded = float(round_half_up(abs(value) * scale, digits))
        yield rounded
        # never 100.0 while anything is missing
        yield 99.9 if rounded == 100 else rounded


def unsaid(text: str, numbers: dict[str, float]) -> list[str]:
    """Numbers of a text that the sentence does not name."""
    known = {form for value in numbers.values() for form in shown(value)}
    return [n for n in re.findall(r"\d+(?:\.\d+)?", re.sub(DATES, "", text)) if float(n) not in known]


def assert_well_told(rows: list[Row], lang: str, names: set[str]) -> None:
    for row in rows:
        text = stripped(row["text"], names)
        assert not re.search(r"[{}]|None|nan|  ", text), text
        assert row["text"].endswith("。" if lang == "zh" else "."), text
        assert not re.search("[A-Za-z]" if lang == "zh" else "[\u4e00-\u9fff，。：；（）]", text), text
        assert unsaid(text, row["numbers"]) == [], (text, row["numbers"])
        assert "100.0%" not in text or any(n == 1 for n in row["numbers"].values()), text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_sentence_is_whole_in_its_language_and_names_its_numbers(county: Path, lang: str) -> None:  # noqa: F811
    rows = told(county, lang=lang)
    assert list(dict.fromkeys(row["section"] for row in rows)) == SECTIONS
    for section in SECTIONS:
        numbers = [row["number"] for row in rows if row["section"] == section]
        assert numbers == list(range(1, len(numbers) + 1))
    assert_well_told(rows, lang, foreign(rows, county))
    changed = [row for row in rows if parts(row)]
    assert len(changed) >= 3
    for row in changed:
        step = row["numbers"].get("change_month", 0)
        assert sum(parts(row)) == pytest.approx(step, abs=1e-9), row["text"]


@pytest.mark.parametrize(
    "how",
    [
        {"townships": ["990101001"]},
        {"townships": ["990101001", "990101200"], "denominator": "eligible"},
        {"committees": ["C02"], "denominator": "above_scale"},
    ],
    ids=["township", "townships", "committee"],
)
def test_filters_change_what_is_told_and_go_along_with_each_link(county: Path, how: Row) -> None:  # noqa: F811
    for lang in ("zh", "en"):
        rows = told(county, lang=lang, **how)
        assert_well_told(rows, lang, foreign(rows, county))
        assert all(row["link"] | how == row["link"] for row in rows)
    whole = only(told(county), "basics", "work_cov_total")["numbers"]["denominator"]
    assert only(rows, "basics", "work_cov_total")["numbers"]["denominator"] < whole


def test_one_township_is_told_by_industry(county: Path) -> None:  # noqa: F811
    rows = told(county, townships=["990101001"])
    assert all("从镇街看" not in row["text"] for row in rows)
    assert any("从行业看" in row["text"] for row in rows)


# ---- what is missing


def test_a_store_with_one_month_has_no_changes_and_says_so(one_month: Path) -> None:  # noqa: F811
    rows = told(one_month)
    assert next(row["text"] for row in rows if row["section"] == "changes") == "上月无数据，不分析变化。"
    assert "无上月和上年同期数据" in only(rows, "basics", "org_cov_total")["text"]
    assert not any(parts(row) for row in rows)


def test_who_did_not_report_is_said_and_nothing_is_invented(late: Path) -> None:  # noqa: F811
    rows = told(late)
    assert "已报7/8个镇街（石门回族乡未报）" in only(rows, "basics", "org_cov_total")["text"]
    assert only(rows, "basics", "on_time")["text"] == "10月全区诉求台账未报，按时办结率无数据。"
    assert only(rows, "basics", "on_time")["status"] == "none"
    assert [row["text"] for row in rows if row["section"] == "decisions"] == [
        "10月任务清单未报，无法通报议定事项进展。"
    ]
    assert any("石门回族乡未报企业台账" in row["text"] for row in rows if row["section"] == "shortfalls")
    assert not any(row["indicator_id"] in ("overdue_open", "tasks_overdue") for row in rows)


def test_a_month_that_was_never_published_is_all_unreported(county: Path) -> None:  # noqa: F811
    rows = told(county, month="2026-12")
    assert {row["status"] for row in rows if row["section"] == "basics"} == {"none"}
    assert [row["text"] for row in rows if row["section"] == "proposals"] == ["本月台账未报，不作测算。"]


def test_a_language_that_is_not_there_is_refused(county: Path) -> None:  # noqa: F811
    with pytest.raises(QueryError) as refused:
        run("findings", month=OCTOBER, lang="fr", store=county)
    assert refused.value.code == "lang_unknown"


# ---- a tiny county


def firm(number: int, **how: Any) -> Row:
    row = {
        "enterprise_id": f"E{number}",
        "name": f"企业{number}",
        "township_code": "ASH",
        "committee_id": "C1",
    }
    return row | {"is_operating": True, "org_form": "none", "members_full": 0} | how


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """15 enterprises, 4 members, a single station: thirteen months, the last with twenty times the visits."""
    store = Store(tmp_path_factory.mktemp("tiny"))
    profile = Profile(frames(PROFILE), dict(DEFAULTS), 'county = "小县"\n', "tiny")
    firms = [
        *(firm(n, members_full=1, has_liaison=True) for n in range(2)),
        firm(2, members_full=2, township_code="BAY"),
        *(firm(n, township_code="NEW") for n in range(3, 15)),
    ]
    firms[0]["members_full"] = 2
    station = {"station_id": "S1", "name": "驿站", "township_code": "ASH", "opened_on": date(2020, 1, 1)}
    for back in range(12, -1, -1):
        index = 2026 * 12 + 3 - back
        month = date(index // 12, index % 12 + 1, 1)
        # NEW came to be in February 2026
        known = firms if month >= date(2026, 3, 1) else firms[:3]
        ledgers = frames(
            {
                "enterprises": known,
                "stations": [station],
                "station_services": [
                    {
                        "station_id": "S1",
                        "service_type": "充电",
                        "person_times": 200 if back == 0 else 10 + back % 2,
                    }
                ],
            }
        )
        when = datetime(2026, 4, 28, 9, 12 - back)
        publish(store, month, ledgers, profile, reason="试验", who="测试", published_at=when)
    return Path(store.root)


def test_a_tiny_county_reads_sensibly(tiny: Path) -> None:
    for lang in ("zh", "en"):
        rows = told(tiny, month="2026-04", lang=lang)
        names = {"ASH镇", "BAY镇", "NEW镇", "快递", "外卖"}
        assert_well_told(rows, lang, names)
    rows = told(tiny, month="2026-04")
    texts = [row["text"] for row in rows]
    assert texts[0] == (
        "截至2026年4月30日，全县实体运营企业15家，已建党组织0家，组织覆盖率0.0%，与上月持平，与上年同期持平。"
    )
    assert "服务人次4月为200人次，高于近13个月正常波动的上限" in "".join(texts)
    (joint,) = [t for t in texts if "联合组建" in t]
    assert joint == (
        "同镇街同行业的2家企业正式党员不足，可联合组建1个联合党支部（每个不超过5家），"
        "在ASH镇，组织覆盖率可由0.0%提高到13.3%，其中ASH镇可由0.0%提高到100.0%。"
    )
    assert only(rows, "basics", "members")["status"] == "none"
