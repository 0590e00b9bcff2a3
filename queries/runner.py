"""Asking: parameters are checked against the store, the answer against the columns its file declares."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import duckdb
import polars as pl

from data import Commit, Connection, Store, lent, month_text, parse_month
from data.contract import FIGURES
from queries.audience import protected
from queries.completion import completed
from queries.disclosure import AUDIENCES, Audience
from queries.findings import told
from queries.indicators import INDICATORS
from queries.particulars import particulars
from queries.persons import persons_of
from queries.questions import Query, QueryError, Questions, parsed
from queries.snapshots import Moment, Place, ProfileInfo, located, profile_of, resolved
from queries.words.text import LANGUAGES

QUERIES = Questions()
DENOMINATORS = ("operating", "eligible", "above_scale", "has_members")
AGAINST = ("previous", "last_year")
BY = ("township", "committee")
# What a parameter is called on the command line.
OPTIONS = {
    "from_month": "from_month (--from)",
    "townships": "townships (--township)",
    "committees": "committees (--committee)",
    "denominator": "denominator (--denominator)",
    "indicator": "indicator (--indicator)",
    "against": "against (--against)",
    "by": "by (--by)",
    "lang": "lang (--lang)",
}
# Rows of a trend unless the question says otherwise.
MONTHS = 24
Codes = Sequence[str] | None
Value = date | str | float | tuple[str, ...] | tuple[float, ...] | None


def run(
    query: str,
    *,
    month: date | str,
    from_month: date | str | None = None,
    townships: Codes = None,
    committees: Codes = None,
    denominator: str | None = None,
    indicator: str | None = None,
    against: str | None = None,
    by: str | None = None,
    lang: str | None = None,
    audience: Audience = "internal",
    as_of: Moment = None,
    store: Place = None,
) -> pl.DataFrame:
    """The answer to one query: its declared columns and order, nulls where nothing was reported.

    `townships` and `committees` None = all, empty = none. `from_month` starts the range of a query by
    month: 24 months, but not before the store's first, unless it is given. `audience` protected masks and
    rounds counts of persons, and puts `<column>_mark` beside them.
    Raises QueryError for a question that cannot be asked so, StoreError for a store that cannot be read.
    """
    if query not in QUERIES:
        raise QueryError("query_unknown")
    question, place = QUERIES[query], located(store)
    _one_of("audience", audience, AUDIENCES)
    asked_with = (from_month, townships, committees, denominator, indicator, against, by, lang)
    given = dict(zip(OPTIONS, asked_with, strict=True))
    _refuse(question, given)
    commit, _ = resolved(place, as_of)
    parameters = _parameters(place, commit, question, _first(month), given, audience)
    asked = tuple(sorted(parameters.items()))
    return _answer(str(place.root), commit, query, question.sql, asked, audience).clone()


def _refuse(question: Query, given: Mapping[str, object]) -> None:
    for name, value in given.items():
        if value is not None and name not in question.parameters:
            raise QueryError("parameter_unknown", query=question.id, parameter=OPTIONS[name])
        if value is None and name in question.required:
            raise QueryError("parameter_needed", query=question.id, parameter=OPTIONS[name])


def _first(month: object) -> date:
    """The first day of a month given as a date or as 2026-10; StoreError month_bad."""
    return month.replace(day=1) if isinstance(month, date) else parse_month(str(month))


def _parameters(
    place: Store,
    commit: Commit,
    question: Query,
    month: date,
    given: Mapping[str, object],
    audience: Audience = "internal",
) -> dict[str, Value]:
    """Every parameter the question takes, checked."""
    published = sorted(commit.months)
    basis = max((m for m in published if m <= month), default=published[0])
    profile = profile_of(str(place.root), commit, basis)
    values: dict[str, Value] = {"month": month, "basis_month": basis}
    if "from_month" in question.parameters:
        values["from_month"] = _start(given["from_month"], month, published[0])
    for name in ("townships", "committees"):
        if name in question.parameters:
            values[name] = _codes(name, given[name], profile, basis)
    if "denominator" in question.parameters:
        values["denominator"] = _one_of("denominator", given["denominator"] or DENOMINATORS[0], DENOMINATORS)
    if "indicator" in question.parameters:
        known = INDICATORS if question.inner else FIGURES
        values["indicator"] = _one_of("indicator", given["indicator"], known)
    if "against" in question.parameters:
        values["against"] = _one_of("against", given["against"], AGAINST)
    if "by" in question.parameters:
        values["by"] = _one_of("by", given["by"] or BY[0], BY)
    if "lang" in question.parameters:
        values["lang"] = _one_of("lang", given["lang"] or LANGUAGES[0], LANGUAGES)
    if question.is_composed:
        return values | _told(str(place.root), commit, basis, tuple(sorted(values.items())), audience)
    return values | particulars(question, values, profile.settings)


@lru_cache(maxsize=64)
def _told(
    root: str, commit: Commit, basis: date, asked: tuple[tuple[str, Value], ...], audience: Audience
) -> dict[str, Value]:
    """What is told from the answers of other queries, of the same state and with the same filters."""
    known = {name: value for name, value in asked if name not in ("month", "basis_month", "lang")}
    profile, values = profile_of(root, commit, basis), dict(asked)

    def ask(query: str, **how: Any) -> pl.DataFrame:
        filters = {name: value for name, value in known.items() if name in QUERIES[query].parameters}
        chosen: dict[str, Any] = {"month": values["month"], **filters, **how}
        return run(query, audience=audience, as_of=commit.number, store=root, **chosen)

    return told(ask, values, profile)


def _start(asked: object, month: date, first: date) -> date:
    if asked is None:
        years, index = divmod(month.year * 12 + month.month - MONTHS, 12)
        return min(month, max(first, date(max(years, 1), index + 1, 1)))
    start = _first(asked)
    if start > month:
        raise QueryError("range_reversed", start=month_text(start), end=month_text(month))
    return start


def _codes(name: str, asked: object, profile: ProfileInfo, basis: date) -> tuple[str, ...] | None:
    """The codes asked for in one order, so that equal questions are equal; QueryError if one is not known."""
    if asked is None:
        return None
    codes = {asked} if isinstance(asked, str) else set(asked)  # type: ignore[call-overload]
    known = profile.township_names if name == "townships" else profile.committee_names
    if not codes <= known.keys():
        raise QueryError(f"{name}_unknown", month=month_text(basis))
    return tuple(sorted(codes))


def _one_of(name: str, asked: object, known: Collection[str]) -> str:
    if asked not in known:
        raise QueryError(f"{name}_unknown")
    return str(asked)


@lru_cache(maxsize=1024)
def _answer(
    root: str,
    commit: Commit,
    query: str,
    sql: str,
    parameters: tuple[tuple[str, Value], ...],
    audience: Audience,
) -> pl.DataFrame:
    """An answer never changes: its key holds the commit, the text of the question and its parameters."""
    store, question, known = Store(root), parsed(query, sql), dict(parameters)
    connection = completed(store, commit)
    if audience == "protected":
        return protected(connection, persons_of(root, commit, connection), question, known, answer)
    if question.rows:
        month = _first(known["month"])
        connection = connection.lent({name: lent(store, commit, month, name) for name in question.rows})
    return answer(connection, question, known)


def ask(connection: Connection, store: Store, query: str, month: date, **given: object) -> pl.DataFrame:
    """The answer of one commit's database, kept nowhere; `given` as for `run`, checked as there."""
    question = QUERIES[query]
    wanted = _parameters(store, connection.commit, question, month, dict.fromkeys(OPTIONS) | given)
    return answer(connection, question, wanted)


def answer(connection: Connection, question: Query, parameters: Mapping[str, Value]) -> pl.DataFrame:
    """The answer from one database, given every parameter that the question may take."""
    wanted = named_parameters(question.sql)
    values = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in parameters.items()
        if name in wanted
    }
    return conform(connection.query(question.sql, values), question)


@lru_cache(maxsize=256)
def named_parameters(sql: str) -> frozenset[str]:
    """Names of the parameters that a select uses."""
    (statement,) = duckdb.extract_statements(sql)
    return frozenset(statement.named_parameters)


def conform(frame: pl.DataFrame, question: Query) -> pl.DataFrame:
    """The frame in its declared schema; QueryError query_schema where its file declares another."""
    if frame.columns != question.schema.names():
        raise QueryError("query_schema", query=question.id, column=", ".join(frame.columns))
    for name, wanted in question.schema.items():
        found = frame.schema[name]
        if found not in (wanted, pl.Null()) and not (found.is_integer() and wanted == pl.Int64()):
            raise QueryError("query_schema", query=question.id, column=name)
    return frame.cast(question.schema)
