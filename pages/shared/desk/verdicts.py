"""What the desk says of the files: how many of each verdict, and a row for each file."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from pages.shared.blocks import heading, note, plain
from pages.shared.room import Room
from pages.shared.theme import SHAPES
from queries import imports

TONES = {"ready": "good", "confirm": "warn", "returned": "bad"}


def mark(room: Room, verdict: str) -> str:
    """Return a verdict as a badge: shape, word and colour."""
    shape, colour = SHAPES[TONES[verdict]]
    return f":{colour}-badge[{shape} {room.t(f'imports.verdict.{verdict}')}]"


def lead(room: Room, judged: imports.Judged) -> str:
    """Return the sentence of the batch: how many files may go on, and how many go back."""
    counts = {verdict: _count(judged, verdict) for verdict in TONES}
    total = len(judged.files)
    if counts["returned"] == total:
        return room.text.count("imports.lead_all_returned", total)
    parts = [room.t(f"imports.lead_{verdict}", n=counts[verdict]) for verdict in TONES if counts[verdict]]
    first = room.text.count("imports.lead_files", total)
    return room.t("imports.lead", first=first, rest=room.t("frame.joiner").join(parts))


def headlines(room: Room, judged: imports.Judged) -> None:
    """Draw the counts of files by verdict, and where the rows went."""
    rows = [tally for one in judged.files for tally in one.tallies]
    read, used = sum(one.read for one in rows), sum(one.used for one in rows)
    with st.grid(4, min_column_width=120, gap="small"):
        for verdict, tone in TONES.items():
            shape, colour = SHAPES[tone]
            label = f":{colour}[{shape}] {room.t(f'imports.verdict.{verdict}')}"
            st.metric(label, f"{_count(judged, verdict)}:small[{room.t('imports.unit_file')}]")
        st.metric(room.t("imports.rows_read"), f"{read}:small[{room.t('imports.unit_row')}]")
    note(room.t("imports.rows_account", read=read, used=used, left=read - used))


def _count(judged: imports.Judged, verdict: str) -> int:
    return sum(one.verdict == verdict for one in judged.files)


def table(room: Room, files: Sequence[imports.FileResult]) -> None:
    """Draw a row for each file: verdict, name, what it is and whose, rows, findings."""
    heading(room.t("imports.files_title"), room.t("imports.files_subtitle"))
    rows = [
        {
            room.t("imports.column_verdict"): mark(room, one.verdict),
            room.t("imports.column_file"): f"{plain(one.file)}  \n:small[:gray[{plain(_what(room, one))}]]",
            room.t("imports.column_rows"): _rows(room, one),
            room.t("imports.column_findings"): str(len(one.findings)) if one.findings else "—",
        }
        for one in files
    ]
    st.table(rows, border="horizontal", hide_index=True, alt=room.t("blocks.table_alt", rows=len(rows)))


def _what(room: Room, one: imports.FileResult) -> str:
    """Return what a file is and who sent it: 企业台账，乐余镇."""
    kinds = dict.fromkeys(imports.kind_name(kind, room.lang) for kind in one.kinds)
    names = room.t("wording.list_separator").join(kinds) or room.t("imports.kind_unknown")
    return room.t("frame.joiner").join(filter(None, (names, one.unit)))


def _rows(room: Room, one: imports.FileResult) -> str:
    """Return where a file's rows went: read, used, and left out by reason."""
    if not one.tallies:
        return "—"
    left: Counter[str] = Counter()
    for tally in one.tallies:
        left.update(tally.left_out)
    read, used = (sum(getattr(tally, name) for tally in one.tallies) for name in ("read", "used"))
    parts = [room.t("imports.rows_used", used=used), *(_left(room, *item) for item in left.items())]
    return f"{read}  \n:small[:gray[{room.t('frame.joiner').join(parts)}]]"


def _left(room: Room, reason: str, rows: int) -> str:
    key = f"imports.left.{reason}"
    return room.t(key if room.text.has(key) else "imports.left.unsaid", n=rows)
