"""The store keeps what was published, refuses what was changed since, and lets nobody rewrite the past."""

import json
import os
import re
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import Commit, Store, StoreError, bundle, files, month_text, parse_month
from data.commits import decode, digest, seal
from data.tables import TABLES
from tests.stores import NOVEMBER, OCTOBER, SEPTEMBER, SETTINGS, cube, enterprises, full, publish


def refusal(act: Callable[[], object]) -> StoreError:
    with pytest.raises(StoreError) as caught:
        act()
    return caught.value


def flip(path: Path, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)


# publishing and reading


def test_an_empty_store_has_no_head_and_says_so_when_asked_for_one(store: Store) -> None:
    assert store.head() is None
    assert (store.numbers(), store.tags(), store.commits()) == ([], (), ())
    assert refusal(store.resolve).code == "store_empty"
    assert store.verify().ok


def test_what_was_published_is_read_back_as_it_was(store: Store) -> None:
    commit = publish(store)
    assert (commit.number, commit.month, commit.revision, commit.parent) == (1, OCTOBER, 1, "")
    assert store.head() == commit
    assert store.read(commit, OCTOBER, "enterprises").equals(enterprises())
    assert store.read_cube(commit, OCTOBER, "coverage").equals(cube())
    assert store.settings_text(commit, OCTOBER) == SETTINGS


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_table_of_the_contract_keeps_its_types_and_nulls(table: str) -> None:
    frame = full(table)
    back = bundle.frame(bundle.parquet(frame).content)
    assert back.schema == TABLES[table].schema
    assert back.equals(frame)


@given(
    st.lists(st.tuples(st.none() | st.text(max_size=3), st.none() | st.integers(-9, 9))), st.integers(0, 9)
)
def test_the_same_rows_give_the_same_bytes_however_they_were_put_together(
    rows: list[tuple[str | None, int | None]], cut: int
) -> None:
    schema = {"name": pl.String, "count": pl.Int64}
    whole = pl.DataFrame(rows, schema=schema, orient="row")
    pieces = pl.concat([whole.head(cut), whole.tail(max(whole.height - cut, 0))], rechunk=False)
    longer = pl.concat([whole, pl.DataFrame({"name": ["more"], "count": [1]}, schema=schema)])
    expected = bundle.parquet(whole).content
    assert bundle.parquet(pieces).content == expected
    assert bundle.parquet(longer.head(whole.height)).content == expected


def test_tables_not_published_stay_as_they_were_and_the_earlier_revision_stays_readable(store: Store) -> None:
    first = store.publish(
        OCTOBER, {name: full(name) for name in ("enterprises", "tasks")}, {}, SETTINGS, who="w", reason="r"
    )
    second = store.publish(OCTOBER, {"tasks": full("tasks").head(1)}, {}, SETTINGS, who="w", reason="更正")
    before, after = first.months[OCTOBER], second.months[OCTOBER]
    assert (after.number, after.tables, after.reason) == (2, ("enterprises", "tasks"), "更正")
    assert after.files["enterprises.parquet"] == before.files["enterprises.parquet"]
    assert store.read(second, OCTOBER, "enterprises").equals(full("enterprises"))
    assert store.read(second, OCTOBER, "tasks").height == 1
    assert store.read(store.commit(1), OCTOBER, "tasks").height == 2


def test_a_table_or_month_never_published_is_refused_by_name_not_read_as_empty(store: Store) -> None:
    commit = publish(store)
    assert refusal(lambda: store.read(commit, OCTOBER, "tasks")).params == {
        "month": "2026-10",
        "table": "tasks",
    }
    assert refusal(lambda: store.read(commit, SEPTEMBER, "enterprises")).code == "month_unknown"
    assert commit.months[OCTOBER].tables == ("enterprises",)


def test_cubes_of_an_earlier_revision_are_not_carried_over(store: Store) -> None:
    publish(store)
    commit = store.publish(OCTOBER, {}, {"services": cube()}, SETTINGS, who="w", reason="r")
    assert commit.months[OCTOBER].cubes == ("services",)
    assert commit.months[OCTOBER].tables == ("enterprises",)


def test_publishing_the_same_again_gives_the_same_bytes_of_every_table(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path / "other")
    assert publish(store).sha256 == publish(other).sha256


def test_the_note_tells_a_clerk_what_is_in_the_folder(store: Store) -> None:
    commit = publish(store, count=7, reason="10月\n月报")
    note = store.content(commit.months[OCTOBER], "说明.txt").decode("utf-8-sig")
    for fact in (
        "2026年10月",
        "第 1 次",
        "2026-11-03 09:00:00",
        "数据员",
        "10月 月报",
        "企业（enterprises）：7 行",
        "演示数据",
    ):
        assert fact in note
    real = store.publish(NOVEMBER, {}, {}, "demonstration = false", who="w", reason="r")
    assert "演示数据" not in store.content(real.months[NOVEMBER], "说明.txt").decode("utf-8-sig")


