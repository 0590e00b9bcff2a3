"""The deck says what the queries say, to the audience that it is for; its slides are those of the profile."""

import dataclasses
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data import Store, sample
from data.messages import IntakeError
from data.profile import load_profile
from data.publish import publish
from data.sampling.faults import without
from data.slides import SLIDES as KNOWN
from pages.shared.deck.brief import Brief
from pages.shared.deck.build import SLIDES, build
from pages.shared.deck.deck import SECTIONS, Annex, Deck, Slide
from pages.shared.deck.exhibits import Bar, Bars, Cell, Column, Headlines, Statements, Table, Value
from pages.shared.deck.headless import view_of
from pages.shared.view import View
from queries import run
from tests.stores import NOVEMBER, OCTOBER, sampled

SMALL, LARGE = "990101200", "990101001"
AREAS: list[tuple[str, ...]] = [(), (SMALL,), (LARGE, SMALL)]
CHINESE = re.compile(r"[一-鿿]+")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fourteen months of the demonstration county."""
    return sampled(tmp_path_factory, 14)


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory, county: Path) -> Path:
    """A county without a grievance ledger; October lacks the smallest township, November most of all."""
    full, folder = Store(county), tmp_path_factory.mktemp("late")
    profile = load_profile(sample.PROFILES / "demo")
    tables = ("enterprises", "figures", "stations", "station_services", "targets", "tasks")
    frames = without({name: full.read(full.head(), OCTOBER, name) for name in tables}, SMALL)
    publish(Store(folder), OCTOBER, frames, profile, reason="test", who="test")
    one = {"stations": frames["stations"]}
    publish(Store(folder), NOVEMBER, one, profile, reason="test", who="test")
    return folder


def slides(deck: Deck, name: str) -> list[Slide]:
    return [slide for slide in deck.slides if slide.name == name]


def rows_of(deck: Deck, name: str) -> list[Bar]:
    """All bars of a slide, over its parts."""
    return [
        row for slide in slides(deck, name) if isinstance(slide.exhibit, Bars) for row in slide.exhibit.rows
    ]


def annex(deck: Deck, name: str) -> Annex:
    return next(one for one in deck.annexes if one.name == name)


def agrees(shown: Cell, row: Mapping[str, Any], column: str) -> None:
    """A printed count is the query's: exact, rounded and marked, masked, or not reported."""
    assert isinstance(shown, Value)
    number, mark = row[column], row.get(f"{column}_mark")
    assert shown.number == number
    digits = re.sub(r"\D", "", shown.text)
    if number is not None:
        assert int(digits) == number
        assert shown.text.startswith("约") == (mark == "约") == (shown.mark == "约")
    else:
        assert shown.text.startswith(mark or "未报")


def is_rate(shown: Cell, part: float | None, whole: float | None) -> None:
    """A printed rate is that of the query's counts."""
    assert isinstance(shown, Value)
    if part is None or not whole:
        assert shown.number is None
        assert shown.text in ("未报", "—")
        return
    assert shown.number == pytest.approx(part / whole, abs=1e-12)
    assert float(shown.text.removeprefix("约").removesuffix("%")) == pytest.approx(
        100 * part / whole, abs=0.0501
    )


@pytest.mark.parametrize("audience", ["internal", "protected"])
@pytest.mark.parametrize("area", AREAS, ids=len)
def test_every_figure_is_that_of_the_query_for_the_same_audience(
    county: Path, area: tuple[str, ...], audience: Any
) -> None:
    deck = build(view_of(OCTOBER, store=county, townships=area, audience=audience))

    def ask(query: str, **how: Any) -> list[dict[str, Any]]:
        chosen = {"townships": list(area) or None, **how}
        return run(query, month=OCTOBER, store=county, audience=audience, **chosen).to_dicts()

    headlines = slides(deck, "summary")[0].exhibit
    assert isinstance(headlines, Headlines)
    for item in headlines.items:
        (*_, now) = ask("indicator_by_month", indicator=item.indicator)
        if item.value.kind == "rate":
            is_rate(item.value, now["numerator"], now["denominator"])
        else:
            agrees(item.value, now, "value")
    covered = ask("coverage_by_township")
    assert [bar.name for bar in rows_of(deck, "coverage_by_township")][: len(covered)] == [
        view_of(OCTOBER, store=county).name("township", row["township_code"]) for row in covered
    ]
    for name, column in (("coverage_by_township", "organised"), ("work_coverage", "worked")):
        for bar, row in zip(rows_of(deck, name), covered, strict=False):
            is_rate(bar.value, row[column], row["enterprises"])
            assert bar.detail == f"{row[column]}/{row['enterprises']}家"
    _members(deck, ask)
    for shown, row in zip(rows_of(deck, "stations"), ask("services_by_township"), strict=True):
        assert shown.value.number == row["person_times_per_station"]
    closed = [row for row in ask("closure_by_township") if row["township_code"]]
    (*_, total) = ask("closure_by_month")
    for cells, row in zip(annex(deck, "grievances").table.rows, [*closed, total], strict=False):
        for cell, column in zip(cells[1:4], ("received", "closed", "due"), strict=True):
            agrees(cell, row, column)
        is_rate(cells[5], row["on_time"], row["due"])
    found = ask("findings")
    assert [text for section in SECTIONS for text in deck.told[section]] == [row["text"] for row in found]


