"""The other slides of the deck made by hand: one exhibit of each kind, with what is hard in it."""

from datetime import date

from pages.shared.deck.deck import Slide
from pages.shared.deck.exhibits import (
    Column,
    Curve,
    Headline,
    Headlines,
    Line,
    Lines,
    Reached,
    Statement,
    Statements,
    Table,
    Value,
)
from tests.deck_bars import NAMES, TARGET, say, slide


def headlines(lang: str) -> Slide:
    items = (
        Headline(
            "organisation_coverage",
            say(lang, "党的组织覆盖率", "Organisation coverage"),
            Value(0.85, "85.0%", "rate"),
            "",
            say(lang, "提高1.3个百分点", "up 1.3 points"),
            "up",
            "good",
            say(lang, "达标", "met"),
        ),
        Headline(
            "members",
            say(lang, "行业党员", "Members"),
            Value(169, "169"),
            say(lang, "名", ""),
            say(lang, "净增6名", "6 more"),
            "up",
        ),
        Headline(
            "services",
            say(lang, "驿站服务", "Station services"),
            Value(12345, say(lang, "1.2万", "12,345"), mark="≥"),
            say(lang, "人次", ""),
        ),
        Headline(
            "on_time",
            say(lang, "诉求按时办结率", "Closed on time"),
            Value(0.894, "89.4%", "rate"),
            "",
            say(lang, "下降4.2个百分点", "down 4.2 points"),
            "down",
            "bad",
            say(lang, "未达95%目标", "misses 95%"),
        ),
    )
    title = say(
        lang, "组织覆盖率达到年度目标，诉求办结比上月慢", "Coverage meets its target, cases take longer"
    )
    subtitle = say(lang, "全区，与上月末相比", "Whole county, against the month before")
    return slide("headlines", "basics", title, subtitle, Headlines(items), query="coverage_by_month")


