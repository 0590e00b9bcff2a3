"""What a slide says to those who do not see it: its exhibit in words, in the punctuation of the language."""

from collections.abc import Iterable

from pages.shared.deck.exhibits import (
    Bars,
    Curve,
    Exhibit,
    Headlines,
    Lines,
    Statements,
    Table,
    Value,
)
from pages.shared.i18n import Text


def alt_of(head: str, exhibit: Exhibit, text: Text) -> str:
    """Return the subtitle and the rows of the exhibit as one sentence; of sentences, the sentences."""
    if isinstance(exhibit, Statements):
        return "\n".join([head, *(item.text for item in exhibit.items)])
    body = text("charts.semicolon").join(row for row in _rows(exhibit, text) if row)
    return text("charts.sentence", lead=head, body=body or text("formats.undefined"))


def _rows(exhibit: Exhibit, text: Text) -> list[str]:
    if isinstance(exhibit, Headlines):
        return [
            _joined(text, item.name, f"{item.value.text}{item.unit}", item.change, item.words)
            for item in exhibit.items
        ]
    if isinstance(exhibit, Bars):
        rows = [
            _joined(text, bar.name, bar.value.text, bar.detail, "" if bar.is_missing else bar.words)
            for bar in exhibit.rows
        ]
        return [*rows, exhibit.target_label]
    if isinstance(exhibit, Lines):
        return [*(_joined(text, line.name, line.label) for line in exhibit.lines), exhibit.target_label]
    if isinstance(exhibit, Curve):
        return [*(point.label for point in exhibit.reached), exhibit.limit_label]
    return _table(exhibit, text) if isinstance(exhibit, Table) else []


def _table(table: Table, text: Text) -> list[str]:
    return [
        _joined(text, *(cell.text if isinstance(cell, Value) else cell for cell in row)) for row in table.rows
    ]


def _joined(text: Text, *parts: str) -> str:
    return text("charts.comma").join(_told(parts))


def _told(parts: Iterable[str]) -> Iterable[str]:
    return (part for part in parts if part)
