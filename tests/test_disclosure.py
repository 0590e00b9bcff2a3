"""Nobody is given away: an attacker with integer programming narrows no masked number below three values."""

from __future__ import annotations

import re
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import Store, cubes
from data.contract import month_end
from data.messages import IntakeError
from data.profile import DEFAULTS, Profile, load_profile
from data.publish import publish
from data.sample import PROFILES
from queries import QUERIES, QueryError, run
from queries.disclosure import Release, Row
from queries.masking import COARSE, EXACT, HIDDEN, STANDARD, Rules, shown
from tests.attack import View, narrowed, span
from tests.worlds import PROFILE, frames

RULES = Rules(k=5, base=5)
JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)


# ---- one number by itself


@pytest.mark.parametrize(
    ("value", "level", "printed"),
    [
        (0, STANDARD, (0, None)),
        (1, STANDARD, (None, "≤5")),
        (5, STANDARD, (None, "≤5")),
        (6, STANDARD, (10, "约")),
        (7, STANDARD, (10, "约")),
        (12, STANDARD, (10, "约")),
        (13, STANDARD, (15, "约")),
        (5, EXACT, (5, None)),
        (9, COARSE, (None, "≤10")),
        (11, COARSE, (20, "约")),
        (24, COARSE, (20, "约")),
        (25, COARSE, (30, "约")),
        (0, HIDDEN, (0, None)),
        (40, HIDDEN, (None, "※")),
    ],
)
def test_a_count_is_masked_or_rounded(value: int, level: int, printed: tuple[Any, Any]) -> None:
    one = shown(value, level, RULES)
    assert (one.value, one.mark) == printed


@given(st.integers(0, 400), st.sampled_from([STANDARD, COARSE]), st.integers(3, 10), st.sampled_from([5, 10]))
@settings(max_examples=60)
def test_what_a_number_gives_away_is_all_that_would_be_printed_so(
    value: int, level: int, k: int, base: int
) -> None:
    rules = Rules(k, base)
    one = shown(value, level, rules)
    alike = [
        n
        for n in range(500)
        if (other := shown(n, level, rules)).mark == one.mark and other.value == one.value
    ]
    assert (one.low, one.high) == (min(alike), max(alike))
    assert len(alike) >= 3 or value == 0


# ---- one figure of one month, at every address


def seen(release: Release, rows: list[Row], townships: list[frozenset[str]]) -> dict[object, View]:
    """Everything that a release shows, as an attacker reads it."""
    views: dict[object, View] = {}
    committees = {row.committee for row in rows}
    for codes in (None, *townships):
        for committee in (None, *committees):
            one = release.at(codes, committee)
            members = frozenset(i for i, row in enumerate(rows) if counts(row, codes, committee))
            assert (one is None) == (not members)
            if one is not None:
                low, high = span(one.value, one.mark)
                # it knows how coarse a number is, which is more than it is told
                views[codes, committee] = View(members, max(low, one.low), min(high, one.high))
    return views


def counts(row: Row, codes: frozenset[str] | None, committee: str | None) -> bool:
    if codes is None and committee is None:
        return row.in_township
    if codes is None:
        return row.in_committee and row.committee == committee
    return row.township in codes and (row.in_township if committee is None else row.committee == committee)


def masked(release: Release, views: dict[object, View]) -> list[object]:
    return [key for key in views if release.at(*key).mark not in (None, "约")]  # type: ignore[misc,union-attr]


small = st.one_of(st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5, 6]), st.integers(0, 30))


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[Row], list[frozenset[str]]]:
    """Townships by committees, some reported by township alone; two of them may have merged since."""
    codes = [f"T{n}" for n in range(draw(st.integers(1, 6)))]
    names = [f"C{n}" for n in range(draw(st.integers(1, 3)))]
    rows = []
    for code in codes:
        if draw(st.integers(0, 4)) == 0:
            rows.append(Row(code, "", draw(small), True, False))
        else:
            rows += [Row(code, name, draw(small), True, True) for name in names]
    groups = [frozenset({code}) for code in codes]
    if len(codes) > 2 and draw(st.booleans()):
        groups.append(frozenset(codes[:2]))
    return rows, groups


@given(tables())
@settings(max_examples=60, deadline=None)
def test_no_masked_number_is_narrowed_below_three_values(
    table: tuple[list[Row], list[frozenset[str]]],
) -> None:
    rows, townships = table
    release = Release(rows, townships, RULES)
    views = seen(release, rows, townships)
    for key, view in views.items():
        true = sum(rows[index].value for index in view.rows)
        assert view.low <= true <= view.high, key
    assert narrowed(views, masked(release, views), len(rows)) == {}


