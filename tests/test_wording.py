"""Sentences: changes by kind and direction, names, reports and the standing against a target."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared.badges import badge
from pages.shared.i18n import Text
from queries.words import wording
from queries.words.standing import Rate, Verdict, judge, judge_all, names_of, total_gap
from queries.words.wording import change

ZH, EN = Text("zh"), Text("en")


@pytest.mark.parametrize(
    ("kind", "now", "before", "zh", "en"),
    [
        ("stock", 29, 23, "比上月末净增6名", "6 more than last month"),
        ("stock", 23, 29, "比上月末净减6名", "6 fewer than last month"),
        ("stock", 169, 163, "比上月末净增6名，增长3.7%", "6 more than last month (up 3.7%)"),
        ("stock", 6, 6, "与上月末持平", "unchanged against last month"),
        ("stock", 6, 0, "上月末为0，新增6名", "6 new, none last month"),
        ("stock", 0, 0, "与上月末持平", "unchanged against last month"),
        ("flow", 44, 33, "比上月增加11名", "11 more than last month"),
        ("flow", 80, 100, "比上月减少20名，下降20.0%", "20 fewer than last month (down 20.0%)"),
        ("rate", 0.85, 0.837, "比上月提高1.3个百分点", "up 1.3 points on last month"),
        ("rate", 0.894, 0.936, "比上月下降4.2个百分点", "down 4.2 points on last month"),
        ("rate", 0.85004, 0.84996, "与上月持平", "unchanged against last month"),
        ("rate", 0.0002, 0.0, "比上月变化不到0.1个百分点", "less than 0.1 points against last month"),
        ("days", 8, 6, "比上月延长2天", "2 days longer than last month"),
        ("days", 6, 7.5, "比上月缩短1.5天", "1.5 days shorter than last month"),
        ("stock", 6, None, "上月未报，不作比较", "no report last month, so no comparison"),
        ("stock", None, 6, "本月未报", "not reported this month"),
    ],
)
def test_a_change_names_its_base(kind: wording.Kind, now: float, before: float, zh: str, en: str) -> None:
    assert change(kind, now, before, ZH, classifier="名").sentence == zh
    assert change(kind, now, before, EN, classifier="名").sentence == en


def test_a_pill_is_short_and_has_a_word() -> None:
    told = change("rate", 0.85, 0.837, ZH)
    assert (told.short, told.arrow, told.tone, told.color) == ("提高1.3个百分点", "up", "good", "green")


def test_a_mean_keeps_its_decimals() -> None:
    told = change("flow", 66.94, 70.24, ZH, classifier="人次", digits=1)
    assert told.sentence == "比上月减少3.3人次，下降4.7%"
    assert change("flow", 66.94, 66.91, ZH, digits=1).short == "持平"


def test_last_year_is_named() -> None:
    assert change("stock", 29, 23, ZH, classifier="名", base="year").sentence == "比上年同期净增6名"


@pytest.mark.parametrize(
    ("now", "before", "direction", "tone"),
    [
        (2, 1, "up", "good"),
        (1, 2, "up", "bad"),
        (2, 1, "down", "bad"),
        (1, 2, "down", "good"),
        (2, 1, "info", "neutral"),
    ],
)
def test_the_tone_follows_the_direction_not_the_sign(
    now: int, before: int, direction: str, tone: str
) -> None:
    assert change("stock", now, before, ZH, direction=direction).tone == tone


@given(st.integers(0, 49), st.integers(0, 10_000))
def test_a_small_base_is_told_in_units_only(before: int, now: int) -> None:
    assert "%" not in change("stock", now, before, ZH, classifier="名").sentence


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_rates_are_compared_as_they_are_printed(now: int, before: int) -> None:
    told = change("rate", now / 1000, before / 1000, ZH)
    points = abs(now - before) / 10
    assert told.short == ("持平" if now == before else told.short)
    if now != before:
        assert f"{points:.1f}个百分点" in told.short


def test_names_are_listed_up_to_three() -> None:
    names = ["青石镇", "三岔口镇", "石门回族乡", "柳河镇"]
    assert wording.name_list(names[:3], ZH) == "青石镇、三岔口镇、石门回族乡"
    assert wording.name_list(names, ZH) == "青石镇、三岔口镇、石门回族乡等4个镇街"
    assert wording.name_list(names[:2], EN) == "青石镇 and 三岔口镇"
    assert wording.name_list(names, EN) == "青石镇, 三岔口镇, 石门回族乡 and 1 other"
    assert wording.name_list([], ZH) == ""


def test_reports_are_counted() -> None:
    assert wording.reported(8, 8, ZH) == "8个镇街全部已报"
    assert wording.reported(7, 8, ZH) == "8个镇街已报7个"
    assert wording.reported(7, 8, EN) == "7 of 8 townships have reported"
    assert wording.not_reported(["石门回族乡"], ZH) == "石门回族乡未报"
    assert wording.not_reported(["石门回族乡"], EN) == "石门回族乡 has not reported"
    assert wording.not_reported([], ZH) == ""


def test_cut_off_and_revision() -> None:
    assert wording.as_of(date(2026, 10, 31), ZH) == "截至2026年10月31日"
    assert (wording.revision(1, ZH), wording.revision(3, ZH)) == ("首次发布", "第3次修订")


def test_a_badge_has_shape_and_word() -> None:
    assert badge("bad", ZH) == ":red-badge[◆ 未达标]"
    assert badge("none", EN, "石门") == ":gray-badge[○ 石门]"


def test_a_profile_may_have_words_of_its_own() -> None:
    own = ZH.saying({"status.bad": "红灯"})
    assert [wording.status_word(key, own) for key in ("bad", "good")] == ["红灯", "达标"]
    assert badge("bad", own) == ":red-badge[◆ 红灯]"
    assert wording.standing_title(VERDICTS, own) == "2个镇街红灯，1个临近，合计差6家"
    assert wording.misses(VERDICTS, own) == "青石镇、柳河镇红灯，差5家"
    assert wording.status_word("bad", ZH) == "未达标"


@pytest.mark.parametrize(
    ("rate", "status", "gap"),
    [
        (Rate("a", 56, 62), "good", 0),
        (Rate("a", 40, 48), "warn", 1),
        (Rate("a", 26, 33), "bad", 3),
        (Rate("a", 83, 100), "warn", 2),
        (Rate("a", 85, 100), "good", 0),
        (Rate("a", None, 9), "none", 0),
        (Rate("a", 0, 0), "undefined", 0),
        (Rate("a", 5, 9, target=0.5), "good", 0),
    ],
)
def test_a_verdict_counts_units(rate: Rate, status: str, gap: int) -> None:
    assert judge(rate, 0.85) == Verdict("a", status, gap)


def test_lower_may_be_better() -> None:
    assert judge(Rate("a", 4, 10), 0.3, direction="down") == Verdict("a", "bad", 1)
    assert judge(Rate("a", 3, 10), 0.3, direction="down").status == "good"


def test_without_a_target_there_is_no_verdict() -> None:
    assert judge(Rate("a", 4, 10), None).status == "plain"
    assert wording.standing_title(judge_all([Rate("a", 4, 10)], None), ZH) == ""


VERDICTS = [
    Verdict("青石镇", "bad", 3),
    Verdict("城西街道", "warn", 1),
    Verdict("开发区", "good"),
    Verdict("柳河镇", "bad", 2),
]
LATE = [*VERDICTS, Verdict("石门回族乡", "none")]


def test_the_title_counts_who_misses_and_what_is_missing() -> None:
    assert wording.standing_title(VERDICTS, ZH) == "2个镇街未达标，1个临近，合计差6家"
    assert wording.standing_title(VERDICTS, EN) == "2 townships behind, 1 near, 6 short in all"
    assert wording.standing_title(VERDICTS[1:3], ZH) == "1个镇街临近，合计差1家"
    assert wording.standing_title(VERDICTS[2:3], ZH) == "1个镇街达标"


def test_whoever_has_the_whole_target_is_told_apart_from_who_keeps_the_pace() -> None:
    four = ZH.saying({"status.good": "正常推进"})
    done, good = Verdict("青石镇", "done"), Verdict("柳河镇", "good", 4)
    assert wording.standing_title([done, good, done], four) == "2个镇街完成，1个正常推进"
    assert wording.standing_title([done, done], four) == "2个镇街全部完成"
    assert wording.standing_title([good, LATE[-1]], four) == "已报的1个镇街正常推进"
    # What is missing to a target that is not due yet is no shortfall.
    assert wording.standing_title([good, VERDICTS[1]], four) == "1个镇街临近，合计差1家"


def test_the_title_says_when_some_did_not_report() -> None:
    assert wording.standing_title(LATE, ZH) == "已报的4个镇街中，2个未达标，1个临近，合计差6家"
    assert wording.standing_title(LATE[2:3] * 2 + LATE[4:], ZH) == "已报的2个镇街全部达标"


def test_the_lead_names_who_misses() -> None:
    assert wording.misses(VERDICTS, ZH) == "青石镇、柳河镇未达标，差5家"
    assert wording.misses(VERDICTS[2:3], ZH) == ""
    assert names_of(LATE, "bad", "none") == ["青石镇", "柳河镇", "石门回族乡"]
    assert total_gap(LATE) == 6
