"""The first sheet of a returned workbook: what is wrong, where, what to do, and how to send it again."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xlsxwriter.worksheet import Worksheet

from data.ledgers.findings import Finding
from data.ledgers.ledger import Reading
from data.ledgers.paper import COLOURS, Ink, clean
from data.ledgers.ruled import FRAME, Ruled
from data.messages import language, say
from data.personal import safe

# Of one kind of finding in one column no more are listed one by one, and no more than that in all.
_ALIKE, _ALL = 100, 3_000
_WIDTHS = (7, 15, 16, 21, 22, 48, 48)
_ORDER = {"error": 0, "warning": 1, "note": 2}
# "X is wrong；请 do Y": the catalogue's sentences in two halves.
_HALVES = {"zh": re.compile(r"^(.+?)[；。](请.+)$", re.DOTALL), "en": re.compile(r"^(.+?); (.+)$", re.DOTALL)}
_Kind = tuple[str, str | None, str | None]


@dataclass(frozen=True)
class Letter:
    """What a returned workbook says beside its findings.

    `names` maps a sheet as read to its name in the workbook, `rows` that name to the rows it holds;
    `excerpt`: some sheet does not hold all of its rows; `withheld`: some cell is not shown.
    """

    reading: Reading
    month: date | None
    today: date
    names: Mapping[str | None, str]
    rows: Mapping[str, frozenset[int]]
    excerpt: bool
    withheld: bool


def halves(finding: Finding, lang: str | None = None) -> tuple[str, str]:
    """What is wrong, and what to do."""
    text = clean(finding.message(lang))
    found = _HALVES[language(lang)].match(text)
    if not found:
        return text, say(f"returned_todo_{finding.severity}", lang)
    wrong, todo = found.groups()
    return wrong + ("。" if language(lang) == "zh" else "."), todo[:1].upper() + todo[1:]


def unit_of(reading: Reading) -> str:
    """The reporting units of a file as they may be shown; empty if it names none."""
    return "、".join(dict.fromkeys(str(safe(one.unit)) for one in reading.ledgers if one.unit))


def listed(findings: Sequence[Finding]) -> Iterator[tuple[Finding, int]]:
    """Findings worst first, each with 0; beyond the limits one of a kind, with how many it stands for."""
    ordered = sorted(findings, key=lambda one: (_ORDER[one.severity], *_spot(one)))
    shown: Counter[_Kind] = Counter()
    rest: dict[_Kind, list[Finding]] = {}
    for number, one in enumerate(ordered):
        if shown[_kind(one)] < _ALIKE and number < _ALL:
            shown[_kind(one)] += 1
            yield one, 0
        else:
            rest.setdefault(_kind(one), []).append(one)
    yield from ((ones[0], len(ones)) for ones in rest.values())


def _kind(one: Finding) -> _Kind:
    return one.code, one.place.sheet, one.place.column


def _spot(one: Finding) -> tuple[str, int, int, str]:
    return one.place.sheet or "", one.place.row or 0, len(one.place.column or ""), one.place.column or ""


def severity_look(finding: Finding) -> dict[str, object]:
    """The look of the word of a severity."""
    name = finding.severity
    if name == "note":
        return {}
    return {"bg_color": COLOURS[name], "font_color": COLOURS[f"{name}_word"], "bold": True}


def write_letter(
    sheet: Worksheet, ink: Ink, letter: Letter, findings: Sequence[Finding], lang: str | None = None
) -> None:
    """Title, lead, who and when, how to send again, then one row a finding with a link to its cell."""
    ruled = Ruled(sheet, ink, _WIDTHS)
    ruled.set_up()
    row = _write_top(ruled, letter, findings, lang)
    ruled.heads(row, say("returned_columns", lang).split("|"))
    for number, (finding, more) in enumerate(listed(findings), 1):
        _write_finding(ruled, row + number, number, finding, more, letter, lang)


def _write_top(ruled: Ruled, letter: Letter, findings: Sequence[Finding], lang: str | None) -> int:
    """What stands above the list; gives the row of its header, from 0."""
    ruled.paragraph(0, say("returned_sheet", lang), font_size=18, bold=True)
    ruled.sheet.set_row(0, 32)
    ruled.paragraph(1, _lead(findings, lang), font_size=12, bold=True, font_color=COLOURS["error_word"])
    ruled.sheet.set_row(1, 24)
    row = 2
    for label, value in _facts(letter, lang):
        ruled.sheet.write_string(row, 0, label, ruled.ink.of(font_color=COLOURS["ink2"]))
        ruled.sheet.write_string(row, 2, clean(value), ruled.ink.of())
        row += 1
    steps = [say(f"returned_step_{step}", lang) for step in _steps(letter)]
    for number, step in enumerate(steps, 1):
        ruled.paragraph(row + number, f"{number}. {step}")
    return row + len(steps) + 2


def _lead(findings: Sequence[Finding], lang: str | None) -> str:
    counts = Counter(one.severity for one in findings)
    if counts["error"] and counts["warning"]:
        return say("returned_lead", lang, errors=counts["error"], warnings=counts["warning"])
    if counts["error"]:
        return say("returned_lead_correct", lang, errors=counts["error"])
    return say("returned_lead_check", lang, warnings=counts["warning"])


def _steps(letter: Letter) -> Iterator[str]:
    """What the sender is told to do, by what the workbook holds."""
    yield "mend" if letter.names and not letter.excerpt else "source"
    if letter.withheld:
        yield "withheld"
    if letter.excerpt:
        yield "excerpt"
    yield "send"


def _facts(letter: Letter, lang: str | None) -> Iterator[tuple[str, str]]:
    yield say("returned_unit", lang), unit_of(letter.reading) or "—"
    yield say("returned_file", lang), str(safe(letter.reading.file))
    if letter.month:
        month = say("returned_month", lang, year=letter.month.year, month=letter.month.month)
        yield say("returned_for", lang), month
    yield say("returned_date", lang), letter.today.isoformat()


def _write_finding(
    ruled: Ruled, row: int, number: int, finding: Finding, more: int, letter: Letter, lang: str | None
) -> None:
    place = finding.place
    wrong, todo = halves(finding, lang)
    spot = "" if more else place_words(finding, lang)
    if more:
        wrong = say("returned_more", lang, count=more)
    sheet, label = str(safe(place.sheet or "")), str(safe(place.label or ""))
    word = say(f"returned_{finding.severity}", lang)
    ruled.row(row, [number, word, sheet, spot, label, wrong, todo], {1: severity_look(finding)})
    target = _target(finding, letter)
    if spot and target:
        look = ruled.ink.of(**FRAME, font_color=COLOURS["link"], underline=1)
        ruled.sheet.write_url(row, 3, target, look, string=spot)


def place_words(finding: Finding, lang: str | None) -> str:
    """Row and column in words, or an empty text."""
    place, parts = finding.place, []
    if place.row is not None:
        parts.append(say("place_row", lang, row=place.row))
    if place.column:
        parts.append(say("place_letter", lang, column=place.column))
    return " ".join(parts)


def _target(finding: Finding, letter: Letter) -> str | None:
    """The link to the cell, if the workbook holds its row."""
    place = finding.place
    name = letter.names.get(place.sheet)
    row = place.row or 1
    if name is None or row not in letter.rows[name]:
        return None
    quoted = name.replace("'", "''")
    return f"internal:'{quoted}'!{place.column or 'A'}{row}"
