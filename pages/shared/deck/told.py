"""议定事项 and 下步建议 in sentences."""

from collections.abc import Sequence
from math import ceil

import polars as pl

from pages.shared.deck.brief import Brief
from pages.shared.deck.deck import Slide
from pages.shared.deck.exhibits import Statement, Statements
from pages.shared.deck.values import total
from pages.shared.meeting.decisions import FOLLOWED_UP
from pages.shared.meeting.findings import Finding
from pages.shared.tasks.scope import within

# Sentences that can be read from the back row; short ones may be more.
MOST, MOST_SHORT, LINES = 4, 6, 8
# Characters of a line of a slide.
WIDE = {"zh": 44, "en": 88}


def decisions(brief: Brief) -> list[Slide]:
    """Return how far decisions and problems are, in sentences; none without a task list."""
    view = brief.view
    listed = within(view.ask("tasks_by_department"), FOLLOWED_UP)
    if listed.is_empty():
        return []
    now = listed.select(pl.col("listed", "cleared", "overdue").sum()).row(0, named=True)
    counts = {name: total(view, now[name], "units.task").text for name in ("listed", "cleared", "overdue")}
    key = "decisions" if now["overdue"] else "decisions_in_time"
    return _slides(brief, "decisions", view.t(f"deck.{key}", **counts))


def proposals(brief: Brief) -> list[Slide]:
    """Return what is proposed for the next month."""
    count = len(brief.told["proposals"])
    return _slides(brief, "proposals", brief.view.text.count("deck.proposals", count))


def _slides(brief: Brief, section: str, title: str) -> list[Slide]:
    told = brief.told[section]
    if not told:
        return []
    items = [_statement(brief, finding) for finding in told]
    slide = brief.slide(
        section,
        section,
        title=title,
        subtitle=brief.area,
        exhibit=Statements(tuple(items)),
        indicators=_indicators(told),
        query="findings",
        notes=[finding.text for finding in told],
    )
    return brief.statements(slide, items, _most(brief, items))


def _most(brief: Brief, items: Sequence[Statement]) -> int:
    """Return how many sentences a slide takes: six where all of them fit it, else four."""
    wide = WIDE[brief.view.text.lang]
    lines = sum(ceil(len(item.text) / wide) for item in items)
    return MOST_SHORT if lines <= LINES else MOST


def _statement(brief: Brief, finding: Finding) -> Statement:
    word = brief.view.t(f"status.{finding.status}") if finding.status else ""
    return Statement(finding.text, finding.status, word)


def _indicators(told: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.indicator for one in told if one.indicator))
