"""Texts in Chinese and English, read from the .toml files of one or more folders."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Self

LANGUAGES = ("zh", "en")


def flatten(table: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """Nested tables as one flat dict: {"charts": {"target": "…"}} -> {"charts.target": "…"}."""
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat |= flatten(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = str(value)
    return flat


@lru_cache(maxsize=8)
def catalogue(lang: str, folders: tuple[Path, ...]) -> dict[str, str]:
    """All texts of a language by dotted key; read once, a restart picks up an edit.

    A folder holds zh.toml and en.toml, and may hold more pairs such as care.zh.toml and care.en.toml.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"language {lang!r}: unknown; use one of {', '.join(LANGUAGES)}")
    texts: dict[str, str] = {}
    for folder in folders:
        for path in sorted(folder.glob(f"*{lang}.toml")):
            found = flatten(tomllib.loads(path.read_text(encoding="utf-8")))
            twice = texts.keys() & found.keys()
            if twice:
                raise ValueError(f"{path.name}: {min(twice)} stands in another file too; keep one")
            texts |= found
    return texts


@lru_cache(maxsize=16)
def _with_own(lang: str, folders: tuple[Path, ...], own: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return catalogue(lang, folders) | dict(own)


@dataclass(frozen=True)
class Text:
    """The texts of one language. `t("status.good")`; hashable, so it can be part of a cache key.

    `own` are a profile's words for some of the keys.
    """

    lang: str = "zh"
    own: tuple[tuple[str, str], ...] = ()
    folders: ClassVar[tuple[Path, ...]] = (Path(__file__).parent,)

    def __post_init__(self) -> None:
        if self.lang not in LANGUAGES:
            raise ValueError(f"language {self.lang!r}: unknown; use one of {', '.join(LANGUAGES)}")

    def __call__(self, key: str, **params: object) -> str:
        """The text of a key with its parameters filled in; a missing key or parameter is an error."""
        texts = self.texts
        if key not in texts:
            raise KeyError(f"text {key!r}: missing in {self.lang}.toml; add it to both languages")
        return texts[key].format(**params)

    def saying(self, own: Mapping[str, str]) -> Self:
        """The same texts with a profile's words for some of the keys."""
        return replace(self, own=tuple(own.items()))

    @property
    def texts(self) -> dict[str, str]:
        """Every text of the language by dotted key."""
        return (
            _with_own(self.lang, self.folders, self.own) if self.own else catalogue(self.lang, self.folders)
        )

    def has(self, key: str) -> bool:
        """Is there a text of this key?"""
        return key in self.texts

    def count(self, key: str, n: float, **params: object) -> str:
        """A text that agrees with a number: reads `key.one` for 1, else `key.other`; {n} is the number.

        Pass `shown="1.2万"` to print the number in another form than the one it is counted by.
        """
        shown = params.pop("shown", n)
        return self(f"{key}.{'one' if n == 1 else 'other'}", n=shown, **params)
