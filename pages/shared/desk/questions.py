"""What only the clerk can know: which township is meant, what a column holds. Asked once, then remembered."""

from collections.abc import Sequence

import streamlit as st

from pages.shared.blocks import heading, plain
from pages.shared.desk.batch import reread_asking
from pages.shared.room import Room
from queries import imports

IGNORE = "ignore"


def draw(room: Room, desk: imports.Desk, judged: imports.Judged) -> None:
    """Draw a question for each name that nobody knows yet; the answers go into the profile."""
    asked = _asked(judged)
    if not asked:
        return
    with st.form("imports.questions", border=True):
        heading(room.text.count("imports.questions_title", len(asked)), room.t("imports.questions_subtitle"))
        answers = {ask: _question(room, desk, judged, ask, files) for ask, files in asked.items()}
        if st.form_submit_button(room.t("imports.remember"), icon=":material/save:", key="imports.remember"):
            given = {ask: answer for ask, answer in answers.items() if answer}
            for ask, answer in given.items():
                imports.remember(desk, ask, answer)
            reread_asking(list(given))
            st.rerun()


def _asked(judged: imports.Judged) -> dict[imports.Ask, list[str]]:
    """Return what is asked, each once, with the files that ask it."""
    asked: dict[imports.Ask, list[str]] = {}
    for finding in judged.findings:
        if finding.ask is not None and finding.place.file not in asked.setdefault(finding.ask, []):
            asked[finding.ask].append(finding.place.file)
    return dict(sorted(asked.items(), key=lambda item: item[0].kind == "header"))


def _question(
    room: Room, desk: imports.Desk, judged: imports.Judged, ask: imports.Ask, files: Sequence[str]
) -> str | None:
    if ask.kind == "township":
        choices = desk.townships(judged.whole.month)
    else:
        labels = imports.header_choices(ask.ledger or "", room.lang)
        choices = {IGNORE: room.t("imports.ignore"), **labels}
    about = room.t(f"imports.ask_{ask.kind}", value=ask.value)
    where = room.t("wording.list_separator").join(files[:3])
    if len(files) > 3:
        where = room.text.count("imports.and_more_files", len(files), files=where)
    return st.selectbox(
        plain(room.t("imports.ask_where", question=about, files=where)),
        list(choices),
        index=None,
        format_func=lambda code: choices[code],
        placeholder=room.t("imports.choose"),
        key=f"imports.ask.{ask.kind}.{ask.ledger}.{ask.value}",
        width=560,
    )
