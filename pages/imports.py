"""数据导入: the clerk's desk. Ledgers are dropped, judged, sent back or published, in one morning."""

import streamlit as st

from pages.shared import blocks
from pages.shared.desk import batch, details, mapper, preview, publishing, questions, start, verdicts
from pages.shared.frame import return_to_frame
from pages.shared.room import Room
from queries import imports


def render(room: Room) -> None:
    """Draw the desk in the state it is in: no county yet, nothing dropped, files judged, or published."""
    desk = imports.open_desk()
    if desk is None:
        blocks.lead(room.t("imports.lead_county"))
        start.choose_county(room)
        return
    refused = imports.refusal(desk)
    if refused is not None:
        st.error(refused.text(room.lang), title=room.t("imports.refused_title"), icon=":material/error:")
        return
    done = batch.outcome()
    if done is not None:
        publishing.outcome(room, done)
        return
    _work(room, desk)


def _work(room: Room, desk: imports.Desk) -> None:
    lead = st.container()
    grid = st.grid(2, min_column_width=460, gap="small", border=True)
    with grid.cell():
        month, uploads = start.files(room)
        progress = st.container()
    with progress:
        judged = batch.settled(room, desk, month, uploads)
        if judged.files:
            st.button(
                room.t("imports.clear"), icon=":material/delete:", on_click=batch.clear, key="imports.clear"
            )
    with grid.cell():
        if judged.files:
            verdicts.headlines(room, judged)
        preview.absent(room, judged)
        start.templates(room, desk, month)
    with lead:
        blocks.lead(verdicts.lead(room, judged) if judged.files else room.t("imports.lead_start"))
    start.notes(room, desk)
    if judged.files:
        _verdicts(room, desk, judged)


def _verdicts(room: Room, desk: imports.Desk, judged: imports.Judged) -> None:
    batch.ask_which_counts(room, judged)
    questions.draw(room, desk, judged)
    mapper.draw(room, desk, judged)
    with st.container(border=True):
        verdicts.table(room, judged.files)
    details.draw(room, judged)
    if judged.rest.prepared is not None:
        grid = st.grid(2, min_column_width=460, gap="small", border=True)
        with grid.cell():
            preview.totals(room, judged)
        with grid.cell():
            preview.changes(room, desk, judged)
    publishing.draw(room, desk, judged)


if __name__ == "__main__":
    return_to_frame("imports")
