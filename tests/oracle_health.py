"""What 数据质量 asks once more, in plain Python over the ledgers' rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from tests.oracle import SOURCES, Answer, Ask, Known, Row, expected, finest

LEVELS = ("county", "committees", "township", "committee")


def by_month_township(known: Known) -> Answer:
    return [
        known.named(["township"], (code,))
        | {"month": month, "source": source, "is_reported": all_sent(known, month, source, code)}
        for code in known.shown_townships()
        for month in known.months()
        for source in SOURCES
    ]


def all_sent(known: Known, month: date, source: str, code: str | None) -> bool | None:
    """Whether every township of that month that is now this one sent it; None where nobody was to."""
    due = [t["township_code"] for t in expected(known, month) if known.current(t["township_code"]) == code]
    if not due or not known.ledger(month, source):
        return None
    then = Known(known.world, Ask(month, month, month))
    return all(one in then.reported(month, source) for one in due)


def differences(known: Known) -> Answer:
    rows = known.table(known.ask.month, "figures")
    found = []
    for indicator in sorted({row["indicator_id"] for row in rows}):
        own = [row for row in rows if row["indicator_id"] == indicator]
        told = {row["township_code"] for row in finest(own, "township")}
        codes = {t["township_code"] for t in expected(known, known.ask.month)}
        for level, township, committee, left, right in totals(own):
            here = known.ask.townships is None or township in known.ask.townships
            if here and left and right and differ(left, right):
                stated, summed = (sum(row["value"] for row in side) for side in (left, right))
                found.append(
                    {
                        "indicator_id": indicator,
                        "level": level,
                        "township_code": township,
                        "township": known.townships[township]["township"] if township else None,
                        "committee_id": committee,
                        "committee": known.committees[committee]["committee"] if committee else None,
                        "stated": stated,
                        "qualifier": left[0]["qualifier"] if level != "committees" else None,
                        "summed": summed,
                        "difference": stated - summed,
                        "silent": len(codes - told),
                    }
                )
    return sorted(found, key=lambda row: place(known, row))


def totals(own: list[Row]) -> list[tuple[str, str | None, str | None, list[Row], list[Row]]]:
    """Each total with its level and place: the rows that state it, and the finer ones below."""
    cells = [row for row in own if row["township_code"] and row["committee_id"]]
    towns, groups = finest(own, "township"), finest(own, "committee")
    found: list[tuple[str, str | None, str | None, list[Row], list[Row]]] = []
    for row in own:
        code, committee = row["township_code"], row["committee_id"]
        if not code and not committee:
            found.append(("county", None, None, [row], [part for part in towns if part is not row]))
        elif not committee:
            found.append(("township", code, None, [row], [c for c in cells if c["township_code"] == code]))
        elif not code:
            below = [c for c in cells if c["committee_id"] == committee]
            found.append(("committee", None, committee, [row], below))
    if any(row not in groups for row in towns) and any(row not in towns for row in groups):
        found.append(("committees", None, None, groups, towns))
    return found


def differ(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether the two cannot both be so, given that 余 and 以上 are at least, and 约 and 近 anything."""
    said = [{row["qualifier"] for row in side} for side in (left, right)]
    if any(words & {"约", "近"} for words in said):
        return False
    least, sum_least = (bool(words & {"余", "以上"}) for words in said)
    step = sum(row["value"] for row in left) - sum(row["value"] for row in right)
    if abs(step) <= 1e-9 or (least and sum_least):
        return False
    return not (least and step < 0) and not (sum_least and step > 0)


def place(known: Known, row: Row) -> tuple[Any, ...]:
    def order(of: dict[str, Row], code: str | None) -> float:
        return of[code]["sort_order"] if code else float("inf")

    return (
        row["indicator_id"],
        LEVELS.index(row["level"]),
        order(known.townships, row["township_code"]),
        order(known.committees, row["committee_id"]),
        row["township_code"] or "",
        row["committee_id"] or "",
    )


ANSWERS: dict[str, Callable[[Known], Answer]] = {
    "figure_differences": differences,
    "reports_by_month_township": by_month_township,
}
