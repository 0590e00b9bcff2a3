"""The last step: warnings confirmed, a reason given, one revision published; and what is left to do then."""

from typing import Any

import streamlit as st

import queries
from pages.shared.blocks import heading, lead, note, plain
from pages.shared.desk import batch
from pages.shared.desk.details import archive
from pages.shared.room import Room
from queries import imports, workbooks
from queries.words.formats import month_text
from queries.words.wording import revision

_REFUSED, _CONFIRMED, _REASON = "imports.refused", "imports.confirmed", "imports.reason"
REASON_LENGTH, MOST = 60, 20


def draw(room: Room, desk: imports.Desk, judged: imports.Judged) -> None:
    """Draw the card that publishes: what goes and what stays, the confirmation, the reason, the button."""
    warnings = len(judged.to_confirm)
    month = month_text(judged.whole.month, room.text)
    number = revision(judged.rest.baseline + 1, room.text)
    with st.container(border=True):
        heading(room.t("imports.publish_title", month=month, revision=number), _scope(room, judged))
        if judged.rest.prepared is None:
            _impossible(room, judged)
            return
        _replaced(room, judged)
        with st.form("imports.publishing", border=False):
            if warnings:
                st.checkbox(room.text.count("imports.confirm_warnings", warnings), key=_CONFIRMED)
            st.text_input(
                room.t("imports.reason"),
                max_chars=REASON_LENGTH,
                placeholder=room.t("imports.reason_example", month=month),
                key=_REASON,
                width=560,
            )
            refused = st.session_state.pop(_REFUSED, None)
            if refused:
                st.error(refused, icon=":material/error:")
            st.form_submit_button(
                room.t("imports.publish"),
                type="primary",
                icon=":material/publish:",
                on_click=_publish,
                args=(room, desk, judged, warnings),
                key="imports.publish",
            )


def _scope(room: Room, judged: imports.Judged) -> str:
    scope = room.text.count("imports.publish_scope", len(judged.files) - len(judged.returned))
    if not judged.returned:
        return scope
    names = room.t("wording.list_separator").join(judged.returned)
    return scope + room.text.count("imports.publish_left_out", len(judged.returned), files=names)


def _replaced(room: Room, judged: imports.Judged) -> None:
    """Say which earlier ledgers these take the place of."""
    told = [
        room.t(
            "imports.replaced_one",
            kind=imports.kind_name(one.kind, room.lang),
            unit=one.unit or "—",
            earlier=one.earlier or room.t("imports.earlier_rows"),
            rows=one.rows,
        )
        for one in judged.rest.replaced
    ]
    if told:
        st.markdown(room.text.count("imports.replaced", len(told)))
        st.markdown("\n".join(f"- {plain(one)}" for one in told))


def _impossible(room: Room, judged: imports.Judged) -> None:
    """Say why nothing can be published: all files go back, or something else stands against it."""
    if not judged.obstacles:
        st.markdown(room.t("imports.nothing_left"))
        return
    st.warning(room.t("imports.carried"), icon=":material/warning:")
    st.markdown(
        "\n".join(
            f"- {plain(f'{one.where(room.lang)} {one.message(room.lang)}')}"
            for one in judged.obstacles[:MOST]
        )
    )
    if len(judged.obstacles) > MOST:
        note(room.text.count("imports.findings_more", len(judged.obstacles) - MOST))


def _publish(room: Room, desk: imports.Desk, judged: imports.Judged, warnings: int) -> None:
    """Publish and empty the desk, or keep the sentence that says why not."""
    reason = st.session_state[_REASON].strip()
    if warnings and not st.session_state[_CONFIRMED]:
        st.session_state[_REFUSED] = room.t("imports.confirmation_needed")
        return
    if not reason:
        st.session_state[_REFUSED] = room.t("imports.reason_needed")
        return
    try:
        names = workbooks.workbook_names(judged)
        back = {name: workbooks.error_workbook(judged, file, room.lang) for file, name in names.items()}
        published = imports.publish(desk, judged, reason=reason)
    except queries.NuanxinError as error:
        st.session_state[_REFUSED] = error.text(room.lang)
        batch.forget_verdicts()
        return
    batch.close(batch.Outcome(published, tuple(names), back))


def outcome(room: Room, done: batch.Outcome) -> None:
    """Draw what was published, where to see it, and what still has to be sent back."""
    one = done.published
    month = month_text(one.month, room.text)
    url: dict[str, Any] = {"month": f"{one.month:%Y-%m}", **({"lang": "en"} if room.lang == "en" else {})}
    lead(room.t("imports.published_title", month=month, revision=revision(one.revision, room.text)))
    with st.container(border=True):
        number = room.t("frame.footer_commit", number=one.commit, sha=one.sha8)
        st.markdown(f":green-badge[● {room.t('imports.published')}] {plain(number)}")
        note(room.t("imports.published_note"))
        st.page_link(
            room.pages["meeting"],
            label=room.t("imports.open_meeting", month=month),
            icon=":material/arrow_forward:",
            query_params=url,
        )
    if done.returned:
        _to_send_back(room, done, f"{one.month:%Y-%m}")
    st.button(
        room.t("imports.again"), icon=":material/upload_file:", on_click=batch.clear, key="imports.again"
    )


def _to_send_back(room: Room, done: batch.Outcome, month: str) -> None:
    with st.container(border=True):
        heading(
            room.text.count("imports.returned_title", len(done.returned)), room.t("imports.returned_subtitle")
        )
        for file, (name, content) in zip(done.returned, done.workbooks.items(), strict=True):
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                st.markdown(
                    f":red-badge[◆ {room.t('imports.verdict.returned')}] {plain(file)}", width="stretch"
                )
                st.download_button(
                    room.t("imports.download_returned"),
                    data=content,
                    file_name=name,
                    icon=":material/undo:",
                    key=f"imports.back.{name}",
                    on_click="ignore",
                )
        if len(done.workbooks) > 1:
            archive(room, lambda: done.workbooks, month)
