"""Every finding of every file: where it is, what is wrong, what to do; and the workbooks to send back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import streamlit as st

from pages.shared.blocks import heading, note, plain
from pages.shared.desk.verdicts import mark
from pages.shared.room import Room
from pages.shared.theme import SHAPES
from queries import imports, workbooks

TONES = {"error": "bad", "warning": "warn", "note": "quiet"}
# Rows of one kind of finding that are named, and kinds that are listed; the workbooks have them all.
ROWS_NAMED, GROUPS_SHOWN = 8, 40
# Files that go back and stand open at first.
OPEN = 3
Group = tuple[imports.Finding, list[int]]


def draw(room: Room, judged: imports.Judged) -> None:
    """Draw what goes back file by file, what wants a look in one list, and what is only said in a fold."""
    _returned(room, judged)
    _to_confirm(room, judged.to_confirm)
    staying = [finding for one in judged.files if one.verdict != "returned" for finding in one.findings]
    _said(room, judged, [one for one in staying if one.severity == "note"])


def _returned(room: Room, judged: imports.Judged) -> None:
    """Draw a fold for each file that goes back, with its findings and the workbook for its sender."""
    files = [one for one in judged.files if one.verdict == "returned"]
    if not files:
        return
    names = workbooks.workbook_names(judged)
    with st.container(border=True, gap="xsmall"):
        heading(room.text.count("imports.returned_title", len(files)), room.t("imports.returned_subtitle"))
        for number, one in enumerate(files):
            label = room.text.count("imports.findings_of", len(one.findings), file=plain(one.file))
            with st.expander(f"{mark(room, one.verdict)} {label}", expanded=number < OPEN):
                _table(room, one.findings)
                _workbook(room, judged, one.file, names[one.file])
        if len(names) > 1:
            archive(room, partial(_all, judged, names, room.lang), f"{judged.whole.month:%Y-%m}")


def _to_confirm(room: Room, findings: Sequence[imports.Finding]) -> None:
    """Draw one list of all warnings: a clerk reads it once, without opening file after file."""
    if not findings:
        return
    with st.container(border=True, gap="xsmall"):
        files = len({one.place.file for one in findings})
        title = room.text.count("imports.confirm_title", len(findings), files=files)
        heading(title, room.t("imports.findings_subtitle"))
        _table(room, findings, named=True)


def _said(room: Room, judged: imports.Judged, findings: Sequence[imports.Finding]) -> None:
    if findings:
        with st.expander(room.text.count("imports.notes_title", len(findings))):
            _table(room, findings, named=True)
    if judged.findings:
        st.download_button(
            room.t("imports.download_findings"),
            data=lambda: workbooks.findings_workbook(judged, room.lang),
            file_name=room.t("imports.file_findings", month=f"{judged.whole.month:%Y-%m}"),
            icon=":material/download:",
            key="imports.download.findings",
            on_click="ignore",
        )


def _table(room: Room, findings: Sequence[imports.Finding], *, named: bool = False) -> None:
    """Draw findings as place and what is wrong, with what to do below; `named` says the file too."""
    groups = list(_grouped(findings))
    rows = []
    for finding, numbers in groups[:GROUPS_SHOWN]:
        wrong, todo = imports.wrong_and_todo(finding, room.lang)
        first = plain(finding.place.file) if named else _severity(room, finding)
        rows.append(
            {
                room.t("imports.column_place"): f"{first}  \n{plain(_place(room, finding, numbers))}",
                room.t("imports.column_wrong"): f"{plain(wrong)}  \n:small[:gray[{plain(todo)}]]",
            }
        )
    st.table(rows, border="horizontal", hide_index=True, alt=room.t("blocks.table_alt", rows=len(rows)))
    if len(groups) > GROUPS_SHOWN:
        note(room.text.count("imports.findings_more", len(groups) - GROUPS_SHOWN))


def _severity(room: Room, finding: imports.Finding) -> str:
    shape, colour = SHAPES[TONES[finding.severity]]
    return f":{colour}-badge[{shape} {room.t(f'imports.severity.{finding.severity}')}]"


def _grouped(findings: Sequence[imports.Finding]) -> Iterator[Group]:
    """Yield findings that say the same of one column together, with their rows, worst first."""
    groups: dict[tuple[object, ...], Group] = {}
    for one in sorted(findings, key=lambda one: list(TONES).index(one.severity)):
        place = one.place
        key = (one.code, place.file, place.sheet, place.column, place.label, one.message("zh"))
        groups.setdefault(key, (one, []))[1].extend([place.row] if place.row is not None else [])
    yield from groups.values()


def _place(room: Room, finding: imports.Finding, rows: Sequence[int]) -> str:
    """Return the place as a spreadsheet shows it: sheet, rows, column letter and header."""
    place, parts = finding.place, []
    if place.sheet:
        parts.append(room.t("imports.place_sheet", sheet=place.sheet))
    if rows:
        named = room.t("wording.list_separator").join(map(str, rows[:ROWS_NAMED]))
        key = "imports.place_rows" if len(rows) <= ROWS_NAMED else "imports.place_many_rows"
        parts.append(room.text.count(key, len(rows), rows=named))
    if place.column:
        parts.append(room.t("imports.place_column", column=place.column))
    if place.label:
        parts.append(room.t("imports.place_label", label=place.label))
    return room.t("imports.place_joiner").join(parts) or room.t("imports.place_file")


def _workbook(room: Room, judged: imports.Judged, file: str, name: str) -> None:
    """Draw the button for the workbook that goes back to the sender of a file."""
    st.download_button(
        room.t("imports.download_returned"),
        data=lambda: workbooks.error_workbook(judged, file, room.lang),
        file_name=name,
        icon=":material/undo:",
        key=f"imports.download.{file}",
        on_click="ignore",
    )


def _all(judged: imports.Judged, names: Mapping[str, str], lang: str) -> dict[str, bytes]:
    return {name: workbooks.error_workbook(judged, file, lang) for file, name in names.items()}


def archive(room: Room, files: Callable[[], Mapping[str, bytes]], month: str) -> None:
    """Draw the button for all workbooks in one archive, made when it is pressed."""
    st.download_button(
        room.t("imports.download_all"),
        data=lambda: workbooks.archive(files()),
        file_name=room.t("imports.file_archive", month=month),
        mime="application/zip",
        icon=":material/folder_zip:",
        key="imports.download.all",
        on_click="ignore",
    )