def test_a_reason_that_is_no_proper_text_is_written_all_the_same(store: Store) -> None:
    assert publish(store, reason="月报\udc80").reason == "月报?"
    assert store.verify().ok


# somebody else was faster


def test_a_month_that_moved_on_since_is_refused_and_nothing_is_left_of_the_attempt(store: Store) -> None:
    publish(store)
    publish(store, count=4)
    error = refusal(lambda: publish(store, count=5, expected=1))
    assert (error.code, error.params) == ("baseline_changed", {"month": "2026-10", "found": 2, "expected": 1})
    report = store.verify()
    assert (report.ok, report.orphans, report.commits) == (True, (), 2)


def test_another_month_published_meanwhile_is_followed_not_lost(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(store)
    stale = store.head()
    publish(store, NOVEMBER)
    # The first look at the head is the one from before the other publication.
    looks = iter([stale])
    real = Store.head
    monkeypatch.setattr(Store, "head", lambda self: next(looks, None) or real(self))
    commit = publish(store, SEPTEMBER)
    assert (commit.number, set(commit.months)) == (3, {SEPTEMBER, OCTOBER, NOVEMBER})


def test_the_same_month_published_meanwhile_is_refused_and_the_folder_removed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(store)
    stale = store.head()
    winner = publish(store, count=4)
    looks = iter([stale])
    real = Store.head
    monkeypatch.setattr(Store, "head", lambda self: next(looks, None) or real(self))
    assert refusal(lambda: publish(store, count=5)).code == "baseline_changed"
    assert store.head() == winner
    assert store.verify().orphans == ()


# changed bytes


def test_every_changed_bit_and_every_lost_byte_of_a_commit_is_refused(store: Store) -> None:
    publish(store)
    raw = store.commit_path(1).read_bytes()
    assert decode(raw).number == 1
    for bit in range(len(raw) * 8):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ValueError, match="seal is broken"):
            decode(bytes(changed))
    for length in range(len(raw)):
        with pytest.raises(ValueError, match="seal is broken"):
            decode(raw[:length])
    with pytest.raises(ValueError, match="seal is broken"):
        decode(raw + b"\n")


@pytest.mark.parametrize("harm", ["flip", "truncate", "empty", "renumber"])
def test_a_damaged_head_names_the_last_good_commit_and_is_not_replaced_by_it(store: Store, harm: str) -> None:
    publish(store, SEPTEMBER)
    publish(store, OCTOBER)
    path = store.commit_path(2)
    if harm == "flip":
        flip(path, 999)
    elif harm == "renumber":
        path.write_bytes(store.commit_path(1).read_bytes())
    else:
        path.write_bytes(path.read_bytes()[: 100 if harm == "truncate" else 0])
    error = refusal(store.head)
    assert (error.code, error.params) == ("commit_broken", {"number": 2, "last_good": 1})
    assert refusal(lambda: store.commit(2)).code == "commit_broken"
    assert refusal(lambda: publish(store, NOVEMBER)).code == "commit_broken"
    assert store.commit(1).number == 1
    assert [problem.code for problem in store.verify().problems] == ["commit_broken"]


def test_a_damaged_only_commit_has_no_good_one_before_it(store: Store) -> None:
    publish(store)
    flip(store.commit_path(1), 80)
    assert refusal(store.head).params == {"number": 1, "last_good": None}


def test_a_commit_that_was_changed_and_sealed_anew_no_longer_fits_the_chain(store: Store) -> None:
    for month in (SEPTEMBER, OCTOBER, NOVEMBER):
        publish(store, month)
    body = json.loads(store.commit_path(2).read_bytes())
    del body["sha256"]
    store.commit_path(2).write_bytes(seal({**body, "reason": "改过"}))
    assert refusal(store.head).params == {"number": 3, "last_good": 2}
    assert [(p.code, p.params) for p in store.verify().problems] == [("chain_broken", {"number": 3})]


def test_a_commit_that_was_taken_away_is_missed(store: Store) -> None:
    for month in (SEPTEMBER, OCTOBER, NOVEMBER):
        publish(store, month)
    store.commit_path(2).unlink()
    assert refusal(store.head).params == {"number": 3, "last_good": 1}
    assert [(p.code, p.params) for p in store.verify().problems] == [("commit_unknown", {"number": 2})]


def test_a_commit_read_before_is_read_again_once_its_file_changes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(store)
    monkeypatch.setattr("data.files.SETTLED_SECONDS", -1.0)
    first = store.head()
    assert store.head() is first, "an unchanged file is not read twice"
    flip(store.commit_path(1), 500)
    assert refusal(store.head).code == "commit_broken"


