"""The list of all findings of all files, and the list of the files."""

from collections import Counter
from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from data.ledgers.explaining import halves, severity_look, unit_of
from data.ledgers.findings import Finding, verdict
from data.ledgers.kinds import registry
from data.ledgers.ledger import Reading
from data.ledgers.paper import Ink
from data.ledgers.ruled import NUMBER, Ruled
from data.messages import language, say
from data.personal import safe

_FINDING_WIDTHS = (7, 42, 22, 15, 16, 8, 8, 22, 48, 48)
_FILE_WIDTHS = (7, 50, 30, 34, 14, 14, 14)
# What a sheet takes at most; more findings than that say nothing more.
_MOST = 100_000


def write_findings(
    sheet: Worksheet,
    ink: Ink,
    readings: Sequence[Reading],
    findings: Sequence[Finding],
    lang: str | None = None,
) -> None:
    """Every finding of every file, one a row, to be filtered and sorted."""
    ruled = Ruled(sheet, ink, _FINDING_WIDTHS)
    ruled.set_up()
    ruled.heads(0, say("returned_finding_columns", lang).split("|"))
    units = {one.file: unit_of(one) for one in readings}
    for number, one in enumerate(findings[:_MOST], 1):
        place, (wrong, todo) = one.place, halves(one, lang)
        word = say(f"returned_{one.severity}", lang)
        sent = [str(safe(place.file)), units.get(place.file, ""), word, str(safe(place.sheet or ""))]
        label = str(safe(place.label or ""))
        cells = [number, *sent, place.row or "", place.column or "", label, wrong, todo]
        ruled.row(number, cells, {3: severity_look(one), 6: NUMBER})
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, min(len(findings), _MOST)), len(_FINDING_WIDTHS) - 1)


def write_files(
    sheet: Worksheet,
    ink: Ink,
    readings: Sequence[Reading],
    findings: Sequence[Finding],
    lang: str | None = None,
) -> None:
    """One row a file: sender, ledgers, verdict, how many findings."""
    ruled = Ruled(sheet, ink, _FILE_WIDTHS)
    ruled.set_up()
    ruled.heads(0, say("returned_file_columns", lang).split("|"))
    sheet.freeze_panes(1, 0)
    for number, reading in enumerate(readings, 1):
        own = [one for one in findings if one.place.file == reading.file]
        counts = Counter(one.severity for one in own)
        named = [str(safe(reading.file)), unit_of(reading), _titles(reading, lang)]
        judged = say(f"returned_{verdict(own)}", lang)
        ruled.row(number, [number, *named, judged, counts["error"], counts["warning"]])


def _titles(reading: Reading, lang: str | None) -> str:
    kinds = [registry().kinds[one.kind] for one in reading.ledgers if one.kind in registry().kinds]
    names = [one.title_en if language(lang) == "en" else one.title for one in kinds]
    return "、".join(dict.fromkeys(names))
