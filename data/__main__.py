"""The commands of `python -m data`: check, publish, verify, history, tag, sample, templates, rows.

Exit codes: 0 done, 1 refused (by a rule, a file or the store), 2 wrong usage.
"""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from data import importing
from data import sample as samples
from data.commits import month_text
from data.ledgers.telling import received_text
from data.ledgers.templates import write_templates
from data.messages import NuanxinError, say
from data.profile import load_profile
from data.rows import rows
from data.terminal import (
    MonthOption,
    ProfileOption,
    QuietOption,
    StoreOption,
    format_option,
    month_option,
    progress_bar,
    store_at,
    table_option,
)
from data.usage import SpokenGroup

# What was named does not exist, or cannot be a name.
WRONG_USAGE = frozenset(
    ["tag_unknown", "tag_name_bad", "commit_unknown", "profile_absent", "sample_profile", "sample_months"]
)

app = typer.Typer(
    help="暖新看板的数据命令 / data commands of Nuanxin",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    cls=SpokenGroup,
)


app.command()(importing.check)
app.command()(importing.publish)


@app.command()
def verify(store: StoreOption = None, quiet: QuietOption = False) -> None:
    """校验数据仓的每个文件 / check every file of the store against its hash."""
    with progress_bar(1, quiet=quiet) as (progress, task):
        report = store_at(store).verify(
            lambda done, total: progress.update(task, completed=done, total=total)
        )
    for problem in report.problems:
        typer.echo(problem.text(), err=True)
    if not quiet:
        for place in report.orphans:
            typer.echo(say("cli_orphan", place=place), err=True)
        code = "cli_verified" if report.ok else "cli_not_verified"
        typer.echo(say(code, commits=report.commits, tags=report.tags, files=report.files))
    if not report.ok:
        raise typer.Exit(1)


@app.command()
def history(
    ledgers: Annotated[
        bool, typer.Option("--ledgers", help="列出各份台账及合计数 / with ledgers and their control totals")
    ] = False,
    store: StoreOption = None,
) -> None:
    """列出各次发布 / list the publications, newest first."""
    target = store_at(store)
    names: dict[int, list[str]] = {}
    for name in target.tags():
        names.setdefault(target.tagged(name).number, []).append(name)
    for commit in reversed(target.commits()):
        labels = "".join(f" [{name}]" for name in names.get(commit.number, []))
        when = f"{commit.published_at:%Y-%m-%d %H:%M:%S}"
        place = f"{month_text(commit.month)} r{commit.revision}"
        typer.echo(f"{commit.number}  {when}  {place}  {commit.who}  {commit.reason}{labels}")
        for one in target.ledgers(commit.months[commit.month]) if ledgers else ():
            typer.echo(f"    {received_text(one)}")


@app.command()
def tag(
    name: Annotated[str, typer.Argument(help="标签名 / name of the tag")],
    commit: Annotated[
        int | None, typer.Option(help="发布编号，默认最新 / commit, default the newest")
    ] = None,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """给一次发布起名，不可改写 / name a commit for good, such as the monthly meeting."""
    tagged = store_at(store).tag(name, commit)
    if not quiet:
        typer.echo(say("cli_tagged", name=name, number=tagged.number))


@app.command()
def sample(
    profile: Annotated[str, typer.Option(help="demo|zhangjiagang|longhua")] = "demo",
    last: Annotated[
        date, typer.Option(parser=month_option, metavar="2026-10", help="最后一个月 / the last month")
    ] = date(2026, 10, 1),
    months: Annotated[int, typer.Option(min=1, max=60, help="月数 / how many months")] = 36,
    seed: Annotated[int, typer.Option(help="随机种子 / seed")] = 7,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """在空的数据仓里生成演示数据 / make demonstration data in an empty store."""
    with progress_bar(1, quiet=quiet) as (progress, task):
        samples.build(
            store_at(store),
            profile=profile,
            last=last,
            months=months,
            seed=seed,
            progress=lambda done, total: progress.update(task, completed=done, total=total),
        )
    if not quiet:
        typer.echo(say("cli_sampled", profile=profile, months=months, last=month_text(last)))


@app.command("templates")
def templates_command(
    folder: Annotated[Path, typer.Argument(file_okay=False, metavar="DIR", help="文件夹 / folder")],
    profile: ProfileOption,
    month: Annotated[
        date | None,
        typer.Option(parser=month_option, metavar="2026-10", help="月份，写进标题 / month of the titles"),
    ] = None,
    quiet: QuietOption = False,
) -> None:
    """为每种台账写一份空白模板 / write a clean template of every kind of ledger."""
    paths = write_templates(folder, load_profile(profile), month=month)
    if not quiet:
        typer.echo(say("cli_templates", count=len(paths), folder=folder))


@app.command("rows")
def rows_command(
    table: Annotated[
        str, typer.Argument(parser=table_option, metavar="TABLE", help="表名 / name of the table")
    ],
    month: MonthOption,
    form: Annotated[
        str, typer.Option("--format", parser=format_option, metavar="csv|json|parquet", help="格式 / format")
    ] = "csv",
    store: StoreOption = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="标签或发布编号 / tag or number of a commit")
    ] = None,
) -> None:
    """输出一张表的全部行 / write all rows of a table to standard output."""
    target = store_at(store)
    frame = target.read(target.resolve(as_of), month, table)
    sys.stdout.buffer.write(rows(table, frame, form))
    sys.stdout.buffer.flush()


def main() -> None:
    """Run the command line; an expected failure is told in words and ends with code 1."""
    try:
        app()
    except NuanxinError as error:
        typer.echo(error.text(), err=True)
        sys.exit(2 if error.code in WRONG_USAGE else 1)


if __name__ == "__main__":
    main()
