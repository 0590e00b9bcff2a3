"""Disclosure control: what may be said of a count of persons without saying who they are.

A count of 1 to k is masked, a larger one rounded to the base, a zero shown; the county's total stays exact.
Townships, committees, cells and the county are each protected from their own true value, so parts need not
add up to a total. A guard then looks at them together: wherever they would leave a masked number fewer than
three possible values, the total that betrays it is shown less exactly. See design.md §6 and domain.md D.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from queries.guard import Members, guarded
from queries.masking import EXACT, HIDDEN, STANDARD, Rules, Shown

Audience = Literal["internal", "protected"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
Township = frozenset[str] | None
Address = tuple[Township, str | None]


@dataclass(frozen=True)
class Row:
    """Persons of one township and committee, "" where none was named, and which totals they belong to."""

    township: str
    committee: str
    value: int
    in_township: bool
    in_committee: bool


class Release:
    """One figure of one month, protected at every address: township or all, committee or all.

    A township is the set of codes that it stands for, so that one that took in another has its own total.
    """

    def __init__(
        self,
        rows: Iterable[Row],
        townships: Iterable[frozenset[str]],
        rules: Rules,
        hidden: Iterable[Address] = (),
        floors: Mapping[Address, int] = MappingProxyType({}),
        is_county_exact: bool = True,
    ) -> None:
        """Protect the rows; `hidden` addresses are not shown, at `floors` there are so many at least.

        Without `is_county_exact` the county is protected as any other total.
        """
        self._rows = tuple(rows)
        self._addresses = dict(self._found(tuple(townships)))
        levels = dict.fromkeys(self._addresses.values(), STANDARD)
        county = self._addresses.get((None, None), frozenset())
        if is_county_exact and self._sum(county) > rules.k:
            levels[county] = EXACT
        for address in hidden:
            if address in self._addresses:
                levels[self._addresses[address]] = HIDDEN
        for index, row in enumerate(self._rows):
            if row.value:
                # nobody sees it by itself, but it is not negative either
                levels.setdefault(frozenset({index}), HIDDEN)
        sums = {members: self._sum(members) for members in levels}
        known: dict[Members, int] = {}
        for address, floor in floors.items():
            if address in self._addresses:
                members = self._addresses[address]
                known[members] = max(floor, known.get(members, 1))
        self._shown = guarded(sums, levels, rules, county, known)

    def at(self, township: Township, committee: str | None) -> Shown | None:
        """What is shown there; None where nothing was reported. None as an argument = all of them."""
        members = self._addresses.get((township, committee))
        return None if members is None else self._shown[members]

    def _found(self, townships: tuple[frozenset[str], ...]) -> Iterator[tuple[Address, Members]]:
        """Every address with the rows that count there, those of nobody left out."""
        committees = sorted({row.committee for row in self._rows})
        for codes in townships:
            here = [index for index, row in enumerate(self._rows) if row.township in codes]
            yield from self._address((codes, None), (i for i in here if self._rows[i].in_township))
            for name in committees:
                yield from self._address((codes, name), (i for i in here if self._rows[i].committee == name))
        every = range(len(self._rows))
        for name in committees:
            mine = (i for i in every if self._rows[i].in_committee and self._rows[i].committee == name)
            yield from self._address((None, name), mine)
        yield from self._address((None, None), (i for i in every if self._rows[i].in_township))

    def _address(self, address: Address, indices: Iterable[int]) -> Iterator[tuple[Address, Members]]:
        found = tuple(indices)
        if found:
            yield address, frozenset(index for index in found if self._rows[index].value)

    def _sum(self, members: Members) -> int:
        return sum(self._rows[index].value for index in members)
