"""What every workbook we write has in common: its ink, its widths, and text and names safe anywhere."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from data.ledgers.grid import EXCERPT, OWN_SHEETS
from data.personal import kind

WITHHELD = "※"
FONT = "Microsoft YaHei"
COLOURS = {
    "ink": "#11161B",
    "ink2": "#4A535D",
    "soft": "#F3F5F7",
    "head": "#E4ECF5",
    "line": "#C3CAD2",
    "link": "#1B4F8A",
    "error": "#F7D2BF",
    "error_word": "#9A3608",
    "warning": "#FBE6B8",
    "warning_word": "#7A5000",
    "withheld": "#DDE1E6",
}
_LONGEST_SHEET, _LONGEST_FILE, _LONGEST_TEXT = 31, 40, 32_000
_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\]")
_NOT_IN_FILES = re.compile(r'[<>:"/\\|?*%\s]+')
_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
# Text that a spreadsheet would take for a formula once somebody edits the cell or saves it as CSV.
_FORMULA = re.compile(r"^[\s'\"]*[=+\-@＝＋－＠]")
_FORMULA_STARTS = frozenset("\t\n\r '\"\u3000=+-@＝＋－＠")


class Ink:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[frozenset[tuple[str, object]], Format] = {}

    def of(self, **properties: object) -> Format:
        """A format in our font; vertically centred unless told otherwise."""
        key = frozenset(properties.items())
        if key not in self._made:
            common = {"font_name": FONT, "font_size": 10, "font_color": COLOURS["ink"], "valign": "vcenter"}
            self._made[key] = self._book.add_format(common | properties)
        return self._made[key]


def new_workbook(target: BinaryIO, made: date) -> Workbook:
    """An empty workbook that keeps everything in memory and takes no text for more than text."""
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": FONT, "font_size": 10},
    }
    book = Workbook(target, options)
    book.set_properties({"created": datetime(made.year, made.month, made.day)})
    return book


@lru_cache(maxsize=20_000)
def clean(text: str) -> str:
    """Text without control, direction and private characters, no longer than a cell takes."""
    if text.isascii() and text.isprintable():
        return text[:_LONGEST_TEXT]
    kept = "".join(one for one in text if one == "\n" or unicodedata.category(one) not in _UNSEEN)
    return kept[:_LONGEST_TEXT]


# Zero-width joiners go with the other format characters: they only serve to disguise text.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


def like_a_formula(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula; such a cell gets the mark of text."""
    return bool(text) and text[0] in _FORMULA_STARTS and bool(_FORMULA.match(text))


@lru_cache(maxsize=20_000)
def width(text: str) -> int:
    """How many half-width places the longest line of the text takes."""
    return max((sum(_places(one) for one in line) for line in text.split("\n")), default=0)


def _places(one: str) -> int:
    return 2 if unicodedata.east_asian_width(one) in "WFA" else 1


def lines(text: str, places: float) -> int:
    """How many lines the text takes in a column that is `places` wide."""
    room = max(1, int(places - 1))
    return sum(max(1, -(-width(line) // room)) for line in text.split("\n"))


def sheet_names(wanted: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Names that Excel accepts, each once, none with personal data; OWN_SHEETS are for our own sheets."""
    used = {name.lower() for name in (*taken, *OWN_SHEETS, "history")}
    names: list[str] = []
    for number, raw in enumerate(wanted, 1):
        plain = _NOT_IN_SHEETS.sub(" ", clean(raw).replace("\n", " ")).strip(" '")
        stem = plain if plain and kind(raw) is None else f"{WITHHELD}{number}"
        names.append(_unused(stem, used, _LONGEST_SHEET, ending=EXCERPT if stem.endswith(EXCERPT) else ""))
    return names


def file_stem(wanted: str, used: set[str], fallback: str) -> str:
    """A file's name without its ending, safe on every system and without personal data; adds it to `used`."""
    plain = _NOT_IN_FILES.sub("_", clean(wanted).replace("\n", " ")).strip("._ ")
    bad = not plain or _DEVICES.match(plain) or kind(wanted) is not None
    return _unused(fallback if bad else plain, used, _LONGEST_FILE)


def _unused(stem: str, used: set[str], longest: int, ending: str = "") -> str:
    """The stem cut to length, numbered from 2 if it is taken; case does not tell names apart."""
    stem, number = stem.removesuffix(ending), 1
    while True:
        tail = (f"_{number}" if number > 1 else "") + ending
        name = stem[: longest - len(tail)].rstrip(" '.") + tail
        if name.lower() not in used:
            used.add(name.lower())
            return name
        number += 1