def test_a_change_too_quick_for_the_clock_of_the_disk_is_seen(store: Store) -> None:
    publish(store)
    assert store.head() is not None
    path = store.commit_path(1)
    before = path.stat()
    flip(path, 500)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert files.stamp(path) == files.Stamp(before.st_size, before.st_mtime_ns, before.st_ino)
    assert refusal(store.head).code == "commit_broken"


def test_any_changed_or_lost_byte_of_a_table_is_refused_before_a_parser_sees_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = publish(store)
    place = f"{commit.months[OCTOBER].folder}/enterprises.parquet"
    path = store.root / place
    whole = path.read_bytes()
    monkeypatch.setattr(bundle, "frame", lambda content: pytest.fail("a parser saw changed bytes"))
    for bit in range(0, len(whole) * 8, 127):
        flip(path, bit)
        error = refusal(lambda: store.read(commit, OCTOBER, "enterprises"))
        assert (error.code, error.params) == ("file_broken", {"file": place})
        flip(path, bit)
    for content in (b"", whole[:1], whole[:-1], whole + b"\0", whole * 2):
        path.write_bytes(content)
        assert refusal(lambda: store.read(commit, OCTOBER, "enterprises")).code == "file_broken"
    path.unlink()
    error = refusal(lambda: store.read(commit, OCTOBER, "enterprises"))
    assert (error.code, error.params) == ("file_missing", {"file": place})


def test_a_changed_table_is_not_carried_into_a_new_revision(store: Store) -> None:
    commit = publish(store)
    flip(store.root / commit.months[OCTOBER].folder / "enterprises.parquet", 4000)
    act = partial(store.publish, OCTOBER, {"tasks": full("tasks")}, {}, SETTINGS, who="w", reason="r")
    assert refusal(act).code == "file_broken"
    assert store.numbers() == [1]


def test_verify_reports_each_problem_and_each_orphan(store: Store) -> None:
    first = publish(store, SEPTEMBER)
    second = publish(store, OCTOBER)
    store.tag("会议", 1)
    flip(store.root / first.months[SEPTEMBER].folder / "cubes" / "coverage.parquet", 700)
    flip(store.root / second.months[OCTOBER].folder / "说明.txt", 700)
    (store.root / second.months[OCTOBER].folder / "manifest.json").unlink()
    flip(store.root / "tags" / "会议.json", 100)
    for left in ("snapshots/.staging-1", "snapshots/2026-10/r009-00000000", "snapshots/2026-12"):
        (store.root / left).mkdir()
    (store.root / second.months[OCTOBER].folder / "mine.xlsx").touch()
    seen: list[tuple[int, int]] = []
    report = store.verify(lambda done, total: seen.append((done, total)))
    assert sorted(problem.code for problem in report.problems) == [
        *("file_broken", "file_broken", "file_missing", "tag_broken")
    ]
    assert (report.ok, report.commits, report.tags, report.files) == (False, 2, 1, 10)
    assert report.orphans == (
        "snapshots/.staging-1",
        f"{second.months[OCTOBER].folder}/mine.xlsx",
        "snapshots/2026-10/r009-00000000",
        "snapshots/2026-12",
    )
    assert seen == [(done, 10) for done in range(1, 11)]


# names that come from outside


def test_a_tag_is_written_once_and_keeps_its_commit(store: Store) -> None:
    publish(store)
    assert store.tag("2026-10-月度例会").number == 1
    publish(store, count=4)
    assert refusal(lambda: store.tag("2026-10-月度例会")).code == "tag_exists"
    assert store.resolve("2026-10-月度例会").number == 1
    assert store.tags() == ("2026-10-月度例会",)
    assert refusal(lambda: store.tagged("没有")).params == {"name": "没有"}


def test_a_tag_file_under_another_name_is_refused(store: Store) -> None:
    publish(store)
    store.tag("原名")
    (store.root / "tags" / "新名.json").write_bytes((store.root / "tags" / "原名.json").read_bytes())
    assert refusal(lambda: store.tagged("新名")).code == "tag_broken"


def test_a_tag_whose_commit_was_replaced_is_refused(store: Store, tmp_path: Path) -> None:
    publish(store)
    store.tag("会议")
    other = Store(tmp_path / "other")
    publish(other, count=4)
    store.commit_path(1).write_bytes(other.commit_path(1).read_bytes())
    assert refusal(lambda: store.tagged("会议")).code == "tag_broken"


