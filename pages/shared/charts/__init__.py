"""Charts as pure functions: plain rows in, a plain Plotly dict out, every colour and size stated."""

from pages.shared.charts.backlog import Ages, age_label, backlog_bars
from pages.shared.charts.base import CONFIG, Figure, Look, alt_text
from pages.shared.charts.counts import Count, Step, count_bars, ladder, marked
from pages.shared.charts.lines import MAX_LINES, Line, flow_lines, sparkline, stepped_lines
from pages.shared.charts.panels import Panel, axis_range_text, small_multiples
from pages.shared.charts.series import Point
from pages.shared.charts.survival import Day, share_within, survival_curve, survival_until
from pages.shared.charts.targets import target_bars
from pages.shared.charts.trend import axis_note, trend_line

__all__ = [
    "CONFIG",
    "MAX_LINES",
    "Ages",
    "Count",
    "Day",
    "Figure",
    "Line",
    "Look",
    "Panel",
    "Point",
    "Step",
    "age_label",
    "alt_text",
    "axis_note",
    "axis_range_text",
    "backlog_bars",
    "count_bars",
    "flow_lines",
    "ladder",
    "marked",
    "share_within",
    "small_multiples",
    "sparkline",
    "stepped_lines",
    "survival_curve",
    "survival_until",
    "target_bars",
    "trend_line",
]
