"""What leaves queries for an audience: answers of protected figures, each count of persons with its mark."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from data import Connection
from queries.marks import COLUMNS, MARK, Marker
from queries.masking import HIDDEN, STANDARD, shown
from queries.persons import MEMBERS, PERSONS, PROBATIONARY, People
from queries.protection import Feed, Parameters, feed, splits
from queries.questions import Query, QueryError

Answer = Callable[[Connection, Query, Parameters], pl.DataFrame]
TABLE = "figures_finest"
# Sums over the enterprise ledger, beside the figures that townships report.
LEDGER = "enterprises_by_township_committee"


def protected(
    connection: Connection, people: People, question: Query, asked: Parameters, answer: Answer
) -> pl.DataFrame:
    """The answer as everybody may see it, `<column>_mark` beside each column that may hold persons.

    A masked number is null and its mark ≤5, a rounded one has 约, one that is not shown ※.
    Raises QueryError internal_only for a question about single rows.
    """
    if question.is_internal:
        raise QueryError("internal_only", query=question.id)
    if question.id == LEDGER:
        return _ledger(answer(connection, question, asked), people, asked)
    figures = sorted(_figures(question, asked))
    if not figures:
        return answer(connection, question, asked)
    fed = feed(people, question, asked, figures, split=splits(question, asked, "township"))
    frame = answer(_lent(connection, people, fed), question, asked)
    if "totals" in question.inner:
        # all townships together are protected by themselves, not as the sum of them
        whole = feed(people, question, asked, figures, split=False)
        totals = answer(_lent(connection, people, whole), question, asked)
        return _with_totals(question, asked, (frame, fed), (totals, whole))
    return _marked(frame, question, asked, fed, split=splits(question, asked, "township"))


def _lent(connection: Connection, people: People, fed: Feed) -> Connection:
    return connection.lent({TABLE: fed.table(people.others)})


def _with_totals(
    question: Query, asked: Parameters, split: tuple[pl.DataFrame, Feed], whole: tuple[pl.DataFrame, Feed]
) -> pl.DataFrame:
    """The rows of townships as they are, and in the place of each total the one asked for by itself."""
    frame, fed = split
    named = _marked(frame, question, asked, fed, split=True).with_row_index("place")
    totals = _marked(whole[0], question, asked, whole[1], split=False).with_row_index("place")
    is_total = pl.col("township_code").is_null()
    both = pl.concat([named.filter(~is_total), totals.filter(is_total)])
    order = named.select("place", "indicator_id", "township_code")
    keys = ["indicator_id", "township_code"]
    return order.join(both.drop("place"), on=keys, how="left", nulls_equal=True).sort("place").drop("place")


def _figures(question: Query, asked: Parameters) -> set[str]:
    """The figures of persons that a question adds up."""
    if "ids" in question.inner:
        wanted = {*asked["parts"], *asked["whole"]}
    elif "parts" in question.inner:
        wanted = {*(asked["parts"] or ()), *(asked["whole"] or ())}
    elif "indicator" in question.parameters:
        wanted = {asked["indicator"]}
    elif "member_share" in question.schema:
        wanted = {figure for figures in COLUMNS.values() for figure in figures}
    else:
        wanted = set(PERSONS) if TABLE in question.sql else set()
    people = wanted & PERSONS
    return {MEMBERS if figure == PROBATIONARY else figure for figure in people}


def _marked(
    frame: pl.DataFrame, question: Query, asked: Parameters, fed: Feed, *, split: bool
) -> pl.DataFrame:
    """The answer with the marks of its numbers; what would tell more than they do is taken out."""
    marker = Marker(question, asked, fed, split=split)
    columns = [
        column for column in (*COLUMNS, "value", "numerator", "denominator") if column in frame.columns
    ]
    rows = [marker.mark(row, columns) for row in frame.iter_rows(named=True)]
    marks = {f"{column}{MARK}": pl.String() for column in columns}
    return pl.DataFrame(rows, schema={**frame.schema, **marks})


def _ledger(frame: pl.DataFrame, people: People, asked: Parameters) -> pl.DataFrame:
    """Sums over the enterprise ledger, each cell by itself: it has no totals that could betray one."""
    groups = people.townships(asked["basis_month"])
    rows = []
    for row in frame.iter_rows(named=True):
        codes = groups[row["township_code"] or ""]
        alone = people.firms.is_dominated(asked["month"], codes, row["committee_id"] or "")
        for column in ("workers", MEMBERS, PROBATIONARY):
            # members are told by the table of people, and not a second time
            level = HIDDEN if alone or column != "workers" else STANDARD
            one = None if row[column] is None else shown(row[column], level, people.rules(asked["month"]))
            row |= {column: one and one.value, f"{column}{MARK}": one and one.mark}
        rows.append(row)
    marks = {f"{column}{MARK}": pl.String() for column in ("workers", MEMBERS, PROBATIONARY)}
    return pl.DataFrame(rows, schema={**frame.schema, **marks})
