"""What tests of ledgers ask: commands run, files judged, rows printed, identifiers looked for."""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from typer.testing import CliRunner, Result

from data import Store
from data.__main__ import app
from data.ledgers import desk
from data.ledgers.assessment import Assessment, FileResult
from data.ledgers.findings import Finding
from data.ledgers.ledger import Reading
from data.messages import LANGUAGES
from data.profile import Profile, load_profile
from tests.ledgers import identifiers
from tests.ledgers.county import MONTHS, PROFILE
from tests.ledgers.rows import Row, expected
from tests.ledgers.sheets import Written

TABLES = ("enterprises", "figures", "stations", "station_services", "grievances", "tasks", "targets")


@cache
def profile() -> Profile:
    return load_profile(PROFILE)


def day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def lines(text: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(text)))


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Rows by their place, so that only what they say is compared."""
    return sorted(rows, key=lambda row: (row["file"], row["sheet"], int(row["row"]), row["column"]))


def named(rows: Iterable[Row]) -> list[Row]:
    """Rows of enterprises without a code carry an id made from name and township: checked, then left out."""
    found = []
    for row in rows:
        made = re.fullmatch("H[a-p]{16}", row.get("enterprise_id", ""))
        found.append(row | {"enterprise_id": ""} if made else row)
    return in_order(found)


def wanted(ledgers: Sequence[Written], month: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for one in ledgers:
        for table, rows in expected(one, month).items():
            found.setdefault(table, []).extend(rows)
    return {table: in_order(rows) for table, rows in found.items()}


def command(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def published(store: Store, month: str) -> dict[str, list[Row]]:
    """Table -> rows of a month as the command prints them."""
    found = {}
    for table in TABLES:
        result = command("rows", table, "--month", month, "--store", store.root)
        assert result.exit_code == 0, result.output
        found[table] = named(lines(result.stdout))
    return found


def read(paths: Sequence[Path], month: str = MONTHS[1]) -> list[Reading]:
    return desk.read_files(paths, day(month), profile())


def judge(paths: Sequence[Path], store: Store, month: str = MONTHS[1]) -> Assessment:
    return desk.assess(read(paths, month), day(month), profile(), store)


def of(judged: Assessment, file: str) -> FileResult:
    (result,) = [one for one in judged.files if one.file == file]
    return result


def texts(findings: Iterable[Finding]) -> str:
    """All that a person may read of findings, in every language."""
    return "\n".join(one.text(lang) for one in findings for lang in LANGUAGES)


def names_all(findings: Iterable[Finding], words: Sequence[str]) -> bool:
    """Whether one of the findings, as a clerk reads it, holds every word."""
    return any(all(word in finding.text("zh") for word in words) for finding in findings)


def verdict_of(reading: Reading, store: Store, month: str = MONTHS[1]) -> FileResult:
    """What the desk says of a file by itself."""
    return of(desk.assess([reading], day(month), profile(), store), reading.file)


def at_place(finding: Finding, place: tuple[str | None, int | None, str | None]) -> bool:
    """Whether a finding stands there; what the place leaves open it may leave open or not."""
    found = (finding.place.sheet, finding.place.row, finding.place.column)
    return all(want is None or want == got for want, got in zip(place, found, strict=True))


def leaked(text: str) -> list[str]:
    """The secrets of which eight digits on end stand in a text, however they are written."""
    digits = re.sub(r"[\s\-_,.]", "", unicodedata.normalize("NFKC", text))
    return [
        one for one in identifiers.SECRETS if any(one[at : at + 8] in digits for at in range(len(one) - 7))
    ]


def unpacked(content: bytes) -> str:
    """All parts of a workbook as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
