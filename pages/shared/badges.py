"""Where something stands, as shape and word."""

from pages.shared.theme import LIGHT, Theme
from queries.words.text import Text
from queries.words.wording import status_word


def badge(key: str, text: Text, word: str | None = None, *, theme: Theme = LIGHT) -> str:
    """A Markdown badge of shape and word: :green-badge[● 达标]. A view's theme has its scheme's colours."""
    status = theme.status(key)
    return f":{status.badge}-badge[{status.shape} {word or status_word(key, text)}]"