def _members(deck: Deck, ask: Any) -> None:
    """Bars and the table of members, cell by cell; each total from a question of its own."""
    committees = [row for row in ask("members_by_committee") if row["committee_id"]]
    for bar, row in zip(rows_of(deck, "members_by_committee"), committees, strict=True):
        agrees(bar.value, row, "members")
        mark = row.get("members_mark") or ""
        assert bar.length == (float(mark[1:]) if mark.startswith("≤") else row["members"])
        assert bar.is_calm == mark.startswith("≤")
    cells = {(row["township_code"], row["committee_id"]): row for row in ask("members_by_township_committee")}
    table, townships = annex(deck, "members").table, ask("members_by_township")
    for shown, township in zip(table.rows, townships, strict=False):
        for cell, committee in zip(shown[1:-1], committees, strict=True):
            row = cells.get((township["township_code"], committee["committee_id"]), {"members": 0})
            agrees(cell, row, "members")
        agrees(shown[-1], township, "members")
    if table.has_total:
        for cell, row in zip(table.rows[-1][1:], [*committees, ask("members_by_month")[-1]], strict=True):
            agrees(cell, row, "members")


def test_a_protected_deck_has_no_share_nor_change_of_what_it_masks(county: Path) -> None:
    deck = build(view_of(OCTOBER, store=county, townships=(SMALL,)))
    headlines = slides(deck, "summary")[0].exhibit
    assert isinstance(headlines, Headlines)
    (members,) = (item for item in headlines.items if item.indicator == "members")
    assert (members.value.text, members.value.number, members.change, members.words) == (
        "≤5",
        None,
        "",
        "",
    )
    assert "≤5名" in deck.lead
    assert [bar.words for bar in rows_of(deck, "members_by_committee")] == ["", "", ""]
    assert slides(deck, "members_trend") == []
    assert "“≤”" in annex(deck, "members").remark


def test_each_slide_has_one_conclusion_that_fits_and_is_told_in_words(county: Path) -> None:
    for lang, longest in (("zh", 52), ("en", 104)):
        deck = build(view_of(OCTOBER, store=county, lang=lang))
        assert [slide.section for slide in deck.slides] == sorted(
            (slide.section for slide in deck.slides), key=SECTIONS.index
        )
        for slide in deck.slides:
            assert 0 < len(slide.title) <= longest, slide.title
            assert not slide.title.endswith(("。", "."))
            assert slide.alt.startswith(slide.subtitle)
            assert set(slide.notes) <= {text for told in deck.told.values() for text in told}
        shown = {name for part in (*deck.slides, *deck.annexes) for name in part.indicators}
        assert {one.indicator for one in deck.definitions} == shown


