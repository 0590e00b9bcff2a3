"""Colours, type and status marks of look.md section 4, as plain values for charts and badges."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

FONT = '"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif'

LABEL = 15  # chart labels and bar values, px
TICK = 14  # axis ticks, reference labels, tooltips
SMALL = 13  # the smallest type of a chart: counts under a name
HEADLINE = 18  # the last value of a trend


@dataclass(frozen=True)
class Status:
    """How one status looks: shape first, then the word, then colour."""

    key: str
    shape: str
    glyph: str
    word: str
    badge: str


@dataclass(frozen=True)
class Theme:
    """The colour tokens of one theme; every colour of a chart comes from here."""

    name: str
    bg: str
    soft: str
    ink: str
    ink2: str
    axis: str
    grid: str
    border: str
    data: str
    calm: str
    context: str
    primary: str
    party: str
    deepest: str
    lines: tuple[str, ...]
    line_words: tuple[str, ...]
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]
    statuses: tuple[Status, ...]

    def status(self, key: str) -> Status:
        """The marks of one status; KeyError names the known ones."""
        for status in self.statuses:
            if status.key == key:
                return status
        raise KeyError(f"status {key!r}: unknown; use one of {', '.join(SHAPES)}")

    def under(self, colours: Mapping[str, str]) -> "Theme":
        """The theme under a profile's lights: a status keeps its shape and takes the colour of the scheme."""
        lent = {key: self.status(LENDERS[colour]) for key, colour in colours.items()}
        statuses = (
            replace(one, glyph=lent[one.key].glyph, word=lent[one.key].word, badge=lent[one.key].badge)
            if one.key in lent
            else one
            for one in self.statuses
        )
        return replace(self, statuses=tuple(statuses))


# Key -> (shape, Streamlit badge colour); "quiet" is a plain remark, neither good nor bad.
SHAPES = {
    "done": ("■", "green"),
    "good": ("●", "green"),
    "warn": ("▲", "orange"),
    "bad": ("◆", "red"),
    "none": ("○", "gray"),
    "running": ("●", "blue"),
    "quiet": ("●", "gray"),
}


# A scheme's colour -> the status that has its tokens; red is the burnt orange of what is missed.
LENDERS = {"green": "good", "blue": "running", "yellow": "warn", "red": "bad"}


def _statuses(colours: dict[str, tuple[str, str]]) -> tuple[Status, ...]:
    return tuple(Status(key, shape, *colours[key], badge) for key, (shape, badge) in SHAPES.items())


LIGHT = Theme(
    name="light",
    bg="#FFFFFF",
    soft="#F3F5F7",
    ink="#11161B",
    ink2="#4A535D",
    axis="#8A939D",
    grid="#E3E7EB",
    border="#D5DAE0",
    data="#1B5FA8",
    calm="#9DBBDB",
    context="#B8C0C9",
    primary="#1B4F8A",
    party="#C8102E",
    deepest="#0F3D70",
    lines=("#1B5FA8", "#86466A", "#229EDA", "#4D420D", "#2B0F4F", "#8F8F8F"),
    line_words=("#1B5FA8", "#86466A", "#0F76A8", "#4D420D", "#2B0F4F", "#6A6A6A"),
    sequential=("#EAF1F8", "#C3D8EC", "#8FB5DA", "#4F88C0", "#1B5FA8", "#0F3D70"),
    diverging=("#7A3A06", "#CC8A50", "#F3E3D3", "#A9C6E3", "#0F3D70"),
    statuses=_statuses(
        {
            "done": ("#0B7A66", "#08604F"),
            "good": ("#0B7A66", "#08604F"),
            "warn": ("#B97A00", "#7A5000"),
            "bad": ("#B3400B", "#9A3608"),
            "none": ("#5B6570", "#4A535D"),
            "running": ("#1B5FA8", "#174A80"),
            "quiet": ("#4A535D", "#4A535D"),
        }
    ),
)

DARK = Theme(
    name="dark",
    bg="#14181D",
    soft="#1E242B",
    ink="#E8EBEE",
    ink2="#B4BDC7",
    axis="#7C8792",
    grid="#2C343D",
    border="#38414B",
    data="#6FA8E3",
    calm="#3E5F82",
    context="#5A6570",
    primary="#7FB2E8",
    party="#E8475F",
    deepest="#C5DEF7",
    lines=("#6FA8E3", "#B97894", "#9DDCFD", "#A49C56", "#7F4FD4", "#BFC0BE"),
    line_words=("#6FA8E3", "#CE93AC", "#9DDCFD", "#B5AD66", "#A98BE6", "#BFC0BE"),
    sequential=("#1A2836", "#22405F", "#2F5F8F", "#4A86BF", "#7FB2E8", "#C5DEF7"),
    diverging=("#F2B27F", "#B06F3A", "#3A2F28", "#2F4F70", "#A9CBEF"),
    statuses=_statuses(
        {
            "done": ("#4FC3AC", "#7AD6C3"),
            "good": ("#4FC3AC", "#7AD6C3"),
            "warn": ("#E6B54A", "#F0C878"),
            "bad": ("#F08A5D", "#F7A983"),
            "none": ("#9AA4AF", "#B4BDC7"),
            "running": ("#6FA8E3", "#9CC4EF"),
            "quiet": ("#B4BDC7", "#B4BDC7"),
        }
    ),
)


def theme_of(kind: str | None) -> Theme:
    """The theme for Streamlit's `st.context.theme.type`; light while the browser has not told."""
    return DARK if kind == "dark" else LIGHT
