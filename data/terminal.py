"""Options, progress and sentences of the command line."""

import getpass
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn

from data.batch import Batch
from data.commits import Commit, month_text, parse_month
from data.grouping import groups, others
from data.messages import StoreError, say
from data.monthly import Account
from data.rows import FORMATS
from data.rules import Breach
from data.store import Store
from data.tables import TABLES
from data.usage import Wrong

DEFAULT_STORE = Path(__file__).with_name("snapshots")


def month_option(text: str | date) -> date:
    """The month of an option; Typer hands a default over as it is."""
    if isinstance(text, date):
        return text
    try:
        return parse_month(text)
    except StoreError as error:
        raise Wrong(error.text()) from None


def table_option(name: str) -> str:
    if name not in TABLES:
        raise Wrong(say("cli_table", tables=" ".join(TABLES)))
    return name


def format_option(name: str) -> str:
    if name not in FORMATS:
        raise Wrong(say("cli_format", formats=" ".join(FORMATS)))
    return name


@dataclass(frozen=True)
class Alias:
    """A name by which ledgers call a township, and its code."""

    name: str
    code: str


def alias_option(text: str) -> Alias:
    """An alias written NAME=CODE."""
    name, _, code = (part.strip() for part in text.rpartition("="))
    if not name or not code:
        raise Wrong(say("cli_alias"))
    return Alias(name, code)


StoreOption = Annotated[
    Path | None,
    typer.Option("--store", help="数据仓文件夹，默认 NUANXIN_STORE 或 data/snapshots / folder of the store"),
]
QuietOption = Annotated[bool, typer.Option("--quiet", help="只输出错误 / print errors only")]
MonthOption = Annotated[
    date, typer.Option("--month", parser=month_option, metavar="2026-10", help="月份 / the month")
]
PathsArgument = Annotated[
    list[Path], typer.Argument(exists=True, metavar="PATH...", help="台账文件或文件夹 / files or folders")
]
ProfileOption = Annotated[
    Path, typer.Option(exists=True, file_okay=False, help="县区配置文件夹 / folder of the profile")
]
MappingOption = Annotated[
    Path | None, typer.Option(exists=True, dir_okay=False, help="外来文件的映射 / mapping of foreign files")
]
FromOption = Annotated[
    date | None,
    typer.Option(
        "--from",
        parser=month_option,
        metavar="2026-05",
        help="连同之前各月（须有映射）/ from this month on, with a mapping",
    ),
]


ReportOption = Annotated[
    Path | None,
    typer.Option(
        dir_okay=False, metavar="errors.xlsx", help="退回表写到这里 / list of findings, workbooks to return"
    ),
]
LaterOption = Annotated[
    bool,
    typer.Option("--later-wins", help="同一单位报了两份时以后一份为准 / the later of two ledgers counts"),
]
LeaveOption = Annotated[
    bool, typer.Option("--leave-returned", help="留下须退回的，发布其余 / publish all but what goes back")
]
AliasOption = Annotated[
    list[Alias] | None,
    typer.Option(
        parser=alias_option, metavar="NAME=CODE", help="记住一个镇街别名 / remember a township's name"
    ),
]


def store_at(folder: Path | None) -> Store:
    return Store(folder or Path(os.environ.get("NUANXIN_STORE") or DEFAULT_STORE))


def user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "—"


@contextmanager
def progress_bar(total: int, *, quiet: bool) -> Iterator[tuple[Progress, TaskID]]:
    """A bar on standard error, and only where a person sees it."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=console, disable=quiet or not console.is_terminal) as progress:
        yield progress, progress.add_task("", total=total)


def tell_intake(batch: Batch) -> None:
    for note in batch.notes:
        typer.echo(note.text(), err=True)
    for account in batch.accounts:
        typer.echo(account_text(account))


def tell_warnings(warnings: Sequence[Breach]) -> None:
    """One line a warning, or one for many of a rule and file."""
    for first, *rest in groups(warnings, lambda one: (one.rule, one.table, one.file)):
        spots = (f"{one.cell or ''}{one.row or ''}" for one in rest)
        typer.echo(first.text() + others(spots, len(rest)), err=True)


def account_text(account: Account) -> str:
    """One line: rows read, used, and left out by reason."""
    left_out = "".join(
        say("account_reason", reason=say(f"left_{reason}"), count=count)
        for reason, count in account.left_out.items()
    )
    return say(
        "account",
        month=month_text(account.month),
        table=account.table,
        file=account.file,
        read=account.read,
        used=account.used,
        left_out=left_out,
    )


def published_text(commit: Commit) -> str:
    tables = commit.months[commit.month].tables
    return say(
        "cli_published",
        month=month_text(commit.month),
        revision=commit.revision,
        number=commit.number,
        sha=commit.sha256[:8],
        tables=" ".join(name for name in tables if TABLES[name].origin == "ledger"),
    )
