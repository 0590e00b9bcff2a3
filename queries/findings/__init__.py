"""What the meeting is told: sentences from the answers of other queries, in the order of its agenda."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from queries.findings import basics, changes, decisions, proposals, shortfalls
from queries.findings.meeting import Ask, Meeting
from queries.findings.sentence import Finding
from queries.snapshots import ProfileInfo
from queries.words.text import Text

__all__ = ["told"]

AGENDA = {
    "basics": basics.findings,
    "changes": changes.findings,
    "shortfalls": shortfalls.findings,
    "decisions": decisions.findings,
    "proposals": proposals.findings,
}


def told(ask: Ask, asked: Mapping[str, Any], profile: ProfileInfo) -> dict[str, Any]:
    """Every sentence of the month as columns of the same length: the inner parameters of findings.sql.

    `asked` are month, townships, committees, denominator and lang; `ask` answers a query with the same
    filters, as far as it takes them.
    """
    meeting = Meeting(
        ask=ask,
        month=asked["month"],
        townships=asked["townships"],
        committees=asked["committees"],
        denominator=asked["denominator"],
        text=Text(asked["lang"]),
        profile=profile,
    )
    return _columns((section, list(find(meeting))) for section, find in AGENDA.items())


def _columns(sections: Iterable[tuple[str, list[Finding]]]) -> dict[str, Any]:
    rows = [(name, place, one) for name, found in sections for place, one in enumerate(found, start=1)]
    return {
        "sections": tuple(section for section, _, _ in rows),
        "numbers": tuple(place for _, place, _ in rows),
        "indicators": tuple(one.indicator for *_, one in rows),
        "texts": tuple(one.text for *_, one in rows),
        "statuses": tuple(one.status for *_, one in rows),
        "used": tuple(one.numbers for *_, one in rows),
        "pages": tuple(one.page for *_, one in rows),
        "links": tuple(one.link for *_, one in rows),
    }
