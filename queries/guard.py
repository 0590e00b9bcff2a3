"""The guard: totals that are shown together may not betray a masked one among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from queries.masking import HIDDEN, Rules, Shown, shown

# A masked number keeps at least so many values that it could have.
LEAST_VALUES = 3
UP, DOWN = 1, -1
# A total is the set of rows that it adds up.
Members = frozenset[int]


def guarded(
    sums: Mapping[Members, int],
    levels: Mapping[Members, int],
    rules: Rules,
    last: Members,
    floors: Mapping[Members, int],
) -> dict[Members, Shown]:
    """What is shown of each total, so coarse that no masked one is betrayed; `last` gives way last of all.

    `floors` are how many each total has at least, as far as that is known from elsewhere.
    """
    guard = Guard(sums, levels, rules, floors)
    doubtful = [place for place in range(len(guard.totals)) if guard.is_masked(place)]
    while doubtful:
        place = doubtful[-1]
        if not guard.betrays(place):
            doubtful.pop()
            continue
        widened = guard.widen(place, last)
        if guard.is_masked(widened):
            doubtful.insert(0, widened)
    return dict(zip(guard.totals, guard.shown, strict=True))


class Guard:
    """Looks for other values that masked totals could have, given everything that is shown.

    Totals are bits of a number: a row knows in which it counts, and `tight` are those that may not move on.
    """

    def __init__(
        self,
        sums: Mapping[Members, int],
        levels: Mapping[Members, int],
        rules: Rules,
        floors: Mapping[Members, int],
    ) -> None:
        self.totals = sorted(sums, key=sorted)
        self._true, self._rules = [sums[members] for members in self.totals], rules
        self._levels = [levels[members] for members in self.totals]
        self._floors = [floors.get(members, 1) for members in self.totals]
        self.shown = [self._as_is(place) for place in range(len(self.totals))]
        self._in: dict[int, int] = {}
        for place, members in enumerate(self.totals):
            for row in members:
                self._in[row] = self._in.get(row, 0) | 1 << place
        self._sums, self._tight = list(self._true), {UP: 0, DOWN: 0}
        for place in range(len(self.totals)):
            self._mind(place)

    def is_masked(self, place: int) -> bool:
        """Whether no number stands there."""
        return self.shown[place].value is None

    def betrays(self, place: int) -> bool:
        """Whether a masked total could have fewer than LEAST_VALUES values."""
        others = LEAST_VALUES - 1
        above = self._walk(place, UP, others)
        return above + self._walk(place, DOWN, others - above) < others

    def widen(self, place: int, last: Members) -> int:
        """Show one total less exactly so that `place` is no longer betrayed, or comes closer to that."""
        beside = [at for at in self._beside(place) if self._levels[at] < HIDDEN]
        order = sorted(beside, key=lambda at: (self.totals[at] == last, self._width(at), at))
        for at in [*order, *([place] if self._levels[place] < HIDDEN else [])]:
            self._set(at, self._levels[at] + 1)
            if not self.betrays(place):
                return at
            self._set(at, self._levels[at] - 1)
        at = min(order, key=self._width, default=place)
        self._set(at, self._levels[at] + 1)
        return at

    def _beside(self, place: int) -> Iterator[int]:
        for at, members in enumerate(self.totals):
            if at != place and members & self.totals[place]:
                yield at

    def _width(self, place: int) -> float:
        return self.shown[place].high - self.shown[place].low

    def _set(self, place: int, level: int) -> None:
        self._levels[place] = level
        self.shown[place] = self._as_is(place)
        self._mind(place)

    def _as_is(self, place: int) -> Shown:
        return shown(self._true[place], self._levels[place], self._rules, self._floors[place])

    def _mind(self, place: int) -> None:
        """Note whether a total may be one more or one less than it is supposed to be at the moment."""
        bit, range_ = 1 << place, self.shown[place]
        for step in (UP, DOWN):
            fits = range_.low <= self._sums[place] + step <= range_.high
            self._tight[step] = self._tight[step] & ~bit | (0 if fits else bit)

    def _walk(self, place: int, step: int, most: int) -> int:
        """How many times a total could go on by a step, at most so often; all is as before afterwards."""
        moved: list[tuple[int, int]] = []
        while len(moved) < 2 * most and (move := self._move(place, step)):
            moved += move
            self._apply(move)
        self._apply([(row, -by) for row, by in moved])
        return len(moved) // 2

    def _move(self, place: int, step: int) -> list[tuple[int, int]]:
        """One row of the total that could differ by the step, and one outside it that makes up for that."""
        against, bit = self._tight[-step], 1 << place
        for row in self.totals[place]:
            mine = self._in[row]
            untrue = mine & self._tight[step]
            if not untrue:
                return [(row, step), (row, 0)]
            for other, theirs in self._in.items():
                if not (untrue & ~theirs or theirs & against & ~mine or theirs & bit):
                    return [(row, step), (other, -step)]
        return []

    def _apply(self, move: Iterable[tuple[int, int]]) -> None:
        for row, by in move:
            places = self._in[row] if by else 0
            while places:
                bit = places & -places
                place = bit.bit_length() - 1
                self._sums[place] += by
                self._mind(place)
                places ^= bit
