"""Every chart in its usual and its awkward states, for tests that look at all of them."""

import html
import math
import re
from collections.abc import Sequence
from datetime import date

from pages.shared.charts import (
    Ages,
    Count,
    Day,
    Figure,
    Line,
    Look,
    Panel,
    Point,
    Step,
    age_label,
    backlog_bars,
    count_bars,
    flow_lines,
    ladder,
    small_multiples,
    stepped_lines,
    survival_curve,
    target_bars,
    trend_line,
)
from pages.shared.charts.differences import Difference, difference_dots
from pages.shared.charts.ground import Place
from pages.shared.charts.marks import Event, Marks, Usual
from pages.shared.charts.station_map import Atlas, Firm, Site, Stop, station_map
from queries.statistics import wilson
from queries.words.standing import Rate

TOWNSHIPS = ("城东街道", "城西街道", "开发区", "青石镇", "柳河镇", "三岔口镇", "白云山镇", "石门回族乡")
PARTS = ((56, 62), (40, 48), (62, 71), (26, 33), (26, 29), (18, 24), (16, 18), (6, 9))
RATES = [Rate(name, *parts) for name, parts in zip(TOWNSHIPS, PARTS, strict=True)]
COMMITTEES = ("快递行业", "外卖配送", "道路货运", "网约出行", "直播电商")
LONG = "South Boston / South Boston Waterfront"
ZONE = "张家港经济技术开发区（杨舍镇）"


