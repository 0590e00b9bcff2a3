"""A deck made by hand: every exhibit, a township not reported, one of a few persons, one rounded, long names.

All figures are made up and consistent with one another only where a test says so.
"""

from datetime import date

from pages.shared.deck.deck import Annex, Deck, Definition, SourceFile, Stamp
from pages.shared.deck.exhibits import Cell, Column, Statements, Table, Value
from tests import deck_bars
from tests import deck_slides as made
from tests.deck_bars import COUNTS, names, say

OCTOBER = date(2026, 10, 1)


def deck(townships: int = 8, lang: str = "zh", *, audience: str = "protected") -> Deck:
    """A deck of so many townships in one language; ten townships a slide, then continued."""
    slides = [
        made.headlines(lang),
        *deck_bars.members(townships, lang),
        made.stations(lang),
        made.course(lang),
        *deck_bars.coverage(townships, lang),
        made.closing(lang),
        made.tasks(lang),
        made.proposals(lang),
    ]
    last = slides[-1].exhibit
    assert isinstance(last, Statements)
    proposals = tuple(one.text for one in last.items)
    told: dict[str, tuple[str, ...]] = {
        "basics": (say(lang, "全区党的组织覆盖率85.0%。", "The district's organisation coverage is 85.0%."),),
        "changes": (say(lang, "比上月末提高1.3个百分点。", "It rose by 1.3 points on the month before."),),
        "shortfalls": (
            say(lang, "3个镇街未达标，差8家。", "3 townships miss the target, by 8 enterprises."),
        ),
        "decisions": (),
        "proposals": proposals,
    }
    return Deck(
        title=say(lang, "10月联席会议", "Joint meeting, October"),
        lead=say(
            lang, "全区组织覆盖率85.0%，超期诉求11件。", "Organisation coverage is 85.0%; 11 cases are late."
        ),
        stamp=stamp(lang, audience=audience),
        slides=tuple(slides),
        annexes=(_annex(townships, lang),),
        told=told,
        blocks=dict(zip(told, _blocks(lang), strict=True)),
        definitions=(_definition(lang),),
    )


def stamp(lang: str = "zh", *, audience: str = "protected", demonstration: bool = True) -> Stamp:
    """What every page states, of commit 42."""
    spoken = {"protected": ("演示口径", "protected"), "internal": ("内部口径", "internal")}[audience]
    return Stamp(
        lang=lang,
        county=say(lang, "演示区", "Demo District"),
        month=OCTOBER,
        month_text=say(lang, "2026年10月", "October 2026"),
        cutoff=say(lang, "截至2026年10月31日", "As of 31 October 2026"),
        revision=say(lang, "第3次修订", "revision 3"),
        commit=42,
        sha8="1f9c2a77",
        audience=audience,
        audience_text=say(lang, *spoken),
        area=say(lang, "全区", "whole county"),
        filters="",
        denominator=say(lang, "分母：实体运营企业", "denominator: operating enterprises"),
        demonstration=say(lang, "演示数据", "Demonstration data") if demonstration else "",
        published_at="2026-11-03T09:15:00+08:00",
        files=(
            SourceFile("enterprises", "企业台账.xlsx", "Sheet1", 294, "1f9c2a77" * 8),
            SourceFile("figures", "党员队伍=汇总.xlsx", "10月", 96, "0b" * 32),
        ),
    )


def _blocks(lang: str) -> tuple[str, ...]:
    return {
        "zh": ("基本情况", "变化", "突出问题", "议定事项", "下步建议"),
        "en": ("Basics", "Changes", "Shortfalls", "Decisions", "Proposals"),
    }[lang]


def _annex(townships: int, lang: str) -> Annex:
    """Coverage by township in full: names, counts, a rate; a total below."""
    head = (
        ("镇街", "Township"),
        ("已建（家）", "Organised"),
        ("实体运营（家）", "Operating"),
        ("覆盖率", "Coverage"),
    )
    columns = tuple(Column(say(lang, *name), i > 0) for i, name in enumerate(head))
    rows = [_annex_row(i, name, lang) for i, name in enumerate(names(townships, lang))]
    known = [COUNTS[i % len(COUNTS)] or (0, 0) for i in range(townships)]
    total = (sum(part for part, _ in known), sum(whole for _, whole in known))
    table = Table(columns, (*rows, _counts(say(lang, "合计", "Total"), total)), has_total=True)
    unit = say(lang, "单位：家、%", "enterprises, %")
    title = say(lang, "各镇街党的组织覆盖情况", "Organisation coverage by township")
    return Annex("coverage", title, unit, table, "coverage_by_township", ("organisation_coverage",))


def _annex_row(i: int, name: str, lang: str) -> tuple[Cell, ...]:
    counts = COUNTS[i % len(COUNTS)]
    late = Value(None, say(lang, "未报", "not reported"))
    return (name, late, late, late) if counts is None else _counts(name, counts)


def _counts(name: str, counts: tuple[int, int]) -> tuple[Cell, ...]:
    part, whole = counts
    return (
        name,
        Value(part, str(part)),
        Value(whole, str(whole)),
        Value(part / whole, f"{part / whole:.1%}", "rate"),
    )


def _definition(lang: str) -> Definition:
    return Definition(
        "organisation_coverage",
        say(lang, "党的组织覆盖率", "Organisation coverage"),
        say(
            lang,
            "已建立党组织的企业占实体运营企业的比例。",
            "The share of operating enterprises with a Party organisation.",
        ),
        say(lang, "（单独组建＋联合组建）÷实体运营企业", "(sole + joint) / operating enterprises"),
        say(lang, "按企业计，不按党组织计。", "Counts enterprises, not organisations."),
    )
