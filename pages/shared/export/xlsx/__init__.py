"""The workbook of a meeting: real numbers, native charts, and where all of it comes from."""

from io import BytesIO

from pages.shared.deck.deck import Deck
from pages.shared.export.xlsx.about import contents, definitions, sources
from pages.shared.export.xlsx.book import Book
from pages.shared.export.xlsx.names import sheet_names
from pages.shared.export.xlsx.slides import annex_sheet, joined, slide_sheet, wanted

__all__ = ["to_xlsx"]


def to_xlsx(deck: Deck) -> bytes:
    """Return the workbook of a deck: contents, a sheet a slide, a sheet an annex, definitions, sources.

    The same deck gives the same bytes. Raises TypeError for a number that is nan or infinite.
    """
    out = BytesIO()
    book = Book(out, deck)
    slides = joined(deck.slides)
    asked = [wanted(one, at, deck) for at, one in enumerate(slides, 1)]
    asked += [f"{book.t('annex')} {at} {one.title}" for at, one in enumerate(deck.annexes, 1)]
    first, *between, about, origin = sheet_names(
        [book.t("contents"), *asked, book.t("definitions"), book.t("sources")]
    )
    contents(book, first, list(zip(between, [*slides, *deck.annexes], strict=True)))
    for name, slide in zip(between, slides, strict=False):
        slide_sheet(book, name, slide)
    for name, annex in zip(between[len(slides) :], deck.annexes, strict=True):
        annex_sheet(book, name, annex)
    definitions(book, about)
    sources(book, origin)
    book.close()
    return out.getvalue()
