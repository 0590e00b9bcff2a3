"""Where the written ledgers of the small county are, and how they become files."""

from collections.abc import Iterable
from pathlib import Path

from tests.ledgers.books import book
from tests.ledgers.sheets import Written, read

HERE = Path(__file__).parent
PROFILE = HERE / "profile"
MONTHS = ("2026-09", "2026-10")


def good(folder: str) -> list[Written]:
    """The good ledgers of a month, or of `alone`."""
    return [read(path) for path in sorted((HERE / "good" / folder).glob("*.txt"))]


def write(ledgers: Iterable[Written], folder: Path) -> list[Path]:
    """The ledgers as files in a folder, which is made if needed."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / one.name for one in ledgers]
    for path, one in zip(paths, ledgers, strict=True):
        path.write_bytes(book(one))
    return paths
