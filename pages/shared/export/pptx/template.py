"""An empty presentation that is ours: 16:9, two layouts with the red bar and the footer, our theme."""

import re
from typing import Any
from xml.sax.saxutils import quoteattr

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.util import Pt

from pages.shared.export.pptx.paper import (
    BODY_FONT,
    FONT,
    FOOT,
    FOOT_AREA,
    NUMBER_AREA,
    SLIDE,
    SUBTITLE,
    SUBTITLE_AREA,
    TITLE,
    TITLE_AREA,
    Area,
)
from pages.shared.theme import LIGHT

COVER, MESSAGE = 0, 1  # the layouts, by position
COVER_TITLE, COVER_TEXT = Area(58, 150, 862, 100), Area(58, 262, 862, 200)
BODY, FOOTER, NUMBER = 13, 11, 12  # idx of the placeholders
_KEPT = ("Title Slide", "Title Only")
_SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_FOREIGN = ("printerSettings", "thumbnail", "extended-properties")
_ACCENTS = (LIGHT.data, LIGHT.calm, LIGHT.lines[2], LIGHT.lines[1], LIGHT.lines[3], LIGHT.context)


def empty() -> Any:
    """Return a presentation without slides; everything of python-pptx's template that is not used is gone."""
    show = Presentation()
    show.slide_width, show.slide_height = Pt(SLIDE.width), Pt(SLIDE.height)
    show.part._element.xpath("p:sldSz")[0].attrib.pop("type", None)
    for layout in list(show.slide_layouts):
        if layout.name not in _KEPT:
            show.slide_layouts.remove(layout)
    for owner in (show.part, show.part.package):
        for key in [key for key, rel in owner._rels.items() if rel.reltype.endswith(_FOREIGN)]:
            owner._rels.pop(key)
    _refill(show.slide_master, _placeholders(TITLE_AREA, SUBTITLE_AREA, "title", "body"))
    cover, message = show.slide_layouts
    _refill(cover, [_block(9, "bar", _bar(COVER_TITLE)), *_cover()])
    _refill(message, [_block(9, "bar", _bar(TITLE_AREA)), *_message(), _rule()])
    theme(show.slide_master.part)
    return show


def theme(part: Any) -> None:
    """Give the theme of a master our fonts and colours."""
    [rel] = [rel for rel in part.rels.values() if rel.reltype.endswith("/theme")]
    xml = rel.target_part.blob.decode("utf-8")
    for tag, font in (("majorFont", FONT), ("minorFont", BODY_FONT)):
        xml = re.sub(
            f"<a:{tag}>.*?</a:{tag}>",
            f'<a:{tag}><a:latin typeface="{font}"/><a:ea typeface="{font}"/><a:cs typeface=""/>'
            f'<a:font script="Hans" typeface="{font}"/></a:{tag}>',
            xml,
            flags=re.DOTALL,
        )
    colors = {"dk1": LIGHT.ink, "lt1": LIGHT.bg, "dk2": LIGHT.ink2, "lt2": LIGHT.soft}
    colors |= {f"accent{i}": color for i, color in enumerate(_ACCENTS, 1)}
    for name, color in colors.items():
        filled = f'<a:{name}><a:srgbClr val="{color[1:]}"/></a:{name}>'
        xml = re.sub(f"<a:{name}>.*?</a:{name}>", filled, xml, flags=re.DOTALL)
    xml = xml.replace("Office Theme", "暖新看板")
    # python-pptx keeps the theme of slides as bytes, that of notes as a tree.
    if hasattr(rel.target_part, "_element"):
        rel.target_part._element = parse_xml(xml.encode("utf-8"))
    else:
        rel.target_part._blob = xml.encode("utf-8")


def _refill(sheet: Any, shapes: list[str]) -> None:
    """Replace all shapes of a master or layout."""
    tree = sheet.shapes._spTree
    for old in tree.xpath("p:sp|p:pic|p:cxnSp"):
        tree.remove(old)
    for new in shapes:
        tree.append(parse_xml(new))


def _cover() -> list[str]:
    return _placeholders(COVER_TITLE, COVER_TEXT, "ctrTitle", "subTitle", size=40, text=20, body=1)


def _message() -> list[str]:
    return _placeholders(TITLE_AREA, SUBTITLE_AREA, "title", "body", body=BODY)


def _placeholders(
    title: Area,
    text_area: Area,
    kind: str,
    below: str,
    *,
    size: int = TITLE,
    text: int = SUBTITLE,
    body: int = 1,
) -> list[str]:
    """The four places of a slide in reading order: title, text, footer, number."""
    return [
        _place(2, f'type="{kind}"', title, (size, LIGHT.ink), "l", anchor="ctr", bold=True),
        _place(3, f'type="{below}" idx="{body}"', text_area, (text, LIGHT.ink2), "l"),
        _place(4, f'type="ftr" sz="quarter" idx="{FOOTER}"', FOOT_AREA, (FOOT, LIGHT.ink2), "l"),
        _place(5, f'type="sldNum" sz="quarter" idx="{NUMBER}"', NUMBER_AREA, (FOOT, LIGHT.ink2), "r"),
    ]


def _place(
    key: int,
    kind: str,
    area: Area,
    type_: tuple[int, str],
    side: str,
    *,
    anchor: str = "t",
    bold: bool = False,
) -> str:
    size, color = type_
    return (
        f"<p:sp {_SPACES}><p:nvSpPr><p:cNvPr id={quoteattr(str(key))} name={quoteattr(f'place {key}')}/>"
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{_xfrm(area)}</p:spPr><p:txBody>"
        f'<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:noAutofit/></a:bodyPr>'
        f'<a:lstStyle><a:lvl1pPr marL="0" indent="0" algn="{side}"><a:spcBef><a:spcPts val="0"/></a:spcBef>'
        f'<a:buNone/><a:defRPr sz="{size * 100}" b="{int(bold)}"><a:solidFill><a:srgbClr val="{color[1:]}"/>'
        "</a:solidFill></a:defRPr></a:lvl1pPr></a:lstStyle><a:p><a:endParaRPr/></a:p></p:txBody></p:sp>"
    )


def _bar(title: Area) -> Area:
    """The bar beside a title: 67 pt beside two lines, which the title is centred on."""
    return Area(40, title.top + title.height / 2 - 33.5, 5, 67)


def _rule() -> str:
    return _block(8, "rule", Area(40, 490, 880, 1), LIGHT.border)


def _block(key: int, name: str, area: Area, color: str = LIGHT.party) -> str:
    return (
        f'<p:sp {_SPACES}><p:nvSpPr><p:cNvPr id="{key}" name="{name}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f"</p:nvSpPr><p:spPr>{_xfrm(area)}"
        f'<a:solidFill><a:srgbClr val="{color[1:]}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )


def _xfrm(area: Area) -> str:
    left, top, width, height = area.lengths()
    return (
        f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    )