PAIR = [Row("A", "C1", 1, True, True), Row("A", "C2", 1, True, True), Row("B", "C1", 40, True, True)]
FOUR = [Row(code, "C1", 1, True, True) for code in "ABCD"]


@pytest.mark.parametrize(
    ("rows", "totals"),
    [(PAIR, EXACT), (FOUR, STANDARD)],
    ids=["totals that are not protected by themselves", "totals that no guard looks at"],
)
def test_the_attacker_catches_mutants(rows: list[Row], totals: int, monkeypatch: pytest.MonkeyPatch) -> None:
    townships = [frozenset({code}) for code in sorted({row.township for row in rows})]

    def unguarded(sums: dict[Any, int], levels: object, rules: Rules, *_: object) -> dict[Any, Any]:
        return {key: shown(sums[key], STANDARD if len(key) < 2 else totals, rules) for key in sums}

    whole = Release(rows, townships, RULES)
    views = seen(whole, rows, townships)
    assert narrowed(views, masked(whole, views), len(rows)) == {}
    monkeypatch.setattr("queries.disclosure.guarded", unguarded)
    mutant = Release(rows, townships, RULES)
    views = seen(mutant, rows, townships)
    assert narrowed(views, masked(mutant, views), len(rows))


@pytest.mark.parametrize(
    ("values", "county", "townships"),
    [
        ([4, 0, 0, 0], "≤5", ["≤5", 0, 0, 0]),
        ([2, 1, 1, 0], "≤5", ["≤5", "≤5", "≤5", 0]),
        ([1, 1, 1, 1], "≤10", ["≤5", "≤5", "≤5", "≤5"]),
        ([0, 0, 0, 0], 0, [0, 0, 0, 0]),
        ([23, 0, 0, 0], 23, [23, 0, 0, 0]),
        ([3, 2, 26, 41], 72, ["≤5", "≤5", 25, 40]),
    ],
)
def test_a_county_of_few_members_still_looks_sensible(
    values: list[int], county: object, townships: list[object]
) -> None:
    rows = [Row(code, "C", value, True, True) for code, value in zip("ABCD", values, strict=True)]
    release = Release(rows, [frozenset(code) for code in "ABCD"], RULES)

    def printed(code: frozenset[str] | None) -> object:
        one = release.at(code, None)
        assert one is not None
        return one.mark if one.value is None else one.value

    assert printed(None) == county
    assert [printed(frozenset(code)) for code in "ABCD"] == townships


def test_enterprises_with_members_betray_nobody() -> None:
    """Four enterprises have members there, so four members are four or five: less is said of them."""
    here = frozenset("A")
    rows = [Row("A", "C", 4, True, True), Row("B", "C", 40, True, True)]
    for floor, printed in ((1, "≤5"), (3, "≤5"), (4, "≤10"), (9, "≤5")):
        release = Release(
            rows, [here, frozenset("B")], RULES, floors={(here, None): floor, (here, "C"): floor}
        )
        one = release.at(here, None)
        assert one is not None
        # more enterprises than members: the two ledgers do not agree, and nothing follows
        assert (one.value, one.mark) == (None, printed), floor
        assert one.high - max(one.low, floor if floor <= 4 else 1) >= 2


# ---- all views of a store


