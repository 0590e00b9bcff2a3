"""Styles of the brief: type by GB/T 9704, East Asian fonts named in each, real headings for navigation."""

from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

# 22 lines stand in the 225 mm of a page; 28 characters of 三号 in its 156 mm.
LINE = 28.95
CLOSER = -5  # twentieths of a point between characters
TITLE, FANG, HEI, KAI, SONG = "方正小标宋简体", "仿宋", "黑体", "楷体", "宋体"
# What Word takes where a font is not installed.
FALLBACKS = {TITLE: "SimSun", FANG: "FangSong", HEI: "SimHei", KAI: "KaiTi", SONG: "SimSun"}
LATIN = "Times New Roman"

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


@dataclass(frozen=True)
class Look:
    """How a style looks: font and size in points, alignment, exact line (0 = as high as its content)."""

    font: str
    size: float
    align: str = "left"
    line: float = LINE
    indent: int = 0  # characters
    before: float = 0
    after: float = 0
    keep: bool = False
    base: str = "Normal"
    bold: bool = False
    italic: bool = False


LOOKS = {
    "Normal": Look(FANG, 16, "both", base=""),
    "Body Text": Look(FANG, 16, "both", indent=2),
    "Title": Look(TITLE, 22, "center", line=36, before=LINE, after=6),
    "Subtitle": Look(KAI, 16, "center", after=LINE / 2),
    "Heading 1": Look(HEI, 16, indent=2, keep=True),
    "Heading 2": Look(KAI, 16, indent=2, keep=True),
    "Annex Heading": Look(HEI, 16, before=LINE / 2, after=4, keep=True, base="Heading 1"),
    "Caption": Look(HEI, 12, "center", line=18, before=4, after=2),
    "Table Title": Look(HEI, 12, "center", line=18, before=10, after=2, keep=True, base="Caption"),
    "Table Unit": Look(FANG, 9, "right", line=13, keep=True),
    "Table Text": Look(FANG, 10.5, line=0),
    "Table Note": Look(FANG, 9, line=13),
    "Definition": Look(FANG, 12, "both", line=20, indent=2),
    "Figure": Look(FANG, 9, "center", line=0, before=8, keep=True),
    "Header": Look(HEI, 12, line=16),
    "Footer": Look(SONG, 14, line=18),
    "Provenance": Look(SONG, 7.5, line=10, base="Footer"),
}


def set_styles(document: Any, lang: str) -> None:
    """Give the document the styles of LOOKS; in English, headings are told apart by weight and slant."""
    _defaults(document)
    for name, look in LOOKS.items():
        style = _style(document, name)
        if look.base and name not in {"Body Text", "Header", "Footer"}:
            style.base_style = document.styles[look.base]
        _font(style, look, lang)
        _paragraph(style, look)
    if lang == "en":
        document.styles["Heading 1"].font.bold = document.styles["Annex Heading"].font.bold = True
        document.styles["Heading 2"].font.italic = True


def _defaults(document: Any) -> None:
    """The language of the text, and no gap between Chinese and digits."""
    (runs,) = document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")
    for old in runs.xpath("w:rFonts | w:lang"):
        runs.remove(old)
    language = OxmlElement("w:lang")
    for name, value in (("val", "en-US"), ("eastAsia", "zh-CN"), ("bidi", "ar-SA")):
        language.set(qn(f"w:{name}"), value)
    runs.append(language)
    (paragraphs,) = document.styles.element.xpath("w:docDefaults/w:pPrDefault/w:pPr")
    for old in list(paragraphs):
        paragraphs.remove(old)
    paragraphs.extend([_valued("w:autoSpaceDE", 0), _valued("w:autoSpaceDN", 0)])


def _style(document: Any, name: str) -> Any:
    known = {style.name for style in document.styles}
    if name in known:
        return document.styles[name]
    added = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    added.quick_style = True
    return added


def _font(style: Any, look: Look, lang: str) -> None:
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    font = style.font
    font.name = look.font if lang == "zh" else LATIN
    fonts = properties.find(qn("w:rFonts"))
    fonts.set(qn("w:eastAsia"), look.font)
    fonts.set(qn("w:cs"), LATIN)
    font.size, font.bold, font.italic = Pt(look.size), look.bold, look.italic
    font.color.rgb = RGBColor(0, 0, 0)
    if lang == "zh" and look.size == 16:
        font.element.rPr.append(_valued("w:spacing", CLOSER))
        _sorted(properties)


def _sorted(properties: Any) -> None:
    """Put the letter spacing where the schema wants it: before the size."""
    spacing = properties.find(qn("w:spacing"))
    size = properties.find(qn("w:sz"))
    size.addprevious(spacing)


def _valued(tag: str, value: object) -> Any:
    element = OxmlElement(tag)
    element.set(qn("w:val"), str(value))
    return element


def _paragraph(style: Any, look: Look) -> None:
    properties = style.element.get_or_add_pPr()
    outline = properties.find(qn("w:outlineLvl"))
    for child in list(properties):
        properties.remove(child)
    for tag in ("w:autoSpaceDE", "w:autoSpaceDN"):
        properties.append(_valued(tag, 0))
    form = style.paragraph_format
    form.alignment, form.keep_with_next, form.widow_control = _ALIGN[look.align], look.keep, False
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    if look.line:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    else:
        form.line_spacing = 1.0
    form.first_line_indent = Pt(look.indent * look.size)
    properties.find(qn("w:ind")).set(qn("w:firstLineChars"), str(look.indent * 100))
    if outline is not None:
        properties.append(outline)
