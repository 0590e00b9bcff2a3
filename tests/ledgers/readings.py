"""Every written ledger as read: each is read once, whatever the number of workers and of tests that ask."""

import pickle
from pathlib import Path

import pytest

from data.ledgers.assessment import Upload
from data.ledgers.desk import read_files
from data.ledgers.ledger import Reading
from tests.ledgers.asking import day, profile
from tests.ledgers.bad import bad, odd
from tests.ledgers.books import book
from tests.ledgers.county import MONTHS, good
from tests.ledgers.planted import planted
from tests.stores import once

# By folder (a month, alone, bad, odd or planted) and name.
Readings = dict[tuple[str, str], Reading]


def all_readings(factory: pytest.TempPathFactory) -> Readings:
    """Every file as read by the desk."""
    made: Readings = pickle.loads((once(factory, "readings", _build) / "readings").read_bytes())
    return made


def _build(place: Path) -> None:
    files = {name: [Upload(one.name, book(one)) for one in good(name)] for name in (*MONTHS, "alone")}
    for name, made in (("bad", bad()), ("odd", odd()), ("planted", planted())):
        files[name] = [Upload(one.file, one.content) for one in made]
    found = {
        (name, one.file): one
        for name, uploads in files.items()
        for one in read_files(uploads, day(name if name in MONTHS else MONTHS[1]), profile())
    }
    place.mkdir()
    (place / "readings").write_bytes(pickle.dumps(found))
