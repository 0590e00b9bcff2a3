"""A stand-in for `os` in data.files: it counts system calls and can fail, stop or forbid any of them."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

CALLS = {
    *("open", "write", "fsync", "close", "mkdir", "rename", "link", "unlink", "rmdir"),
    *("stat", "listdir", "scandir"),
}

# Windows looks and renames in one step.
RENAMING = Lock()


class Killed(BaseException):
    """The process is gone: from here on every call raises, so no cleaning up can run."""


@dataclass
class Machine:
    """Passes every call on, until call number `at`: it dies in that one, or fails with `error`."""

    at: int = 0
    error: int | None = None
    links: bool = True
    windows: bool = False
    calls: list[tuple[str, str]] = field(default_factory=list)
    dead: bool = False
    _names: dict[int, str] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        if name not in CALLS:
            return real

        def call(*args: Any, **kwargs: Any) -> Any:
            return self._call(name, real, *args, **kwargs)

        return call

    def _call(self, name: str, real: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if self.dead:
            raise Killed
        self.calls.append((name, self._names.get(args[0], str(args[0]))))
        hit = len(self.calls) == self.at
        if hit and self.error is None:
            self._half(name, real, *args)
            self.dead = True
            raise Killed
        if hit and self.error is not None:
            if name == "close":
                real(*args)
            raise OSError(self.error, os.strerror(self.error))
        done = self._allowed(name, real, *args, **kwargs)
        if name == "open":
            self._names[done] = str(args[0])
        return done

    def _allowed(self, name: str, real: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if name == "link" and not self.links:
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))
        if name != "rename" or not self.windows:
            return real(*args, **kwargs)
        with RENAMING:
            if Path(args[1]).exists():
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
            return real(*args, **kwargs)

    def _half(self, name: str, real: Callable[..., Any], *args: Any) -> None:
        """Death in the middle of a write leaves the first half of it; a dead process closes its files."""
        if name == "write":
            real(args[0], bytes(args[1])[: len(args[1]) // 2])
        if name in ("write", "fsync", "close"):
            os.close(args[0])
