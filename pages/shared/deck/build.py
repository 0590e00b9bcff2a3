"""A deck from a view: slides in the order of the agenda, or in the one that the profile sets."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from pages.shared.deck import closure, coverage, members, stations, summary, tasks, told
from pages.shared.deck.annexes import ANNEXES
from pages.shared.deck.brief import Brief
from pages.shared.deck.deck import SECTIONS, Deck, Slide
from pages.shared.deck.stamped import definitions, stamp_of
from pages.shared.meeting.lead import lead
from pages.shared.view import View

# Name -> what makes it, in the order of the agenda.
SLIDES: Mapping[str, Callable[[Brief], list[Slide]]] = {
    "summary": summary.summary,
    "members_by_committee": members.members_by_committee,
    "stations": stations.stations,
    "closure_curve": closure.closure_curve,
    "coverage_trend": coverage.coverage_trend,
    "contributions": coverage.contributions,
    "members_trend": members.members_trend,
    "coverage_by_township": coverage.coverage_by_township,
    "work_coverage": coverage.work_coverage,
    "on_time": closure.on_time,
    "backlog": closure.backlog,
    "tasks": tasks.tasks,
    "decisions": told.decisions,
    "proposals": told.proposals,
}


def build(view: View) -> Deck:
    """Return the meeting as the view's audience may see it, in the words of its language."""
    brief = Brief(view)
    slides = tuple(arranged(brief, view.profile.settings.get("slides", {})))
    annexes = tuple(annex for make in ANNEXES if (annex := make(brief)) is not None)
    stamp = stamp_of(view)
    return Deck(
        title=view.t("deck.title", county=stamp.county, month=stamp.month_text),
        lead=lead(view, brief.figures),
        stamp=stamp,
        slides=slides,
        annexes=annexes,
        told={name: tuple(one.text for one in brief.told[name]) for name in SECTIONS},
        blocks={name: view.t(f"meeting.{name}") for name in SECTIONS},
        definitions=definitions(brief, (*slides, *annexes)),
    )


def arranged(brief: Brief, settings: Mapping[str, Any]) -> list[Slide]:
    """Return the slides that the profile wants, in its order; its own titles stand before subtitles.

    A slide's title is its conclusion, made from the figures: what was written once for every month is none.
    """
    titles: Mapping[str, str] = settings.get("titles", {})
    # A month published by another version may name slides that are no more.
    order = [name for name in settings.get("order", SLIDES) if name in SLIDES]
    return [_titled(brief, slide, titles.get(name, "")) for name in order for slide in SLIDES[name](brief)]


def _titled(brief: Brief, slide: Slide, own: str) -> Slide:
    if not own:
        return slide
    subtitle = brief.view.t("deck.own_title", title=own, subtitle=slide.subtitle)
    return replace(slide, subtitle=subtitle, alt=slide.alt.replace(slide.subtitle, subtitle, 1))
