"""关爱与治理: care, training, funds and governance; any indicator of the registry can be chosen."""

from functools import partial

import streamlit as st
from streamlit.elements.lib.grid_container import GridContainer

from pages.shared import blocks, cards
from pages.shared.care import cards as charts
from pages.shared.care import panels
from pages.shared.care.headlines import headlines
from pages.shared.care.offer import Groups, offered, unsent
from pages.shared.care.picker import picker
from pages.shared.care.subject import Subject
from pages.shared.care.words import lead
from pages.shared.frame import return_to_frame
from pages.shared.view import View
from queries import INDICATORS, Indicator

# Height of a course that stands alone, px.
ALONE = 340
# A course higher than this would make a drama of its ups and downs, px.
TALLEST = 480


def render(view: View) -> None:
    """Draw the page for the viewer's month, townships and committees, and the indicator chosen."""
    offer = offered(view)
    choice = picker(offer)
    chosen, unknown = choice.adopt()
    about = INDICATORS[chosen]
    if unknown:
        st.info(view.t("care.unknown"), icon=":material/filter_alt_off:")
    sent = about in offer.get(about.group, ())
    if not sent:
        blocks.lead(view.t("care.lead_unsent", area=view.whole, name=about.name(view.text.lang)))
        headlines(view, offer)
        choice.pick(view, offer, about)
        _nothing(view, about)
    else:
        subject = Subject(view, about)
        blocks.lead(lead(subject))
        headlines(view, offer)
        choice.pick(view, offer, about)
        _body(subject)
    _unsent(view, unsent(offer))


def _nothing(view: View, about: Indicator) -> None:
    lang = view.text.lang
    blocks.nothing(
        view,
        view.t("care.unsent_title", name=about.name(lang)),
        view.t("care.unsent_body", name=about.name(lang), ledger=about.ledger(lang)),
    )


def _body(subject: Subject) -> None:
    """Draw the cards: townships beside the course, committees, and the course of each township."""
    view = subject.view
    if view.filters.committees and "committee" not in subject.about.grain:
        st.info(view.t("care.no_committees", name=subject.quantity.heading), icon=":material/info:")
    every = panels.courses(subject)
    grid = st.grid(2, min_column_width=460, gap="small", border=True)
    if subject.is_split:
        _split(subject, grid)
    else:
        with grid.cell(column_span="all"):
            charts.trend(subject, ALONE).draw(view)
            blocks.note(view.t("care.only_county", name=subject.quantity.heading))
        if subject.is_by_committee:
            with grid.cell(column_span="all"):
                charts.by_committee(subject).draw(view)
    if dots := charts.differences(subject):
        with grid.cell(column_span="all"):
            dots.draw(view)
    if every is not None:
        with grid.cell(column_span="all"):
            panels.draw(subject, every)


def _split(subject: Subject, grid: GridContainer) -> None:
    """Draw the townships beside the course, and the committees where they have figures of their own."""
    view, township = subject.view, charts.by_township(subject)
    if subject.is_by_committee:
        committee = charts.by_committee(subject)
        if not cards.row(view, grid, township, partial(charts.trend, subject), committee):
            with grid.cell(column_span="all"):
                committee.draw(view)
        return
    height = blocks.height_beside(township.figure, remark=bool(township.remark))
    with grid.cell():
        township.draw(view)
    with grid.cell():
        charts.trend(subject, min(height, TALLEST)).draw(view)


def _unsent(view: View, groups: Groups) -> None:
    """List what the county does not send, with the ledger that would bring it."""
    lang = view.text.lang
    count = sum(len(group) for group in groups.values())
    if not count:
        return
    with st.expander(view.text.count("care.unsent", count), icon=":material/inbox:"):
        blocks.note(view.t("care.unsent_note"))
        for name, group in groups.items():
            ledgers = dict.fromkeys(about.ledger(lang) for about in group)
            st.markdown(f"**{view.t(f'methods.groups.{name}')}**")
            for ledger in ledgers:
                names = [about.name(lang) for about in group if about.ledger(lang) == ledger]
                blocks.note(view.t("care.unsent_line", ledger=ledger, names=view.t("care.list").join(names)))


if __name__ == "__main__":
    return_to_frame("care")