def course(lang: str) -> Slide:
    calendar = tuple(date(2025 + (m // 12), m % 12 + 1, 1) for m in range(9, 22))
    rates = tuple(None if i == 4 else 0.8 + 0.004 * i for i in range(13))
    county = Line(say(lang, "全区", "County"), rates, say(lang, "全区 84.8%", "County 84.8%"))
    exhibit = Lines(
        calendar,
        (county,),
        say(lang, "组织覆盖率", "Organisation coverage"),
        "%",
        "rate",
        0.7,
        0.9,
        tuple(0.8 if month.year == 2025 else TARGET for month in calendar),
        say(lang, "目标 85%", "Target 85%"),
    )
    title = say(
        lang, "一年提高4.8个百分点，离目标还差0.2个百分点", "Up 4.8 points in a year, 0.2 short of the target"
    )
    subtitle = say(
        lang, "组织覆盖率，竖轴从70%起，1个月未报", "Organisation coverage, axis from 70%, 1 month missing"
    )
    return slide("course", "changes", title, subtitle, exhibit, query="coverage_by_month")


def closing(lang: str) -> Slide:
    days = tuple(float(day) for day in range(31))
    shares = tuple(min(0.94, 0.0 if day == 0 else 1 - 0.88**day) for day in range(31))
    exhibit = Curve(
        days,
        shares,
        say(lang, "累计办结比例", "Share closed"),
        say(lang, "天", "days"),
        15.0,
        say(lang, "办理时限 15天", "Limit 15 days"),
        (
            Reached(say(lang, "一半", "half"), 6.0, 0.5, say(lang, "一半 6天", "Half in 6 days")),
            Reached(
                say(lang, "时限内", "in time"), 15.0, shares[15], say(lang, "时限内 85.3%", "In time 85.3%")
            ),
            Reached(
                say(lang, "九成五", "95%"),
                None,
                0.95,
                say(lang, "九成五 未达到（>30天）", "95% not reached (>30 days)"),
            ),
        ),
    )
    title = say(
        lang,
        "一半诉求6天办结，还有一成多超过15天时限",
        "Half the cases close in 6 days, one in seven is late",
    )
    subtitle = say(
        lang, "收件后累计办结比例，横轴为天，含在办件", "Cumulative share closed by day, open cases included"
    )
    return slide("closing", "shortfalls", title, subtitle, exhibit, query="closure_curve")


def tasks(lang: str) -> Slide:
    columns = tuple(
        Column(say(lang, *name))
        for name in (("时限", "Due"), ("事项", "Task"), ("责任单位", "Unit"), ("状态", "Status"))
    )
    rows = (
        (
            say(lang, "10月25日", "25 Oct"),
            say(
                lang,
                "协调冷链物流园设立司机驿站，并补齐饮水、充电设施",
                "A drivers' stop at the cold-store park",
            ),
            say(lang, "交通运输局", "Transport"),
            say(lang, "逾期6天", "6 days late"),
        ),
        (
            say(lang, "11月10日", "10 Nov"),
            say(lang, "柳河镇补报10月企业台账", "Liuhe sends its ledger of October"),
            say(lang, "柳河镇", "Liuhe"),
            say(lang, "临期", "due soon"),
        ),
        (
            say(lang, "12月31日", "31 Dec"),
            say(lang, "三岔口镇单独组建2家", "Sanchakou sets up 2 branches"),
            say(lang, "市场监管局、外卖配送行业党委", "Market supervision, delivery committee"),
            say(lang, "推进中", "running"),
        ),
        ("", say(lang, "另有4项已办", "4 more are done"), "", say(lang, "已办", "done")),
    )
    title = say(lang, "会后要办的4件事，1件已逾期", "Four tasks after the meeting, one is late")
    subtitle = say(lang, "按时限先后", "By due date")
    exhibit = Table(columns, rows, ("bad", "warn", "running", "done"), 3)
    return slide("tasks", "decisions", title, subtitle, exhibit, query="tasks_open")


def services_table(lang: str = "zh") -> Table:
    """A table of numbers with a total, a value that was not reported and one of a few persons."""
    head = (
        ("镇街", "Township"),
        ("驿站（处）", "Stations"),
        ("服务（人次）", "Uses"),
        ("党员（名）", "Members"),
    )
    columns = tuple(Column(say(lang, *name), i > 0) for i, name in enumerate(head))
    rows = [
        (name, Value(i + 3, str(i + 3)), Value(1200 * i, f"{1200 * i}"), Value(None, "≤5"))
        for i, name in enumerate(NAMES[lang])
    ]
    rows[4] = (NAMES[lang][4], *(Value(None, say(lang, "未报", "not reported")) for _ in range(3)))
    total = (say(lang, "合计", "Total"), Value(52, "52"), Value(33600, "33600"), Value(85, "85"))
    return Table(columns, (*rows, total), has_total=True)


def stations(lang: str) -> Slide:
    title = say(lang, "52处驿站服务33600人次，开发区最多", "52 stations served 33,600 times")
    subtitle = say(lang, "本月，按区划序，柳河镇未报", "This month, official order, Liuhe not reported")
    return slide("services", "basics", title, subtitle, services_table(lang), query="services_by_township")


def proposals(lang: str) -> Slide:
    items = (
        Statement(
            say(
                lang,
                "请柳河镇3日内补报10月企业台账，逾期未报的在下月会上说明原因。",
                "Liuhe to send its October ledger within 3 days, or to give its reasons at the next meeting.",
            ),
            "none",
            say(lang, "未报", "not reported"),
        ),
        Statement(
            say(
                lang,
                "请三岔口镇、青石镇、石门回族乡年底前各补建3家、3家、2家党组织。",
                "Sanchakou, Qingshi and Shimen to set up 3, 3 and 2 organisations by the end of the year.",
            ),
            "bad",
            say(lang, "未达标", "missed"),
        ),
        Statement(say(lang, "其余镇街保持现有进度。", "The other townships keep their pace.")),
    )
    title = say(lang, "三件事请会议确定", "Three things for the meeting to decide")
    return slide("proposals", "proposals", title, say(lang, "建议", "Proposals"), Statements(items))
