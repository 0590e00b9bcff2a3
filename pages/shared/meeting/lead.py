"""The sentence of the month: coverage and closing, or what was reported in their place."""

from collections.abc import Sequence

from pages.shared.mission import Figure
from pages.shared.view import View


def lead(view: View, figures: Sequence[Figure]) -> str:
    """Return the sentence; where nothing was reported, that nothing was."""
    coverage, _, members, services, on_time = figures
    told = []
    if coverage.known:
        key = {"done": "good", "good": "good", None: "plain"}.get(coverage.status, "bad")
        told.append(view.t(f"meeting.lead_{key}", area=view.area, rate=coverage.value))
    if on_time.known:
        overdue = view.ask("closure_by_month")["overdue_open"][-1]
        key = "meeting.lead_overdue" if overdue else "meeting.lead_no_overdue"
        told.append(view.t(key, rate=on_time.value, overdue=overdue))
    for figure in (members, services):
        if len(told) < 2 and figure.known:
            value = figure.value.split(":")[0]
            told.append(view.t(f"meeting.lead_{figure.subject.page}", value=value))
    if len(told) > 1:
        return view.t("meeting.lead_pair", first=told[0], second=told[1])
    return view.t("meeting.lead_only", first=told[0]) if told else view.t("meeting.lead_none", area=view.area)
