"""An assessment in lines of text, as the commands print it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from data.grouping import FEW, groups, others
from data.ledgers.assessment import Account, Assessment, FileResult
from data.ledgers.changes import HEADLINES
from data.ledgers.findings import Finding
from data.ledgers.kinds import registry
from data.messages import language, say
from data.personal import safe
from data.received import Received

# Errors are to be mended one by one, so more of them are listed than of warnings.
_FEW_ERRORS = 50
_RATIOS = frozenset(one.name for one in HEADLINES if one.base is not None)
_HEADLINES = frozenset(one.name for one in HEADLINES)
# Of more changes only those of the county are listed; the page shows all.
_MOST_CHANGES = 60


@dataclass(frozen=True)
class Group:
    """Findings of one kind in one file; `first` stands for all of them where there are many."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The first in order."""
        return self.findings[0]

    def text(self, lang: str | None = None) -> str:
        """The first finding, and how many more there are and where."""
        rest = self.findings[1:]
        spots = (f"{one.place.column or ''}{one.place.row or ''}" for one in rest)
        return self.first.text(lang) + others(spots, len(rest), lang)


def grouped(findings: Sequence[Finding]) -> list[Group]:
    """The findings in order, many of one kind in a file as one group."""
    found = groups(
        findings,
        lambda one: (one.code, one.place.file),
        lambda one: _FEW_ERRORS if one.severity == "error" else FEW,
    )
    return [Group(tuple(same)) for same in found]


def told(assessment: Assessment, lang: str | None = None) -> Iterator[str]:
    """The whole assessment: files, other findings, what is replaced, who is missing, what changes."""
    accounts: dict[str, list[Account]] = {}
    for account in assessment.accounts:
        accounts.setdefault(account.file, []).append(account)
    for result in assessment.files:
        yield from _file(result, accounts.get(result.file, []), lang)
    files = {result.file for result in assessment.files}
    general = [one for one in assessment.findings if one.place.file not in files]
    yield from _section("told_general", (group.text(lang) for group in grouped(general)), lang)
    yield from _section("told_carried", (group.text(lang) for group in grouped(assessment.carried)), lang)
    yield from _section("told_replaced", _replaced(assessment, lang), lang)
    yield from _section("told_absent", _absent(assessment, lang), lang)
    if assessment.prepared is None:
        yield say("told_no_changes", lang)
    elif assessment.changes.is_empty():
        yield say("told_nothing_changes", lang)
    yield from _section("told_changes", _changes(assessment, lang), lang)


def received_text(one: Received, lang: str | None = None) -> str:
    """A ledger of a revision in one line: kind, unit, file, rows, control totals."""
    totals = _totals(one.kind, one.totals, lang)
    rows = _rows(one.kind, one.read, one.used, one.left_out, lang)
    return f"{rows}｜{safe(one.unit) or '—'}｜{safe(one.file)}｜{totals}"


def kind_name(kind: str, lang: str | None = None) -> str:
    """What a kind of ledger is called; its id if this version does not know it."""
    one = registry().kinds.get(kind)
    return kind if one is None else one.title if language(lang) == "zh" else one.title_en


def figure_name(indicator: str, lang: str | None = None) -> str:
    """What a headline figure or a reported indicator is called in ledgers."""
    if indicator in _HEADLINES:
        return say(f"headline_{indicator}", lang)
    names = registry().names.get(indicator) if language(lang) == "zh" else None
    return names[0] if names else indicator.replace("_", " ")


def _section(code: str, lines: Iterable[str], lang: str | None) -> Iterator[str]:
    found = list(lines)
    if found:
        yield say(code, lang)
        yield from (f"  {line}" for line in found)


def _file(result: FileResult, accounts: Sequence[Account], lang: str | None) -> Iterator[str]:
    kinds = "、".join(dict.fromkeys(kind_name(kind, lang) for kind in result.kinds)) or "—"
    verdict = say(f"verdict_{result.verdict}", lang)
    unit = safe(result.unit) or "—"
    yield say("told_file", lang, verdict=verdict, file=safe(result.file), kinds=kinds, unit=unit)
    for account in accounts:
        tally = account.tally
        yield "  " + _rows(account.kind, tally.read, tally.used, tally.left_out, lang)
        yield "  " + say("told_totals", lang, totals=_totals(account.kind, account.totals, lang))
    yield from (f"  {group.text(lang)}" for group in grouped(result.findings))


def _rows(kind: str, read: int, used: int, left_out: Mapping[str, int], lang: str | None) -> str:
    left = "".join(
        say("account_reason", lang, reason=say(f"left_{reason}", lang), count=count)
        for reason, count in left_out.items()
    )
    return kind_name(kind, lang) + say("told_rows", lang, read=read, used=used, left_out=left)


def _totals(kind: str, totals: Mapping[str, float], lang: str | None) -> str:
    named = (f"{_total_name(kind, key, lang)} {_plain(value)}" for key, value in totals.items())
    return ("，" if language(lang) == "zh" else ", ").join(named)


def _total_name(kind: str, key: str, lang: str | None) -> str:
    """What is added up: rows, a field, a value of it (status.open), an indicator or a service type."""
    if key == "rows":
        return say("total_rows", lang)
    if language(lang) != "zh":
        return key
    name, _, value = key.partition(".")
    known = registry().kinds.get(kind)
    fields = {one.name: one for one in known.fields} if known else {}
    if name not in fields:
        return figure_name(key, lang)
    if not value:
        return fields[name].label
    words = {meaning: word for word, meaning in reversed(list(fields[name].vocabulary.items()))}
    words |= {"true": "是", "false": "否"}
    return f"{fields[name].label}“{words.get(value, value)}”"


def _replaced(assessment: Assessment, lang: str | None) -> Iterator[str]:
    for one in assessment.replaced:
        code = "told_replaced_file" if one.earlier else "told_replaced_rows"
        shown = {"kind": kind_name(one.kind, lang), "unit": safe(one.unit) or "—", "rows": one.rows}
        yield say(code, lang, **shown, file=safe(one.file), earlier=safe(one.earlier or ""))


def _absent(assessment: Assessment, lang: str | None) -> Iterator[str]:
    for (kind,), rows in assessment.absent.group_by("kind", maintain_order=True):
        names = rows["township"].drop_nulls().to_list()
        yield say(
            "told_absent_kind",
            lang,
            kind=kind_name(str(kind), lang),
            townships="、".join(names) or say("told_absent_all", lang),
        )


def _changes(assessment: Assessment, lang: str | None) -> Iterator[str]:
    frames = assessment.request.profile.frames["townships"]
    names: Mapping[str, str] = dict(frames.select("township_code", "township").iter_rows())
    shown = assessment.changes
    if shown.height > _MOST_CHANGES:
        shown = shown.filter(pl.col("township_code").is_null())
    for indicator, code, before, after in shown.iter_rows():
        place = names.get(code, code) if code else say("told_county", lang)
        values = [_number(indicator, value) for value in (before, after)]
        yield f"{figure_name(indicator, lang)} {place} {values[0]} → {values[1]}"
    more = assessment.changes.height - shown.height
    if more:
        yield say("told_more_changes", lang, count=more)


def _number(indicator: str, value: float | None) -> str:
    if value is None:
        return "—"
    if indicator in _RATIOS:
        # Only a complete one is 100.0%, only none is 0.0%.
        return f"{value if value in (0, 1) else min(max(value, 0.001), 0.999):.1%}"
    return _plain(value)


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"
