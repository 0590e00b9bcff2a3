"""The paper of the brief: A4 by GB/T 9704, settings of the file, its fonts and its properties."""

from datetime import UTC
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from pages.shared.export.brief import Brief
from pages.shared.export.docx.styles import FALLBACKS
from pages.shared.export.pptx.paper import clean

# mm: 版心 156 × 225 with 37 above and 28 at the spine.
TEXT_WIDTH, TEXT_HEIGHT, ABOVE, SPINE = 156, 225, 37, 28
_BEFORE_MIRROR = (
    "w:writeProtection",
    "w:view",
    "w:zoom",
    "w:removePersonalInformation",
    "w:removeDateAndTime",
)


def set_paper(document: Any, outline: Brief) -> None:
    """Set page, settings, fallbacks of fonts and properties; nobody's name, no date but the publication's."""
    _page(document.sections[0])
    _unburden(document)
    _settings(document)
    _fallbacks(document)
    _properties(document.core_properties, outline)


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(ABOVE), Mm(297 - ABOVE - TEXT_HEIGHT)
    section.left_margin, section.right_margin = Mm(SPINE), Mm(210 - SPINE - TEXT_WIDTH)
    section.gutter = 0
    section.header_distance, section.footer_distance = Mm(22), Mm(13)


def _unburden(document: Any) -> None:
    """Take out what the library's own template brings along: its picture, its styles of an older Word."""
    for holder in (document.part.package, document.part):
        for place, relation in list(holder.rels.items()):
            if relation.reltype.rpartition("/")[2] in {"thumbnail", "customXml", "stylesWithEffects"}:
                holder.rels.pop(place)


def _settings(document: Any) -> None:
    """Margins change sides on the back of a sheet, and page numbers with them."""
    settings = document.settings
    settings.odd_and_even_pages_header_footer = True
    before = [at for at, child in enumerate(settings.element) if child.tag in map(qn, _BEFORE_MIRROR)]
    for mode in settings.element.xpath("w:compat/w:compatSetting[@w:name='compatibilityMode']"):
        mode.set(qn("w:val"), "15")
    settings.element.insert(max(before, default=-1) + 1, OxmlElement("w:mirrorMargins"))


def _fallbacks(document: Any) -> None:
    """Say in the table of fonts what stands in for a font that is not installed."""
    named = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/>'
        f'<w:pitch w:val="variable"/></w:font>'
        for name, other in FALLBACKS.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = f"{head}<w:fonts {nsdecls('w')}>{named}</w:fonts>".encode()


def _properties(properties: Any, outline: Brief) -> None:
    moment = outline.published.astimezone(UTC).replace(tzinfo=None)
    properties.title, properties.subject = clean(outline.name), clean(outline.period)
    properties.comments = clean("\n".join(outline.footer))
    properties.author = properties.last_modified_by = properties.keywords = properties.category = ""
    properties.created = properties.modified = moment
    properties.language = "zh-CN" if outline.lang == "zh" else "en-GB"
    properties.revision = 1
