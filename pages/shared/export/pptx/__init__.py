"""Slides of a deck as a PowerPoint file whose charts and tables stay editable."""

from pages.shared.export.pptx.write import to_pptx

__all__ = ["to_pptx"]
