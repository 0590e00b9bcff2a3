"""How long a page takes, and how much of that is asking and drawing.

    python -m tests.benchmarks.pages [--months 36] [--runs 7]

One row a page: milliseconds of a whole script run with fresh and with cached answers, the part spent in
queries, in making figures and in handing them to Streamlit (which checks every property), and the ratio of
the run to all three. All in one process, so that the ratios hold on any machine.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import streamlit as st
from streamlit.testing.v1 import AppTest

import queries
from data import Store, sample
from pages import PAGES
from pages.shared import charts
from pages.shared.reports import Page
from queries import runner

ROOT = Path(__file__).resolve().parents[2]


class Clock:
    """Adds up the time spent inside the functions it wraps."""

    def __init__(self) -> None:
        self.spent = 0.0

    def wrap(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            start = perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                self.spent += perf_counter() - start

        return timed


@contextmanager
def watched(asking: Clock, drawing: Clock, handing: Clock) -> Iterator[None]:
    """Time `queries.run` and every chart function wherever a page module holds it."""
    makers = {getattr(charts, name) for name in charts.__all__ if name[0].islower()}
    modules = [module for name, module in sys.modules.items() if name.startswith("pages")]
    held = [(m, k, v) for m in modules for k, v in vars(m).items() if callable(v) and _in(v, makers)]
    run, hand = queries.run, st.plotly_chart
    queries.run, st.plotly_chart = asking.wrap(run), handing.wrap(hand)
    for module, name, function in held:
        setattr(module, name, drawing.wrap(function))
    try:
        yield
    finally:
        queries.run, st.plotly_chart = run, hand
        for module, name, function in held:
            setattr(module, name, function)


def _in(value: object, makers: set[object]) -> bool:
    return any(value is maker for maker in makers)


def measure(slug: str, runs: int, *, cached: bool) -> tuple[float, ...]:
    """Return milliseconds of a run, its queries, its figures and their hand-over: medians of `runs` runs."""
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    app.session_state["frame.wanted"] = (slug, {})
    app.run()
    rows = []
    for _ in range(runs):
        if not cached:
            runner._answer.cache_clear()
        clocks = Clock(), Clock(), Clock()
        with watched(*clocks):
            start = perf_counter()
            app.run()
            rows.append((perf_counter() - start, *(clock.spent for clock in clocks)))
    assert not app.exception, app.exception
    return tuple(1000 * median(column) for column in zip(*rows, strict=True))


def main() -> None:
    """Build a store, measure every page, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--runs", type=int, default=7)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NUANXIN_STORE"] = folder
        sample.build(Store(folder), profile="demo", last=date(2026, 10, 1), months=asked.months, seed=7)
        heads = "".join(f"{head:>9}" for head in ("run ms", "queries", "figures", "handing", "ratio"))
        print(f"{'page':12} {'answers':7}{heads}")
        for page in (one for one in PAGES if isinstance(one, Page)):
            for cached in (False, True):
                run, *parts = measure(page.slug, asked.runs, cached=cached)
                ratio = run / sum(parts) if sum(parts) else float("nan")
                told = "".join(f"{number:9.1f}" for number in (run, *parts, ratio))
                print(f"{page.slug:12} {'cached' if cached else 'fresh':7}{told}")


if __name__ == "__main__":
    main()
