"""One sheet of a known kind while it is read: its columns as typed values, and what was found in them."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from data.ledgers import values
from data.ledgers.block import Block
from data.ledgers.findings import Ask, Finding, found
from data.ledgers.grid import Place
from data.ledgers.kinds import FieldType, Names
from data.ledgers.match import Column, Match
from data.ledgers.values import Value
from data.personal import kind as personal_kind
from data.profile import plain

# A list of thousands helps nobody: the rest of a column's findings of one kind is counted.
MOST = 200
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# What a spreadsheet, a browser or a database might take for something to run.
_CODE = re.compile(r"^[=+@]|^-\D|<\s*[a-zA-Z/!?]|['\"]\s*\)?\s*;|--\s*$|/\*|javascript:", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_TICKS = frozenset("√✓✔")
_NOTHING = frozenset(["", "无", "暂无", "没有", "—", "-", "–", "/", "空", "未统计"])
_WHOLE = frozenset(
    ["各镇街", "全县", "全市", "全区", "全县各镇街", "全市各镇街", "各镇", "市本级", "县本级", "区本级"]
)

Parse = Callable[[str | None, bool], Value]
Words = Mapping[str, str]
_NO_WORDS: Words = {}


@dataclass
class Page:
    """A sheet's table with its columns' meaning. `findings` fills up while the columns are read."""

    file: str
    block: Block
    match: Match
    names: Names
    month: date
    findings: list[Finding] = field(default_factory=list)

    @property
    def sheet(self) -> str | None:
        """The sheet's name; a CSV has none."""
        return self.block.grid.name

    @property
    def rows(self) -> list[int]:
        """The row numbers of the data, as a spreadsheet counts."""
        return self.block.data["_row"].to_list()

    def place(self, row: int | None, column: Column | None) -> Place:
        """Where a cell of this sheet is."""
        return Place(
            self.file, self.sheet, row, column.letter if column else None, column.text if column else None
        )

    def values(self, column: Column, type: FieldType = "count", vocabulary: Words = _NO_WORDS) -> list[Value]:
        """A column's cells as a field's type; each cell that cannot be read is a finding."""
        texts = self.block.data[column.letter].to_list()
        parse = self._parser(column, type, vocabulary, texts)
        percent = {row for row, letters in self.block.grid.percent if letters == column.letter}
        cells = [(text, row in percent) for row, text in zip(self.rows, texts, strict=True)]
        known = {cell: parse(*cell) for cell in set(cells)}
        result = [known[cell] for cell in cells]
        if any(value.problem for value in known.values()):
            self._tell(column, result)
        return result

    def _tell(self, column: Column, result: list[Value]) -> None:
        seen: dict[str, int] = {}
        for row, value in zip(self.rows, result, strict=True):
            if value.problem:
                seen[value.problem] = seen.get(value.problem, 0) + 1
                if seen[value.problem] <= MOST:
                    self.findings.append(told(value, self.place(row, column), self.match.kind.name))
        for problem, count in seen.items():
            if count > MOST:
                place = self.place(None, column)
                self.findings.append(found("more_of_the_same", place, count=count - MOST, problem=problem))

    def _parser(self, column: Column, type: FieldType, vocabulary: Words, texts: list[str | None]) -> Parse:
        """How the cells of a column are read."""
        names, year = self.names, self.month.year
        ticks = type == "yes_no" and _only_ticks(texts)
        readers: Mapping[str, Parse] = {
            "text": lambda text, percent: _text(text),
            "text_or_none": lambda text, percent: _text_or_none(text),
            "code": lambda text, percent: _text(text),
            "credit": lambda text, percent: _text_or_none(text),
            "township": lambda text, percent: _township(text, names, whole=False),
            "township_or_county": lambda text, percent: _township(text, names, whole=True),
            "committee": lambda text, percent: _named(text, names.committee, "committee_unknown"),
            "class": lambda text, percent: _named(
                text, lambda name: names.classes.get(plain(name)), "class_unknown"
            ),
            "count": lambda text, percent: values.count(text, is_percent_cell=percent),
            "decimal": lambda text, percent: values.count(text, whole=False, is_percent_cell=percent),
            "yes_no": lambda text, percent: values.yes_no(text, ticks_only=ticks),
            "day": lambda text, percent: _whole_day(values.day(text, year=year)),
            "stamp": lambda text, percent: values.day(text, year=year),
            "deadline": lambda text, percent: values.day(text, month_end_allowed=True, year=year),
            "deadline_day": lambda text, percent: _whole_day(
                values.day(text, month_end_allowed=True, year=year)
            ),
            "rate": lambda text, percent: values.rate(
                text, percent_column=column.percent, is_percent_cell=percent
            ),
            "word": lambda text, percent: _word(text, vocabulary),
        }
        return readers[type]


def _only_ticks(texts: list[str | None]) -> bool:
    marks = {plain(text) for text in set(texts) if text}
    return bool(marks) and marks <= _TICKS


def told(value: Value, place: Place, kind: str) -> Finding:
    """The finding of a cell that could not be read."""
    ask = None
    if value.problem == "township_unknown":
        ask = Ask("township", str(value.params["value"]), kind)
    return replace(found(value.problem or "", place, ask=ask), params=value.params)


def clean(text: str) -> str:
    """Text as it is stored: NFKC, without control and invisible characters, trimmed."""
    bare = _INVISIBLE.sub("", _CONTROL.sub("", unicodedata.normalize("NFKC", text)))
    return " ".join(bare.split())


def quotable(text: str) -> str:
    """A value of a column that draws on a known list, as a finding may repeat it."""
    bare = clean(text)
    return bare if len(bare) <= 20 and personal_kind(bare) is None else "※"


def _text(text: str | None) -> Value:
    if text is None or not text.strip():
        return Value(None, state="not_reported")
    if values.is_error(text):
        return values.count(text)
    bare = clean(text)
    if _CONTROL.search(text.strip()):
        return Value(bare or None, problem="control_character")
    return Value(bare or None, problem="text_suspicious" if _CODE.search(bare) else None)


def _text_or_none(text: str | None) -> Value:
    return Value(None) if text is None or plain(text) in _NOTHING else _text(text)


def _township(text: str | None, names: Names, *, whole: bool) -> Value:
    bare = plain(text or "")
    if whole and (bare in _WHOLE or bare == names.county):
        return Value(None)
    if not bare:
        return Value(None, state="not_reported")
    code = values.name(bare, names.townships, county=names.county)
    return Value(code) if code else _unknown("township_unknown", bare)


def _named(text: str | None, look: Callable[[str], str | None], problem: str) -> Value:
    if text is None or plain(text) in _NOTHING:
        return Value(None, state="not_reported")
    code = look(text)
    return Value(code) if code else _unknown(problem, text)


def _word(text: str | None, vocabulary: Mapping[str, str]) -> Value:
    if text is None or not plain(text):
        return Value(None, state="not_reported")
    known = {plain(word): meaning for word, meaning in vocabulary.items()}
    if plain(text) in known:
        return Value(known[plain(text)] or None)
    allowed = "、".join(dict.fromkeys(word for word in vocabulary if len(word) > 1))
    return _unknown("word_unknown", text, allowed=allowed)


def _unknown(problem: str, text: str, **params: object) -> Value:
    return Value(None, state="unreadable", problem=problem, params={"value": quotable(text), **params})


def _whole_day(value: Value) -> Value:
    """A day without the time of day that a cell may carry."""
    day = value.value
    return Value(day.date(), value.qualifier, value.state) if hasattr(day, "date") else value
