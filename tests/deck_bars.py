"""Slides of bars by township of the deck made by hand, and what they share with the others."""

from pages.shared.deck.deck import Slide
from pages.shared.deck.exhibits import Bar, Bars, Exhibit, Value

ON_A_SLIDE = 10
TARGET = 0.85
NAMES = {
    "zh": ("城东街道", "城西街道", "开发区", "青石镇", "柳河镇", "三岔口镇", "白云山镇", "石门回族乡"),
    "en": (
        *("Chengdong", "Chengxi", "Development Zone", "Qingshi", "Liuhe", "Sanchakou", "Baiyunshan"),
        "Shimen Hui Ethnic Township",
    ),
}
# (organised, operating) of the first eight; the fifth did not report.
COUNTS = ((56, 62), (40, 48), (62, 71), (26, 33), None, (18, 24), (16, 18), (6, 9))
# Members by the exhibit's words: exact at the county, rounded or masked below it.
MEMBERS = (15, 25, 10, 20, None, 10, 5, 0)


def names(townships: int, lang: str) -> list[str]:
    """So many names: the eight of the demonstration, then numbered ones of all lengths."""
    tail = [
        say(lang, f"{'新' * (i % 4)}{i}号镇", f"Township {i}{' of the Lake' * (i % 2)}")
        for i in range(9, townships + 1)
    ]
    return [*NAMES[lang][:townships], *tail]


def say(lang: str, chinese: str, english: str) -> str:
    return chinese if lang == "zh" else english


def slide(name: str, section: str, title: str, subtitle: str, exhibit: Exhibit, **more: object) -> Slide:
    alt = f"{title}。{subtitle}"
    return Slide(name, section, title, subtitle, exhibit, alt, **{"notes": (title,), **more})


def coverage(townships: int, lang: str) -> list[Slide]:
    rows = [_covered(i, name, lang) for i, name in enumerate(names(townships, lang))]
    parts = [tuple(rows[at : at + ON_A_SLIDE]) for at in range(0, len(rows), ON_A_SLIDE)]
    title = say(
        lang, "3个镇街未达85%目标，1个临近，合计差9家", "3 townships miss the 85% target by 9 enterprises"
    )
    subtitle = say(
        lang,
        "党的组织覆盖率，已建/实体运营企业，按区划序",
        "Organised of operating enterprises, official order",
    )
    exhibits = [
        Bars(
            part,
            say(lang, "组织覆盖率", "Organisation coverage"),
            "%",
            "rate",
            1.0,
            TARGET,
            say(lang, "目标 85%", "Target 85%"),
        )
        for part in parts
    ]
    return [
        slide(
            "coverage" if at == 1 else f"coverage-{at}",
            "shortfalls",
            title,
            subtitle,
            exhibit,
            indicators=("organisation_coverage",),
            query="coverage_by_township",
            part=at,
            parts=len(parts),
        )
        for at, exhibit in enumerate(exhibits, 1)
    ]


def _covered(i: int, name: str, lang: str) -> Bar:
    counts = COUNTS[i % len(COUNTS)]
    if counts is None:
        return _not_reported(name, lang)
    part, whole = counts
    rate, short = part / whole, max(0, -(-whole * 85 // 100) - part)
    status = "good" if not short else "warn" if rate > TARGET - 0.02 else "bad"
    words = {"good": ("达标", "met"), "warn": ("临近", "near"), "bad": ("未达标", "missed")}[status]
    gap = say(lang, f" 差{short}家", f", {short} short") if short else ""
    value = Value(rate, f"{rate:.1%}", "rate")
    detail = say(lang, f"{part}/{whole}家", f"{part}/{whole}")
    return Bar(name, rate, value, detail, status, say(lang, *words) + gap, is_calm=status == "good")


def _not_reported(name: str, lang: str) -> Bar:
    late = say(lang, "未报", "Not reported")
    return Bar(name, None, Value(None, late), status="none", words=late, is_missing=True)


def members(townships: int, lang: str) -> list[Slide]:
    listed = [(name, MEMBERS[i % len(MEMBERS)], i) for i, name in enumerate(names(townships, lang))]
    rows = [_counted(name, members, i, lang) for name, members, i in listed]
    parts = [tuple(rows[at : at + ON_A_SLIDE]) for at in range(0, len(rows), ON_A_SLIDE)]
    title = say(lang, "城西街道党员最多，石门回族乡还没有党员", "Chengxi has the most members, Shimen none")
    subtitle = say(
        lang, "党员（名），按5取整，合计不等于分项相加", "Members, rounded to 5; parts do not add up"
    )
    remark = say(lang, "≤5表示1至5名", "≤5 means 1 to 5")
    measure, unit = say(lang, "党员", "Members"), say(lang, "名", "")
    return [
        slide(
            "members" if at == 1 else f"members-{at}",
            "basics",
            title,
            subtitle,
            Bars(part, measure, unit, "count", 25),
            remark=remark,
            query="members_by_township",
            part=at,
            parts=len(parts),
        )
        for at, part in enumerate(parts, 1)
    ]


def _counted(name: str, members: int | None, i: int, lang: str) -> Bar:
    if members is None:
        return _not_reported(name, lang)
    if i % len(MEMBERS) == 6:
        return Bar(name, 5.0, Value(None, "≤5"), is_calm=True)
    if members == 0:
        return Bar(name, 0.0, Value(0, say(lang, "0名", "0")))
    mark = say(lang, "约", "about ")
    return Bar(
        name, float(members), Value(members, say(lang, f"约{members}名", f"{mark}{members}"), mark="约")
    )
