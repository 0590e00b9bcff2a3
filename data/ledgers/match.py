"""Which kind of ledger a header belongs to, and what each of its columns holds."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from data.figures import FIGURES
from data.ledgers.header import Head
from data.ledgers.kinds import Field, Kind, Names, indicator_of, registry
from data.ledgers.labels import tells
from data.ledgers.privacy import person_header

Role = Literal["field", "indicator", "service", "target", "ignored", "person", "unknown"]

# A level that says a time and nothing else.
_MONTH = re.compile(r"(?:本月|本期|当月|当期)数?|(?:本年|年度|全年|年初)?(?:以来)?累计数?")
# Part of the people that a header below it counts.
_SOME = re.compile("流动|新发展|退休|困难|其他")
# A header names its kind by at least this many of its columns.
_FEWEST = 2


@dataclass(frozen=True)
class Column:
    """A column of a sheet: `name` is a field, an indicator or a service type, as its role says."""

    letter: str
    text: str
    role: Role
    name: str = ""
    committee: str | None = None
    percent: bool = False
    path: tuple[str, ...] = ()
    scale: str | None = None

    @property
    def meaning(self) -> tuple[Role, str, str | None]:
        """What two columns of a sheet may not share."""
        return self.role, self.name, self.committee


@dataclass(frozen=True)
class Match:
    """A header read as one kind of ledger."""

    kind: Kind
    columns: tuple[Column, ...]

    def of(self, *roles: Role) -> list[Column]:
        """The columns of these roles, from left to right."""
        return [column for column in self.columns if column.role in roles]

    def column(self, field: str) -> Column | None:
        """The first column of a field, if the sheet has one."""
        return next((one for one in self.of("field") if one.name == field), None)

    def missing(self) -> list[str]:
        """The labels of columns without which the sheet cannot be read."""
        kind = self.kind
        absent = [one.label for one in kind.fields if one.required and not self.column(one.name)]
        if kind.name == "enterprises" and not (self.column("members_full") or self.column("members_total")):
            absent.append(kind.field("members_full").label)
        given = {column.name for column in self.of("indicator")}
        names = registry().names
        absent += [names[name][0] for name in kind.required_indicators if name not in given]
        if kind.rows != "record" and not self.of("indicator", "service", "target"):
            long = [one for one in kind.fields if one.name in ("indicator_id", "service_type")]
            long += [one for one in kind.fields if one.name in ("value", "person_times")]
            absent += [one.label for one in long if not self.column(one.name)]
        return absent

    def repeated(self) -> Iterator[tuple[Column, Column]]:
        """Pairs of columns that say they hold the same."""
        first: dict[tuple[Role, str, str | None], Column] = {}
        for column in self.of("field", "indicator", "service", "target"):
            if column.meaning in first:
                yield first[column.meaning], column
            first.setdefault(column.meaning, column)


def match(heads: Sequence[Head], names: Names) -> Match | None:
    """The kind that knows most of the columns, or None if no kind is meant."""
    tried = [Match(kind, tuple(_columns(heads, kind, names))) for kind in registry().kinds.values()]
    fitting = [one for one in tried if _is_marked(one) and _score(one) >= _FEWEST]
    best = max(fitting, key=_score, default=None)
    if best is None or not best.missing():
        return best
    # 充电 is a thing of a station and a service: what lacks nothing and knows as much is meant.
    unknown = {column.letter for column in best.of("unknown")}
    near = [
        one
        for one in fitting
        if not one.missing()
        and _score(one) >= _score(best) - 1
        and {column.letter for column in one.of("unknown")} <= unknown
    ]
    return max(near, key=_score, default=best)


def _is_marked(one: Match) -> bool:
    found = {column.name for column in one.columns if column.role != "ignored"}
    roles = {column.role for column in one.columns}
    wide = {"any": "indicator", "service": "service", "target": "target"}
    return any(wide.get(mark) in roles or mark in found for mark in one.kind.marks)


def _score(one: Match) -> float:
    weights = Counter(
        "typical" if column.role != "indicator" or column.name in one.kind.indicators else "other"
        for column in one.of("field", "indicator", "service", "target")
    )
    return weights["typical"] + weights["other"] / 2


def _columns(heads: Sequence[Head], kind: Kind, names: Names) -> Iterator[Column]:
    for head in heads:
        role, name, committee = _meaning(head, kind, names)
        yield Column(head.column, head.text, role, name, committee, head.percent, head.path, head.scale)


def _meaning(head: Head, kind: Kind, names: Names) -> tuple[Role, str, str | None]:
    path, committee = head.path, None
    if kind.rows == "figures":
        path, committee = _without_committee(path, names)
    months: tuple[str, ...] = ()
    if kind.rows in ("figures", "services"):
        path, months = _without_month(path)
    spoken = ["/".join(path[at:]) for at in range(len(path))]
    for at, header in enumerate(spoken):
        if (kind.name, header) in names.headers:
            name = names.headers[kind.name, header]
            return ("ignored", "", None) if name == "ignore" else (_role(kind, name), name, committee)
        field = _field(kind, header)
        number = None if field else _number(kind, header)
        if _is_other(field, number, (*path[:at], *months)):
            break
        if field:
            return ("ignored" if field.type == "skip" else "field"), field.name, None
        if number:
            return _role(kind, number), number, committee
    if person_header(head.text):
        return "person", "", None
    ignored = any(header in registry().ignored for header in spoken)
    return ("ignored" if ignored else "unknown"), "", None


def _without_month(path: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The levels of a header, and those that only say the month or the year so far."""
    months = tuple(part for part in path if _MONTH.fullmatch(part)) if len(path) > 1 else ()
    return tuple(part for part in path if part not in months), months


def _is_other(field: Field | None, number: str | None, over: tuple[str, ...]) -> bool:
    """Whether what stands over a header of numbers makes it another figure: of last month, of women only."""
    name = number or (field.name if field and field.type in ("count", "decimal") else None)
    if name is None:
        return False
    so_far, monthly = (
        any("累计" in part for part in over),
        any(re.search("[本当][月期]", one) for one in over),
    )
    if FIGURES.get(name) == "C" and number:
        return monthly and not so_far
    of_some = name.startswith(("members", "workers")) and any(_SOME.search(part) for part in over)
    return of_some or any(map(tells, over))


def _without_committee(path: tuple[str, ...], names: Names) -> tuple[tuple[str, ...], str | None]:
    """A level that names a committee says whose the column is, unless it is all there is."""
    for part in path if len(path) > 1 else ():
        committee = names.committee(part)
        if committee:
            return tuple(one for one in path if one != part), committee
    return path, None


def _field(kind: Kind, header: str) -> Field | None:
    return next((one for one in kind.fields if header in one.words), None)


def _number(kind: Kind, header: str) -> str | None:
    """What a column of numbers counts, in a kind that has such columns."""
    if kind.rows == "figures":
        return indicator_of(header)
    if kind.rows == "services":
        return registry().services.get(header)
    if kind.rows == "targets" and header.endswith("目标"):
        return indicator_of(header, targets=True)
    return None


def _role(kind: Kind, name: str) -> Role:
    if any(one.name == name for one in kind.fields):
        return "field"
    return {"figures": "indicator", "services": "service", "targets": "target"}.get(kind.rows, "field")  # type: ignore[return-value]
