"""A deck as PowerPoint: cover, one slide a message, definitions and sources; notes say what to say."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from pptx.oxml import parse_xml

from pages.shared.deck.deck import Deck, Slide
from pages.shared.deck.exhibits import Bars, Curve, Exhibit, Headlines, Lines, Statements, Table
from pages.shared.export.archive import settled
from pages.shared.export.pptx import template
from pages.shared.export.pptx.bars import draw_bars
from pages.shared.export.pptx.curve import draw_curve
from pages.shared.export.pptx.cut import area_of, cut, table_area
from pages.shared.export.pptx.ends import closing, fill_cover, meaning
from pages.shared.export.pptx.fonts import dress
from pages.shared.export.pptx.grid import FINE, SHOWN, draw_table
from pages.shared.export.pptx.lines import draw_lines
from pages.shared.export.pptx.paper import (
    FOOT,
    FOOT_AREA,
    NUMBER_AREA,
    REMARK_AREA,
    SUBTITLE,
    TITLE,
    TITLE_AREA,
    Pen,
    box,
    clean,
    lines_of,
    put,
)
from pages.shared.export.pptx.plot import Told
from pages.shared.export.pptx.texts import draw_headlines, draw_statements
from pages.shared.i18n import Text
from pages.shared.theme import LIGHT

AUTHOR = "暖新看板"


def to_pptx(deck: Deck) -> bytes:
    """Return a PPTX of the deck; two runs on the same deck give equal bytes.

    All charts are native with a workbook behind them that holds what the deck holds and nothing else.
    Raises ValueError when `stamp.published_at` is no ISO moment.
    """
    text = Text(deck.stamp.lang)
    show = template.empty()
    slides = [*cut(deck.slides), *cut(closing(deck, text), FINE)]
    total = len(slides) + 1
    cover = show.slides.add_slide(show.slide_layouts[template.COVER])
    fill_cover(cover, deck, text)
    _foot(cover, deck, text, 1, total)
    _notes(cover, [deck.lead, *deck.told.get("basics", ())])
    for number, slide in enumerate(slides, 2):
        made = show.slides.add_slide(show.slide_layouts[template.MESSAGE])
        _fill(made, slide, [one.exhibit for one in slides if one.title == slide.title], deck, text)
        _foot(made, deck, text, number, total)
        _notes(made, _spoken(slide, deck, text))
    template.theme(show.notes_master.part)
    dress(show, deck.stamp.lang)
    return settled(_saved(show, deck), _moment(deck))


def _fill(made: Any, slide: Slide, parts: Sequence[Exhibit], deck: Deck, text: Text) -> None:
    title, subtitle = made.placeholders
    words = title_of(slide, text)
    size = next((s for s in (TITLE, 24, 20) if lines_of(words, s, TITLE_AREA.width) <= 2), 18)
    put(title.text_frame.paragraphs[0], words, Pen(size, LIGHT.ink, bold=True))
    put(subtitle.text_frame.paragraphs[0], slide.subtitle, Pen(SUBTITLE, LIGHT.ink2))
    _exhibit(made, slide, parts, deck.stamp.lang)
    if slide.remark:
        put(box(made, REMARK_AREA, text("pptx.remark")), slide.remark, Pen(SUBTITLE, LIGHT.ink2))


def title_of(slide: Slide, text: Text) -> str:
    """Return the title, with its part where the slide is one of several."""
    if slide.parts == 1:
        return slide.title
    key = "pptx.part" if slide.part == 1 else "pptx.continued"
    return text(key, title=slide.title, part=slide.part, parts=slide.parts)


def _exhibit(made: Any, slide: Slide, parts: Sequence[Exhibit], lang: str) -> None:
    exhibit, told, area = slide.exhibit, Told(slide.title, slide.alt), area_of(slide)
    if isinstance(exhibit, Bars):
        draw_bars(made, exhibit, area, told, [part for part in parts if isinstance(part, Bars)])
    elif isinstance(exhibit, Lines):
        draw_lines(made, exhibit, area, told, lang)
    elif isinstance(exhibit, Curve):
        draw_curve(made, exhibit, area, told)
    elif isinstance(exhibit, Table):
        # The slides at the end belong to no block of the agenda.
        tables = [part for part in parts if isinstance(part, Table)]
        draw_table(made, exhibit, table_area(area), told, tables, SHOWN if slide.section else FINE)
    elif isinstance(exhibit, Headlines):
        draw_headlines(made, exhibit, area)
    elif isinstance(exhibit, Statements):
        draw_statements(made, exhibit, area, slide.title)


def footer(deck: Deck, text: Text) -> str:
    """Return what stands at the foot of every slide."""
    stamp = deck.stamp
    told = (
        stamp.cutoff,
        stamp.revision,
        stamp.filters,
        stamp.denominator,
        stamp.audience_text,
        stamp.demonstration,
    )
    return text("pptx.comma").join(part for part in told if part)


def _foot(made: Any, deck: Deck, text: Text, number: int, total: int) -> None:
    left = box(made, FOOT_AREA, "footer")
    put(left, footer(deck, text), Pen(FOOT, LIGHT.ink2))
    _as_place(left, f'type="ftr" sz="quarter" idx="{template.FOOTER}"')
    right = box(made, NUMBER_AREA, "number", align="right")
    before, _, after = text("pptx.number", commit=deck.stamp.commit, total=total).partition("#")
    put(right, before, Pen(FOOT, LIGHT.ink2))
    _number_field(right, number)
    put(right, after, Pen(FOOT, LIGHT.ink2))
    _as_place(right, f'type="sldNum" sz="quarter" idx="{template.NUMBER}"')


def _as_place(paragraph: Any, kind: str) -> None:
    """Make a text box the slide's own footer or number, so that the footer dialog knows it."""
    shape = paragraph._p.getparent().getparent()
    space = "http://schemas.openxmlformats.org/presentationml/2006/main"
    shape.xpath("p:nvSpPr/p:nvPr")[0].append(parse_xml(f'<p:ph xmlns:p="{space}" {kind}/>'))
    shape.xpath("p:nvSpPr/p:cNvSpPr")[0].attrib.pop("txBox", None)


