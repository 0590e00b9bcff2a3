"""One file from standard input to standard output, within limits of memory, time, files and processes."""

import codecs
import contextlib
import json
import sys

import pyarrow as pa  # type: ignore[import-untyped]

from data.ledgers.child.columns import write
from data.ledgers.child.limits import Refused, seconds_for
from data.ledgers.child.sheets import opened

MOST_MEMORY = 1_500_000_000
# Loaded before the doors are shut: those of text, and that of names in an archive.
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "latin-1", "cp437")


def main() -> None:
    """Read, shut the doors, open the file, tell what is in it."""
    _frame(b"HERE", b"")
    content = sys.stdin.buffer.read()
    for name in _ENCODINGS:
        codecs.lookup(name)
    shut(seconds_for(len(content)))
    try:
        form, sheets = opened(content)
        _frame(b"FORM", json.dumps(form).encode())
        for sheet in sheets:
            _sheet(sheet)
        _frame(b"DONE", b"")
    except Refused as refused:
        place = {"sheet": refused.sheet, "row": refused.row, "column": refused.column}
        _frame(b"FAIL", json.dumps({"code": refused.code, **place}).encode())


def shut(seconds: int) -> None:
    """From here on no file or socket can be opened and no process begun; Windows has no such limits."""
    try:
        import resource
    except ImportError:
        return
    limits = {
        resource.RLIMIT_AS: MOST_MEMORY,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_NOFILE: 3,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_FSIZE: 0,
        # A core file would hold the ledger.
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        # Some systems do not know every limit.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def _sheet(table: pa.Table) -> None:
    """A frame written twice, first to learn its length: a large sheet must not lie in memory once more."""
    measure = pa.MockOutputStream()
    write(table, measure)
    sys.stdout.buffer.write(b"SHET" + measure.size().to_bytes(8, "little"))
    write(table, pa.PythonFile(sys.stdout.buffer, mode="w"))
    sys.stdout.buffer.flush()


def _frame(kind: bytes, content: bytes) -> None:
    sys.stdout.buffer.write(kind + len(content).to_bytes(8, "little") + content)
    sys.stdout.buffer.flush()
