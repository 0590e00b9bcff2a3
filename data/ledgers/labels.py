"""Headers as they are compared: without blanks, quotes, line breaks and bracketed units."""

import re
import unicodedata
from functools import lru_cache

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_NOISE = re.compile(r"[/\s“”\"'‘’《》*·、,，。;；:：]+")
_PART = re.compile(r"^其中")
# What brackets say of a header that makes it another one: 从业人员(女), 培训人次(累计), 意见建议(上月).
_TELLING = re.compile(r"上月|上期|上年|去年|同期|同比|环比|增减|增长|累计|男|女|目标|计划")
_SCALED = re.compile(
    r"(?:(?:计量)?单位:?)?([十百千万亿]+(?:元|人次|人|名|次|件|条|个|家|处|分|支|辆|小时|户|份|场|单))"
)
_TITLE_UNIT = re.compile(r"单位:\s*(\S+)")


@lru_cache(maxsize=4096)
def label(text: str) -> str:
    """A header's text as it is compared; 其中:预备党员 is 预备党员, 从业人员(人) is 从业人员."""
    plain = unicodedata.normalize("NFKC", text)
    bare = _NOISE.sub("", _BRACKETS.sub("", plain)) or _NOISE.sub("", plain)
    return _PART.sub("", bare) or bare


def level(text: str) -> str:
    """A level of a header as it is compared: its label, and what brackets add that changes its meaning."""
    telling = [note for note in notes(text) if _TELLING.search(note)]
    return label(text) + "".join(f"({note})" for note in telling)


def notes(text: str) -> list[str]:
    """What stands in brackets, without blanks."""
    bare = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    return [found[1:-1] for found in _BRACKETS.findall(bare)]


def tells(text: str) -> bool:
    """Whether a text says another time, a change, a plan or a part of the people."""
    return bool(_TELLING.search(text))


def scaled(text: str) -> str | None:
    """The unit of a header, a title or a cell if it stands for thousands: 万元, 百人次."""
    bare = re.sub(r"[ \t]", "", unicodedata.normalize("NFKC", text))
    parts = [
        bare,
        *_TITLE_UNIT.findall(bare),
        *(part for note in notes(text) for part in re.split("[,、;]", note)),
    ]
    units = (_SCALED.fullmatch(part.rstrip(")")) for part in parts)
    return next((unit[1] for unit in units if unit), None)


def shown(text: str) -> str:
    """A header as a person reads it: on one line, without needless blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).replace(" (", "(")


def says_percent(text: str) -> bool:
    """Whether a header names its unit as percent."""
    return "%" in unicodedata.normalize("NFKC", text)
