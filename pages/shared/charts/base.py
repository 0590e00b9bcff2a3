"""What every chart shares: the plain figure dict, its axes and labels, with nothing left to a template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pages.shared.i18n import Text
from pages.shared.theme import FONT, LABEL, TICK, Theme

Figure = dict[str, Any]
Part = dict[str, Any]

# Handed to st.plotly_chart; no mode bar, because its buttons are English and its zoom loses the whole.
CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
}
PHONE, DESK = 326, 900  # the chart widths (px) that every label must fit: a card at 390, half of a 1920 page
LINE_HEIGHT = 1.3  # Plotly sets lines of a label this far apart


@dataclass(frozen=True)
class Look:
    """What a chart is drawn with: colours and words."""

    theme: Theme
    text: Text


def escape(label: str) -> str:
    """A name as Plotly prints it; without this a `<` in it would be read as markup."""
    return label.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def bold(label: str) -> str:
    return f"<b>{label}</b>"


def span(label: str, *, color: str | None = None, size: int | None = None) -> str:
    """Part of a label in its own colour or size."""
    style = (f"color:{color};" if color else "") + (f"font-size:{size}px;" if size else "")
    return f'<span style="{style}">{label}</span>'


def status_label(key: str, words: str, look: Look) -> str:
    """A status as shape and word, each in its own colour: ◆ 未达标 差3家."""
    status = look.theme.status(key)
    return f"{span(status.shape, color=status.glyph)} {span(escape(words), color=status.word)}"


def layout(look: Look, height: float, *, left: float, right: float, top: float, bottom: float) -> Part:
    """The common layout; margins are in px because labels are, whatever the width."""
    theme = look.theme
    return {
        "height": round(height),
        "margin": {"l": round(left), "r": round(right), "t": round(top), "b": round(bottom), "pad": 0},
        "paper_bgcolor": theme.bg,
        "plot_bgcolor": theme.bg,
        "font": {"family": FONT, "size": LABEL, "color": theme.ink},
        "hoverlabel": {
            "bgcolor": theme.ink,
            "bordercolor": theme.ink,
            "font": {"family": FONT, "size": TICK, "color": theme.bg},
            "align": "left",
            "namelength": -1,
        },
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "annotations": [],
        "shapes": [],
    }


def axis(look: Look, limits: tuple[float, float], **settings: object) -> Part:
    """An axis without grid, ticks or line until one is asked for; never zoomed."""
    return {
        "range": list(limits),
        "fixedrange": True,
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "outside",
        "ticklen": 6,
        "tickcolor": "rgba(0,0,0,0)",
        "ticklabeloverflow": "allow",
        "tickfont": {"family": FONT, "size": TICK, "color": look.theme.ink2},
        **settings,
    }


def hidden_axis(look: Look, limits: tuple[float, float], **settings: object) -> Part:
    """An axis that only places things: all its values are printed elsewhere."""
    return axis(look, limits, showticklabels=False, ticks="", automargin=False, **settings)


def label(
    look: Look,
    words: str,
    x: float,
    y: float,
    *,
    size: int = LABEL,
    color: str | None = None,
    anchor: tuple[str, str] = ("left", "middle"),
    shift: tuple[float, float] = (0, 0),
    refs: tuple[str, str] = ("x", "y"),
    cover: bool = False,
) -> Part:
    """A text at a point. `shift` is in px; `cover` hides a line that would run through it."""
    return {
        "text": words,
        "x": x,
        "y": y,
        "xref": refs[0],
        "yref": refs[1],
        "xanchor": anchor[0],
        "yanchor": anchor[1],
        "xshift": round(shift[0], 1),
        "yshift": round(shift[1], 1),
        "align": anchor[0],
        "showarrow": False,
        "borderpad": 0,
        "font": {"family": FONT, "size": size, "color": color or look.theme.ink},
        **({"bgcolor": look.theme.bg} if cover else {}),
    }


def stroke(
    color: str,
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    width: float = 2,
    dash: str = "solid",
    refs: tuple[str, str] = ("x", "y"),
    layer: str = "above",
) -> Part:
    """A straight line between two points."""
    return {
        "type": "line",
        "x0": start[0],
        "y0": start[1],
        "x1": end[0],
        "y1": end[1],
        "xref": refs[0],
        "yref": refs[1],
        "line": {"color": color, "width": width, "dash": dash},
        "layer": layer,
    }


def figure(data: Sequence[Part], parts: Part, alt: str, **meta: object) -> Figure:
    """Data and layout together; the sentence for screen readers travels in layout.meta."""
    return {"data": list(data), "layout": {**parts, "meta": {"alt": alt, **meta}}}


def alt_text(chart: Mapping[str, Any]) -> str:
    """The sentence that tells a chart to those who cannot see it, for st.plotly_chart(alt=…)."""
    return str(chart["layout"]["meta"]["alt"])


def tell(look: Look, head: Sequence[str], rows: Sequence[str]) -> str:
    """An alt text: what is measured, then the rows, in the punctuation of the language."""
    lead = look.text("charts.comma").join(part for part in head if part)
    body = look.text("charts.semicolon").join(row for row in rows if row)
    return look.text("charts.sentence", lead=lead, body=body)
