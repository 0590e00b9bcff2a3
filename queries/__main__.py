"""The command `python -m queries`: one question, its answer on standard output.

Exit codes: 0 answered, 1 the store cannot answer, 2 the question was asked wrongly.
"""

import io
import json
import sys
from datetime import date
from typing import Annotated

import polars as pl
import typer
from rich.console import Console
from rich.table import Table

from data import NuanxinError, say
from data.messages import language
from queries import QUERIES, QueryError, run
from queries.terminal import (
    AsOfOption,
    CommitteeOption,
    DenominatorOption,
    LangOption,
    MonthOption,
    SpokenCommand,
    StoreOption,
    TownshipOption,
    Wrong,
    month_option,
)

FORMATS = ("csv", "json", "parquet", "table")
# These are faults of a query file, not of the one who asks.
FAULTS = ("query_header", "query_schema")

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def _format(name: str) -> str:
    if name not in FORMATS:
        raise Wrong(say("cli_format", formats=" ".join(FORMATS)))
    return name


QueryArgument = Annotated[str | None, typer.Argument(metavar="ID", help="查询名 / id of the query")]
FromOption = Annotated[
    date | None, typer.Option("--from", parser=month_option, metavar="2025-11", help="起始月份 / first month")
]
IndicatorOption = Annotated[str | None, typer.Option(help="指标 / id of an indicator or a reported figure")]
AgainstOption = Annotated[str | None, typer.Option(help="previous|last_year")]
ByOption = Annotated[str | None, typer.Option(help="township|committee")]
AudienceOption = Annotated[str, typer.Option(help="internal|protected，受众 / audience")]
FormatOption = Annotated[
    str, typer.Option("--format", parser=_format, metavar="csv|json|parquet|table", help="格式 / format")
]
ListOption = Annotated[bool, typer.Option("--list", help="列出全部查询 / list the queries")]


@app.command(cls=SpokenCommand)
def ask(
    query: QueryArgument = None,
    month: MonthOption = None,
    first: FromOption = None,
    township: TownshipOption = None,
    committee: CommitteeOption = None,
    denominator: DenominatorOption = None,
    indicator: IndicatorOption = None,
    against: AgainstOption = None,
    by: ByOption = None,
    lang: LangOption = None,
    audience: AudienceOption = "internal",
    as_of: AsOfOption = None,
    form: FormatOption = "table",
    store: StoreOption = None,
    catalogue: ListOption = False,
) -> None:
    """回答一个查询 / answer one query."""
    if catalogue:
        _catalogue()
        return
    if query is None or month is None:
        raise Wrong(say("query_incomplete"))
    frame = run(
        query,
        month=month,
        from_month=first,
        townships=township,
        committees=committee,
        denominator=denominator,
        indicator=indicator,
        against=against,
        by=by,
        lang=lang,
        audience=audience,  # type: ignore[arg-type]
        as_of=as_of,
        store=store,
    )
    _write(frame, form)


def _catalogue() -> None:
    lang = language()
    for question in QUERIES.values():
        takes = " ".join(f"${name}" for name in question.parameters)
        lines = (question.id, question.purpose[lang], takes, " ".join(question.schema))
        typer.echo("\n    ".join(lines))


def _write(frame: pl.DataFrame, form: str) -> None:
    if form == "table":
        _table(frame)
        return
    sys.stdout.buffer.write(to_bytes(frame, form))
    sys.stdout.buffer.flush()


def to_bytes(frame: pl.DataFrame, form: str) -> bytes:
    """The frame as csv (empty = null), json (an array of objects, dates ISO, null) or parquet."""
    buffer = io.BytesIO()
    if form == "parquet":
        frame.write_parquet(buffer)
    elif form == "csv":
        frame.write_csv(buffer)
    else:
        rows = (json.dumps(row, ensure_ascii=False, default=str) for row in frame.iter_rows(named=True))
        buffer.write(("[\n" + ",\n".join(rows) + "\n]\n").encode())
    return buffer.getvalue()


def _table(frame: pl.DataFrame) -> None:
    shown = Table()
    for name, dtype in frame.schema.items():
        shown.add_column(name, justify="right" if dtype.is_numeric() else "left", no_wrap=True)
    for row in frame.iter_rows():
        shown.add_row(*(_cell(value) for value in row))
    console = Console()
    # A pipe has no width of its own; a cut column would be lost there.
    Console(width=None if console.is_terminal else 400).print(shown)


def _cell(value: object) -> str:
    if value is None:
        return "—"
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def main() -> None:
    """Run the command; an expected failure is told in words."""
    try:
        app()
    except NuanxinError as error:
        typer.echo(error.text(), err=True)
        wrong_usage = isinstance(error, QueryError) and error.code not in FAULTS
        sys.exit(2 if wrong_usage else 1)


if __name__ == "__main__":
    main()
