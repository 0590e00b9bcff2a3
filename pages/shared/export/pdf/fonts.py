"""Which installed fonts a PDF is set in: the official ones first, free ones where they are not there."""

import re
from functools import cache
from typing import Any

import typst

from queries import NuanxinError

_SONG = ("SimSun", "STSong", "Noto Serif CJK SC", "Source Han Serif SC")
_HEI = ("SimHei", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC")
# The type of each part by GB/T 9704, best first; what follows the official one is drawn bolder or not.
CHINESE = {
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "STZhongsong", *_SONG),
    "body": ("FangSong", "FangSong_GB2312", "STFangsong", *_SONG),
    "first": _HEI,
    "second": ("KaiTi", "KaiTi_GB2312", "STKaiti", *_SONG),
    "number": _SONG,
}
# Type of Latin letters in an English brief; Libertinus comes with Typst.
LATIN = ("Times New Roman", "Liberation Serif", "Libertinus Serif")
_LACKING = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


@cache
def _installed() -> dict[str, str]:
    return {family.casefold(): family for family in typst.Fonts().families()}


def faces(lang: str) -> dict[str, Any]:
    """Return the installed families of each part, best first, and whether the title must be set bold.

    Raises NuanxinError, which says what to install, when no Chinese family is installed.
    """
    others = _found((*_SONG, *_HEI))
    if not others:
        raise NuanxinError("pdf_no_fonts")
    found = {part: list(dict.fromkeys((*_found(families), *others))) for part, families in CHINESE.items()}
    if lang == "en":
        found = {part: [*_found(LATIN), *families] for part, families in found.items()}
    plain = found["title"][0] in _found(CHINESE["title"][:3])
    return {**found, "is_title_bold": not plain}


def _found(families: tuple[str, ...]) -> list[str]:
    return [_installed()[family.casefold()] for family in families if family.casefold() in _installed()]


def lacking(diagnostic: str) -> str:
    """Return the characters that no font has, as Typst's diagnostic of PDF/UA names them; "" for none."""
    found = dict.fromkeys(_LACKING.findall(diagnostic))
    return " ".join(_ESCAPED.sub(lambda code: f"U+{code[1].upper()}", sign) for sign in found)
