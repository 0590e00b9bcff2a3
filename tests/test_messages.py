"""Each sentence exists in both languages, fits the place it is raised, and is needed."""

import ast
import pickle
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from data import ContractError, NuanxinError, StoreError, say
from data.messages import LANGUAGES, catalogue

ROOT = Path(__file__).resolve().parents[1]
SOURCES = [path for room in ("data", "queries", "pages") for path in sorted((ROOT / room).rglob("*.py"))]


@cache
def nodes() -> tuple[tuple[Path, ast.AST], ...]:
    """Every node of the product's code with its file."""
    return tuple((path, node) for path in SOURCES for node in ast.walk(ast.parse(path.read_text("utf-8"))))


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def spoken() -> Iterator[tuple[str, str, set[str] | None]]:
    """Place, code and given parameters (None: not told by reading) of each sentence with a literal code."""
    for path, node in nodes():
        if not isinstance(node, ast.Call) or not node.args:
            continue
        # A sentence of the findings says something too, but by a key of its own texts.
        whole, first = ast.unparse(node.func), node.args[0]
        name = whole.split(".")[-1]
        if whole != "say" and not (
            name.endswith("Error") and name[:-5] in {"Store", "Intake", "Query", "Nuanxin"}
        ):
            continue
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            words = {word.arg for word in node.keywords}
            given = None if None in words else {word for word in words if word}
            yield f"{path.relative_to(ROOT)}:{node.lineno}", first.value, given


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_both_languages_take_the_same_parameters(code: str) -> None:
    sentences = catalogue()[code]
    assert set(sentences) == set(LANGUAGES)
    assert all(sentence.strip() for sentence in sentences.values())
    assert placeholders(sentences["zh"]) == placeholders(sentences["en"])


def test_every_sentence_that_is_raised_or_said_is_in_the_catalogue_and_gets_its_parameters() -> None:
    wrong = [
        (place, code, given)
        for place, code, given in spoken()
        if code not in catalogue()
        or (given is not None and not placeholders(catalogue()[code]["zh"]) <= given - {"lang"})
    ]
    assert wrong == []
    assert len(list(spoken())) > 30


def formed(node: ast.JoinedStr) -> str:
    """The pattern of codes made at run time, as in say(f"table_{name}"); one that fits nothing if loose."""
    parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
    fixed = "".join(str(part) for part in parts if part is not None)
    loose = not re.fullmatch(r"[a-z_]{4,}", fixed)
    return (
        "(?!)" if loose else "".join("[a-z0-9_]+" if part is None else re.escape(str(part)) for part in parts)
    )


def test_no_sentence_is_left_over() -> None:
    literals = {
        node.value for _, node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    shapes = [re.compile(formed(node)) for _, node in nodes() if isinstance(node, ast.JoinedStr)]
    unused = {
        code for code in catalogue() if code not in literals if not any(s.fullmatch(code) for s in shapes)
    }
    assert unused == set()


def test_language_is_asked_for_or_taken_from_the_environment_else_chinese(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "标签" in say("tag_exists", name="会议")
    assert "tag" in say("tag_exists", "en", name="会议")
    monkeypatch.setenv("NUANXIN_LANG", "en")
    assert str(StoreError("tag_exists", name="会议")).startswith("The tag “会议”")
    monkeypatch.setenv("NUANXIN_LANG", "de")
    assert "标签" in str(StoreError("tag_exists", name="会议"))


def test_a_missing_value_shows_as_a_dash() -> None:
    assert "the last good one is —" in say("commit_broken", "en", number=1, last_good=None)


def test_errors_survive_the_way_between_processes() -> None:
    error = pickle.loads(pickle.dumps(StoreError("commit_broken", number=2, last_good=1)))
    assert (type(error), error.code, error.params) == (
        StoreError,
        "commit_broken",
        {"number": 2, "last_good": 1},
    )


def test_a_contract_error_lists_every_breach_in_the_language_asked_for() -> None:
    breaches: list[NuanxinError] = [StoreError("month_bad"), StoreError("tag_name_bad")]
    lines = ContractError(breaches).text("en").splitlines()
    assert lines[0].startswith("2 breaches")
    assert lines[1:] == [breach.text("en") for breach in breaches]
