"""One font for all scripts: python-pptx names only the Latin one, so Chinese would be the machine's."""

from collections.abc import Iterator
from typing import Any

from pages.shared.export.pptx.paper import FONT

LANGUAGES = {"zh": ("zh-CN", "en-US"), "en": ("en-GB", "zh-CN")}
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def dress(show: Any, lang: str) -> None:
    """Give every run on slides, notes and charts the font for Latin and for Chinese, and its language."""
    own, other = LANGUAGES[lang]
    for root in _roots(show):
        for run in root.xpath(".//a:r|.//a:fld"):
            if not run.xpath("a:rPr"):
                run.insert(0, run.makeelement(f"{_DRAWING}rPr", {}))
        for properties in root.xpath(".//a:rPr|.//a:defRPr"):
            _name(properties)
        for properties in root.xpath(".//a:rPr"):
            properties.set("lang", own)
            properties.set("altLang", other)


def _roots(show: Any) -> Iterator[Any]:
    for slide in show.slides:
        yield slide._element
        yield slide.notes_slide._element
        for shape in slide.shapes:
            if shape.has_chart:
                yield shape.chart._chartSpace


def _name(properties: Any) -> None:
    for old in properties.xpath("a:latin|a:ea"):
        properties.remove(old)
    before = len(properties.xpath("a:ln|a:noFill|a:solidFill|a:effectLst|a:highlight"))
    for at, tag in enumerate(("latin", "ea")):
        properties.insert(before + at, properties.makeelement(f"{_DRAWING}{tag}", {"typeface": FONT}))
