"""Which Party organisation an enterprise belongs to, and when each was founded."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from data.sampling.enterprises import ALWAYS, NEVER, Enterprise
from data.sampling.months import first_day, some_day
from data.sampling.shape import Shape
from data.sampling.spread import SEASONS

_NUMERALS = "一二三四五六七八九十"
_JOINT_SIZE = 8


@dataclass(frozen=True)
class Organisation:
    """A branch; enterprises in it are in the township's general branch before it is approved."""

    name: str
    form: str
    area: str
    approved: int
    approved_on: date


@dataclass(frozen=True)
class Organisations:
    """Each enterprise's own or joint branch, and the general branch of each area, which is older than all."""

    own: Mapping[str, Organisation]
    general: Mapping[str, Organisation]

    def of(self, enterprise: Enterprise, index: int) -> Organisation | None:
        """The organisation that covers the enterprise at the end of the month, if one does."""
        if enterprise.covered > index:
            return None
        own = self.own.get(enterprise.id)
        return own if own and own.approved <= index else self.general[enterprise.area]

    def is_sole(self, enterprise: Enterprise) -> bool:
        """Whether the enterprise has, or will have, a branch of its own."""
        own = self.own.get(enterprise.id)
        return own is not None and own.form == "sole"

    def founded(self, index: int) -> dict[str, int]:
        """Area to the number of branches approved in the month."""
        names = {(own.area, own.name) for own in self.own.values() if own.approved == index}
        counts: dict[str, int] = defaultdict(int)
        for area, _ in sorted(names):
            counts[area] += 1
        return dict(counts)


def organise(
    enterprises: list[Enterprise],
    shape: Shape,
    names: Mapping[str, str],
    first: int,
    last: int,
    random: Random,
) -> Organisations:
    """Branches for all, `shape.coverage.founded` of them approved in the last month. `names` are short."""
    groups = [*_sole(enterprises, shape, last), *_joint(enterprises, shape, names, last)]
    # A branch whose enterprises were all covered only in the last month would be founded then.
    older = [group for group in groups if min(each.covered for each in group[2]) < last]
    recent = {id(group) for group in random.sample(older, min(shape.coverage.founded, len(older)))}
    own: dict[str, Organisation] = {}
    for group in older:
        name, form, inside = group
        since = min(each.covered for each in inside)
        approved = last if id(group) in recent else _approval(since, first, last, random)
        day = some_day(approved, random)
        branch = Organisation(name, form, inside[0].area, approved, day)
        own |= {each.id: branch for each in inside}
    return Organisations(own, {area.code: _general(area.code, names, first, random) for area in shape.areas})


Group = tuple[str, str, list[Enterprise]]


def _sole(enterprises: list[Enterprise], shape: Shape, last: int) -> list[Group]:
    """The largest enterprises of an area, each with its own branch."""
    groups: list[Group] = []
    for area in shape.areas:
        able = [e for e in enterprises if e.area == area.code and e.closed == NEVER and e.covered < last]
        able.sort(key=lambda each: -each.size)
        for each in able[: round(area.organised * shape.coverage.sole_share)]:
            groups.append((f"{each.name.removesuffix('（演示）')}党支部（演示）", "sole", [each]))
    return groups


def _joint(enterprises: list[Enterprise], shape: Shape, names: Mapping[str, str], last: int) -> list[Group]:
    """Branches of up to eight enterprises of one area and committee."""
    alone = {inside[0].id for _, _, inside in _sole(enterprises, shape, last)}
    cells: dict[tuple[str, str], list[Enterprise]] = defaultdict(list)
    for each in enterprises:
        if each.closed == NEVER and each.covered <= last and each.id not in alone:
            cells[each.area, each.committee].append(each)
    groups: list[Group] = []
    for (area, committee), inside in cells.items():
        inside.sort(key=lambda each: (each.covered, each.id))
        for number, start in enumerate(range(0, len(inside), _JOINT_SIZE)):
            name = f"{names[area]}{names[committee]}第{_NUMERALS[number]}联合党支部（演示）"
            groups.append((name, "joint", inside[start : start + _JOINT_SIZE]))
    return groups


def _approval(since: int, first: int, last: int, random: Random) -> int:
    """A month before the last one: three in ten were founded before the sample starts, if covered by then."""
    if last == first or (since == ALWAYS and random.random() < 0.3):
        return first - random.randrange(1, 49)
    months = range(max(since, first), last)
    weights = [SEASONS["campaign"][index % 12] ** 2 for index in months]
    return random.choices(months, weights)[0]


def _general(area: str, names: Mapping[str, str], first: int, random: Random) -> Organisation:
    index = first - random.randrange(49, 80)
    name = f"{names[area]}新业态综合联合党支部（演示）"
    return Organisation(name, "joint", area, index, first_day(index).replace(day=random.randrange(2, 28)))
