"""会议材料: one deck in every form that is asked for, each file under a name that sorts."""

import re
from collections.abc import Callable, Sequence

from pages.shared.deck.deck import Deck, Stamp
from pages.shared.i18n import Text

FORMATS = ("pptx", "docx", "xlsx", "pdf")
# What Windows allows in no name of a file, and what would split it.
FORBIDDEN = re.compile(r'[\\/:*?"<>|,\s\x00-\x1f]+')


def file_name(stamp: Stamp, form: str) -> str:
    """Return the name: 2026-10_联席会议_城东街道_演示_v42.pptx; the filters only where some are chosen."""
    text = Text(stamp.lang)
    parts = (
        f"{stamp.month:%Y-%m}",
        text("deck.file.meeting"),
        *stamp.scope,
        text(f"deck.file.{stamp.audience}"),
        f"v{stamp.commit}",
    )
    return "_".join(FORBIDDEN.sub("-", part) for part in parts) + f".{form}"


def pack(
    deck: Deck, formats: Sequence[str] = FORMATS, progress: Callable[[str], None] = lambda form: None
) -> dict[str, bytes]:
    """Return each file by its name, always in the same order; `progress` is told before a form is made.

    The same deck gives the same bytes.
    """
    files = {}
    for form in (one for one in FORMATS if one in formats):
        progress(form)
        files[file_name(deck.stamp, form)] = _writer(form)(deck)
    return files


def _writer(form: str) -> Callable[[Deck], bytes]:
    """Return what writes a form; its library is loaded only when it is asked for."""
    if form == "pptx":
        from pages.shared.export.pptx import to_pptx

        return to_pptx
    if form == "docx":
        from pages.shared.export.docx import to_docx

        return to_docx
    if form == "xlsx":
        from pages.shared.export.xlsx import to_xlsx

        return to_xlsx
    from pages.shared.export.pdf import to_pdf

    return to_pdf
