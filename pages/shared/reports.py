"""What a page is, and which townships have sent what it shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pages.shared.view import Report, View


@dataclass(frozen=True)
class Page:
    """One page: `slug` names it in URL and texts, `reports` are the ledgers of townships that it shows.

    `internal` pages list rows, not counts: they are for the county's own staff only.
    """

    slug: str
    render: Callable[[View], None]
    reports: tuple[Report, ...] = ()
    agenda: bool = True
    internal: bool = False


@dataclass(frozen=True)
class Reports:
    """How many townships a page expects, who sent everything, and by ledger who did not, in 区划序."""

    expected: int
    complete: int
    late: Mapping[str, tuple[str, ...]]


def reports_of(page: Page, view: View) -> Reports | None:
    """Return who reported what the page shows; None where it shows no reports, or nobody sent any."""
    chosen = view.filters.townships or tuple(view.profile.township_names)
    found = {report.name: view.missing(report) for report in page.reports}
    late = {
        name: tuple(view.name("township", code) for code in chosen if code in codes)
        for name, (codes, anybody) in found.items()
        if anybody
    }
    if not late:
        return None
    someone = {name for names in late.values() for name in names}
    return Reports(len(chosen), len(chosen) - len(someone), {k: v for k, v in late.items() if v})
