"""What the contract's checks find in a published month, for the page 数据质量."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import polars as pl

from data import Commit, Store, quality
from queries.snapshots import Moment, Place, located, resolved


def checks(
    month: date, *, townships: Sequence[str] | None = None, as_of: Moment = None, store: Place = None
) -> pl.DataFrame:
    """`quality.KEPT` of the month: rule, severity, table_name, township_code, entries and the rule's words.

    With `townships` only what stands in their rows. Organisations and cases may be named, no person is.
    """
    place = located(store)
    found = _checks(str(place.root), resolved(place, as_of)[0], month)
    return found if townships is None else found.filter(pl.col("township_code").is_in(list(townships)))


@lru_cache(maxsize=64)
def _checks(root: str, commit: Commit, month: date) -> pl.DataFrame:
    return quality.kept(Store(root), commit, month)
