"""The rows that a written ledger should come to, from the blocks below its sheets, as `rows` prints them."""

import csv
from calendar import monthrange
from collections.abc import Iterator

from tests.ledgers.sheets import Written

Row = dict[str, str]

_FIELDS = {
    "enterprises": """row enterprise_id name township_code committee_id is_operating is_eligible
        is_above_scale workers members_full members_probationary org_form org_name org_approved_on
        has_instructor has_liaison has_mass_org ledger_operations ledger_staff ledger_members
        ledger_investors ledger_organisation""",
    "stations": """row station_id name township_code station_type host opened_on closed_on longitude latitude
        kit_cooling kit_microwave kit_water kit_charging kit_seating kit_medicine""",
    "services": "row column station_id service_type person_times",
    "grievances": """row case_id township_code committee_id class_id kind channel department received_at
        due_at closed_at status is_resolved satisfaction judged_by reopened""",
    "tasks": "row task_id list title department township_code due_on status closed_on progress",
    "targets": "row column indicator_id township_code value",
}
# Optional columns that these ledgers do without.
_UNWRITTEN = {"enterprises": {"longitude": "", "latitude": ""}}
_TABLES = {"services": "station_services"}
# Stock: no start. Flow: from the first of the month. Cumulative: from the first of January.
_KINDS = {
    "S": """workers members_full members_probationary floating_in floating_out floating_registered activists
        pt_grid posts_teams care_measures""",
    "F": """applicants training_pt suggestions hazards points_exchanged legal_aid volunteering jobs_posted
        job_fairs""",
    "C": "publicity role_models",
}
_KIND = {name: kind for kind, names in _KINDS.items() for name in names.split()}
_ABSENT = {"/": "not_applicable", "?": "not_reported"}


def expected(written: Written, month: str) -> dict[str, list[Row]]:
    """Table -> rows with their place; `month` as 2026-10."""
    found: dict[str, list[Row]] = {}
    for kind in _FIELDS:
        for sheet, lines in written.text(kind):
            rows = [
                _row(kind, values, written.name, sheet, month) for values in csv.reader(lines, strict=True)
            ]
            found.setdefault(_TABLES.get(kind, kind), []).extend(rows)
    figures = [row for row, _ in _figures(written, month) if row]
    return found | ({"figures": figures} if figures else {})


def states(written: Written) -> set[tuple[str, str, str, str]]:
    """What each figure that was asked for says: indicator, township, committee, state."""
    return {state for _, state in _figures(written, "2026-10")}


def _row(kind: str, values: list[str], file: str, sheet: str, month: str) -> Row:
    names = _FIELDS[kind].split()
    assert len(values) == len(names), f"{file}: {values}"
    row = {
        name: {"t": "true", "f": "false"}.get(text, text) for name, text in zip(names, values, strict=True)
    }
    if kind == "targets":
        row["month"] = month
    return {"column": "", **_UNWRITTEN.get(kind, {}), **row, "file": file, "sheet": sheet}


def _figures(written: Written, month: str) -> Iterator[tuple[Row | None, tuple[str, str, str, str]]]:
    for sheet, (header, *lines) in written.text("figures"):
        columns = [tuple(pair.split("=")) for pair in header.split()]
        for line in lines:
            number, township, committee, *cells = line.split()
            key = (township.strip("-"), committee.strip("-"))
            for (indicator, letter), cell in zip(columns, cells, strict=True):
                if cell in _ABSENT:
                    yield None, (indicator, *key, _ABSENT[cell])
                    continue
                value = cell.rstrip("余约近以上")
                place = {"file": written.name, "sheet": sheet, "row": number, "column": letter}
                row = {"indicator_id": indicator, "township_code": key[0], "committee_id": key[1]}
                row |= {"value": value, "qualifier": cell[len(value) :], **_period(indicator, month), **place}
                yield row, (indicator, *key, "zero" if value == "0" else "value")


def _period(indicator: str, month: str) -> Row:
    year, number = map(int, month.split("-"))
    start = {"S": "", "F": f"{month}-01", "C": f"{year}-01-01"}[_KIND[indicator]]
    return {"period_start": start, "period_end": f"{month}-{monthrange(year, number)[1]}"}
