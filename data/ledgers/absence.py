"""Who has not reported yet. It refuses nothing: a late township is shown as such until its ledger comes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import polars as pl

from data.contract import month_end
from data.ledgers.assessment import ABSENT
from data.ledgers.kinds import Kind, registry
from data.profile import Profile
from data.received import Received

Frames = Mapping[str, pl.DataFrame]
# Kinds of which every township is expected to report something.
_EXPECTED = frozenset(["enterprises", "people", "care"])


def absent(tables: Frames, received: Sequence[Received], profile: Profile, month: date) -> pl.DataFrame:
    """ABSENT, in the order of the kinds and of the townships; `tables` are all of the month."""
    valid = _valid(profile, month)
    rows = [row for kind in registry().kinds.values() for row in _of_kind(kind, tables, received, valid)]
    return pl.DataFrame(rows, schema=ABSENT, orient="row")


def _of_kind(
    kind: Kind, tables: Frames, received: Sequence[Received], valid: Mapping[str, str]
) -> Iterable[tuple[str, str | None, str | None]]:
    own = [one for one in received if one.kind == kind.name]
    there = {code for one in own for code in (*one.townships, one.sender)} | _in_rows(kind, tables)
    if not own and not there and not _has_rows(kind, tables):
        return [(kind.name, None, None)]
    if kind.name in _EXPECTED or (own and all(one.sender in valid for one in own)):
        return [(kind.name, code, name) for code, name in valid.items() if code not in there]
    return []


def _in_rows(kind: Kind, tables: Frames) -> set[str]:
    """Townships with a row of the kind, whoever brought it."""
    rows = tables.get(kind.table)
    if rows is None or "township_code" not in rows.columns:
        return set()
    if kind.rows == "figures":
        rows = rows.filter(pl.col("indicator_id").is_in(kind.indicators))
    return set(rows["township_code"].drop_nulls().unique())


def _has_rows(kind: Kind, tables: Frames) -> bool:
    return kind.rows != "figures" and kind.table in tables and tables[kind.table].height > 0


def _valid(profile: Profile, month: date) -> dict[str, str]:
    """Code -> name of the townships valid at the month's end, in official order."""
    end = month_end(month)
    ended = (pl.col("valid_to") < end).fill_null(False)
    rows = profile.frames["townships"].filter((pl.col("valid_from") <= end) & ~ended).sort("sort_order")
    return dict(rows.select("township_code", "township").iter_rows())
