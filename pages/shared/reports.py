"""What a page is, and which townships have sent what it shows."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from pages.shared.view import View


@dataclass(frozen=True)
class Page:
    """One page: `slug` names it in URL and texts.

    `reports` are (query, column) pairs by township: a null there means that the township sent nothing of it.
    """

    slug: str
    render: Callable[[View], None]
    reports: tuple[tuple[str, str], ...] = ()
    agenda: bool = True


@dataclass(frozen=True)
class Reports:
    """How many townships a page expects a report from, and the names of those that are late, in 区划序."""

    expected: int
    late: tuple[str, ...]


def reports_of(page: Page, view: View) -> Reports | None:
    """Return who reported what the page shows; None where it shows no reports, or nobody sent any."""
    late: dict[str, str] = {}
    expected = 0
    for query, column in page.reports:
        townships = view.ask(query).filter(pl.col("township_code").is_not_null())
        missing = townships.filter(pl.col(column).is_null())["township_code"].to_list()
        if len(missing) < townships.height:
            expected = townships.height
            late |= {code: view.name("township", code) for code in missing}
    order = list(view.profile.township_names)
    return Reports(expected, tuple(late[code] for code in order if code in late)) if expected else None
