"""Many messages of one kind as one line, with the first of them and where the others are."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from data.messages import say

T = TypeVar("T")
# So many of one kind are listed one by one.
FEW = 5
_PLACES = 8


def groups(
    items: Sequence[T], kind: Callable[[T], Hashable], few: Callable[[T], int] = lambda one: FEW
) -> list[list[T]]:
    """The items in order, each alone, but all of a kind together where there are more than `few` of it."""
    alike: dict[Hashable, list[T]] = {}
    for one in items:
        alike.setdefault(kind(one), []).append(one)
    listed = []
    for one in items:
        same = alike[kind(one)]
        if len(same) <= few(one):
            listed.append([one])
        elif same[0] is one:
            listed.append(same)
    return listed


def others(spots: Iterable[str], count: int, lang: str | None = None) -> str:
    """How many more there are, and the first places."""
    shown = list(dict.fromkeys(filter(None, spots)))[:_PLACES]
    return say("finding_more", lang, count=count, places=" ".join(shown)) if count else ""
