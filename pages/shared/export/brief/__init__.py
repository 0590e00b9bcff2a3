"""The monthly brief 情况通报 as an outline: what Word and PDF print, in the same words and order."""

from pages.shared.export.brief.chapters import brief
from pages.shared.export.brief.outline import Block, Brief, Chapter, Chart, Grid, Heading, Paragraph

__all__ = ["Block", "Brief", "Chapter", "Chart", "Grid", "Heading", "Paragraph", "brief"]
