"""Which indicators the county sends: only these are offered, the others are told with their ledger."""

from collections.abc import Iterable, Mapping, Sequence

import queries
from pages.shared.view import View
from queries import INDICATORS, Indicator

# Months in which a figure must have been sent once to be offered: as far back as a trend is drawn.
BACK = 24
Groups = dict[str, list[Indicator]]


def offered(view: View) -> Groups:
    """Return the indicators that were sent, by group, both in the order of the registry."""
    sent = _sent(view)
    return _grouped(about for about in _answered() if _needed(about) <= sent)


def unsent(offer: Mapping[str, Sequence[Indicator]]) -> Groups:
    """Return the indicators that could be shown and were not sent, by group."""
    ids = {about.id for group in offer.values() for about in group}
    return _grouped(about for about in _answered() if about.id not in ids)


def _answered() -> list[Indicator]:
    return [about for about in INDICATORS.values() if about.is_answered and "month" in about.grain]


def _needed(about: Indicator) -> set[str]:
    """Name what must have been sent: figures by their id, a ledger by its table."""
    return {about.source if "." in part else part for part in (*about.parts[:1], *about.whole[:1])} or {
        about.source
    }


def _sent(view: View) -> set[str]:
    """Return the figures by id, and ledgers by table, that the county sent up to the month shown."""
    last = _index(view.filters.month.year, view.filters.month.month)
    found: set[str] = set()
    for snapshot in queries.snapshots():
        if last - BACK < _index(snapshot.month.year, snapshot.month.month) <= last:
            found.update(snapshot.tables)
            if "figures" in snapshot.tables:
                found.update(queries.run("figures_by_indicator", month=snapshot.month)["indicator_id"])
    return found


def _index(year: int, month: int) -> int:
    return year * 12 + month


def _grouped(indicators: Iterable[Indicator]) -> Groups:
    groups: Groups = {}
    for about in indicators:
        groups.setdefault(about.group, []).append(about)
    return groups
