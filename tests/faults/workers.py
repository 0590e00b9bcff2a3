"""What other processes do while the store is tested; run as a module it publishes until it is killed."""

import sys
from dataclasses import dataclass
from datetime import date
from itertools import count
from multiprocessing.synchronize import Barrier

from data import Store, StoreError
from tests.stores import NOVEMBER, OCTOBER, publish


@dataclass
class Result:
    """What one process was told: its commits' numbers, its months, and how the race for one month ended."""

    commits: list[int]
    months: list[date]
    race: str


def meet(barrier: Barrier) -> None:
    """Give this process the barrier at which all wait for each other."""
    globals()["BARRIER"] = barrier


def work(root: str, number: int) -> Result:
    """Publish five months of one's own, then race the others for the same month."""
    store, barrier = Store(root), globals()["BARRIER"]
    months = [date(2000 + number, month, 1) for month in range(1, 6)]
    barrier.wait()
    commits = [publish(store, month, count=number + 1).number for month in months]
    barrier.wait()
    try:
        publish(store, NOVEMBER, count=number + 1, expected=0)
    except StoreError as error:
        return Result(commits, months, error.code)
    return Result(commits, months, "won")


if __name__ == "__main__":
    for rows in count(1):
        print(publish(Store(sys.argv[1]), OCTOBER, count=rows % 9).number, flush=True)
