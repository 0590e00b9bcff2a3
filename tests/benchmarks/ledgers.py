"""How ledgers are read: how fast, with how much memory, and what becomes of broken ones.

    python -m tests.benchmarks.ledgers batch               a month's ledgers of a small county, twice
    python -m tests.benchmarks.ledgers hotline             200,000 cases as CSV and as XLSX
    python -m tests.benchmarks.ledgers fuzz [--count 10000] [--seed 1]

Times are seconds, `worked` those of the processor, which other work on the machine does not lengthen; ratios
are to reading one ledger, so that they hold on any machine. Memory is the most that the process, and apart
from it the child that opens the file, ever held.
"""

import argparse
import multiprocessing
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from time import perf_counter
from xml.sax.saxutils import escape

from data.ledgers.desk import read_files
from data.ledgers.reader import read_bytes
from data.ledgers.reading import read_ledgers
from tests.hostile import changed, plain, sheet_of, with_strings
from tests.ledgers.asking import profile
from tests.ledgers.bad import base
from tests.ledgers.county import MONTHS, good, write
from tests.mutants import MONTH, bases, known, mutants, outcome

CASES = 200_000
_MB = 1024 if sys.platform == "linux" else 1024 * 1024


def timed(work: Callable[[], object]) -> float:
    """Seconds of one run."""
    start = perf_counter()
    work()
    return perf_counter() - start


def worked() -> float:
    """Seconds of the processor for this process and the children that have ended."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


def batch() -> None:
    """All ledgers of both months together, against the mean of one alone."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [path for month in MONTHS for path in write(good(month), Path(folder) / month)]
        one = sum(timed(lambda path=path: read_files([path], MONTH, profile())) for path in paths) / len(
            paths
        )
        before = worked()
        whole = timed(lambda: read_files(paths, MONTH, profile()))
        done = worked() - before
        print(
            f"{len(paths)} ledgers {whole:.2f} s, worked {done:.2f} s; "
            f"one {one:.2f} s, ratio {whole / one:.1f}"
        )


def hotline_rows() -> list[list[str]]:
    """The header of a hotline's export, and its cases."""
    sheet = base("grievances").sheets[0]
    header, first = ([str(cell or "") for cell in sheet.rows[number]] for number in (1, 2))
    rows = [header]
    for number in range(CASES):
        day = f"2026-10-{number % 28 + 1:02}"
        own = {1: f"NX{number:012}", 2: day, 9: day, 15: f"反映第{number % 977}号路口停车困难，希望尽快处理"}
        rows.append([own.get(place, text) for place, text in enumerate(first)])
    return rows


def as_csv(rows: list[list[str]]) -> bytes:
    """The rows as a hotline exports them."""
    return "".join(",".join(row) + "\r\n" for row in rows).encode("gb18030")


def as_xlsx(rows: list[list[str]]) -> bytes:
    """The rows as a workbook with shared strings."""
    texts: dict[str, int] = {}
    lines = []
    for number, row in enumerate(rows, 1):
        cells = [
            f'<c r="{chr(65 + place)}{number}" s="0" t="s"><v>{texts.setdefault(text, len(texts))}</v></c>'
            for place, text in enumerate(row)
        ]
        lines.append(f'<row r="{number}" spans="1:16">{"".join(cells)}</row>')
    strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    book = changed(plain({"诉求": [["x"]]}), sheet=sheet_of("".join(lines)))
    return with_strings(book, strings)


def measure(name: str, content: bytes) -> None:
    """Print the time of opening and of understanding a file, and memory."""
    start = perf_counter()
    book = read_bytes(name, content)
    opened = perf_counter() - start
    reading = read_ledgers(book, MONTH, profile())
    understood = perf_counter() - start - opened
    rows = sum(frame.height for ledger in reading.ledgers for frame in ledger.frames.values())
    own, child = (
        resource.getrusage(who).ru_maxrss // _MB for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(
        f"{name} {len(content) / 1e6:.0f} MB: opened {opened:.1f} s, understood {understood:.1f} s, "
        f"worked {worked():.1f} s; "
        f"{rows} rows, {len(reading.findings)} findings; memory {own} MB, child {child} MB",
        flush=True,
    )


def hotline() -> None:
    """Each form in a process of its own, so that each has its own peak."""
    for name, make in (("hotline.csv", as_csv), ("hotline.xlsx", as_xlsx)):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(make(hotline_rows()))
            job = multiprocessing.get_context("spawn").Process(target=_measured, args=(path,))
            job.start()
            job.join()


def _measured(path: Path) -> None:
    measure(path.name, path.read_bytes())


def fuzz(count: int, seed: int) -> bool:
    """Count what became of mutants; whether nothing went wrong."""
    files = bases()
    before = {name: known(name, content) for name, content in files.items()}
    outcomes: Counter[str] = Counter()
    wrong: list[str] = []

    def one(job: tuple[str, int, bytes]) -> None:
        name, number, mutant = job
        what, found = outcome(name, mutant, before[name])
        outcomes[what] += 1
        for text in found:
            wrong.append(text)
            print(f"{name} seed {seed} mutant {number}: {text}", flush=True)

    share = -(-count // len(files))
    with ThreadPoolExecutor(2) as pool:
        for name, content in files.items():
            jobs = (
                (name, number, mutant) for number, mutant in enumerate(islice(mutants(content, seed), share))
            )
            for _ in pool.map(one, jobs):
                pass
            print(name, dict(outcomes), len(wrong), "wrong", flush=True)
    return not wrong


def main() -> int:
    """Run what was asked for; 1 if a mutant did what it must not."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["batch", "hotline", "fuzz"])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.what == "fuzz":
        return 0 if fuzz(asked.count, asked.seed) else 1
    {"batch": batch, "hotline": hotline}[asked.what]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
