"""The commands `check` and `publish`: files named like tables go straight in, ledgers go over the desk."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from data import working_profile
from data.batch import Batch, months_between, prepare_batch, put_batch, read_batch
from data.commits import Commit, month_text
from data.intake import files_of
from data.ledgers import desk
from data.ledgers.assessment import Assessment
from data.ledgers.ledger import Reading
from data.ledgers.mapped import by_mappings, read_mapped
from data.ledgers.returned import write_reports
from data.ledgers.telling import told
from data.mapping import load_mapping
from data.messages import say
from data.personal import safe
from data.profile import Profile, load_profile
from data.publish import Prepared
from data.store import Store
from data.tables import TABLES
from data.tabular import KINDS
from data.terminal import (
    Alias,
    AliasOption,
    FromOption,
    LaterOption,
    LeaveOption,
    MappingOption,
    MonthOption,
    PathsArgument,
    ProfileOption,
    QuietOption,
    ReportOption,
    StoreOption,
    progress_bar,
    published_text,
    store_at,
    tell_intake,
    tell_warnings,
    user,
)
from data.usage import Wrong

_WORKBOOKS = frozenset([".xlsx", ".xls", ".et"])
_LEDGERS = _WORKBOOKS | {".csv"}


def check(
    paths: PathsArgument,
    month: MonthOption,
    profile: ProfileOption,
    store: StoreOption = None,
    report: ReportOption = None,
    mapping: MappingOption = None,
    later_wins: LaterOption = False,
    alias: AliasOption = None,
    quiet: QuietOption = False,
) -> None:
    """检查台账，不发布 / judge files and show what would change; nothing is published."""
    target = store_at(store)
    if _are_tables(paths, mapping):
        _refuse_report(report)
        _prepare(target, paths, [month], load_profile(profile), mapping, quiet=quiet)
        return
    county = _answered(profile, alias)
    judged = _judge(target, paths, month, profile, county, mapping, later_wins=later_wins, quiet=quiet)
    _tell(judged, report, quiet=quiet)
    if not _is_sound(judged):
        raise typer.Exit(1)


def publish(
    paths: PathsArgument,
    month: MonthOption,
    profile: ProfileOption,
    reason: Annotated[str, typer.Option(help="发布原因 / why")],
    store: StoreOption = None,
    who: Annotated[str | None, typer.Option(help="发布人，默认当前用户 / by whom")] = None,
    report: ReportOption = None,
    mapping: MappingOption = None,
    first: FromOption = None,
    later_wins: LaterOption = False,
    leave_returned: LeaveOption = False,
    alias: AliasOption = None,
    quiet: QuietOption = False,
) -> None:
    """检查并发布月度数据 / check and publish a month (or several, through a mapping)."""
    if first is not None and (mapping is None or first > month):
        raise Wrong(say("cli_from"), param_hint="--from")
    target, name = store_at(store), who or user()
    if first is not None or _are_tables(paths, mapping):
        _refuse_report(report)
        months = months_between(first or month, month)
        _publish_tables(target, paths, months, load_profile(profile), mapping, reason, name, quiet=quiet)
        return
    county = _answered(profile, alias)
    judged = _judge(target, paths, month, profile, county, mapping, later_wins=later_wins, quiet=quiet)
    _tell(judged, report, quiet=quiet)
    left = desk.publishable(target, judged) if leave_returned else judged
    _say_commits([desk.publish(target, left, reason=reason, who=name)], quiet=quiet)


def _are_tables(paths: Sequence[Path], mapping: Path | None) -> bool:
    """Whether they are tables of the contract by their names, or files of the mapping without ledgers."""
    files = files_of(paths)
    if mapping is not None:
        sources = load_mapping(mapping)
        rest = [path for path in files if not any(source.takes(path) for source in sources)]
        return not any(path.suffix.lower() in _LEDGERS for path in rest)
    tables = [path for path in files if path.suffix.lower() in KINDS and path.stem in TABLES]
    if tables and any(path.suffix.lower() in _WORKBOOKS for path in files if path not in tables):
        raise Wrong(say("cli_mixed"), param_hint="PATH...")
    return bool(tables)


def _refuse_report(report: Path | None) -> None:
    if report is not None:
        raise Wrong(say("cli_report"), param_hint="--report")


def _prepare(
    store: Store,
    paths: Sequence[Path],
    months: Sequence[date],
    county: Profile,
    mapping: Path | None,
    advance: Callable[[date], None] = lambda month: None,
    *,
    quiet: bool,
) -> list[Prepared]:
    """The months ready to be published, warnings told; ContractError with every breach."""
    batch: Batch = read_batch(paths, months, county, mapping)
    if not quiet:
        tell_intake(batch)
    prepared = prepare_batch(store, batch, county, advance)
    for ready in [] if quiet else prepared:
        tell_warnings(ready.warnings)
    return prepared


def _publish_tables(
    store: Store,
    paths: Sequence[Path],
    months: Sequence[date],
    county: Profile,
    mapping: Path | None,
    reason: str,
    who: str,
    *,
    quiet: bool,
) -> None:
    with progress_bar(2 * len(months), quiet=quiet) as (progress, task):

        def advance(done: date) -> None:
            progress.update(task, advance=1, description=month_text(done))

        prepared = _prepare(store, paths, months, county, mapping, advance, quiet=quiet)
        commits = put_batch(store, prepared, reason=reason, who=who, on_month=advance)
    _say_commits(commits, quiet=quiet)


def _say_commits(commits: Sequence[Commit], *, quiet: bool) -> None:
    for commit in [] if quiet else commits:
        typer.echo(published_text(commit))


def _answered(profile: Path, aliases: Sequence[Alias] | None) -> Profile:
    """The profile, with the aliases given remembered in it."""
    county = load_profile(profile)
    known = set(county.frames["townships"]["township_code"])
    if any(one.code not in known for one in aliases or ()):
        raise Wrong(say("cli_alias_code"), param_hint="--alias")
    for one in aliases or ():
        working_profile.add_alias(profile, one.name, one.code)
    return load_profile(profile) if aliases else county


def _judge(
    store: Store,
    paths: Sequence[Path],
    month: date,
    folder: Path,
    county: Profile,
    mapping: Path | None,
    *,
    later_wins: bool,
    quiet: bool,
) -> Assessment:
    with progress_bar(1, quiet=quiet) as (progress, task):
        readings = desk.read_files(
            paths,
            month,
            county,
            on_file=lambda file, done, total: progress.update(
                task, completed=done, total=total, description=str(safe(file))
            ),
        )
    saved = working_profile.mappings(folder)
    mapped = [_mapped(by_mappings(one, saved, month, county), mapping, month, county) for one in readings]
    return desk.assess(mapped, month, county, store, later_wins=later_wins)


def _mapped(reading: Reading, mapping: Path | None, month: date, county: Profile) -> Reading:
    """A file that the mapping takes is read by it, whatever it looks like."""
    sources = load_mapping(mapping) if mapping else ()
    if mapping is None or reading.book is None:
        return reading
    if not any(source.takes(Path(reading.file)) for source in sources):
        return reading
    return read_mapped(reading.book, mapping.stem, sources, month, county) or reading


def _is_sound(judged: Assessment) -> bool:
    return not any(one.severity == "error" for one in (*judged.findings, *judged.carried))


def _tell(judged: Assessment, report: Path | None, *, quiet: bool) -> None:
    """All of it, or with `quiet` the errors alone; the workbooks to send back if asked for."""
    if quiet:
        for one in (*judged.findings, *judged.carried):
            if one.severity == "error":
                typer.echo(one.text(), err=True)
    else:
        for line in told(judged):
            typer.echo(line)
    if report is None:
        return
    for path in write_reports(judged.request.readings, judged.findings, report, month=judged.month):
        if not quiet:
            typer.echo(say("cli_reported", file=path.name))
