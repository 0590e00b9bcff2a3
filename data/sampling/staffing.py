"""Workers and members of each enterprise, as far as the enterprise ledgers know them."""

from random import Random

from data.sampling.enterprises import NEVER, Enterprise
from data.sampling.organisations import Organisations
from data.sampling.shape import Shape
from data.sampling.spread import spread

# The ledgers know of most workers and members of the county; the two sources need not agree.
_KNOWN_WORKERS = 0.86
_KNOWN_MEMBERS = 0.94
# Enterprises with three full members and no branch of their own yet (应建未建).
_OVERDUE = 4
_UNKNOWN = 4


def staff(
    enterprises: list[Enterprise], branches: Organisations, shape: Shape, last: int, random: Random
) -> None:
    """Sets workers and members of the last month, who is probationary, and where nobody counted."""
    lasting = [each for each in enterprises if each.closed == NEVER]
    _workers(enterprises, lasting, shape)
    _members(lasting, branches, shape, last)
    memberless = [each for each in lasting if each.members == 0]
    for each in random.sample(memberless, min(_UNKNOWN, len(memberless))):
        each.unknown = True
    for each in lasting:
        each.probationary = each.members not in (0, 3) and random.random() < 0.12


def _workers(enterprises: list[Enterprise], lasting: list[Enterprise], shape: Shape) -> None:
    crowd = {area.code: area.people / area.enterprises for area in shape.areas}
    known = round(shape.people.workers * _KNOWN_WORKERS)
    shares = spread(known, {each.id: each.size * crowd[each.area] for each in lasting})
    usual = known / len(lasting)
    for each in enterprises:
        each.workers = max(2, shares.get(each.id, round(usual * each.size)))


def _members(lasting: list[Enterprise], branches: Organisations, shape: Shape, last: int) -> None:
    """Three wherever a branch of its own needs them, the rest thinly over the larger enterprises covered."""
    sole = [each for each in lasting if branches.is_sole(each)]
    covered = [each for each in lasting if not branches.is_sole(each) and each.covered <= last]
    covered.sort(key=lambda each: -each.workers)
    for each in [*sole, *covered[:_OVERDUE]]:
        each.members = 3
    left = round(shape.people.members * _KNOWN_MEMBERS) - sum(each.members for each in lasting)
    others = [*sole, *covered[_OVERDUE:]]
    shares = spread(max(left, 0), {each.id: each.workers**0.5 for each in others})
    for each in others:
        each.members += shares[each.id]
