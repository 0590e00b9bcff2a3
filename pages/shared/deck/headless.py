"""A view without a browser: for the command, and for tests."""

from collections.abc import Iterable, Sequence
from datetime import date

import queries
from pages.shared.filters import DENOMINATORS, Filters
from pages.shared.i18n import LANGUAGES, Text
from pages.shared.theme import LIGHT
from pages.shared.view import View


def view_of(
    month: date,
    *,
    store: queries.Place = None,
    lang: str = "zh",
    townships: Sequence[str] = (),
    committees: Sequence[str] = (),
    denominator: str = DENOMINATORS[0],
    audience: queries.Audience = "protected",
    as_of: queries.Moment = None,
) -> View:
    """Return the view of one month in the lights of its profile, pinned to one commit.

    Raises StoreError of a store or month that is not there, QueryError of codes that are not known.
    """
    if audience not in queries.AUDIENCES:
        raise queries.QueryError("audience_unknown")
    if lang not in LANGUAGES:
        raise queries.QueryError("lang_unknown")
    if denominator not in DENOMINATORS:
        raise queries.QueryError("denominator_unknown")
    commit = queries.needed(store, as_of)
    snapshots = {one.month: one for one in queries.snapshots(store, commit.number)}
    profile = queries.profile(month, store, commit.number)
    areas = _in_order(townships, profile.township_names)
    filters = Filters(month, areas, _in_order(committees, profile.committee_names), denominator, lang)
    return View(
        filters, Text(lang), LIGHT, snapshots[month], profile, commit, {}, audience=audience, store=store
    ).in_its_lights()


def _in_order(codes: Sequence[str], known: Iterable[str]) -> tuple[str, ...]:
    """Return the codes once each in official order, so that one choice has one name; unknown ones last."""
    order = tuple(known)
    return tuple(
        sorted(set(codes), key=lambda code: (order.index(code) if code in order else len(order), code))
    )
