"""What is asked: run() answers, INDICATORS and QUERIES say what there is. All that pages may use."""

from data import NuanxinError
from queries.disclosure import AUDIENCES, Audience
from queries.indicators import INDICATORS, Indicator
from queries.questions import Query, QueryError
from queries.runner import DENOMINATORS, QUERIES, run
from queries.snapshots import (
    CommitInfo,
    Moment,
    Place,
    ProfileInfo,
    SnapshotInfo,
    current,
    needed,
    profile,
    snapshots,
)

__all__ = [
    "AUDIENCES",
    "DENOMINATORS",
    "INDICATORS",
    "QUERIES",
    "Audience",
    "CommitInfo",
    "Indicator",
    "Moment",
    "NuanxinError",
    "Place",
    "ProfileInfo",
    "Query",
    "QueryError",
    "SnapshotInfo",
    "current",
    "needed",
    "profile",
    "run",
    "snapshots",
]
