"""Where something stands, as shape and word."""

from pages.shared.theme import SHAPES
from queries.words.text import Text
from queries.words.wording import status_word


def badge(key: str, text: Text, word: str | None = None) -> str:
    """A Markdown badge of shape and word: :green-badge[● 达标]."""
    shape, colour = SHAPES[key]
    return f":{colour}-badge[{shape} {word or status_word(key, text)}]"