def _number_field(paragraph: Any, number: int) -> None:
    """A field that stays right when slides are moved."""
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    paragraph._p.append(
        parse_xml(
            f'<a:fld xmlns:a="{space}" id="{{C1FF6DA9-008F-4B48-92A6-B652298478BF}}" type="slidenum">'
            f'<a:rPr sz="{FOOT * 100}"><a:solidFill><a:srgbClr val="{LIGHT.ink2[1:]}"/></a:solidFill></a:rPr>'
            f"<a:t>{number}</a:t></a:fld>"
        )
    )


def _spoken(slide: Slide, deck: Deck, text: Text) -> list[str]:
    """The sentences to say, then the definitions of what is shown, then where it comes from."""
    defined = [one for one in deck.definitions if one.indicator in slide.indicators]
    lines = [*slide.notes]
    lines += [text("pptx.defined", name=one.name, meaning=meaning(one, text)) for one in defined]
    asked = text("pptx.asked", query=slide.query) if slide.query else ""
    return [*lines, text("pptx.comma").join(part for part in (footer(deck, text), asked) if part)]


def _notes(made: Any, lines: list[str]) -> None:
    frame = made.notes_slide.notes_text_frame
    for i, line in enumerate(line for line in lines if line):
        paragraph = frame.add_paragraph() if i else frame.paragraphs[0]
        paragraph.add_run().text = clean(line)


def _moment(deck: Deck) -> datetime:
    moment = datetime.fromisoformat(deck.stamp.published_at)
    return (moment.astimezone(UTC) if moment.tzinfo else moment).replace(tzinfo=None)


def _saved(show: Any, deck: Deck) -> bytes:
    properties, stamp = show.core_properties, deck.stamp
    properties.title, properties.author, properties.last_modified_by = clean(deck.title), AUTHOR, AUTHOR
    properties.subject = clean(f"{stamp.county} {stamp.month_text} v{stamp.commit} {stamp.audience_text}")
    properties.comments, properties.keywords = clean(stamp.demonstration), ""
    properties.language = {"zh": "zh-CN", "en": "en-GB"}[stamp.lang]
    properties.created = properties.modified = _moment(deck)
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()
