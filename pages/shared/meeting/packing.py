"""会议材料: the files of the meeting for what is chosen on the page, made when asked for."""

from dataclasses import replace

import streamlit as st

import queries
from pages.shared.blocks import note
from pages.shared.deck.build import build
from pages.shared.pack import FORMATS, pack
from pages.shared.view import View

MADE = "pack.made"
MIME = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
# What is shown and passed on comes first; exact figures are an explicit choice.
AUDIENCES: tuple[queries.Audience, ...] = ("protected", "internal")


def pack_menu(view: View) -> None:
    """Draw the button that opens the choice of files."""
    with st.popover(view.t("deck.pack.button"), icon=":material/folder_zip:", key="pack"):
        _choices(view)


# Of its own, so that a choice does not draw the page again.
@st.fragment
def _choices(view: View) -> None:
    note(view.t("deck.pack.about", scope=_scope(view), number=view.commit.number))
    formats = st.segmented_control(
        view.t("deck.pack.formats"),
        FORMATS,
        selection_mode="multi",
        default=FORMATS,
        format_func=lambda form: view.t(f"deck.pack.{form}"),
        key="pack.formats",
    )
    audience = st.radio(
        view.t("deck.pack.audience"),
        AUDIENCES,
        format_func=lambda one: view.t(f"deck.pack.{one}"),
        key="pack.audience",
    )
    if audience == "internal":
        st.warning(view.t("deck.pack.warning"), icon=":material/lock:")
    wanted = (view.commit.sha8, view.filters, audience, tuple(formats))
    if st.button(view.t("deck.pack.make"), type="primary", disabled=not formats, key="pack.make"):
        st.session_state[MADE] = (wanted, _made(view, audience, formats))
    made, files = st.session_state.get(MADE, (None, {}))
    if made == wanted:
        _downloads(view, files)


def _scope(view: View) -> str:
    names = [view.name("committee", code) for code in view.filters.committees]
    area = view.t("charts.comma").join([view.area, *names])
    return view.t("deck.area", area=area, month=view.month)


def _made(view: View, audience: queries.Audience, formats: list[str]) -> dict[str, bytes]:
    """Return the files, showing how far they are; none where one cannot be made, which is said."""
    with st.status(view.t("deck.pack.asking")) as status:
        steps = {form: view.t("deck.pack.writing", form=view.t(f"deck.pack.{form}")) for form in FORMATS}
        try:
            deck = build(replace(view, audience=audience, sources=[], drawn=set()))
            files = pack(deck, formats, lambda form: status.update(label=steps[form]))
        except queries.NuanxinError as error:
            status.update(label=error.text(view.text.lang), state="error")
            return {}
        status.update(label=view.t("deck.pack.done"), state="complete")
    return files


def _downloads(view: View, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        form = name.rsplit(".", 1)[1]
        st.download_button(
            view.t("deck.pack.download", form=view.t(f"deck.pack.{form}")),
            content,
            file_name=name,
            mime=MIME[form],
            icon=":material/download:",
            on_click="ignore",
            key=f"pack.{form}",
            help=name,
        )
