"""The files on the desk, kept in the session: each is read once, all are judged together."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.shared.blocks import plain
from pages.shared.room import Room
from queries import imports

_BATCH, _OUTCOME, _TURN = "imports.batch", "imports.outcome", "imports.turn"
_CHANGED, _LATER = "imports.changed", "imports.later_wins"


@dataclass
class Batch:
    """What was read of one month's files, by upload, in the order in which they came.

    `shown` are those in the place to drop files when it was last drawn; `stale` are to be understood anew.
    `judged` holds for the state named by `basis`.
    """

    month: date
    readings: dict[str, imports.Reading] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()
    stale: set[str] = field(default_factory=set)
    judged: imports.Judged | None = None
    basis: tuple[object, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What was published, and what goes back: names of files, and their workbooks with the cells marked."""

    published: imports.Published
    returned: tuple[str, ...]
    workbooks: dict[str, bytes]


def uploader_key() -> str:
    """Return the key of the place to drop files; a new one is an empty place."""
    return f"imports.files.{st.session_state.get(_TURN, 0)}"


def month_at_work() -> date | None:
    """Return the month of the files on the desk; None where there are none."""
    batch = st.session_state.get(_BATCH)
    return batch.month if isinstance(batch, Batch) and batch.readings else None


def note_change() -> None:
    """Remember that the clerk changed the files himself; a callback of the place to drop them."""
    st.session_state[_CHANGED] = True


def settled(room: Room, desk: imports.Desk, month: date, uploads: Sequence[UploadedFile]) -> imports.Judged:
    """Return the verdicts on the files: new ones are read, and all are judged where anything changed.

    A file stays when the page was left and opened again, although the place to drop files is empty then.
    """
    batch: Batch = st.session_state.setdefault(_BATCH, Batch(month))
    _drop_removed(batch, uploads)
    if batch.month != month:
        batch.month, batch.stale = month, set(batch.readings)
    fresh = [one for one in uploads if one.file_id not in batch.readings]
    later = bool(st.session_state.get(_LATER))
    place = st.empty()
    with place:
        _reread(room, desk, batch)
        batch.readings |= _read(room, desk, month, fresh, batch.readings.values())
        place.empty()
    commit = room.commit.sha8 if room.commit else ""
    basis = (commit, later, *((key, id(reading)) for key, reading in batch.readings.items()))
    if batch.judged is None or batch.basis != basis:
        batch.judged = imports.judge(desk, list(batch.readings.values()), month, later_wins=later)
        batch.basis = basis
    return batch.judged


def _drop_removed(batch: Batch, uploads: Sequence[UploadedFile]) -> None:
    """Take away what the clerk took away; what only left the screen stays, without its bytes."""
    there = frozenset(one.file_id for one in uploads)
    gone = batch.shown - there
    if st.session_state.pop(_CHANGED, False):
        batch.readings = {key: one for key, one in batch.readings.items() if key not in gone}
    else:
        _drop_bytes(gone)
    batch.shown = there


def _reread(room: Room, desk: imports.Desk, batch: Batch) -> None:
    """Understand files anew: an answer was given, or another month was chosen."""
    keys = [key for key in batch.readings if key in batch.stale]
    batch.stale = set()
    if keys:
        with st.spinner(room.t("imports.rereading")):
            anew = imports.reread(desk, [batch.readings[key] for key in keys], batch.month)
        batch.readings |= dict(zip(keys, anew, strict=True))


def _read(
    room: Room,
    desk: imports.Desk,
    month: date,
    uploads: Sequence[UploadedFile],
    known: Iterable[imports.Reading],
) -> dict[str, imports.Reading]:
    """Read files while telling how far it is."""
    if not uploads:
        return {}
    names = _apart([one.name for one in uploads], {one.file for one in known})
    with st.status(room.text.count("imports.reading", len(uploads)), expanded=True):
        bar = st.progress(
            0.0, plain(room.t("imports.read_so_far", done=0, total=len(uploads), file=names[0]))
        )

        def tell(file: str, done: int, total: int) -> None:
            bar.progress(
                done / total, plain(room.t("imports.read_so_far", done=done, total=total, file=file))
            )

        files = [imports.Upload(name, one.getvalue()) for name, one in zip(names, uploads, strict=True)]
        readings = imports.read(desk, files, month, tell)
        bar.progress(1.0, room.t("imports.judging"))
    return {one.file_id: reading for one, reading in zip(uploads, readings, strict=True)}


def ask_which_counts(room: Room, judged: imports.Judged) -> None:
    """Offer, where a sender gave a ledger twice, to take the one that was dropped later."""
    if any(one.code in ("sender_twice", "superseded") for one in judged.findings):
        st.checkbox(room.t("imports.later_wins"), key=_LATER)


def _apart(names: Sequence[str], taken: set[str]) -> list[str]:
    """Return names of which no two are alike: files are told apart by them."""
    used, found = set(taken), []
    for name in names:
        path, number, own = PurePath(name), 2, name
        while own in used:
            own, number = f"{path.stem}（{number}）{path.suffix}", number + 1
        used.add(own)
        found.append(own)
    return found


def reread_asking(asks: Sequence[imports.Ask]) -> None:
    """Let the files that asked be understood anew: their answers now stand in the profile."""
    _reread_where(lambda reading: any(finding.ask in asks for finding in reading.findings))


def reread_files(names: Sequence[str]) -> None:
    """Let these files be understood anew: a mapping for them was made or discarded."""
    _reread_where(lambda reading: reading.file in names)


def _reread_where(concerned: Callable[[imports.Reading], bool]) -> None:
    batch = st.session_state.get(_BATCH)
    if isinstance(batch, Batch):
        batch.stale |= {key for key, reading in batch.readings.items() if concerned(reading)}


def forget_verdicts() -> None:
    """Let everything be judged again, because the month has moved on."""
    batch = st.session_state.get(_BATCH)
    if isinstance(batch, Batch):
        batch.judged = None


def clear() -> None:
    """Empty the desk: uploads, what was read of them, and the last outcome."""
    _drop_uploads()
    st.session_state.pop(_BATCH, None)
    st.session_state.pop(_OUTCOME, None)


def close(outcome: Outcome) -> None:
    """Empty the desk after a publication and keep what is to be sent back."""
    clear()
    st.session_state[_OUTCOME] = outcome


def outcome() -> Outcome | None:
    """Return what the last publication from this desk came to, until the desk is emptied."""
    found = st.session_state.get(_OUTCOME)
    return found if isinstance(found, Outcome) else None


def _drop_uploads() -> None:
    """Empty the place to drop files, and the server's memory of them."""
    _drop_bytes([one.file_id for one in st.session_state.get(uploader_key()) or []])
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def _drop_bytes(keys: Iterable[str]) -> None:
    """Take uploads out of the server's memory: Streamlit keeps those of a widget that is gone."""
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        for key in keys:
            context.uploaded_file_mgr.remove_file(context.session_id, key)
