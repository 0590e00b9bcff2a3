"""Where labels fit: their width before any browser measures it, their lines, and places free of other ink."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from pages.shared.charts.base import LINE_HEIGHT

# Widths in em, measured in Noto Sans CJK SC bold, the widest of our fonts; any other character is one em.
_CLASSES = {
    " ": 0.23,
    "|ijl',.:;I!": 0.33,
    "()[]{}-/\\ftr": 0.42,
    '0123456789#$+<=>^~_acegksvxyzJL?*"': 0.6,
    "mwMW%@—": 0.97,
}
_WIDTHS = {char: width for chars, width in _CLASSES.items() for char in chars}
MARGIN = 1.03  # other fonts of the stack run a little wider


def em(text: str) -> float:
    """The width of one line in em."""
    return sum(_WIDTHS.get(c, 0.7 if c.isascii() else 1.0) for c in text)


def px(text: str, size: float) -> float:
    """The width of a label in px; the longest line counts, markup must not be in it."""
    return max((em(line) for line in text.split("\n")), default=0) * size * MARGIN


def wrap(name: str, widest: float = 7) -> list[str]:
    """A name in lines of at most `widest` em: words stay whole, Chinese breaks anywhere; never cut."""
    if em(name) <= widest:
        return [name]
    if " " in name or "/" in name:
        return _wrap_words(name.replace("/", "/ ").split(), max(widest, 8))
    rows = ceil(em(name) / widest)
    step = ceil(len(name) / rows)
    lines = [name[at : at + step] for at in range(0, len(name), step)]
    for above, below in pairwise(range(len(lines))):
        while lines[below][:1] in tuple("）)、，"):  # a closing mark never starts a line
            lines[above], lines[below] = lines[above] + lines[below][0], lines[below][1:]
    return [line for line in lines if line]


def _wrap_words(words: Iterable[str], widest: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and em(f"{lines[-1]} {word}") <= widest:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def push_apart(places: Sequence[float], tall: Sequence[float], low: float, high: float) -> list[float]:
    """Middles of labels moved as little as possible until none touches another, all within low…high.

    Pooling: without the room each needs, the order must not fall, so violators share their mean.
    """
    order = sorted(range(len(places)), key=lambda i: (places[i], i))
    room = [0.0]
    for below, above in pairwise(order):
        room.append(room[-1] + (tall[below] + tall[above]) / 2)
    pools: list[tuple[float, int]] = []
    for rank, i in enumerate(order):
        mean, size = places[i] - room[rank], 1
        while pools and pools[-1][0] > mean:
            last, count = pools.pop()
            mean, size = (mean * size + last * count) / (size + count), size + count
        pools.append((mean, size))
    flat = [mean for mean, size in pools for _ in range(size)]
    moved = [0.0] * len(places)
    for rank, i in enumerate(order):
        first, last_one = low + tall[order[0]] / 2, high - tall[order[-1]] / 2 - room[-1]
        moved[i] = min(max(flat[rank], first), max(last_one, first)) + room[rank]
    return moved


@dataclass(frozen=True)
class Box:
    """A rectangle in px, y upwards."""

    left: float
    bottom: float
    right: float
    top: float

    def hits(self, other: "Box") -> bool:
        """Do the two share any ink?"""
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.top <= other.bottom or other.top <= self.bottom)

    def crossed_by(self, path: Sequence[tuple[float, float]]) -> bool:
        """Does a line through these points run through the box?"""
        return any(self._crossed(a, b) for a, b in pairwise(path))

    def _crossed(self, a: tuple[float, float], b: tuple[float, float]) -> bool:
        """Does the part of the segment within the box have a length (Liang–Barsky)?"""
        enter, leave = 0.0, 1.0
        for start, end, low, high in (
            (a[0], b[0], self.left, self.right),
            (a[1], b[1], self.bottom, self.top),
        ):
            if start == end:
                if not low < start < high:
                    return False
                continue
            near, far = sorted(((low - start) / (end - start), (high - start) / (end - start)))
            enter, leave = max(enter, near), min(leave, far)
        return enter < leave


def box_at(
    words: str, size: int, at: tuple[float, float], anchor: tuple[str, str], shift: tuple[float, float]
) -> Box:
    """The box of a label that `base.label` would draw at this point (px), line breaks as \\n."""
    width, height = px(words, size), (words.count("\n") + 1) * size * LINE_HEIGHT
    left = at[0] + shift[0] - {"left": 0.0, "center": width / 2, "right": width}[anchor[0]]
    bottom = at[1] + shift[1] - {"bottom": 0.0, "middle": height / 2, "top": height}[anchor[1]]
    return Box(left, bottom, left + width, bottom + height)
