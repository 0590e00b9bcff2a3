"""A sheet as it was sent, written again: bad cells coloured and annotated, personal ones withheld."""

from collections.abc import Mapping, Sequence, Set

from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data.ledgers.findings import Finding
from data.ledgers.grid import Grid, Merge, letter
from data.ledgers.hiding import unsigned
from data.ledgers.layout import Marks, Plan, Spot
from data.ledgers.paper import COLOURS, FONT, WITHHELD, Ink, clean, like_a_formula, lines
from data.messages import say

# Notes are heavy drawings; beyond these only the colour and the list tell.
_MOST_NOTES = 1_000
_TITLE, _LINE, _MOST_LINES = 28, 16, 6
# Short values stand in the middle of their cells, as in a ledger on paper.
_NARROW = 15
# So far outside the table a missing value may be marked.
_BESIDE = 50
_RANK = {"error": 2, "warning": 1, "note": 0}


def copy_sheet(sheet: Worksheet, ink: Ink, made: Plan, marks: Marks, lang: str | None = None) -> None:
    """Write the sheet: kept rows at their own numbers, merges, colours, then the notes."""
    findings = _anchored(made, marks.findings)
    hidden = {made.covered.get(spot, spot) for spot in marks.hidden if _is_near(made, spot)}
    for place, one in enumerate(made.widths):
        sheet.set_column(place, place, one)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    # On paper too a row is found by its number.
    sheet.print_row_col_headers()
    if len(made.rows) < made.grid.cells.height:
        sheet.set_default_row(hide_unused_rows=True)
    for row in made.rows:
        _write_row(sheet, ink, made, row, findings, hidden)
    _write_beyond(sheet, ink, made, findings)
    _write_notes(sheet, findings, hidden, lang)
    if findings:
        sheet.set_tab_color(str(_worst([one for ones in findings.values() for one in ones])["font_color"]))
    bottom, right = max(made.grid.cells.height, 1) - 1, max(made.grid.cells.width, 1) - 1
    sheet.ignore_errors(
        {"number_stored_as_text": _area(bottom, right), "two_digit_text_year": _area(bottom, right)}
    )


def _area(bottom: int, right: int) -> str:
    return f"A1:{letter(right + 1)}{bottom + 1}"


def _anchored(made: Plan, findings: Mapping[Spot, Sequence[Finding]]) -> dict[Spot, list[Finding]]:
    """Findings by the cell that shows them: within a merge its first. Those far from the table have none."""
    shown: dict[Spot, list[Finding]] = {}
    for spot, ones in findings.items():
        if _is_near(made, spot):
            shown.setdefault(made.covered.get(spot, spot), []).extend(ones)
    return shown


def _is_near(made: Plan, spot: Spot) -> bool:
    """Whether a place is in a row that is written, or a little below or beside the table."""
    row, place = spot
    height, width = made.grid.cells.shape
    return place <= width + _BESIDE and (row in made.kept or height < row <= height + _BESIDE)


def _write_row(
    sheet: Worksheet,
    ink: Ink,
    made: Plan,
    row: int,
    findings: Mapping[Spot, Sequence[Finding]],
    hidden: Set[Spot],
) -> None:
    deepest = 1
    for place, raw in enumerate(made.grid.cells.row(row - 1), 1):
        spot = (row, place)
        if made.covered.get(spot, spot) != spot:
            continue
        text = WITHHELD if spot in hidden and raw else clean(unsigned(_shown(made.grid, spot, raw)))
        style = _style(ink, made, spot, text, findings.get(spot, ()), spot in hidden)
        area = made.merges.get(spot)
        if area:
            _merge(sheet, area, style)
        elif len(text) > 2 and row not in made.lone:
            deepest = max(deepest, lines(text, made.widths[place - 1] - 1))
        if text:
            sheet.write_string(row - 1, place - 1, text, style)
        elif spot in findings or (row >= made.header[0] and not area and row not in made.lone):
            sheet.write_blank(row - 1, place - 1, None, style)
    tall = _TITLE if row == 1 < made.header[0] else _LINE + 2
    sheet.set_row(row - 1, max(tall, min(deepest, _MOST_LINES) * _LINE))


