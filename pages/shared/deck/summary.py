"""基本情况: four figures of the mission, each with its change and its light."""

from pages.shared.deck.brief import Brief
from pages.shared.deck.deck import Slide
from pages.shared.deck.exhibits import Headline, Headlines, Value
from pages.shared.deck.values import count, rate
from pages.shared.meeting.lead import lead
from pages.shared.mission import AT_LEAST, Figure
from pages.shared.view import View

# Four fit on a slide; work coverage has a slide of its own.
LEFT_OUT = "work_cov_total"


def summary(brief: Brief) -> list[Slide]:
    """Return the slide of the month's headline figures."""
    shown = [figure for figure in brief.figures if figure.subject.indicator != LEFT_OUT]
    view = brief.view
    return [
        brief.slide(
            "summary",
            "basics",
            title=lead(view, brief.figures),
            subtitle=brief.area,
            exhibit=Headlines(tuple(_headline(view, figure) for figure in shown)),
            indicators=[figure.subject.indicator for figure in shown],
            query="indicator_by_month",
        )
    ]


def _headline(view: View, figure: Figure) -> Headline:
    change, subject, value = figure.change, figure.subject, _value(view, figure)
    return Headline(
        indicator=subject.indicator,
        name=view.t(f"kpi.{subject.indicator}"),
        value=value,
        unit="" if subject.is_rate or not figure.known or value.text in "—※" else view.t(subject.unit),
        change=_change(view, figure),
        arrow=change.arrow if change else "off",
        status=figure.status,
        words=_words(view, figure),
    )


def _change(view: View, figure: Figure) -> str:
    """Return how the figure moved and since when, without the percentage of a count."""
    change = figure.change
    if change is None or not figure.known:
        return ""
    if not figure.base or change.arrow == "off":
        return change.sentence
    return view.t("deck.change", base=view.t(f"meeting.{figure.base}"), change=change.short)


def _value(view: View, figure: Figure) -> Value:
    now = figure.now
    if figure.subject.is_rate:
        return rate(view, now["numerator"], now["denominator"])
    return count(view, now, "value", at_least=now["qualifier"] in AT_LEAST, short=True)


def _words(view: View, figure: Figure) -> str:
    """Return the word of the light, and what is missing."""
    if figure.status is None:
        return ""
    word, gap = view.t(f"status.{figure.status}"), figure.now["gap_units"]
    if not figure.target or not gap:
        return word
    missing = view.t("charts.gap", n=gap, classifier=view.t(figure.subject.unit))
    return view.t("charts.label_value", label=word, value=missing)