def figure(name: str, township: str | None, committee: str | None, value: float) -> dict[str, Any]:
    return {"indicator_id": name, "township_code": township, "committee_id": committee, "value": value}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two months of three townships, of which MID joins BAY in the second: few members, many workers."""
    store = Store(tmp_path_factory.mktemp("disclosure") / "store")
    joined = [
        row | {"successor": "BAY"} if row["township_code"] == "MID" else row for row in PROFILE["townships"]
    ]
    merging = PROFILE | {"townships": [row for row in joined if row["township_code"] != "NEW"]}
    profile = Profile(frames(merging), DEFAULTS, "k = 5\nrounding_base = 5\n", "profile")
    cells = {
        ("ASH", "C1"): (3, 1, 130),
        ("ASH", "C2"): (12, 2, 240),
        ("BAY", "C1"): (1, 0, 61),
        ("BAY", "C2"): (22, 4, 300),
        ("MID", "C1"): (2, 2, 88),
        ("MID", "C2"): (0, 0, 12),
    }
    for month, more in ((JANUARY, 0), (FEBRUARY, 1)):
        here = {key: value for key, value in cells.items() if month == JANUARY or key[0] != "MID"}
        rows = [
            figure(name, *key, value + more * (name == "members_full")) | {"period_end": month_end(month)}
            for key, values in here.items()
            for name, value in zip(("members_full", "members_probationary", "workers"), values, strict=True)
        ]
        firms = [
            {
                "enterprise_id": f"E{number}",
                "name": f"企业{number}",
                "township_code": "ASH",
                "committee_id": "C1" if number < 2 else "C2",
                "is_operating": True,
                "org_form": "none",
                "workers": 60,
                "members_full": 1 if number < 2 else None,
            }
            for number in range(6)
        ]
        # one of those due has not come, and it is the one of ASH
        rows += [
            figure(name, code, "C2", value) | {"period_end": month_end(month)}
            for name, values in {"transfers_due": (1, 40), "transfers": (0, 40)}.items()
            for code, value in zip(("ASH", "BAY"), values, strict=True)
        ]
        aims = [{"indicator_id": "members", "township_code": "ASH", "month": month, "value": 19.0}]
        tables = frames({"figures": rows, "enterprises": firms, "targets": aims})
        publish(store, month, tables, profile, reason="试验", who="测试", published_at=datetime(2026, 3, 1))
    return Path(store.root)


def ask(county: Path, query: str, **how: Any) -> list[dict[str, Any]]:
    return run(query, store=county, audience="protected", **{"month": FEBRUARY, **how}).to_dicts()


def test_every_view_of_a_number_says_the_same(county: Path) -> None:
    """Tables, trends, filters and indicators: one number, wherever it is asked."""
    for month in (JANUARY, FEBRUARY):
        for row in ask(county, "members_by_township", month=month):
            code = row["township_code"]
            mine = {"month": month, "townships": [code]}
            others = [
                ask(county, "members_by_month", **mine)[-1],
                *(r for r in ask(county, "members_by_township", **mine) if r["township_code"] == code),
            ]
            value = [
                ask(county, "indicator_by_month", indicator="members", **mine)[-1],
                *(r for r in ask(county, "indicator_by_township", indicator="members", **mine)),
                *(
                    r
                    for r in ask(county, "indicators_by_township", month=month)
                    if r["indicator_id"] == "members" and r["township_code"] == code
                ),
            ]
            found = {(one["members"], one["members_mark"]) for one in (row, *others)}
            found |= {(one["value"], one["value_mark"]) for one in value}
            assert len(found) == 1, (month, code, found)


def test_all_views_together_narrow_no_member(county: Path) -> None:
    """January as it is told in January and, after the merger, in February: cells, margins and the county."""
    codes = ["ASH", "BAY", "MID"]
    names = ["C1", "C2"]
    rows = [(code, name) for code in codes for name in names]
    views: dict[object, View] = {}
    hidden = []

    def look(key: object, row: dict[str, Any], members: set[tuple[str, str]]) -> None:
        if not members & set(rows):
            return
        low, high = span(row["members"], row["members_mark"])
        views[key] = View(frozenset(rows.index(cell) for cell in members), low, high)
        if row["members"] is None:
            hidden.append(key)

    for row in ask(county, "members_by_township_committee", month=JANUARY):
        look((row["township_code"], row["committee_id"]), row, {(row["township_code"], row["committee_id"])})
    for row in ask(county, "members_by_township", month=JANUARY):
        look(row["township_code"], row, {(row["township_code"], name) for name in names})
    for row in ask(county, "members_by_committee", month=JANUARY):
        look(row["committee_id"], row, {(code, row["committee_id"]) for code in codes})
    look("county", ask(county, "members_by_month", month=JANUARY)[-1], set(rows))
    later = [r for r in ask(county, "members_by_month", townships=["BAY"]) if r["month"] == JANUARY]
    look("merged", later[0], {(code, name) for code in ("BAY", "MID") for name in names})
    merged = ask(county, "members_by_month_committee", townships=["BAY"])
    for row in (one for one in merged if one["month"] == JANUARY):
        members = {(code, row["committee_id"]) for code in ("BAY", "MID")}
        look(("merged", row["committee_id"]), row, members)
    assert len(hidden) >= 4
    assert len(views) == 6 + 3 + 2 + 1 + 1 + 2
    assert narrowed(views, hidden, len(rows)) == {}


def test_a_free_combination_sums_protected_numbers(county: Path) -> None:
    both = {"month": JANUARY, "townships": ["BAY", "MID"]}
    (row,) = [r for r in ask(county, "members_by_month", **both) if r["month"] == JANUARY]
    parts = ask(county, "members_by_township", **both)
    printed = [one["members"] if one["members"] is not None else 3 for one in parts]
    assert (row["members"], row["members_mark"]) == (sum(printed), "约")
    assert [one["members_mark"] for one in parts] == ["约", "≤5"]


def test_nothing_that_follows_from_a_masked_number_is_told(county: Path) -> None:
    told = [r for r in ask(county, "members_by_township_committee") if r["township_code"] in ("ASH", "BAY")]
    for row in told:
        assert row["members_full"] is row["members_probationary"] is None
        assert row["members_full_mark"] == row["members_probationary_mark"] == "※"
        if row["members"] is None:
            assert (row["members_mark"], row["member_share"], row["member_share_mark"]) == ("≤5", None, "※")
    masked = [r for r in ask(county, "indicator_by_committee", indicator="members") if r["value"] is None]
    for row in masked:
        known = {name for name, value in row.items() if value is not None}
        assert known <= {"committee_id", "committee", "value_mark", "numerator_mark"}
    (ash,) = ask(county, "indicator_by_township", indicator="members", townships=["ASH"])
    # 20 of 19: rounding could have put it on either side
    assert (ash["value"], ash["target"], ash["status"], ash["gap_units"]) == (20, 19, None, None)
    for row in ask(county, "contributions", indicator="members", against="previous", by="township"):
        assert {row[name] for name in ("contribution", "shown", "before", "now", "state")} == {None}


def test_few_probationary_members_are_not_told_of_the_county_either(tmp_path: Path) -> None:
    """All 23 members are in ASH: 20 full and 3 probationary of the county would be those of ASH."""
    store = Store(tmp_path / "store")
    profile = Profile(frames(PROFILE), DEFAULTS, "k = 5\nrounding_base = 5\n", "profile")
    members = {"members_full": (20, 0), "members_probationary": (3, 0)}
    rows = [
        figure(name, code, None, value) | {"period_end": month_end(FEBRUARY)}
        for name, values in members.items()
        for code, value in zip(("ASH", "BAY"), values, strict=True)
    ]
    publish(store, FEBRUARY, frames({"figures": rows}), profile, reason="试验", who="测试")
    place = Path(store.root)
    (row,) = [r for r in ask(place, "members_by_month") if r["month"] == FEBRUARY]
    assert (row["members"], row["members_full"], row["members_probationary"]) == (23, None, None)
    assert row["members_full_mark"] == row["members_probationary_mark"] == "※"
    (row,) = ask(place, "indicator_by_month", indicator="members_probationary", from_month=FEBRUARY)
    assert (row["value"], row["value_mark"], row["previous"]) == (None, "※", None)


def test_nobody_is_said_to_meet_a_target_that_rounding_hides(county: Path) -> None:
    """ASH has 20 members of 19 exactly, 18 to 22 protected: neither met nor missed."""
    said = [row["text"] for row in ask(county, "findings")]
    assert not [text for text in said if "没有未达标" in text or "未达标，" in text]
    exact = [row["text"] for row in run("findings", month=FEBRUARY, store=county).to_dicts()]
    assert [text for text in exact if "没有未达标" in text]


def test_workers_of_few_enterprises_are_not_shown(county: Path) -> None:
    """Two enterprises have all workers of ASH in C1: the sum is theirs, in either table."""
    cells = {(r["township_code"], r["committee_id"]): r for r in ask(county, "members_by_township_committee")}
    assert (cells["ASH", "C1"]["workers"], cells["ASH", "C1"]["workers_mark"]) == (None, "※")
    assert (cells["ASH", "C2"]["workers"], cells["ASH", "C2"]["workers_mark"]) == (240, "约")
    ledger = {
        (r["township_code"], r["committee_id"]): r for r in ask(county, "enterprises_by_township_committee")
    }
    assert (ledger["ASH", "C1"]["workers"], ledger["ASH", "C1"]["workers_mark"]) == (None, "※")
    assert (ledger["ASH", "C2"]["workers"], ledger["ASH", "C2"]["enterprises"]) == (240, 4)
    # members are told by the other table: two tellings of few could be set against each other
    assert (ledger["ASH", "C1"]["members_full"], ledger["ASH", "C1"]["members_full_mark"]) == (None, "※")


def test_who_is_not_among_the_whole_is_not_found_by_subtracting(county: Path) -> None:
    """40 of 41 exact, and 0 of at most 5 in ASH, would say that ASH has just one due."""
    for name, printed in (("transfers", 40), ("transfers_due", 40)):
        (row,) = [r for r in ask(county, "figures_by_month", indicator=name) if r["month"] == FEBRUARY]
        assert (row["value"], row["value_mark"]) == (printed, "约")
    by_township = {
        r["township_code"]: r for r in ask(county, "figures_by_township", indicator="transfers_due")
    }
    assert (by_township["ASH"]["value"], by_township["ASH"]["value_mark"]) == (None, "≤5")


def test_rates_of_rounded_numbers_are_shown_only_where_rounding_cannot_mislead(county: Path) -> None:
    shown = {}
    for row in run("members_by_township_committee", month=FEBRUARY, store=county).to_dicts():
        shown[row["township_code"], row["committee_id"]] = row["member_share"]
    for row in ask(county, "members_by_township_committee"):
        true, told = shown[row["township_code"], row["committee_id"]], row["member_share"]
        assert told is None or abs(told - true) < 0.05
    for row in ask(county, "indicator_by_township", indicator="transfers_rate"):
        assert row["value"] is None or row["value_mark"] is None
    (county_row,) = ask(county, "indicator_by_month", indicator="transfers_rate", from_month=FEBRUARY)
    assert (county_row["value"], county_row["value_mark"]) == (None, "※")


def test_a_month_keeps_the_rules_it_was_published_with(county: Path, tmp_path: Path) -> None:
    shutil.copytree(county, tmp_path / "store")
    store = Store(tmp_path / "store")
    before = ask(Path(store.root), "members_by_township", month=JANUARY)
    commit = store.head()
    assert commit is not None
    frames_now = {name: store.read(commit, FEBRUARY, name) for name in commit.months[FEBRUARY].tables}
    text = "k = 10\nrounding_base = 10\n"
    store.publish(FEBRUARY, frames_now, cubes.build(frames_now, FEBRUARY), text, who="测试", reason="试验")
    assert ask(Path(store.root), "members_by_township", month=JANUARY) == before
    cells = ask(Path(store.root), "members_by_township_committee")
    assert "≤10" in {row["members_mark"] for row in cells}
    assert "≤5" not in {row["members_mark"] for row in cells}


def test_the_county_itself_is_exact_and_who_reported_is_known(county: Path) -> None:
    for query in ("members_by_month", "indicator_by_month"):
        how = {"indicator": "members"} if query == "indicator_by_month" else {}
        inside = run(query, month=FEBRUARY, store=county, **how).to_dicts()
        for mine, theirs in zip(ask(county, query, **how), inside, strict=True):
            assert {name: mine[name] for name in theirs} == theirs
            assert not any(value for name, value in mine.items() if name.endswith("_mark"))


@pytest.mark.parametrize("query", [name for name, question in QUERIES.items() if question.is_internal])
def test_single_rows_are_for_the_county_alone(county: Path, query: str) -> None:
    with pytest.raises(QueryError) as refused:
        run(query, month=FEBRUARY, store=county, audience="protected")
    assert refused.value.code == "internal_only"


def test_what_counts_no_person_is_the_same_for_all(county: Path) -> None:
    for query in ("coverage_by_township", "reports_by_township", "services_by_type"):
        mine = run(query, month=FEBRUARY, store=county, audience="protected")
        assert mine.equals(run(query, month=FEBRUARY, store=county))


def test_no_answer_holds_a_small_number_of_persons(county: Path) -> None:
    """Whatever the split: 1 to k never stands in a column that counts persons."""
    columns = ["workers", "members", "members_full", "members_probationary", "floating_in", "applicants"]
    for query, question in QUERIES.items():
        held = [column for column in columns if column in question.schema]
        if not held or question.is_internal:
            continue
        frame = run(query, month=JANUARY, store=county, audience="protected")
        below = frame.select(pl.col(held).is_between(1, RULES.k).any())
        assert not any(below.row(0)), query


@pytest.mark.parametrize("line", ["k = 2", "k = 11", "k = true", 'rounding_base = "5"', "rounding_base = 1"])
def test_a_profile_may_not_switch_protection_off(tmp_path: Path, line: str) -> None:
    shutil.copytree(PROFILES / "demo", tmp_path / "profile")
    settings_file = tmp_path / "profile" / "settings.toml"
    key = line.split()[0]
    text = re.sub(rf"^{key} = .*$", line, settings_file.read_text("utf-8"), flags=re.MULTILINE)
    settings_file.write_text(text, "utf-8")
    with pytest.raises(IntakeError) as refused:
        load_profile(tmp_path / "profile")
    assert (refused.value.code, refused.value.params["key"]) == ("profile_limits", key)