def _merge(sheet: Worksheet, area: Merge, style: Format) -> None:
    try:
        sheet.merge_range(area.top - 1, area.left - 1, area.bottom - 1, area.right - 1, "", style)
    except OverlappingRange:
        return


def _shown(grid: Grid, spot: Spot, raw: str | None) -> str:
    """A cell's text as the sender saw it: a ratio in a cell of percent format as a percentage."""
    if not raw or not grid.percent or (spot[0], letter(spot[1])) not in grid.percent:
        return raw or ""
    try:
        return f"{round(float(raw) * 100, 10):.10g}%"
    except ValueError:
        return raw


def _style(ink: Ink, made: Plan, spot: Spot, text: str, findings: Sequence[Finding], hidden: bool) -> Format:
    """By what the cell is: title, header or value; and by the worst that was found there."""
    row = spot[0]
    look: dict[str, object] = {}
    if row >= made.header[0] and row not in made.lone:
        look |= {"border": 1, "border_color": COLOURS["line"], "text_wrap": True}
    if row < made.header[0]:
        look |= {"bold": row == 1, "font_size": 14 if row == 1 else 10}
        look |= {"align": "center"} if row == 1 and spot in made.merges else {}
    elif row <= made.header[1]:
        look |= {"bold": True, "align": "center", "bg_color": COLOURS["head"]}
    elif row not in made.lone and made.widths[spot[1] - 1] <= _NARROW:
        look |= {"align": "center"}
    elif row not in made.lone:
        look |= {"indent": 1}
    if hidden:
        look |= {"bg_color": COLOURS["withheld"], "font_color": COLOURS["ink2"], "align": "center"}
    if findings:
        worst = max((one.severity for one in findings), key=_RANK.__getitem__)
        look |= {
            "bg_color": COLOURS[worst],
            "font_color": COLOURS[f"{worst}_word"],
            "bold": True,
            "border": 1,
        }
        look |= {"border_color": COLOURS[f"{worst}_word"]}
    if like_a_formula(text):
        look["quote_prefix"] = True
    return ink.of(**look)


def _worst(findings: Sequence[Finding]) -> dict[str, object]:
    worst = max((one.severity for one in findings), key=_RANK.__getitem__)
    word = COLOURS[f"{worst}_word"]
    return {"bg_color": COLOURS[worst], "font_color": word, "bold": True, "border": 1, "border_color": word}


def _write_beyond(sheet: Worksheet, ink: Ink, made: Plan, findings: Mapping[Spot, Sequence[Finding]]) -> None:
    """Colour bad cells that hold nothing and stand outside the table, such as a missing value at its edge."""
    height, width = made.grid.cells.shape
    for (row, place), ones in findings.items():
        if row > height or place > width:
            sheet.write_blank(row - 1, place - 1, None, ink.of(**_worst(ones)))


def _write_notes(
    sheet: Worksheet, findings: Mapping[Spot, Sequence[Finding]], hidden: Set[Spot], lang: str | None
) -> None:
    withheld = {spot: [say("returned_withheld", lang)] for spot in hidden if spot not in findings}
    told = {spot: [one.message(lang) for one in ones] for spot, ones in findings.items()}
    for (row, place), texts in [*told.items(), *withheld.items()][:_MOST_NOTES]:
        text = clean("\n".join(dict.fromkeys(texts)))
        size = {
            "width": 280,
            "height": 24 + 18 * lines(text, 38),
            "font_name": FONT,
            "font_size": 9,
        }
        sheet.write_comment(row - 1, place - 1, text, {"author": say("returned_author", lang), **size})
