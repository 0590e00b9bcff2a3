"""The files on the desk, kept in the session: each is read once, all are judged together."""

from collections.abc import Iterable, Sequence
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

_BATCH, _TURN, _OUTCOME, _LATER = "imports.batch", "imports.turn", "imports.outcome", "imports.later_wins"


@dataclass
class Batch:
    """What was read of one month's files, by upload; `judged` holds for the state named by `basis`."""

    month: date
    readings: dict[str, imports.Reading] = field(default_factory=dict)
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


def settled(room: Room, desk: imports.Desk, month: date, uploads: Sequence[UploadedFile]) -> imports.Judged:
    """Return the verdicts on these files: new ones are read, and all are judged where anything changed."""
    batch = st.session_state.get(_BATCH)
    if not isinstance(batch, Batch) or batch.month != month:
        batch = st.session_state[_BATCH] = Batch(month)
    batch.readings = {
        one.file_id: batch.readings[one.file_id] for one in uploads if one.file_id in batch.readings
    }
    fresh = [one for one in uploads if one.file_id not in batch.readings]
    later = bool(st.session_state.get(_LATER))
    basis = (room.commit.sha8 if room.commit else "", month, later, *(one.file_id for one in uploads))
    if fresh or batch.judged is None or batch.basis != basis:
        place = st.empty()
        with place:
            batch.readings |= _read(room, desk, month, fresh, batch.readings.values())
        in_order = [batch.readings[one.file_id] for one in uploads]
        batch.judged, batch.basis = imports.judge(desk, in_order, month, later_wins=later), basis
        place.empty()
    return batch.judged


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


def forget_answered(asks: Sequence[imports.Ask]) -> None:
    """Let the files that asked be read again: their answers now stand in the profile."""
    batch = st.session_state.get(_BATCH)
    if isinstance(batch, Batch):
        batch.judged = None
        batch.readings = {
            key: reading
            for key, reading in batch.readings.items()
            if not any(finding.ask in asks for finding in reading.findings)
        }


def forget_files(names: Sequence[str]) -> None:
    """Let these files be read again: a mapping for them was made or discarded."""
    batch = st.session_state.get(_BATCH)
    if isinstance(batch, Batch):
        batch.judged = None
        batch.readings = {key: one for key, one in batch.readings.items() if one.file not in names}


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
    """Take the bytes out of the server's memory: Streamlit keeps those of a widget that is gone."""
    uploads = st.session_state.get(uploader_key()) or []
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        for one in uploads:
            context.uploaded_file_mgr.remove_file(context.session_id, one.file_id)
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