def strings(part: object) -> Iterator[str]:
    """Every text of a deck that is printed; marks of values and names of files are not words."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        yield from (text for value in part.values() for text in strings(value))
    elif isinstance(part, tuple | list):
        yield from (text for value in part for text in strings(value))
    elif dataclasses.is_dataclass(part):
        skipped = {"mark", "files"}
        fields = (field.name for field in dataclasses.fields(part) if field.name not in skipped)
        yield from (text for name in fields for text in strings(getattr(part, name)))


def test_an_english_deck_leaves_no_chinese_but_names(county: Path) -> None:
    view = view_of(OCTOBER, store=county, lang="en", townships=(LARGE, SMALL), committees=("C03",))
    for one in (view, view_of(OCTOBER, store=county, lang="en")):
        tasks = one.ask("tasks_by_due")
        profile = one.profile
        names = {
            *profile.township_names.values(),
            *profile.committee_names.values(),
            *profile.events["title"],
            *tasks["title"],
            *tasks["department"].drop_nulls(),
            one.snapshot.county,
        }
        longest_first = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
        left = [text for text in strings(build(one)) if CHINESE.search(longest_first.sub("", text))]
        assert left == []


def settled(view: View, slides: dict[str, Any]) -> View:
    """The view under a profile with those slides."""
    settings = {**view.profile.settings, "slides": slides}
    return replace(view, profile=replace(view.profile, settings=settings))


def test_the_profile_says_which_slides_in_which_order_under_which_words(county: Path) -> None:
    view = view_of(OCTOBER, store=county)
    order = ["tasks", "coverage_by_township", "summary"]
    deck = build(settled(view, {"order": order, "titles": {"tasks": "议定事项督办"}}))
    assert [slide.name for slide in deck.slides] == order
    usual = build(view)
    assert [slide.title for slide in deck.slides] == [slides(usual, name)[0].title for name in order]
    assert deck.slides[0].subtitle == f"议定事项督办：{slides(usual, 'tasks')[0].subtitle}"
    assert deck.slides[0].alt.startswith(deck.slides[0].subtitle)
    assert deck.annexes == usual.annexes
    assert tuple(SLIDES) == KNOWN


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ('[slides]\norder = ["summary", "weather"]', "slides.order"),
        ('[slides]\norder = ["summary", "summary"]', "slides.order"),
        ("[slides]\norder = []", "slides.order"),
        ('[slides]\ntitles = { weather = "天气" }', "slides.titles"),
        ('[slides]\ntitles = { summary = "完成85%" }', "slides.titles.summary"),
        ("[slides]\nauto_advance_seconds = 0", "slides.auto_advance_seconds"),
        ("[slides]\nauto_advance = 30", "slides.auto_advance"),
        ("slides = 3", "slides"),
    ],
)
def test_slides_that_could_not_be_followed_are_refused_by_key(tmp_path: Path, written: str, key: str) -> None:
    folder = Path(shutil.copytree(sample.PROFILES / "demo", tmp_path / "profile"))
    (folder / "settings.toml").write_text(written, "utf-8")
    with pytest.raises(IntakeError) as refused:
        load_profile(folder)
    for lang in ("zh", "en"):
        assert key in refused.value.text(lang)
    good = f'[slides]\norder = ["{KNOWN[-1]}"]\ntitles = {{ tasks = "督办" }}\nauto_advance_seconds = 20'
    (folder / "settings.toml").write_text(good, "utf-8")
    assert load_profile(folder).settings["slides"]["order"] == [KNOWN[-1]]


def test_what_was_not_reported_says_so_and_what_a_county_never_had_is_left_out(late: Path) -> None:
    october = build(view_of(OCTOBER, store=late))
    (bar,) = (bar for bar in rows_of(october, "coverage_by_township") if bar.name == "石门回族乡")
    assert (bar.is_missing, bar.length, bar.value.text, bar.words) == (True, None, "未报", "未报")
    (*_, township, _) = annex(october, "members").table.rows
    assert {cell.text for cell in township[1:] if isinstance(cell, Value)} == {"未报"}
    assert {"closure_curve", "on_time", "backlog"}.isdisjoint(slide.name for slide in october.slides)
    assert [one.name for one in october.annexes] == ["coverage", "members", "stations", "tasks"]
    november = build(view_of(NOVEMBER, store=late))
    for name in ("members_by_committee", "stations", "coverage_by_township", "work_coverage", "tasks"):
        (slide,) = slides(november, name)
        assert isinstance(slide.exhibit, Statements)
        assert [item.word for item in slide.exhibit.items] == ["未报"]
        assert "未报" in slide.title
    assert slides(november, "coverage_trend") == []
    assert "0" not in "".join(item.value.text for item in slides(november, "summary")[0].exhibit.items)  # type: ignore[union-attr]


def test_members_of_one_row_for_all_leave_no_committee_at_0(tmp_path: Path, county: Path) -> None:
    full = Store(county)
    figures = full.read(full.head(), OCTOBER, "figures").filter(pl.col("indicator_id") == "members_full")
    whole = figures.head(1).with_columns(
        township_code=pl.lit(None, pl.String), committee_id=pl.lit(None, pl.String), value=pl.lit(23.0)
    )
    profile = load_profile(sample.PROFILES / "demo")
    publish(Store(tmp_path), OCTOBER, {"figures": whole}, profile, reason="test", who="test")
    (*_, unstated, total) = annex(build(view_of(OCTOBER, store=tmp_path)), "members").table.rows
    for row in (unstated, total):
        *committees, alone, every = (cell.text for cell in row[1:] if isinstance(cell, Value))
        assert set(committees) == {"未报"}
        assert (alone, every) == ("23", "23")
    chosen = build(view_of(OCTOBER, store=tmp_path, committees=("C02",)))
    (slide,) = slides(chosen, "members_by_committee")
    assert "统计表" not in slide.alt
    name = profile.frames["committees"].filter(pl.col("committee_id") == "C02")["short_name"].item()
    assert slide.title == f"全区{name}党员数未报"


def test_many_rows_are_continued_in_even_parts(county: Path) -> None:
    brief = Brief(view_of(OCTOBER, store=county))
    rows = tuple(Bar(f"{i}镇", i, Value(i, f"{i}名")) for i in range(23))
    slide = brief.slide(
        "stations", "basics", title="一。", subtitle="二", exhibit=Bars(rows, "党员", "名", "count", 23)
    )
    parts = brief.continued(slide)
    assert [len(part.exhibit.rows) for part in parts if isinstance(part.exhibit, Bars)] == [8, 8, 7]
    assert [(part.part, part.parts) for part in parts] == [(1, 3), (2, 3), (3, 3)]
    assert all(part.exhibit.top == 23 for part in parts if isinstance(part.exhibit, Bars))
    assert "22镇" in parts[2].alt
    assert "22镇" not in parts[0].alt
    table = replace(slide, exhibit=Table((Column("镇"),), ()))
    assert brief.continued(table) == [table]
