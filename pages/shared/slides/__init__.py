"""A slide as one Plotly figure: all texts and marks in px of the screen, so that nothing reflows."""

from pages.shared.slides.canvas import Screen
from pages.shared.slides.figure import slide_figure

__all__ = ["Screen", "slide_figure"]
