"""The command `python -m pages pack`: the files of the monthly joint meeting.

Exit codes: 0 written, 1 the store cannot answer or the folder cannot be written, 2 wrong usage.
"""

import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

import queries
from pages.shared.deck.build import build
from pages.shared.deck.headless import view_of
from pages.shared.filters import DENOMINATORS
from pages.shared.i18n import LANGUAGES
from pages.shared.pack import FORMATS, pack
from queries.terminal import (
    AsOfOption,
    CommitteeOption,
    DenominatorOption,
    LangOption,
    SpokenGroup,
    StoreOption,
    TownshipOption,
    Wrong,
    month_option,
    progress_bar,
    say,
)

app = typer.Typer(
    help="暖新看板的会议材料 / files of the meeting",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    cls=SpokenGroup,
)


def formats_option(text: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return the forms that are asked for; Typer hands a default over as it is."""
    if isinstance(text, tuple):
        return text
    asked = tuple(part.strip().lower() for part in text.split(","))
    if not set(asked) <= set(FORMATS):
        raise Wrong(say("cli_format", formats=",".join(FORMATS)))
    return asked


MonthNeeded = Annotated[
    date, typer.Option("--month", parser=month_option, metavar="2026-10", help="月份 / the month")
]
OutOption = Annotated[
    Path, typer.Option("--out", file_okay=False, metavar="DIR", help="写到这个文件夹 / folder to write to")
]
PackAudienceOption = Annotated[
    str,
    typer.Option("--audience", metavar="protected|internal", help="演示或内部 / for the room, or internal"),
]
FormatsOption = Annotated[
    tuple,
    typer.Option("--formats", parser=formats_option, metavar="pptx,docx,xlsx,pdf", help="格式 / formats"),
]


@app.callback()
def commands() -> None:
    """Keep `pack` a command of its own beside those to come."""


@app.command("pack")
def pack_command(
    month: MonthNeeded,
    out: OutOption,
    store: StoreOption = None,
    audience: PackAudienceOption = "protected",
    formats: FormatsOption = FORMATS,
    township: TownshipOption = None,
    committee: CommitteeOption = None,
    lang: LangOption = None,
    denominator: DenominatorOption = None,
    as_of: AsOfOption = None,
) -> None:
    """生成会议材料 / write the files of the meeting."""
    out.mkdir(parents=True, exist_ok=True)
    with progress_bar(len(formats) + 1, quiet=False) as (progress, task):
        view = view_of(
            month,
            store=store,
            lang=lang or LANGUAGES[0],
            townships=township or (),
            committees=committee or (),
            denominator=denominator or DENOMINATORS[0],
            audience=audience,  # type: ignore[arg-type]
            as_of=as_of,
        )
        deck = build(view)
        files = pack(deck, formats, lambda form: progress.update(task, advance=1, description=form))
    for name, content in files.items():
        typer.echo(_written(out, name, content))


def _written(folder: Path, name: str, content: bytes) -> Path:
    """Write a file whole or not at all; what stood there before stays until then."""
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".", delete=False) as part:
        part.write(content)
    whole = Path(part.name)
    whole.chmod(0o644)
    return whole.replace(folder / name)


def main() -> None:
    """Run the command; an expected failure is told in words."""
    try:
        app()
    except queries.NuanxinError as error:
        typer.echo(error.text(), err=True)
        sys.exit(2 if isinstance(error, queries.QueryError) else 1)
    except OSError:
        typer.echo(say("cli_folder"), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
