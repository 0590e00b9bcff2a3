"""Options, progress and sentences of the command line."""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn

from data.batch import Batch
from data.commits import Commit, month_text, parse_month
from data.messages import StoreError, say
from data.monthly import Account
from data.rows import FORMATS
from data.store import Store
from data.tables import TABLES

DEFAULT_STORE = Path(__file__).with_name("snapshots")


def month_option(text: str | date) -> date:
    """The month of an option; Typer hands a default over as it is."""
    if isinstance(text, date):
        return text
    try:
        return parse_month(text)
    except StoreError as error:
        raise typer.BadParameter(error.text()) from None


def table_option(name: str) -> str:
    if name not in TABLES:
        raise typer.BadParameter(say("cli_table", tables=" ".join(TABLES)))
    return name


def format_option(name: str) -> str:
    if name not in FORMATS:
        raise typer.BadParameter(say("cli_format", formats=" ".join(FORMATS)))
    return name


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
