"""Enterprises of a county through all months: when each opens, closes, and is reached by the Party's work."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from data.sampling.shape import Area, Shape
from data.sampling.spread import growth, spread

ALWAYS = 0  # an index before any month
NEVER = 10**6

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_SUFFIXES = ("有限公司", "有限公司", "服务部", "营业部")
Rates = Mapping[int, float]


@dataclass(eq=False)
class Enterprise:
    """One enterprise. An organisation covers it from month `covered` on, any work from `worked`."""

    id: str
    name: str
    area: str
    committee: str
    opened: int
    closed: int
    size: float
    covered: int = NEVER
    worked: int = NEVER
    workers: int = 0
    members: int = 0
    probationary: bool = False
    unknown: bool = False
    flags: tuple[bool, ...] = ()
    place: tuple[float, float] | None = None

    def operates(self, index: int) -> bool:
        """Whether it does business at the end of the month."""
        return self.opened <= index < self.closed


def found(
    shape: Shape, stems: Mapping[str, str], first: int, last: int, prefix: str, random: Random
) -> list[Enterprise]:
    """Every enterprise that operates in some month, those of one area together; `stems` name the areas."""
    enterprises: list[Enterprise] = []
    for area in shape.areas:
        spans = [*_lasting(area, first, last, random), *_gone(area, first, last, random)]
        kinds = spread(len(spans), shape.committees)
        committees = [committee for committee, count in kinds.items() for _ in range(count)]
        random.shuffle(committees)
        shift = random.randrange(60)
        for number, ((opened, closed), committee) in enumerate(zip(spans, committees, strict=True)):
            trade = random.choice(shape.industries[committee])
            name = f"{stems[area.code]}{_sign(number + shift)}{trade}{random.choice(_SUFFIXES)}（演示）"
            enterprises.append(
                Enterprise(
                    id=f"{prefix}-{area.code[-3:]}-{number + 1:03d}",
                    name=name,
                    area=area.code,
                    committee=committee,
                    opened=opened,
                    closed=closed,
                    size=random.lognormvariate(0, 0.9),
                    flags=tuple(random.random() < share for share in (0.34, 0.62, 0.30)),
                )
            )
    return enterprises


def reach(enterprises: list[Enterprise], shape: Shape, first: int, last: int, random: Random) -> None:
    """Sets `covered` and `worked` so that each area meets its numbers of the last month exactly."""
    gain = growth(first, last, 0.0, random, waves="campaign")
    for area in shape.areas:
        here = [each for each in enterprises if each.area == area.code]
        _cover(here, area, _rates(shape.coverage.organised_start, _organised(shape), gain), last, random)
        _work(here, area, _rates(shape.coverage.worked_start, _worked(shape), gain), last, random)


def _lasting(area: Area, first: int, last: int, random: Random) -> list[tuple[int, int]]:
    """Spans of those that operate in the last month: about one in nine opened on the way."""
    young = round(area.enterprises * 0.11)
    births = [random.randrange(first + 1, last + 1) if last > first else ALWAYS for _ in range(young)]
    return [(ALWAYS, NEVER)] * (area.enterprises - young) + [(birth, NEVER) for birth in births]


def _gone(area: Area, first: int, last: int, random: Random) -> list[tuple[int, int]]:
    """Spans of those that closed on the way."""
    if last == first:
        return []
    return [(ALWAYS, random.randrange(first + 1, last + 1)) for _ in range(round(area.enterprises * 0.07))]


def _sign(number: int) -> str:
    return _STEMS[number % 10] + _BRANCHES[number % 12] + ("" if number < 60 else "新")


def _organised(shape: Shape) -> float:
    return sum(area.organised for area in shape.areas) / sum(area.enterprises for area in shape.areas)


def _worked(shape: Shape) -> float:
    return 1 - sum(area.blank for area in shape.areas) / sum(area.enterprises for area in shape.areas)


def _rates(start: float, end: float, gain: Rates) -> dict[int, float]:
    """Month to the share of the last month's rate that is reached."""
    return {index: (start + (end - start) * level) / end for index, level in gain.items()}


def _cover(here: list[Enterprise], area: Area, rates: Rates, last: int, random: Random) -> None:
    lasting = [each for each in here if each.closed == NEVER]
    # The old and the large are organised; those left over never are.
    lasting.sort(key=lambda each: (each.opened, random.random() / each.size))
    destined = lasting[: area.organised]
    candidates = [*destined, *(each for each in here if each.closed != NEVER)]
    random.shuffle(candidates)
    joined = _enrol(candidates, here, rates, area.organised / area.enterprises, {})
    for each in candidates:
        each.covered = joined.get(each.id, NEVER)
    for each in destined:
        each.covered = min(each.covered, last)


def _work(here: list[Enterprise], area: Area, rates: Rates, last: int, random: Random) -> None:
    bare = [each for each in here if each.covered > last and each.closed == NEVER]
    random.shuffle(bare)
    destined = bare[area.blank :]
    candidates = [
        *destined,
        *(each for each in here if ALWAYS < each.covered <= last or each.closed != NEVER),
    ]
    random.shuffle(candidates)
    covered = {each.id: each.covered for each in here}
    joined = _enrol(candidates, here, rates, 1 - area.blank / area.enterprises, covered)
    for each in here:
        each.worked = joined[each.id]
    for each in destined:
        each.worked = min(each.worked, last)


def _enrol(
    candidates: list[Enterprise], here: list[Enterprise], rates: Rates, end: float, before: Mapping[str, int]
) -> dict[str, int]:
    """Enterprise to the month in which it joins: the next candidates each month, up to the wanted share."""
    since = dict(before)
    for index, rate in rates.items():
        operating = [each for each in here if each.operates(index)]
        inside = sum(since.get(each.id, NEVER) <= index for each in operating)
        waiting = [e for e in candidates if e.operates(index) and since.get(e.id, NEVER) > index]
        # Rounded down, mostly: townships reach their next enterprise late rather than early.
        for each in waiting[: max(int(rate * end * len(operating) + 0.2) - inside, 0)]:
            since[each.id] = ALWAYS if index == min(rates) else index
    return since
