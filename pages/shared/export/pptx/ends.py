"""The slides around the deck's own: the cover, and what every figure means and comes from."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from pptx.util import Pt

from pages.shared.deck.deck import Deck, Definition, Slide
from pages.shared.deck.exhibits import Cell, Column, Table, Value
from pages.shared.export.pptx.paper import Pen, put, wide
from pages.shared.export.pptx.template import COVER_TITLE
from pages.shared.i18n import Text
from pages.shared.theme import LIGHT
from queries.words.formats import date_text


def fill_cover(slide: Any, deck: Deck, text: Text) -> None:
    """Write the cover: what meeting of which county, its lead sentence, and what the figures are."""
    title, below = slide.placeholders
    size = next((s for s in (40, 36, 32) if wide(deck.title, s) <= COVER_TITLE.width), 36)
    put(title.text_frame.paragraphs[0], deck.title, Pen(size, LIGHT.ink, bold=True))
    stamp = deck.stamp
    lines = [
        deck.lead,
        text("pptx.comma").join(told for told in (stamp.county, stamp.month_text, stamp.area) if told),
    ]
    lines.append(text("pptx.comma").join(told for told in (stamp.cutoff, stamp.revision) if told))
    lines.append(text("pptx.comma").join(told for told in (stamp.audience_text, stamp.demonstration) if told))
    lines += [stamp.filters] * bool(stamp.filters)
    frame = below.text_frame
    for i, line in enumerate(line for line in lines if line):
        paragraph = frame.add_paragraph() if i else frame.paragraphs[0]
        paragraph.space_after = Pt(8)
        put(paragraph, line, Pen(24 if i == 0 else 20, LIGHT.ink if i == 0 else LIGHT.ink2))


def closing(deck: Deck, text: Text) -> list[Slide]:
    """Return the slides of definitions and of sources, each a table."""
    slides = [_slide("definitions", text("pptx.definitions"), _definitions(deck, text), deck)]
    slides.append(_slide("sources", text("pptx.sources"), _sources(deck, text), deck))
    told = text("pptx.commit", commit=deck.stamp.commit, sha=deck.stamp.sha8, at=_published(deck, text))
    slides[1] = replace(slides[1], subtitle=told)
    return [slide for slide in slides if isinstance(slide.exhibit, Table)]


def _published(deck: Deck, text: Text) -> str:
    moment = datetime.fromisoformat(deck.stamp.published_at)
    return text("pptx.moment", date=date_text(moment.date(), text), time=f"{moment:%H:%M}")


def _slide(name: str, title: str, table: Table, deck: Deck) -> Slide:
    return Slide(name, "", title, deck.stamp.denominator, table, title)


def _definitions(deck: Deck, text: Text) -> Table:
    columns = (Column(text("pptx.name")), Column(text("pptx.meaning")))
    return Table(columns, tuple((one.name, meaning(one, text)) for one in deck.definitions))


def meaning(one: Definition, text: Text) -> str:
    """Return how a figure is defined, in one run of sentences."""
    formula = text("pptx.formula", formula=one.formula.rstrip("。.")) if one.formula else ""
    caveat = text("pptx.caveat", caveat=one.caveat.rstrip("。.")) if one.caveat else ""
    return f"{one.sentence}{formula}{caveat}".strip()


def _sources(deck: Deck, text: Text) -> Table:
    names = ("table", "file", "sheet", "rows", "hash")
    columns = tuple(Column(text(f"pptx.{name}"), name == "rows") for name in names)
    rows: list[tuple[Cell, ...]] = [
        (_ledger(one.table, text), one.file, one.sheet, Value(one.rows, f"{one.rows}"), one.sha256[:8])
        for one in deck.stamp.files
    ]
    return Table(columns, tuple(rows))


def _ledger(table: str, text: Text) -> str:
    keys = (f"findings.ledger.{table}", f"pptx.ledger.{table}")
    return next((text(key) for key in keys if text.has(key)), table)
