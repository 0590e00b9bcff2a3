"""The frame around every page: title row with filters, status line, warnings, the page, and the footer."""

import atexit
import gc
import logging
from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

import queries
from pages.shared import cards
from pages.shared import filters as chosen
from pages.shared.blocks import plain
from pages.shared.i18n import Text
from pages.shared.present import address
from pages.shared.present.route import present
from pages.shared.reports import Page, Reports, reports_of
from pages.shared.room import Workplace, enter
from pages.shared.theme import theme_of
from pages.shared.view import View
from queries.words.formats import month_text
from queries.words.wording import as_of, name_list, not_reported, reported, revision

_log = logging.getLogger("nuanxin")
# A file, not an icon name: Streamlit would fetch that from outside.
FAVICON = Path(__file__).with_name("favicon.png")
_WANTED = "frame.wanted"
BADGES = 3


def return_to_frame(slug: str) -> None:
    """Send a viewer who reached a page file directly to that page inside the frame, filters kept.

    Streamlit serves `pages/*.py` by itself until `st.navigation` has run once in the process.
    """
    st.session_state[_WANTED] = (slug, {key: st.query_params.get_all(key) for key in st.query_params})
    st.switch_page("dashboard.py")


@st.cache_resource
def freeze_imports() -> None:
    """Take imported modules out of garbage collection: Streamlit collects after each run, at 40 ms."""
    gc.collect()
    gc.freeze()
    # Else what was frozen is reported as leaked when the process ends.
    atexit.register(gc.unfreeze)


def logo_svg(name: str, ink: str, party: str, width: int = 118) -> str:
    """Return the logo: a bar in party red beside the product's name."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="24">'
        f'<rect x="0" y="1" width="4" height="22" fill="{party}"/>'
        f'<text x="11" y="18" font-size="16" font-weight="700" fill="{ink}" font-family="Noto Sans CJK SC, '
        f'Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif">{name}</text></svg>'
    )


def run(pages: tuple[Page | Workplace, ...]) -> None:
    """Draw the navigation, and inside the frame the page that was chosen."""
    chosen.adopt_url()
    text = Text(chosen.language())
    theme = theme_of(st.context.theme.type or "light")
    presenting = address.is_presenting()
    # A logo would bring back the header that a presentation leaves out.
    if not presenting:
        st.logo(logo_svg(text("frame.name"), theme.ink, theme.party, int(text("frame.logo_width"))))
    entries: dict[str, StreamlitPage] = {}
    for page in pages:
        draw = _drawer(page, text, entries)
        entries[page.slug] = st.Page(draw, title=text(f"{page.slug}.nav"), url_path=page.slug)
    landing = st.Page(
        lambda: _go(entries[pages[0].slug]), title=text("frame.name"), default=True, visibility="hidden"
    )
    agenda = [landing, *(entries[page.slug] for page in pages if page.agenda)]
    more = [entries[page.slug] for page in pages if not page.agenda]
    entries_of = {"": agenda, text("frame.more"): more}
    current = st.navigation(entries_of, position="hidden" if presenting else "top")
    if _WANTED in st.session_state:
        slug, query = st.session_state.pop(_WANTED)
        st.switch_page(entries[slug], query_params=query)
    present(text) if presenting else current.run()


def _go(entry: StreamlitPage) -> None:
    """Open the first page under its own name: Streamlit gives a default page no path to link to."""
    st.switch_page(entry, query_params={key: st.query_params.get_all(key) for key in st.query_params})


def _drawer(page: Page | Workplace, text: Text, entries: Mapping[str, StreamlitPage]) -> Callable[[], None]:
    """Return what Streamlit calls for a page: the one place where an error becomes a sentence."""

    def draw() -> None:
        try:
            if isinstance(page, Workplace):
                enter(page, text, entries)
            else:
                _draw(page, text, entries)
        except queries.NuanxinError as error:
            _log.exception("page %s", page.slug)
            st.error(error.text(text.lang), title=text("frame.error_title"), icon=":material/error:")
            st.markdown(text("frame.error_action"))

    return draw


def _draw(page: Page, text: Text, entries: Mapping[str, StreamlitPage]) -> None:
    commit = queries.current()
    snapshots = queries.snapshots()
    if commit is None or not snapshots:
        _empty_store(text, entries)
        return
    months = [f"{snapshot.month:%Y-%m}" for snapshot in snapshots]
    month, _ = chosen.chosen_month(months)
    snapshot = snapshots[months.index(month)]
    profile = queries.profile(snapshot.month)
    options = chosen.Options(tuple(months), profile.township_names, profile.committee_names)
    dropped = chosen.settle(options, page.slug)
    chosen.write_url(chosen.current())
    theme = theme_of(st.context.theme.type or "light")
    view = View(chosen.current(), text, theme, snapshot, profile, commit, entries).in_its_lights()
    reports = reports_of(page, view)
    export = _title_row(page, view, options, reports)
    _warnings(view, reports, dropped)
    page.render(view)
    with export:
        cards.exports(view)
    _footer(view)


def _empty_store(text: Text, entries: Mapping[str, StreamlitPage]) -> None:
    st.title(text("frame.empty_title"), anchor=False)
    st.markdown(text("frame.empty_body"))
    st.page_link(entries["imports"], label=text("frame.empty_import"), icon=":material/upload_file:")
    st.markdown(text("frame.empty_commands"))
    st.code("python -m data sample --profile demo --last 2026-10 --months 36 --seed 7", language="bash")
    st.code('python -m data publish DIR --month 2026-10 --profile DIR --reason "…"', language="bash")


def _title_row(page: Page, view: View, options: chosen.Options, reports: Reports | None) -> DeltaGenerator:
    """Draw title, status line and filters; return the export menu, to be filled when the page is drawn."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(gap=None, width="stretch"):
            st.title(view.t(f"{page.slug}.title", month=view.month), anchor=False)
            st.markdown(_status_line(view, reports))
        with st.container(horizontal=True, width="content", gap="xsmall"):
            _controls(view, options)
            chosen.are_drawn()
            export = st.popover(view.t("frame.export"), icon=":material/download:", key="export")
            slides = address.link(view.filters, view.commit.number)
            st.link_button(view.t("present.open"), slides, icon=":material/slideshow:")
            return export


