"""Interface texts in Chinese and English: those of the figures, and the pages' own in locales/."""

from pathlib import Path
from typing import ClassVar

from queries.words import text
from queries.words.text import LANGUAGES

__all__ = ["LANGUAGES", "Text"]


class Text(text.Text):
    """The texts of one language, of figures and of pages: `t("coverage.title", n=3)`."""

    folders: ClassVar[tuple[Path, ...]] = (*text.Text.folders, Path(__file__).parent / "locales")