def months(count: int, last: tuple[int, int] = (2026, 10)) -> list[date]:
    """The last `count` months up to one."""
    end = last[0] * 12 + last[1] - 1
    return [date(at // 12, at % 12 + 1, 1) for at in range(end - count + 1, end + 1)]


def wave(start: float, end: float, count: int, phase: float = 0) -> list[float]:
    """A line that climbs with some ripple, never flat."""
    return [start + (end - start) * i / (count - 1) + 0.006 * math.sin(i * 1.7 + phase) for i in range(count)]


def points(values: Sequence[float | None], *, restated: bool = False) -> list[Point]:
    calendar, last = months(len(values)), len(values) - 1
    return [
        Point(m, v, restated and i == last) for i, (m, v) in enumerate(zip(calendar, values, strict=True))
    ]


def gallery(look: Look) -> dict[str, Figure]:
    """All charts by name."""
    panels = _panels(look)
    maps = {f"map {name}".strip(): _map(look, atlas) for name, atlas in ATLASES.items()}
    return (
        _rates(look)
        | _counts(look)
        | _trends(look)
        | _marked(look)
        | _differences(look)
        | _lines(look)
        | _curves(look)
        | panels
        | maps
    )


def _rates(look: Look) -> dict[str, Figure]:
    late = [*RATES[:5], Rate("三岔口镇", 0, 0), Rate("白云山镇", 2, 18), Rate("石门回族乡", None, None)]
    own = [Rate(r.name, r.numerator, r.denominator, 0.8 + 0.02 * i) for i, r in enumerate(RATES)]
    wide = [
        Rate(LONG, 120, 140),
        Rate("Jamaica Plain", 12, 140),
        Rate(ZONE, 1120, 2140),
        Rate("东", 99999, 100000),
    ]
    few = [*RATES[:3], Rate("A & <b>B", 30, 100, lower_bound=True)]
    return {
        "target": target_bars(RATES, look, measure="党的组织覆盖率", target=0.85),
        "target compact": target_bars(RATES, look, measure="m", target=0.85, counts=False, compact=True),
        "target late": target_bars(late, look, measure="m", target=0.85),
        "target none": target_bars(few, look, measure="m", target=None),
        "target own": target_bars(own, look, measure="m", target=None),
        "target wide": target_bars(wide, look, measure="m", target=1.0),
        "target down": target_bars(RATES, look, measure="m", target=0.2, direction="down"),
    }


def _counts(look: Look) -> dict[str, Figure]:
    stations = [
        Count(
            name,
            88.6 - i * 9,
            note=f"{28 - i}处",
            right=f"零服务{i}处" if i else "均有服务",
            status="bad" if i else "quiet",
        )
        for i, name in enumerate(TOWNSHIPS)
    ]
    odd = [
        Count("城东街道", 300, lower_bound=True),
        Count("城西街道", None),
        Count("青石镇", 3, protected=5),
        Count(LONG, 123456, right="占比 12.3%"),
    ]
    ages = [age_label(low, high, look.text) for low, high in ((0, 3), (4, 7), (8, 15), (16, None))]
    steps = [
        Step("实体运营企业", 294),
        Step("党的工作覆盖", 285),
        Step("党的组织覆盖", 250),
        Step("其中：单独组建", 88),
    ]
    backlogs = {
        "": ((12, 0), (9, 0), (7, 4), (7, 7)),
        " odd": ((1200, 2), (0, 0), (70, 40), (3, 3)),
        " late": ((None, 0),) * 4,
    }
    return {
        "count": count_bars(
            [Count(n, 68 - 12 * i, right=f"占比 {i}.9%") for i, n in enumerate(COMMITTEES)],
            look,
            measure="m",
            classifier="名",
        ),
        "count stations": count_bars(stations, look, measure="m", decimals=1),
        "count odd": count_bars(odd, look, measure="m", classifier="名"),
        "count zero": count_bars(
            [Count("青石镇", 0), Count("柳河镇", 0)], look, measure="m", classifier="件"
        ),
        "ladder": ladder(steps, look, measure="m"),
        "ladder late": ladder(
            [Step("实体运营企业", 12940), Step("党的工作覆盖", None), Step("其中", 0)], look, measure="m"
        ),
        **{
            f"backlog{key}": backlog_bars([Ages(a, *pair) for a, pair in zip(ages, rows, strict=True)], look)
            for key, rows in backlogs.items()
        },
    }


def _trends(look: Look) -> dict[str, Figure]:
    line: list[float | None] = [*wave(0.66, 0.85, 35), 0.85]
    targets = {month: 0.8 if month.year == 2025 else 0.85 for month in months(36) if month.year > 2024}
    holes = [None if i in (5, 20, 22) else value for i, value in enumerate(line)]
    saw: list[float | None] = [0.93 + 0.03 * (-1) ** i - (0.08 if i > 20 else 0) for i in range(24)]
    flat: list[float | None] = [1.0] * 24
    big: list[float | None] = [8000 + 900 * math.sin(i / 2) + i * 200 for i in range(24)]
    return {
        "trend": trend_line(points(line), look, measure="覆盖率", targets=targets),
        "trend holes": trend_line(points(holes, restated=True), look, measure="m", targets=targets),
        "trend late": trend_line(points([*line[:-1], None]), look, measure="m", targets=targets),
        "trend big": trend_line(points(big), look, measure="m", unit="count", classifier="人次"),
        "trend one": trend_line(points([0.85]), look, measure="m", targets={months(1)[0]: 0.9}),
        "trend none": trend_line(points([None] * 24), look, measure="m"),
        "trend flat": trend_line(points(flat), look, measure="m", targets=dict.fromkeys(months(24), 1.0)),
        "trend saw": trend_line(points(saw), look, measure="m", targets=dict.fromkeys(months(10), 0.96)),
    }


MERGED = Event(date(2026, 7, 1), "双桥乡并入柳河镇")
MONTHS_OF = [
    Event(date(year, month, 1), title)
    for year in (2024, 2025, 2026)
    for month, title in ((5, "爱骑月"), (10, "集中组建行动"), (12, "暖冬行动"))
]


def _marked(look: Look) -> dict[str, Figure]:
    """Trends with everything that may stand beside them."""
    line: list[float | None] = wave(0.66, 0.85, 36)
    flow: list[float | None] = [
        300 + 40 * math.sin(i * 2.1) + (180 if i in (18, 23) else 0) for i in range(24)
    ]
    breaks = (date(2025, 4, 1), date(2026, 9, 1))
    usual = Usual(180, 420, frozenset({18, 23}))
    calm = Usual(0.655, 0.66, frozenset())
    lines = [Line(n, [round(20 + i + 5 * k) for i in range(24)]) for k, n in enumerate(COMMITTEES)]
    return {
        "marked event": trend_line(points(line), look, measure="m", marks=Marks([MERGED])),
        "marked events": trend_line(
            points(line), look, measure="m", marks=Marks([*MONTHS_OF, MERGED], breaks)
        ),
        "marked all": trend_line(
            points(flow, restated=True),
            look,
            measure="m",
            unit="count",
            classifier="人次",
            from_zero=True,
            marks=Marks(MONTHS_OF, breaks, usual),
        ),
        "marked target": trend_line(
            points([*flow[:23], 400.0]),
            look,
            measure="m",
            unit="count",
            classifier="人次",
            from_zero=True,
            targets={months(24)[-1]: 400},
            marks=Marks(MONTHS_OF, (), usual),
        ),
        "marked narrow": trend_line(points(line), look, measure="m", marks=Marks((), (), calm)),
        "marked mean": trend_line(
            points([6.5, 7.0, None, 8.5]),
            look,
            measure="m",
            unit="mean",
            classifier="天",
            marks=Marks([MERGED]),
        ),
        "marked lines": stepped_lines(
            lines, look, months=months(24), measure="m", marks=Marks(MONTHS_OF, breaks)
        ),
    }


def _differences(look: Look) -> dict[str, Figure]:
    """Dots with intervals: two beyond chance, one not reported, one of nothing, one of long name."""
    rates = [
        *RATES[:4],
        Rate("石门回族乡", None, None),
        Rate("柳河镇", 0, 0),
        Rate(LONG, 3, 140),
        Rate(ZONE, 7, 7),
    ]
    rows = [
        Difference(
            r, wilson(r.numerator, r.denominator) if r.ratio is not None else None, r.name in (LONG, ZONE)
        )
        for r in rates
    ]
    return {
        "differences": difference_dots(rows, look, measure="m", county=0.85, area="全区"),
        "differences edge": difference_dots(rows[:3], look, measure="m", county=0.99, area="全区"),
    }


def _panels(look: Look) -> dict[str, Figure]:
    states = ("good", "warn", "good", "bad", "good", "bad", "good", "bad")
    rows = [
        Panel(n, wave(0.6 + i / 40, 0.7 + i / 40, 36, i), s)
        for i, (n, s) in enumerate(zip(TOWNSHIPS, states, strict=True))
    ]
    rows.append(Panel("石门回族乡", [None] * 3 + wave(0.5, 0.6, 30) + [None] * 3, "none"))
    marks = Marks([MERGED], (date(2025, 4, 1),))
    drawn = small_multiples(
        rows, look, months=months(36), measure="m", county=wave(0.66, 0.85, 36), target=0.85, marks=marks
    )
    return {f"panel {i}": figure for i, figure in enumerate(drawn)}


def _lines(look: Look) -> dict[str, Figure]:
    starts = (42, 29, 18, 8, 5)
    lines = [
        Line(n, [round(a + i * a / 60 + 0.8 * math.sin(i)) for i in range(36)])
        for n, a in zip(COMMITTEES, starts, strict=True)
    ]
    close = [
        Line(n, [10 + i] * 20 + [None] * 2 + [11 + i] * 14)
        for i, n in enumerate((*COMMITTEES, "South Boston District"))
    ]
    flow = (
        [31, 37, 40, 42, 41, 38, 31, 30, 25, 28, 28, 24, 44],
        [33, 36, 36, 40, 37, 37, 30, 31, 21, 30, 29, 24, 33],
        [16, 17, 21, 23, 27, 28, 29, 28, 32, 30, 29, 24, 35],
    )
    late = tuple([None if i in (2, 12) else value for i, value in enumerate(line)] for line in flow)
    return {
        "stepped": stepped_lines(lines, look, months=months(36), measure="m"),
        "stepped close": stepped_lines(close, look, months=months(36), measure="m"),
        "flow": flow_lines(*flow, look, months=months(13)),
        "flow late": flow_lines(*late, look, months=months(13)),
    }


def _curves(look: Look) -> dict[str, Figure]:
    shares = (
        1,
        0.98,
        0.91,
        0.82,
        0.71,
        0.59,
        0.49,
        0.45,
        0.34,
        0.31,
        0.26,
        0.21,
        0.16,
        0.135,
        0.115,
        0.106,
        0.09,
        0.08,
        0.06,
    )
    usual = [*(Day(day, left) for day, left in enumerate(shares)), Day(200, 0.05)]
    slow = [Day(day, max(0.0, 1 - 0.011 * day)) for day in range(0, 91, 3)]
    fast = [Day(0, 0.4), Day(1, 0.2), Day(2, 0.08), Day(3, 0.05), Day(9, 0.0)]
    never = [Day(day, 1 - 0.012 * day) for day in range(35)]
    return {
        "curve": survival_curve(usual, look, median=6, p90=16, limit=15),
        "curve no limit": survival_curve(usual, look, median=6, p90=16),
        "curve slow": survival_curve(slow, look, median=48, p90=84, limit=60),
        "curve fast": survival_curve(fast, look, median=0, p90=2, limit=3),
        "curve never": survival_curve(never, look, median=None, p90=None, limit=15),
        "curve empty": survival_curve([], look, median=None, p90=None),
    }


def texts(figure: Figure) -> list[str]:
    return [str(note["text"]) for note in figure["layout"]["annotations"]]


def said(figure: Figure) -> str:
    """All annotations and ticks as plain text."""
    ticks = [*figure["layout"]["xaxis"].get("ticktext", []), *figure["layout"]["yaxis"].get("ticktext", [])]
    return html.unescape(re.sub(r"<[^>]+>", " ", " | ".join([*texts(figure), *ticks])))


def around(number: int) -> Place:
    """A place some way from the others, on a spiral."""
    return Place(115.3 + 0.004 * number * math.cos(number), 34.87 + 0.004 * number * math.sin(number))


_STOPS = [Stop(around(number), [f"驿站{number}"], number % 6 == 0) for number in range(1, 25)]
_FIRMS = [Firm(around(number), number < 25) for number in range(30)]
_SITES = [Site(around(25 + number), ["建议"]) for number in range(3)]
_NAMES = {name: around(3 * number) for number, name in enumerate(TOWNSHIPS)}
# Usual; without an enterprise; a single station; names of all townships at one point.
ATLASES = {
    "": Atlas(_STOPS, _FIRMS, _SITES, _NAMES, 800),
    "bare": Atlas(_STOPS, [], [], _NAMES, 800),
    "single": Atlas(_STOPS[:1], [Firm(around(1), None)], [], {ZONE: around(1), "A & <b>B": around(1)}, 800),
    "crowded": Atlas(_STOPS, _FIRMS, _SITES, dict.fromkeys([*TOWNSHIPS, LONG, ZONE], around(9)), 2500),
}


def _map(look: Look, atlas: Atlas) -> Figure:
    return station_map(atlas, look, measure="m", told=["城东街道 1/2"], idle="零服务")
