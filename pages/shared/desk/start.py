"""Before there are verdicts: the county of an empty store, the month, the files, the templates."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.shared.blocks import heading, note, plain
from pages.shared.desk.batch import month_at_work, note_change, uploader_key
from pages.shared.room import Room
from queries import imports, workbooks
from queries.words.formats import month_text

MONTHS_BACK = 24


def choose_county(room: Room) -> None:
    """Draw the choice of a county, which an empty store needs before anything can be read."""
    counties = imports.counties()
    with st.form("imports.county", border=True):
        heading(room.t("imports.county_title"), room.t("imports.county_subtitle"))
        name = st.selectbox(
            room.t("imports.county"),
            list(counties),
            index=None,
            format_func=lambda code: counties[code],
            placeholder=room.t("imports.choose"),
            key="imports.county",
            width=560,
        )
        real = st.radio(
            room.t("imports.nature"),
            ["real", "trial"],
            index=None,
            format_func=lambda kind: room.t(f"imports.nature_{kind}"),
            key="imports.nature",
        )
        if st.form_submit_button(room.t("imports.county_use"), key="imports.county_use"):
            if name and real:
                imports.choose_county(name, demonstration=real == "trial")
                st.rerun()
            st.warning(room.t("imports.county_both"), icon=":material/warning:")


def month_options(published: Sequence[date], today: date) -> tuple[list[date], date]:
    """Return the months that ledgers may be of, newest first, and the one most likely meant.

    `published` is newest first. Likely is the month after the newest if it has begun, else the newest;
    without any the last whole month.
    """
    this = today.replace(day=1)
    recent = [this]
    while len(recent) < MONTHS_BACK:
        recent.append(_before(recent[-1]))
    if not published:
        return recent, recent[1]
    following = _after(published[0])
    options = sorted({*recent, *published, following}, reverse=True)
    return options, following if following <= this else published[0]


def _before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def _after(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def files(room: Room) -> tuple[date, Sequence[UploadedFile]]:
    """Draw the month and the place to drop files; return both."""
    size = st.get_option("server.maxUploadSize")
    heading(room.t("imports.drop_title"), room.t("imports.drop_subtitle", size=size))
    options, likely = month_options([one.month for one in room.snapshots], date.today())
    at_work = month_at_work() or likely
    published = {snapshot.month: snapshot.revision for snapshot in room.snapshots}
    month = st.selectbox(
        room.t("imports.month"),
        options,
        index=options.index(at_work if at_work in options else likely),
        format_func=lambda one: _month_label(room, one, published.get(one)),
        key="imports.month",
    )
    uploads = st.file_uploader(
        room.t("imports.drop"), accept_multiple_files=True, key=uploader_key(), on_change=note_change
    )
    # A file that the server has lost is one that cannot be read.
    return month, [one for one in uploads if isinstance(one, UploadedFile)]


def _month_label(room: Room, month: date, revision: int | None) -> str:
    name = month_text(month, room.text)
    return name if revision is None else room.t("imports.month_published", month=name, revision=revision)


def templates(room: Room, desk: imports.Desk, month: date) -> None:
    """Draw the download of clean templates, for senders whose ledgers never fit."""
    st.download_button(
        room.t("imports.templates"),
        data=lambda: workbooks.templates(desk, month, room.lang),
        file_name=room.t("imports.file_templates"),
        mime="application/zip",
        icon=":material/download:",
        key="imports.templates",
        on_click="ignore",
        type="tertiary",
    )


def notes(room: Room, desk: imports.Desk) -> None:
    """Say what the clerk should know of this desk: demonstration data, or a profile that does not fit."""
    if desk.demonstration:
        note(room.t("imports.demonstration"))
    changed = imports.changed_tables(desk)
    if changed:
        names = room.t("wording.list_separator").join(changed)
        st.info(room.t("imports.profile_changed", tables=plain(names)), icon=":material/info:")
