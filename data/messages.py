"""Every sentence of `data` and `queries` that a person may read, in Chinese and English, and the errors."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

LANGUAGES = ("zh", "en")
_HERE = Path(__file__).parent
CATALOGUES = (_HERE / "messages.toml", _HERE / "ledgers" / "messages.toml")


class Sayable(Protocol):
    """Anything that can say itself in a language, such as a breach of a rule."""

    def text(self, lang: str | None = None) -> str:
        """One sentence in `lang`."""
        ...


class NuanxinError(Exception):
    """An expected failure: a `code` of the catalogue and its `params`, worded when it is shown."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def text(self, lang: str | None = None) -> str:
        """The sentence for a person in `lang` (default: NUANXIN_LANG, else Chinese)."""
        return say(self.code, lang, **self.params)

    def __str__(self) -> str:
        return self.text()


class StoreError(NuanxinError):
    """The store cannot be read or written as asked."""


class IntakeError(NuanxinError):
    """A source file, mapping or profile cannot be read."""


class ContractError(NuanxinError):
    """Frames that break rules of the contract; nothing was published."""

    def __init__(self, breaches: Sequence[Sayable]) -> None:
        super().__init__("contract_broken", count=len(breaches))
        self.args = (tuple(breaches),)
        self.breaches = tuple(breaches)

    def text(self, lang: str | None = None) -> str:
        """The count of breaches, then one line for each."""
        return "\n".join([super().text(lang), *(breach.text(lang) for breach in self.breaches)])


def language(lang: str | None = None) -> str:
    """`lang` if it is a known one, else that of NUANXIN_LANG, else Chinese."""
    wanted = lang or os.environ.get("NUANXIN_LANG", "")
    return wanted if wanted in LANGUAGES else "zh"


def say(code: str, lang: str | None = None, **params: object) -> str:
    """The catalogue's sentence for `code` with its placeholders filled (None as "—"); KeyError if unknown."""
    shown = {name: "—" if value is None else value for name, value in params.items()}
    return catalogue()[code][language(lang)].format(**shown)


@lru_cache(maxsize=1)
def catalogue() -> dict[str, dict[str, str]]:
    """code -> language -> sentence with {placeholders}."""
    parts = (tomllib.loads(path.read_text(encoding="utf-8")) for path in CATALOGUES)
    return {code: sentences for part in parts for code, sentences in part.items()}
