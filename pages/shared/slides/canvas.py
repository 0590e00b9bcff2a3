"""The ground of a slide: positions in px of a 1080-line screen, scaled once, here, to the real one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pages.shared.charts.base import LINE_HEIGHT, Figure, Look, Part, escape
from pages.shared.charts.labels import Box, px
from pages.shared.theme import FONT

# Px of any screen: what Streamlit leaves free at the sides, above and below; the row of controls.
SIDES, AROUND, CONTROLS = 160, 52, 42
FULL = (1920, 1080)
DIMMED = 0.22  # of what is not in focus
BODY, SMALL, FOOT = 36, 28, 24  # px at 1080 lines: labels, the smallest body, the footer


@dataclass(frozen=True)
class Screen:
    """The window that a slide fills, px."""

    width: int = FULL[0]
    height: int = FULL[1]

    @property
    def scale(self) -> float:
        """How large a px of the 1080-line screen is here."""
        return min(self.width / FULL[0], self.height / FULL[1])

    @property
    def box(self) -> tuple[float, float]:
        """The figure's width and height, px."""
        return self.width - SIDES, self.height - AROUND - CONTROLS


@dataclass
class Canvas:
    """What is drawn so far. All positions and sizes are px at 1080 lines, y downwards from the figure's top.

    `focus` is the item that stays bright while the others are dimmed; None dims nothing.
    """

    look: Look
    screen: Screen
    focus: int | None = None
    notes: list[Part] = field(default_factory=list)
    shapes: list[Part] = field(default_factory=list)
    traces: list[Part] = field(default_factory=list)

    @property
    def width(self) -> float:
        """The width of the slide, px at 1080 lines: 1760 where the screen is 16:9."""
        return self.screen.box[0] / self.screen.scale

    @property
    def height(self) -> float:
        """The height of the slide, px at 1080 lines."""
        return self.screen.box[1] / self.screen.scale

    def text(
        self,
        lines: str | Sequence[str],
        x: float,
        y: float,
        *,
        size: float = BODY,
        color: str = "",
        anchor: tuple[str, str] = ("left", "middle"),
        bold: bool = False,
        glyph: tuple[str, str] | None = None,
        item: int | None = None,
        cover: str = "",
    ) -> None:
        """Write lines at a point; `glyph`: a shape and its colour before them, `cover`: the ground below."""
        rows = [lines] if isinstance(lines, str) else lines
        words = "<br>".join(escape(row) for row in rows)
        words = f"<b>{words}</b>" if bold else words
        mark = f'<span style="color:{glyph[1]}">{glyph[0]}</span> ' if glyph else ""
        self.notes.append(
            {
                "text": mark + words,
                "x": round(x * self.screen.scale, 1),
                "y": round(y * self.screen.scale, 1),
                "xref": "x",
                "yref": "y",
                "xanchor": anchor[0],
                "yanchor": anchor[1],
                "align": anchor[0],
                "showarrow": False,
                "borderpad": 0,
                "font": {
                    "family": FONT,
                    "size": round(size * self.screen.scale, 2),
                    "color": color or self.look.theme.ink,
                },
                "opacity": self._opacity(item),
                **({"bgcolor": cover} if cover else {}),
            }
        )

    def rect(
        self, left: float, top: float, right: float, bottom: float, fill: str, item: int | None = None
    ) -> None:
        """Fill a rectangle."""
        line = {"width": 0}
        self._shape("rect", (left, top, right, bottom), item, fillcolor=fill, line=line, layer="below")

    def slot(self, left: float, top: float, right: float, bottom: float, item: int | None = None) -> None:
        """Draw the dashed box of what was not reported."""
        line = {"color": self.look.theme.axis, "width": self._line(2.5), "dash": "dash"}
        self._shape("rect", (left, top, right, bottom), item, line=line, layer="below")

    def line(
        self,
        points: tuple[float, float, float, float],
        color: str,
        width: float = 2,
        *,
        dash: str = "solid",
        item: int | None = None,
        layer: str = "above",
    ) -> None:
        """Draw a straight line x0, y0, x1, y1."""
        line = {"color": color, "width": self._line(width), "dash": dash}
        self._shape("line", points, item, line=line, layer=layer)

    def path(
        self,
        points: Sequence[tuple[float, float | None]],
        color: str,
        width: float = 7,
        *,
        stepped: bool = False,
        item: int | None = None,
    ) -> None:
        """Draw a line through points; None breaks it, and a point between two gaps is a dot."""
        scale = self.screen.scale
        self.traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": [round(x * scale, 1) for x, _ in points],
                "y": [None if y is None else round(y * scale, 1) for _, y in points],
                "line": {
                    "color": color,
                    "width": self._line(width),
                    "shape": "hv" if stepped else "linear",
                },
                "connectgaps": False,
                "cliponaxis": False,
                "hoverinfo": "skip",
                "opacity": self._opacity(item),
            }
        )
        padded = [None, *(y for _, y in points), None]
        for i, (x, y) in enumerate(points):
            if y is not None and padded[i] is None and padded[i + 2] is None:
                self.dot(x, y, color, item=item)

    def dot(self, x: float, y: float, color: str, *, radius: float = 11, item: int | None = None) -> None:
        """Draw a dot with a rim in the colour of the ground."""
        line = {"color": self.look.theme.bg, "width": self._line(3)}
        corners = (x - radius, y - radius, x + radius, y + radius)
        self._shape("circle", corners, item, fillcolor=color, line=line, layer="above")

    def figure(self, alt: str) -> Figure:
        """Return the figure: a plain dict whose texts and marks lie on hidden axes in px."""
        width, height = self.screen.box
        hidden = {"visible": False, "fixedrange": True, "showgrid": False, "zeroline": False}
        layout = {
            "height": round(height),
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
            "paper_bgcolor": self.look.theme.bg,
            "plot_bgcolor": self.look.theme.bg,
            "font": {"family": FONT, "color": self.look.theme.ink},
            "showlegend": False,
            "dragmode": False,
            "hovermode": False,
            "xaxis": {**hidden, "range": [0, width]},
            "yaxis": {**hidden, "range": [height, 0]},
            "annotations": self.notes,
            "shapes": self.shapes,
            "meta": {"alt": alt},
        }
        # Streamlit refuses a figure without a trace, and most slides are texts and shapes alone.
        ground = {"type": "scatter", "x": [None], "y": [None], "hoverinfo": "skip"}
        return {"data": [ground, *self.traces], "layout": layout}

    def _shape(
        self, kind: str, corners: tuple[float, float, float, float], item: int | None, **look: object
    ) -> None:
        x0, y0, x1, y1 = (round(value * self.screen.scale, 1) for value in corners)
        part = {"type": kind, "x0": x0, "y0": y0, "x1": x1, "y1": y1, "xref": "x", "yref": "y"}
        self.shapes.append({**part, "opacity": self._opacity(item), **look})

    def _line(self, width: float) -> float:
        return round(max(1.0, width * self.screen.scale), 2)

    def _opacity(self, item: int | None) -> float:
        return 1.0 if None in (self.focus, item) or item == self.focus else DIMMED


def text_box(note: Part, scale: float) -> Box:
    """Return the box of a written text, px at 1080 lines, y downwards: `bottom` is its upper edge."""
    words = re.sub(r"<br>", "\n", str(note["text"]))
    words = re.sub(r"<[^>]*>", "", words).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    size = note["font"]["size"] / scale
    wide, tall = px(words, size), (words.count("\n") + 1) * size * LINE_HEIGHT
    x, y = note["x"] / scale, note["y"] / scale
    left = x - {"left": 0.0, "center": wide / 2, "right": wide}[note["xanchor"]]
    top = y - {"top": 0.0, "middle": tall / 2, "bottom": tall}[note["yanchor"]]
    return Box(left, top, left + wide, top + tall)
