"""The shape of the house, checked by a machine: sizes, borders and habits that a review forgets."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("data", "queries", "pages")
PRODUCT = [ROOT / "dashboard.py", *sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))]
PAGES = sorted(path for path in (ROOT / "pages").glob("*.py") if not path.stem.startswith("__"))
TOP_LEVEL = {
    *("dashboard.py", "pages", "queries", "data", "tests", "requirements.txt"),
    *("README.md", "README.zh-CN.md", "LICENSE", "Makefile", "pyproject.toml"),
}
PARTY_RED = "C8102E"


@cache
def text(path: Path) -> str:
    return path.read_text("utf-8")


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(text(path), path.name)))


@cache
def imported(path: Path) -> frozenset[str]:
    """Dotted names of all that a file imports, `from a import b` as both a and a.b."""
    found: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def offenders(wrong: Callable[[Path], object]) -> list[str]:
    """What is wrong in which files of the product."""
    return [f"{path.relative_to(ROOT)}: {found}" for path in PRODUCT if (found := wrong(path))]


def test_no_file_is_longer_than_250_lines() -> None:
    assert offenders(lambda path: max(0, len(text(path).splitlines()) - 250)) == []


def test_no_function_is_longer_than_40_lines() -> None:
    def long(path: Path) -> list[str]:
        functions = [n for n in nodes(path) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
        return [f.name for f in functions if (f.end_lineno or f.lineno) - f.lineno + 1 > 40]

    assert offenders(long) == []


def test_no_handler_catches_everything() -> None:
    def caught(path: Path) -> list[str]:
        handlers = [node for node in nodes(path) if isinstance(node, ast.ExceptHandler)]
        names = [
            name
            for node in handlers
            for name in (
                [n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)] if node.type else ["all"]
            )
        ]
        return sorted({"all", "Exception", "BaseException"} & set(names))

    assert offenders(caught) == []


def test_no_work_is_left_for_later_in_a_comment() -> None:
    assert offenders(lambda path: re.findall(r"\b(?:TODO|FIXME|XXX|HACK)\b", text(path))) == []


def test_no_raw_html_reaches_the_page() -> None:
    def raw(path: Path) -> set[str]:
        keywords = {node.arg for node in nodes(path) if isinstance(node, ast.keyword)}
        calls = {
            f"{node.value.id}.{node.attr}"
            for node in nodes(path)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        }
        return (
            (keywords & {"unsafe_allow_html"}) | (calls & {"st.html"}) | (imported(path) & {"streamlit.html"})
        )

    assert offenders(raw) == []


def test_slow_or_foreign_libraries_stay_out() -> None:
    assert offenders(lambda path: imported(path) & {"plotly.express", "pandas"}) == []


def test_the_frame_asks_queries_never_the_store_or_an_engine() -> None:
    packages = {name.split(".")[0] for name in imported(ROOT / "dashboard.py")}
    assert packages.isdisjoint({"data", "duckdb", "pyarrow", "tests"})


def test_nothing_is_cached_by_time() -> None:
    def timed(path: Path) -> list[str]:
        calls = [node for node in nodes(path) if isinstance(node, ast.Call)]
        timed = [call for call in calls if any(word.arg == "ttl" for word in call.keywords)]
        return [ast.unparse(call) for call in timed if "cache" in ast.unparse(call.func)]

    assert offenders(timed) == []


def test_party_red_is_a_mark_of_identity_only() -> None:
    assert (
        offenders(lambda path: path.stem not in {"theme", "logo"} and PARTY_RED in text(path).upper()) == []
    )


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_opened_by_its_file_returns_to_the_frame(path: Path) -> None:
    last = ast.parse(path.read_text("utf-8")).body[-1]
    assert isinstance(last, ast.If), "the guard is the last statement of a page"
    assert ast.unparse(last.test) == "__name__ == '__main__'"
    assert [ast.unparse(line).split("(")[0] for line in last.body] == ["return_to_frame"]


def test_there_are_pages_to_check() -> None:
    assert len(PAGES) >= 6
    assert len(PRODUCT) > len(PAGES)


def test_the_top_level_is_the_designed_one() -> None:
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode != 0:
        pytest.skip("not a git clone, so what is ours cannot be told from what was left here")
    tops = {line.split("/")[0].strip('"') for line in listing.stdout.splitlines()}
    assert {name for name in tops if not name.startswith(".")} == TOP_LEVEL


def contracts() -> list[dict[str, object]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return list(project["tool"]["importlinter"]["contracts"])


def test_import_rules_have_no_exception() -> None:
    assert [c["name"] for c in contracts() if "ignore_imports" in c] == []


def test_every_page_stands_under_the_import_rule_for_pages() -> None:
    (rule,) = (c for c in contracts() if c.get("containers") == ["pages"])
    layers = rule["layers"]
    assert isinstance(layers, list)
    assert sorted(layers[0].split(" | ")) == [path.stem for path in PAGES]


def pins(path: Path) -> set[str]:
    lines = path.read_text("utf-8").splitlines()
    return {line for line in lines if line and not line.lstrip().startswith("#")}


def test_what_tests_install_moves_no_pin_of_the_runtime() -> None:
    runtime, tests = pins(ROOT / "requirements.txt"), pins(ROOT / "tests" / "requirements.txt")
    names = {line.split("==")[0] for line in runtime}
    assert {line for line in tests if line.split("==")[0] in names} <= runtime


@pytest.mark.parametrize("name", ["requirements.txt", "tests/requirements.txt"])
def test_compiled_requirements_are_exact_and_name_no_place(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert all(re.match(r"[a-z0-9-]+==[\w.]+( ;|$)", line) for line in pins(ROOT / name))
    assert not re.search(r"://|file:|(?:^|[\s'\"=])/", text)