def _controls(view: View, options: chosen.Options) -> None:
    st.selectbox(
        view.t("filters.month"),
        options.months,
        format_func=lambda month: month_text(chosen.to_month(month), view.text),
        key="month",
        label_visibility="collapsed",
        width=150,
        required=True,
    )
    st.multiselect(
        view.t("filters.townships"),
        list(options.townships),
        format_func=lambda code: options.townships[code],
        key="townships",
        placeholder=view.whole,
        label_visibility="collapsed",
        # Its label would be English in both languages.
        select_all=False,
        wrap=False,
        width=190,
    )
    with st.popover(view.t("filters.more"), icon=":material/tune:", key="filters"):
        st.multiselect(
            view.t("filters.committees"),
            list(options.committees),
            format_func=lambda code: options.committees[code],
            key="committees",
            placeholder=view.t("filters.all_committees"),
            select_all=False,
        )
        st.segmented_control(
            view.t("filters.language"),
            chosen.LANGUAGES,
            format_func=lambda lang: chosen.LANGUAGE_NAMES[lang],
            key="lang",
            required=True,
        )


def _status_line(view: View, reports: Reports | None) -> str:
    parts = [as_of(view.snapshot.cutoff, view.text), revision(view.snapshot.revision, view.text)]
    late: list[str] = []
    if reports:
        late = list(dict.fromkeys(name for names in reports.late.values() for name in names))
        parts.append(reported(reports.complete, reports.expected, view.text))
    line = f":small[:gray[{view.t('frame.joiner').join(parts)}]]"
    badges = [f":gray-badge[○ {plain(not_reported([name], view.text))}]" for name in late[:BADGES]]
    if view.snapshot.demonstration:
        badges.append(f":blue-badge[{view.t('frame.demonstration')}]")
    return " ".join([line, *badges])


def _warnings(view: View, reports: Reports | None, dropped: list[str]) -> None:
    if view.commit.broken is not None:
        problem = view.commit.broken.text(view.text.lang)
        st.error(
            view.t("frame.broken_body", problem=problem, good=view.commit.number),
            title=view.t("frame.broken_title"),
            icon=":material/error:",
        )
    for key in dropped:
        st.info(view.t(f"filters.dropped_{key}"), icon=":material/filter_alt_off:")
    if reports:
        _late(view, reports)


def _late(view: View, reports: Reports) -> None:
    """Warn of townships that are late, in one sentence for all ledgers that the same ones owe."""
    for late in dict.fromkeys(reports.late.values()):
        owed = [view.t(f"ledgers.{ledger}") for ledger, names in reports.late.items() if names == late]
        st.warning(
            view.t(
                "frame.late_body",
                names=plain(name_list(late, view.text, limit=len(late))),
                month=view.month,
                ledger=name_list(owed, view.text, limit=len(owed)),
                area=view.area,
            ),
            icon=":material/schedule:",
        )


def _footer(view: View) -> None:
    parts = [
        view.t("frame.footer_month", month=month_text(view.filters.month, view.text)),
        as_of(view.snapshot.cutoff, view.text),
        revision(view.snapshot.revision, view.text),
        view.t("frame.footer_commit", number=view.commit.number, sha=view.commit.sha8),
    ]
    if view.snapshot.demonstration:
        parts.append(view.t("frame.demonstration_long"))
    st.markdown(f":small[:gray[{view.t('frame.joiner').join(parts)}]]")
