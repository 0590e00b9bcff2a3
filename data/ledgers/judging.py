"""Broken rules of the contract as findings at the places where a clerk sees them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from data.ledgers.findings import Finding, found
from data.ledgers.grid import Place
from data.ledgers.ledger import Ledger
from data.rules import Breach
from data.tables import TABLES

Owners = Mapping[tuple[str, str, str | None], Ledger]
# Columns of a profile's files that a rule on ledgers may send to.
_PROFILE_FILES = {"holidays_missing": "holidays.csv"}
# Said by the reader of ledgers in its own way: what is not in a sheet was not asked for.
_UNSAID = frozenset(["column_absent"])
_OTHER_WORDS = {"personal_data": "identifier_left"}
# Keys made from a name and a township where there is no credit code.
_MADE = "H"


def judge(
    breaches: Iterable[Breach], owners: Owners, ledgers: Sequence[Ledger]
) -> tuple[list[Finding], list[Finding]]:
    """Findings on the files given (and on the profile), and findings on rows published earlier."""
    own: list[Finding] = []
    carried: list[Finding] = []
    for one in breaches:
        if one.rule in _UNSAID:
            continue
        ledger = owners.get((one.file or "", one.table, one.sheet))
        if ledger is not None:
            own.append(_finding(one, _place(one, ledger), owners))
        elif one.row is None:
            spread = list(_of_a_table(one, ledgers))
            (own if spread else carried).extend(spread or [_finding(one, _earlier(one), owners)])
        else:
            carried.append(_finding(one, _earlier(one), owners))
    return own, carried


def _of_a_table(one: Breach, ledgers: Sequence[Ledger]) -> Iterator[Finding]:
    """A rule that a table as a whole breaks is told to each file that has rows of it, or to the profile."""
    profile = _PROFILE_FILES.get(one.rule)
    if profile or (one.table in TABLES and TABLES[one.table].origin == "profile"):
        yield found(one.rule, Place(profile or f"{one.table}.csv"), **dict[str, Any](one.params))
        return
    for ledger in ledgers:
        if one.table in ledger.frames:
            yield found(one.rule, Place(ledger.file), **dict[str, Any](one.params))


def _place(one: Breach, ledger: Ledger) -> Place:
    """The cell as the sender knows it; where each row of a table was a cell, the cell itself."""
    letter, label = ledger.places.get((one.sheet, one.column or ""), (None, None))
    if letter is None and one.cell:
        letter = one.cell
        stands = ((sheet, place) for (sheet, _), place in ledger.places.items())
        label = next((text for sheet, (at, text) in stands if (sheet, at) == (one.sheet, letter)), None)
    return Place(ledger.file, one.sheet, one.row, letter, label)


def _earlier(one: Breach) -> Place:
    """A row of an earlier publication; one that names no file is told by its table."""
    return Place(one.file or one.table, one.sheet, one.row, one.cell)


def _finding(one: Breach, place: Place, owners: Owners) -> Finding:
    code, params = _OTHER_WORDS.get(one.rule, one.rule), dict[str, Any](one.params)
    if code == "duplicate_key":
        code, params = _duplicate(one, params, owners)
    return found(code, place, **params)


def _duplicate(one: Breach, params: dict[str, Any], owners: Owners) -> tuple[str, dict[str, Any]]:
    """Where the other row of the same key is: in this sheet, in another one, or in another file."""
    made = one.table == "enterprises" and str(params["key"]).startswith(_MADE)
    kind = "firm" if made else "key"
    file, sheet = params.get("first_file"), params.get("first_sheet")
    other = owners.get((str(file), one.table, None if sheet is None else str(sheet)))
    params["first_file"] = other.file if other else file
    if file != one.file:
        return f"{kind}_in_file", params
    return (f"{kind}_twice", params) if sheet == one.sheet else (f"{kind}_in_sheet", params)
