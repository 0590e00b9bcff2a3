"""Interface texts in Chinese and English, read from locales/*.toml."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

LANGUAGES = ("zh", "en")
LOCALES = Path(__file__).parent / "locales"


def flatten(table: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """Nested tables as one flat dict: {"charts": {"target": "…"}} -> {"charts.target": "…"}."""
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat |= flatten(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = str(value)
    return flat


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(lang: str) -> dict[str, str]:
    """All texts of a language by dotted key; read once, a restart picks up an edit."""
    if lang not in LANGUAGES:
        raise ValueError(f"language {lang!r}: unknown; use one of {', '.join(LANGUAGES)}")
    return flatten(tomllib.loads((LOCALES / f"{lang}.toml").read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Text:
    """The texts of one language. `t("coverage.title", n=3)`; hashable, so it can be part of a cache key."""

    lang: str = "zh"

    def __post_init__(self) -> None:
        if self.lang not in LANGUAGES:
            raise ValueError(f"language {self.lang!r}: unknown; use one of {', '.join(LANGUAGES)}")

    def __call__(self, key: str, **params: object) -> str:
        """The text of a key with its parameters filled in; a missing key or parameter is an error."""
        texts = catalogue(self.lang)
        if key not in texts:
            raise KeyError(f"text {key!r}: missing in locales/{self.lang}.toml; add it to both languages")
        return texts[key].format(**params)

    def has(self, key: str) -> bool:
        """Is there a text of this key?"""
        return key in catalogue(self.lang)

    def count(self, key: str, n: float, **params: object) -> str:
        """A text that agrees with a number: reads `key.one` for 1, else `key.other`; {n} is the number.

        Pass `shown="1.2万"` to print the number in another form than the one it is counted by.
        """
        shown = params.pop("shown", n)
        return self(f"{key}.{'one' if n == 1 else 'other'}", n=shown, **params)
