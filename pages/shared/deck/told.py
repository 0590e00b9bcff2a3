"""议定事项 and 下步建议 in sentences."""

from collections.abc import Sequence

from pages.shared.deck.brief import Brief
from pages.shared.deck.deck import Slide
from pages.shared.deck.exhibits import Statement, Statements
from pages.shared.meeting.findings import Finding
from pages.shared.tasks.headlines import lead
from pages.shared.tasks.scope import summed

# Sentences that can be read from the back row.
MOST = 4


def decisions(brief: Brief) -> list[Slide]:
    """Return how far decisions and problems are, in sentences; none without a task list."""
    view = brief.view
    departments = view.ask("tasks_by_department")
    if departments.is_empty():
        return []
    now = summed(view.ask("tasks_by_month"), "month").row(-1, named=True)
    return _slides(brief, "decisions", lead(view, summed(departments, "department"), now))


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
    return brief.statements(slide, items, MOST)


def _statement(brief: Brief, finding: Finding) -> Statement:
    word = brief.view.t(f"status.{finding.status}") if finding.status else ""
    return Statement(finding.text, finding.status, word)


def _indicators(told: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.indicator for one in told if one.indicator))
