"""Headers as they are compared: without blanks, quotes, line breaks and bracketed units."""

import re
import unicodedata
from functools import lru_cache

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_NOISE = re.compile(r"[/\s“”\"'‘’《》*·、,，。;；:：]+")
_PART = re.compile(r"^其中")


@lru_cache(maxsize=4096)
def label(text: str) -> str:
    """A header's text as it is compared; 其中:预备党员 is 预备党员, 从业人员(人) is 从业人员."""
    plain = unicodedata.normalize("NFKC", text)
    bare = _NOISE.sub("", _BRACKETS.sub("", plain)) or _NOISE.sub("", plain)
    return _PART.sub("", bare) or bare


def shown(text: str) -> str:
    """A header as a person reads it: on one line, without needless blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).replace(" (", "(")


def says_percent(text: str) -> bool:
    """Whether a header names its unit as percent."""
    return "%" in unicodedata.normalize("NFKC", text)
