"""The one place where files are written, moved, read and removed.

Every system call goes through this module's `os`, so a test can fail or stop the program at each single one.
"""
# ruff: noqa: PTH102, PTH104, PTH105, PTH106, PTH108, PTH116, PTH208

from __future__ import annotations

import errno
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from data.messages import StoreError

WINDOWS = os.name == "nt"
BINARY = getattr(os, "O_BINARY", 0)
# What file systems answer that know no hard links (FAT, some network shares).
NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}
# What file systems answer that cannot flush a folder.
NO_FOLDER_SYNC = {errno.EINVAL, errno.EOPNOTSUPP, errno.ENOTSUP}
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
SETTLED_SECONDS = 2.0
IN_PROGRESS_SECONDS = 60.0


class Stamp(NamedTuple):
    """What changes when a file does: its size, its time of change in ns, its number on the disk."""

    size: int
    changed: int
    inode: int

    def age(self) -> float:
        """Seconds since the last change; negative when the clocks disagree."""
        return time.time() - self.changed / 1e9

    def settled(self) -> bool:
        """Old enough that a later change cannot carry the same stamp (clocks tick coarsely)."""
        return self.age() > SETTLED_SECONDS


def write_new(path: Path, content: bytes) -> None:
    """Create the file and wait until the disk has it; FileExistsError if there is one."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, 0o666)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def put_if_absent(path: Path, content: bytes) -> None:
    """Make the whole file appear at once under its name; FileExistsError if the name is taken.

    Follow with `sync_folder`. Where links are unknown the name appears first and the content grows, while the
    temporary file still stands beside it: see `in_progress`.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    write_new(temporary, content)
    try:
        _appear(temporary, path, content)
    finally:
        with suppress(OSError):
            os.unlink(temporary)


def _appear(temporary: Path, path: Path, content: bytes) -> None:
    if WINDOWS:
        os.rename(temporary, path)  # refuses a taken name on Windows, and only there
        return
    try:
        os.link(temporary, path)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        _write_in_place(path, content)


def _write_in_place(path: Path, content: bytes) -> None:
    try:
        write_new(path, content)
    except FileExistsError:
        raise
    except OSError:
        with suppress(OSError):
            os.unlink(path)
        raise


def put(path: Path, content: bytes) -> None:
    """Make the whole file appear at once under its name, in place of one that may be there."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    write_new(temporary, content)
    try:
        os.replace(temporary, path)
    except OSError:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def in_progress(path: Path) -> bool:
    """Whether another process seems to be writing this very file now, on a disk without links."""
    try:
        young = abs(stamp(path).age()) < IN_PROGRESS_SECONDS
        return young and any(name.startswith(f".{path.name}.") for name in names(path.parent))
    except FileNotFoundError:
        return False


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the folder's entries; Windows has no such call and needs none."""
    if WINDOWS:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in NO_FOLDER_SYNC:
            raise
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Create the folder and its parents, each safe on the disk; nothing happens if it exists."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with suppress(FileExistsError):
        os.mkdir(folder)
    sync_folder(folder.parent)


def move_folder(source: Path, target: Path) -> None:
    """Give a folder its final name; FileExistsError if a folder with content has it."""
    try:
        os.rename(source, target)
    except OSError as error:
        if error.errno == errno.ENOTEMPTY:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        raise


def remove_folder(folder: Path) -> None:
    """Remove a folder and all in it, as far as the system allows."""
    with suppress(OSError):
        for entry in list(os.scandir(folder)):
            if entry.is_dir(follow_symlinks=False):
                remove_folder(Path(entry.path))
            else:
                os.unlink(entry.path)
        os.rmdir(folder)


def read(path: Path, limit: int = -1) -> bytes:
    """The file's bytes, at most `limit` of them."""
    with os.fdopen(os.open(path, os.O_RDONLY | BINARY), "rb") as stream:
        return stream.read(limit)


def names(folder: Path) -> list[str]:
    """Names in the folder, sorted; none if there is no such folder."""
    try:
        return sorted(os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []


def stamp(path: Path) -> Stamp:
    """The file's stamp as of now."""
    state = os.stat(path)
    return Stamp(state.st_size, state.st_mtime_ns, state.st_ino)


@contextmanager
def explained(place: Path | str) -> Iterator[None]:
    """Turn what the system refuses into a sentence that names the place."""
    try:
        yield
    except OSError as error:
        raise explain(error, place) from None


def explain(error: OSError, place: Path | str) -> StoreError:
    """disk_full, no_permission, file_missing, or io_failed with the system's own word for it."""
    if error.errno in FULL:
        return StoreError("disk_full", place=str(place))
    if error.errno in FORBIDDEN:
        return StoreError("no_permission", place=str(place))
    if error.errno == errno.ENOENT:
        return StoreError("file_missing", file=str(place))
    return StoreError("io_failed", place=str(place), reason=errno.errorcode.get(error.errno or 0, "?"))
