"""The store: immutable folders of a month's files, and numbered commits that are put only where none is.

A reader sees the state before a publication or the state after it, never a part of one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import polars as pl

from data import bundle, files, verification, writer
from data.commits import (
    CUBES,
    MANIFEST,
    PARQUET,
    SETTINGS,
    Commit,
    Revision,
    decode,
    digest,
    month_text,
    seal,
    unseal,
)
from data.messages import StoreError
from data.personal import kind, safe
from data.received import Received

COMMIT_NAME = re.compile(r"\d{8}\.json", re.ASCII)
NUMBER = re.compile(r"\d{1,8}", re.ASCII)
TAG_NAME = re.compile(r"(?=.*\D)[\w（）()·-](?:[\w .（）()·-]{0,58}[\w（）()·-])?")
# Names that Windows keeps for devices, with or without an ending.
DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)


class Store:
    """A folder with snapshots/, commits/ and tags/; it need not exist before the first publication."""

    def __init__(self, root: str | Path) -> None:
        self.root = Path(root).absolute()

    def head(self) -> Commit | None:
        """The state now, or None in an empty store; StoreError commit_broken names the last good number."""
        with files.explained(self.root):
            numbers = self.numbers()
            while numbers:
                path = self.commit_path(numbers[-1])
                commit = self._chained(numbers[-1])
                if commit is None and not files.in_progress(path):
                    # The writer may have finished between the two looks.
                    commit = self._chained(numbers[-1])
                    if commit is None:
                        raise self._broken(numbers[-1])
                if commit is not None:
                    return commit
                numbers.pop()
            return None

    def commit(self, number: int) -> Commit:
        """The state after that publication; StoreError commit_unknown or commit_broken."""
        with files.explained(self.root):
            if number not in self.numbers():
                raise StoreError("commit_unknown", number=number)
            commit = self._loaded(number)
            if commit is None:
                raise self._broken(number)
            return commit

    def commits(self) -> tuple[Commit, ...]:
        """Every commit in order; StoreError commit_broken at the first that is damaged."""
        return tuple(self.commit(number) for number in self.numbers())

    def resolve(self, as_of: str | int | None = None) -> Commit:
        """The head for None, a commit for a number, else that of a tag; StoreError if there is none."""
        if as_of is None:
            head = self.head()
            if head is None:
                raise StoreError("store_empty", place=str(self.root))
            return head
        if isinstance(as_of, int) or NUMBER.fullmatch(as_of):
            return self.commit(int(as_of))
        return self.tagged(as_of)

    def tags(self) -> tuple[str, ...]:
        """Names of all tags, sorted."""
        found = (name.removesuffix(".json") for name in files.names(self.root / "tags"))
        return tuple(name for name in found if TAG_NAME.fullmatch(name))

    def tagged(self, name: str) -> Commit:
        """The commit that bears the tag; StoreError tag_name_bad, tag_unknown or tag_broken."""
        path = self._tag_path(name)
        try:
            with files.explained(path):
                body = unseal(files.read(path)) if path.name in files.names(path.parent) else None
        except ValueError:
            raise StoreError("tag_broken", name=name) from None
        if body is None:
            raise StoreError("tag_unknown", name=safe(name))
        if body.get("name") != path.stem:
            raise StoreError("tag_broken", name=name)
        commit = self.commit(body["commit"])
        if commit.sha256 != body["commit_sha256"]:
            raise StoreError("tag_broken", name=name)
        return commit

    def tag(self, name: str, number: int | None = None) -> Commit:
        """Name a commit (default: the head) for good; StoreError tag_exists if the name is taken."""
        path = self._tag_path(name)
        if kind(name):
            raise StoreError("personal_text", field="tag")
        commit = self.resolve(number)
        body = {"name": path.stem, "commit": commit.number, "commit_sha256": commit.sha256}
        with files.explained(path):
            files.make_folder(path.parent)
            try:
                files.put_if_absent(path, seal(body))
            except FileExistsError:
                raise StoreError("tag_exists", name=name) from None
            files.sync_folder(path.parent)
        return commit

    def publish(
        self,
        month: date,
        tables: Mapping[str, pl.DataFrame],
        cubes: Mapping[str, pl.DataFrame],
        settings_text: str,
        *,
        who: str,
        reason: str,
        published_at: datetime | None = None,
        expected: int | None = None,
        ledgers: Sequence[Received] | None = None,
    ) -> Commit:
        """Publish tables of a month, all or nothing; the month's other tables stay as they were.

        `cubes` replace all earlier ones. `expected` is the revision this work was based on (0: none); when
        the month has moved on since, StoreError baseline_changed. `ledgers` are all that the month's rows
        now come from; without them, those of the tables that stay. Checks no rule of the contract.
        """
        return writer.publish(
            self,
            month,
            tables,
            cubes,
            settings_text,
            who=who,
            reason=reason,
            published_at=published_at,
            expected=expected,
            ledgers=ledgers,
        )

    def revision(self, commit: Commit, month: date) -> Revision:
        """The month's state in that commit; StoreError month_unknown."""
        if month not in commit.months:
            raise StoreError("month_unknown", month=month_text(month))
        return commit.months[month]

    def read(self, commit: Commit, month: date, table: str) -> pl.DataFrame:
        """One table of a month; StoreError table_unknown if it was not reported."""
        return self._frame(self.revision(commit, month), f"{table}{PARQUET}", table)

    def read_cube(self, commit: Commit, month: date, cube: str) -> pl.DataFrame:
        """One cube of a month; StoreError table_unknown if it was not built."""
        return self._frame(self.revision(commit, month), f"{CUBES}{cube}{PARQUET}", cube)

    def settings_text(self, commit: Commit, month: date) -> str:
        """The profile's settings.toml as it was for that month."""
        return self.content(self.revision(commit, month), SETTINGS).decode()

    def ledgers(self, revision: Revision) -> tuple[Received, ...]:
        """The ledgers that the month's rows came from, none in a revision of before they were listed."""
        try:
            return bundle.ledgers(self.content(revision, MANIFEST))
        except ValueError:
            raise StoreError("file_broken", file=f"{revision.folder}/{MANIFEST}") from None

    def content(self, revision: Revision, name: str) -> bytes:
        """A file's bytes as published; StoreError file_broken or file_missing before anything parses them."""
        record, place = revision.files[name], f"{revision.folder}/{name}"
        with files.explained(place):
            # One byte more than it should have, so that a longer file is noticed and a huge one not read.
            content = files.read(self.root / place, record.bytes + 1)
        if len(content) != record.bytes or digest(content) != record.sha256:
            raise StoreError("file_broken", file=place)
        return content

    def verify(self, on_file: Callable[[int, int], None] | None = None) -> verification.Report:
        """Read and hash everything: see `verification.verify`."""
        return verification.verify(self, on_file)

    def numbers(self) -> list[int]:
        """Numbers of all commit files, in order, good or not."""
        found = files.names(self.root / "commits")
        return [int(name.removesuffix(".json")) for name in found if COMMIT_NAME.fullmatch(name)]

    def commit_path(self, number: int) -> Path:
        """Where the commit of that number stands or would stand."""
        return self.root / "commits" / f"{number:08d}.json"

    def follows(self, commit: Commit) -> bool:
        """Whether the commit before is whole and is the one this commit was made upon."""
        if commit.number == 1:
            return commit.parent == ""
        before = self._loaded(commit.number - 1)
        return before is not None and before.sha256 == commit.parent

    def _chained(self, number: int) -> Commit | None:
        commit = self._loaded(number)
        return commit if commit is not None and self.follows(commit) else None

    def _loaded(self, number: int) -> Commit | None:
        """The commit if every byte of its file is as sealed."""
        path = self.commit_path(number)
        try:
            stamp = files.stamp(path)
            commit = _decoded(path, stamp) if stamp.settled() else decode(files.read(path))
        except (FileNotFoundError, ValueError):
            return None
        return commit if commit.number == number else None

    def _broken(self, number: int) -> StoreError:
        before = (n for n in reversed(self.numbers()) if n < number and self._chained(n) is not None)
        return StoreError("commit_broken", number=number, last_good=next(before, None))

    def _frame(self, revision: Revision, file: str, name: str) -> pl.DataFrame:
        if file not in revision.files:
            raise StoreError("table_unknown", month=month_text(revision.month), table=name)
        return bundle.frame(self.content(revision, file))

    def _tag_path(self, name: str) -> Path:
        plain = unicodedata.normalize("NFC", name)
        if not TAG_NAME.fullmatch(plain) or DEVICE.fullmatch(plain):
            raise StoreError("tag_name_bad")
        return self.root / "tags" / f"{plain}.json"


@lru_cache(maxsize=16)
def _decoded(path: Path, _stamp: files.Stamp) -> Commit:
    """A file that carries the same stamp is not read again."""
    return decode(files.read(path))
