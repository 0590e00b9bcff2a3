"""What a user can type or set stands in both READMEs: the code says what there is."""

import dataclasses
import re
import tomllib
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from data import Store
from data.__main__ import app as data_app
from data.mapping import NAMED, Source
from data.profile import REQUIRED
from pages import PAGES
from pages.__main__ import app as pages_app
from queries import QUERIES
from queries.__main__ import app as queries_app
from tests.stores import sampled

ROOT = Path(__file__).resolve().parents[1]
# What a row is told by; the README says it in words.
KEYS = {
    *("month", "day", "township_code", "township", "committee_id", "committee"),
    *("class_id", "class_name", "station_id", "station", "service_type"),
}
READMES = ("README.md", "README.zh-CN.md")

each_language = pytest.mark.parametrize("name", READMES)


def readme(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def unnamed(things: set[str], name: str) -> set[str]:
    """Those that the README does not name as code: `thing` or a word of a command line."""
    text = readme(name)
    code = " ".join(
        re.findall(r"`[^`\n]+`", text) + re.findall(r"^```.*?^```", text, re.DOTALL | re.MULTILINE)
    )
    return {thing for thing in things if not re.search(rf"(?<![\w-]){re.escape(thing)}(?![\w-])", code)}


def options(app: typer.Typer) -> set[str]:
    """Commands of several, and the long option names of each, without the help that Typer adds."""
    root = typer.main.get_command(app)
    several = getattr(root, "commands", {})
    long_names = {
        option
        for command in (several.values() or [root])
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--")
    }
    return set(several) | long_names - {"--help"}


def found_in_code(pattern: str) -> set[str]:
    rooms = ("data", "queries", "pages", "tests")
    files = [ROOT / "dashboard.py", *(path for room in rooms for path in (ROOT / room).rglob("*.py"))]
    return {found for path in files for found in re.findall(pattern, path.read_text("utf-8"))}


def settings_keys() -> set[str]:
    """Every key of every shipped profile, sections by their own name."""
    keys: set[str] = set()
    for path in (ROOT / "data" / "profiles").glob("*/settings.toml"):
        keys |= set(tomllib.loads(path.read_text("utf-8")))
    return keys


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


@each_language
def test_every_command_and_option_is_documented(name: str) -> None:
    assert unnamed(options(data_app), name) == set()
    assert unnamed(options(queries_app), name) == set()
    assert unnamed(options(pages_app), name) == set()


@each_language
def test_every_query_is_documented(name: str) -> None:
    assert len(QUERIES) >= 15
    assert unnamed(set(QUERIES), name) == set()


@each_language
def test_every_environment_variable_is_documented(name: str) -> None:
    variables = found_in_code(r"\bNUANXIN_[A-Z]+\b")
    assert "NUANXIN_STORE" in variables
    assert unnamed(variables | {"PORT", "PYTHON"}, name) == set()


@each_language
def test_every_settings_key_is_documented(name: str) -> None:
    keys = settings_keys()
    assert {"county", "k", "cutoff_day"} <= keys
    assert unnamed(keys, name) == set()


@each_language
def test_every_key_of_a_mapping_is_documented(name: str) -> None:
    keys = {field.name for field in dataclasses.fields(Source)} - {"named"} | set(NAMED)
    assert unnamed(keys, name) == set()


@each_language
def test_every_file_of_a_profile_is_documented(name: str) -> None:
    assert unnamed({f"{stem}.csv" for stem in REQUIRED} | {"settings.toml"}, name) == set()


@each_language
def test_the_columns_of_the_fixed_queries_are_documented(name: str) -> None:
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|.*\|(.*)\|$", readme(name), re.MULTILINE)
    documented = {
        query: set(re.findall(r"`(\w+)`", columns))
        for ids, columns in rows
        for query in re.findall(r"\w+", ids)
    }
    fixed = {query: columns for query, columns in documented.items() if query in QUERIES}
    assert len(fixed) >= 15
    for query, columns in fixed.items():
        shown = [column for column in QUERIES[query].schema if column not in KEYS]
        assert set(shown) == columns, query


@each_language
def test_every_make_target_is_documented(name: str) -> None:
    targets = make_targets() - {"demonstration"}
    assert {"run", "test", "lock"} <= targets
    assert unnamed({f"make {target}" for target in targets}, name) == set()


@each_language
def test_every_page_is_documented(name: str) -> None:
    assert unnamed({page.slug for page in PAGES}, name) == set()


@each_language
def test_every_shipped_profile_is_documented(name: str) -> None:
    assert (
        unnamed({path.parent.name for path in (ROOT / "data" / "profiles").glob("*/settings.toml")}, name)
        == set()
    )


def test_both_languages_show_the_same_commands() -> None:
    english, chinese = (
        re.findall(r"^```\w*\n(.*?)^```", readme(name), re.DOTALL | re.MULTILINE) for name in READMES
    )
    commands = [
        [line for line in "".join(blocks).splitlines() if re.match(r"(make|py|\.venv|\$)", line)]
        for blocks in (english, chinese)
    ]
    assert commands[0] == commands[1]
    assert len(commands[0]) >= 10


@each_language
def test_links_lead_to_files_that_exist(name: str) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", readme(name))
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The last months of the store that `make run` builds: a short sample is the end of a long one."""
    return Store(sampled(tmp_path_factory))


@each_language
def test_printed_answers_are_those_of_the_demonstration_store(name: str, demonstration: Store) -> None:
    printed = re.findall(r"^\$ python -m queries (.+)\n((?:[^$`].*\n)+)", readme(name), re.MULTILINE)
    assert len(printed) >= 2
    for question, answer in printed:
        asked = CliRunner().invoke(queries_app, [*question.split(), "--store", str(demonstration.root)])
        assert asked.stdout == answer