BAD_NAMES = [
    *(
        "",
        ".",
        "..",
        "../x",
        "..\\x",
        "a/b",
        "a\\b",
        "/etc/passwd",
        "C:\\x",
        "C:",
        "\\\\server\\share",
        "a:b",
    ),
    *(
        "con",
        "CON.txt",
        "nul",
        "com1",
        "LPT9.log",
        ".hidden",
        "end.",
        "end ",
        " start",
        "a\0b",
        "a\nb",
        "％00/",
    ),
    *("*", "?", "a|b", "<a>", '"', "42", "00000001", "x" * 61, "%2e%2e/", "\u202e", "~"),
]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_no_tag_name_leads_out_of_the_store(store: Store, name: str) -> None:
    publish(store)
    before = sorted(path for path in store.root.parent.rglob("*"))
    assert refusal(lambda: store.tag(name)).code == "tag_name_bad"
    assert refusal(lambda: store.tagged(name)).code == "tag_name_bad"
    assert sorted(path for path in store.root.parent.rglob("*")) == before


@pytest.mark.parametrize(
    "name", ["2026-10-月度例会", "v1.2", "会议（第2次）", "a", "1月", "x" * 60, "console"]
)
def test_names_that_people_give_are_allowed(store: Store, name: str) -> None:
    publish(store)
    assert store.tag(name) == store.tagged(name)


@pytest.mark.parametrize("as_of", [0, 2, -1, 10**9, "0", "2", "99999999"])
def test_a_number_without_a_commit_is_unknown(store: Store, as_of: str | int) -> None:
    publish(store)
    assert refusal(lambda: store.resolve(as_of)).code == "commit_unknown"


@pytest.mark.parametrize("as_of", ["123456789", "１", "../commits/00000001", "1.json", "-1 "])
def test_what_is_neither_number_nor_name_is_refused(store: Store, as_of: str) -> None:
    publish(store)
    assert refusal(lambda: store.resolve(as_of)).code in {"tag_name_bad", "tag_unknown"}


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-00", "2026-1", "202610", "２０２６-10", "../2026-10", "2026-10\n", "0000-01"]
)
def test_a_month_is_written_one_way_only(text: str) -> None:
    assert refusal(lambda: parse_month(text)).code == "month_bad"
    assert month_text(parse_month("2026-10")) == "2026-10"


@pytest.mark.parametrize("month", [date(2026, 10, 2), datetime(2026, 10, 1), "2026-10"])
def test_only_the_first_day_of_a_month_can_be_published(store: Store, month: date) -> None:
    assert refusal(lambda: publish(store, month)).code == "month_bad"
    assert not store.root.exists()


@pytest.mark.parametrize("name", ["../x", "a/b", "A", "", "1a", "a.b", "企业", "cubes/x"])
def test_no_table_name_leads_out_of_its_folder(store: Store, name: str) -> None:
    for tables, cubes in (({name: cube()}, {}), ({}, {name: cube()})):
        act = partial(store.publish, OCTOBER, tables, cubes, SETTINGS, who="w", reason="r")
        assert refusal(act).code == "table_name_bad"
    assert not store.root.exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [("snapshots/2026-10/r001", "../../2026-10/r001"), ("enterprises.parquet", "../../../passwd.parquet")],
)
def test_a_well_sealed_commit_may_not_point_out_of_the_store(store: Store, old: str, new: str) -> None:
    publish(store)
    body = json.loads(store.commit_path(1).read_text("utf-8").replace(old, new))
    del body["sha256"]
    store.commit_path(1).write_bytes(seal(body))
    assert refusal(store.head).code == "commit_broken"


# the past


def as_it_is(store: Store, commit: Commit) -> dict[str, bytes]:
    return {name: store.content(commit.months[OCTOBER], name) for name in commit.months[OCTOBER].files}


def test_a_tag_gives_the_same_bytes_after_many_later_revisions(store: Store) -> None:
    publish(store)
    store.tag("2026-10-月度例会")
    then = as_it_is(store, store.tagged("2026-10-月度例会"))
    for count in range(4, 24):
        publish(store, count=count)
    assert as_it_is(store, store.tagged("2026-10-月度例会")) == then
    assert as_it_is(store, store.resolve()) != then
    assert [commit.revision for commit in store.commits()] == list(range(1, 22))


def test_order_is_by_number_never_by_clock(store: Store) -> None:
    publish(store, published_at=datetime(2030, 1, 1))
    late = publish(store, count=4, published_at=datetime(2020, 1, 1))
    assert store.head() == late
    assert (late.number, late.revision) == (2, 2)


def test_folder_names_carry_revision_and_hash(store: Store) -> None:
    commit = publish(store)
    revision = commit.months[OCTOBER]
    assert re.fullmatch(r"snapshots/2026-10/r001-[0-9a-f]{8}", revision.folder)
    manifest = store.content(revision, "manifest.json")
    assert digest(manifest).startswith(revision.folder[-8:])
    assert json.loads(manifest)["files"]["enterprises.parquet"]["rows"] == 3
