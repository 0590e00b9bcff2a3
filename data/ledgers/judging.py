"""Broken rules of the contract as findings at the places where a clerk sees them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from data.ledgers.findings import Finding, found
from data.ledgers.grid import Place
from data.ledgers.kinds import registry
from data.ledgers.ledger import Ledger
from data.profile import Profile
from data.rules import Breach
from data.tables import TABLES

Owners = Mapping[tuple[str, str, str | None], Ledger]
# Files of a profile that a rule on ledgers may send to.
_PROFILE_FILES = {"holidays_missing": "holidays.csv"}
# What is not in a sheet was not asked for.
_UNSAID = frozenset(["column_absent"])
_OTHER_WORDS = {"personal_data": "identifier_left"}
# What a header may say for a whole column, so that each row of the contract was one cell.
_IN_HEADERS = {"figures": "indicator_id", "targets": "indicator_id", "station_services": "service_type"}
# So many rows that another file has too are told one by one.
_FEW = 5
# An id made from a name and a township, where there is no credit code.
_MADE = re.compile(r"H[a-p]{16}")


def judge(
    breaches: Iterable[Breach], owners: Owners, ledgers: Sequence[Ledger], profile: Profile
) -> tuple[list[Finding], list[Finding]]:
    """Findings on the files given (and on the profile), and findings on rows published earlier."""
    judging = _Judging(owners, _names(profile))
    own: list[Finding] = []
    carried: list[Finding] = []
    for one in breaches:
        ledger = owners.get((one.file or "", one.table, one.sheet))
        if one.rule in _UNSAID:
            continue
        if ledger is not None:
            own.append(judging.finding(one, ledger))
            continue
        spread = list(_of_a_table(one, ledgers)) if one.row is None else []
        own += spread
        carried += [] if spread else [judging.finding(one, None)]
    return list(_in_short(own)), carried


def _in_short(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Where most of a file was reported by another file already, that is one finding and not hundreds."""
    alike = Counter(_elsewhere(one) for one in findings)
    told: set[tuple[str, str]] = set()
    for one in findings:
        key = _elsewhere(one)
        if key is None or alike[key] <= _FEW:
            yield one
        elif key not in told:
            told.add(key)
            yield found("rows_in_file", one.place, first_file=key[1], count=alike[key])


def _elsewhere(one: Finding) -> tuple[str, str] | None:
    return (one.place.file, str(one.params["first_file"])) if one.code.endswith("_in_file") else None


def _names(profile: Profile) -> dict[str, str]:
    """What the codes of a key are called in ledgers."""
    names = {one: words[0] for one, words in registry().names.items()}
    for table, code, name in (
        ("townships", "township_code", "township"),
        ("committees", "committee_id", "committee"),
    ):
        names |= dict(profile.frames[table].select(code, name).iter_rows())
    return names


def _of_a_table(one: Breach, ledgers: Sequence[Ledger]) -> Iterator[Finding]:
    """A rule that a table as a whole breaks is told to each file that has rows of it, or to the profile."""
    params = dict[str, Any](one.params)
    profile = _PROFILE_FILES.get(one.rule)
    if profile or (one.table in TABLES and TABLES[one.table].origin == "profile"):
        yield found(one.rule, Place(profile or f"{one.table}.csv"), **params)
        return
    for ledger in ledgers:
        if one.table in ledger.frames:
            yield found(one.rule, Place(ledger.file), **params)


class _Judging:
    """Breaches of rows in words, given whose rows they are and what codes are called."""

    def __init__(self, owners: Owners, names: Mapping[str, str]) -> None:
        self._owners = owners
        self._names = names

    def finding(self, one: Breach, ledger: Ledger | None) -> Finding:
        """The breach at its place in the ledger's file, or in the rows published earlier."""
        params = dict[str, Any](one.params)
        # A row that names no file is told by its table.
        place = _place(one, ledger) if ledger else Place(one.file or one.table, one.sheet, one.row, one.cell)
        if one.rule == "duplicate_key":
            parts = params["key"].split(" / ")
            name = _IN_HEADERS.get(one.table)
            if ledger and name and (one.sheet, name) not in ledger.places:
                # Where headers say what is counted the row is told once, not each of its cells.
                place = Place(place.file, place.sheet, place.row)
                parts.pop(TABLES[one.table].key.index(name))
            params["key"] = " ".join(self._names.get(part, part) for part in parts)
            return found(self._duplicate(one, params), place, **params)
        return found(_OTHER_WORDS.get(one.rule, one.rule), place, **params)

    def _duplicate(self, one: Breach, params: dict[str, Any]) -> str:
        """Where the other row of the same key is: in this sheet, in another one, or in another file."""
        made = one.table == "enterprises" and _MADE.fullmatch(params["key"])
        kind = "firm" if made else "key"
        file, sheet = params.get("first_file"), params.get("first_sheet")
        other = self._owners.get((str(file), one.table, sheet))
        params["first_file"] = other.file if other else file
        if file != one.file:
            return f"{kind}_in_file"
        return f"{kind}_twice" if sheet == one.sheet else f"{kind}_in_sheet"


def _place(one: Breach, ledger: Ledger) -> Place:
    """The cell as the sender knows it; where each row of a table was a cell, the cell itself."""
    letter, label = ledger.places.get((one.sheet, one.column or ""), (None, None))
    if letter is None and one.cell:
        letter = one.cell
        stands = ((sheet, place) for (sheet, _), place in ledger.places.items())
        label = next((text for sheet, (at, text) in stands if (sheet, at) == (one.sheet, letter)), None)
    return Place(ledger.file, one.sheet, one.row, letter, label)
