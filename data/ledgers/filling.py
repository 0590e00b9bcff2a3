"""The sheet of a template that is filled in: title, header, choices, formats, print set-up."""

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from data.ledgers.forms import Form, Item, Page, broken, texts
from data.ledgers.grid import letter
from data.ledgers.paper import COLOURS, Ink, lines
from data.messages import say

# Rows from 0: title, reporting unit, header, then data.
_TITLE, _UNIT, HEAD, FIRST = 0, 1, 2, 3
_EMPTY_ROWS = 25
_NUMBERED = 6.0
_FORMATS = {
    "count": "#,##0",
    **dict.fromkeys(["day", "deadline_day"], "yyyy-mm-dd"),
    **dict.fromkeys(["stamp", "deadline"], "yyyy-mm-dd hh:mm"),
    **dict.fromkeys(["code", "credit", "text", "text_or_none"], "@"),
    "rate": "0%",
    "decimal": "0.000000",
}
_MIDDLE = frozenset(
    ["count", "figure", "target", "yes_no", "day", "stamp", "deadline", "rate", "word", "decimal"]
)
_LONGEST_PROMPT = 250


@dataclass(frozen=True)
class Filling:
    """One sheet while it is made; `lists` maps the name of a list to the range that holds it."""

    book: Workbook
    sheet: Worksheet
    ink: Ink
    page: Page
    lists: Mapping[str, str]
    lang: str | None

    @property
    def width(self) -> int:
        """Columns of the table, the running number among them."""
        return len(self.page.items) + 1


def write_page(filling: Filling, form: Form) -> None:
    """Write the whole sheet. Cells that are already there stay text; the others are empty and formatted."""
    _columns(filling)
    _top(filling, form)
    _heads(filling)
    _rows(filling)
    for place, item in enumerate(filling.page.items, 1):
        _choose(filling, place, item)
    _finish(filling)


def _columns(filling: Filling) -> None:
    filling.sheet.set_default_row(20)
    filling.sheet.set_column(0, 0, _NUMBERED, filling.ink.of(align="center"))
    for place, item in enumerate(filling.page.items, 1):
        filling.sheet.set_column(place, place, item.width, filling.ink.of(**_look(item)))


def _look(item: Item) -> dict[str, object]:
    look: dict[str, object] = {"text_wrap": True}
    look |= {"align": "center"} if item.type in _MIDDLE else {"indent": 1}
    if item.type in _FORMATS:
        look["num_format"] = _FORMATS[item.type]
    return look


def _top(filling: Filling, form: Form) -> None:
    """Title across the table, and below it who reports and when."""
    sheet, ink, last = filling.sheet, filling.ink, filling.width - 1
    big = ink.of(font_size=16, bold=True, align="center")
    sheet.set_row(_TITLE, 34)
    sheet.merge_range(_TITLE, 0, _TITLE, last, "", big)
    sheet.write_string(_TITLE, 0, filling.page.title, big)
    sheet.set_row(_UNIT, 24)
    split = _split(filling)
    left, right = ink.of(bold=True), ink.of(align="right", font_color=COLOURS["ink2"])
    if split:
        sheet.merge_range(_UNIT, 0, _UNIT, split, "", left)
    sheet.write_string(_UNIT, 0, "填报单位：", left)
    if split + 1 < last:
        sheet.merge_range(_UNIT, split + 1, _UNIT, last, "", right)
    sheet.write_string(_UNIT, split + 1, "填报时间：　　　　年　　月　　日", right)
    if form.units:
        options = {"validate": "list", "source": f"={filling.lists['填报单位']}", "error_type": "warning"}
        prompt = {"input_title": "填报单位", "input_message": say("template_unit", filling.lang)}
        sheet.data_validation(_UNIT, 0, _UNIT, 0, options | prompt)


def _split(filling: Filling) -> int:
    """The last column of the cell of the reporting unit: wide enough for a long name, and not the last."""
    total, place = _NUMBERED, 0
    while total < 44 and place + 1 < filling.width - 1:
        place += 1
        total += filling.page.items[place - 1].width
    return min(place, filling.width - 2)


def _heads(filling: Filling) -> None:
    frame = {"bold": True, "align": "center", "text_wrap": True, "border": 1, "border_color": COLOURS["line"]}
    must = filling.ink.of(**frame, bg_color=COLOURS["link"], font_color="#FFFFFF")
    may = filling.ink.of(**frame, bg_color=COLOURS["head"])
    heads = [broken(item.label, item.width) for item in filling.page.items]
    deepest = max(lines(head, item.width) for head, item in zip(heads, filling.page.items, strict=True))
    filling.sheet.set_row(HEAD, 16 * deepest + 12)
    filling.sheet.write_string(HEAD, 0, "序号", may)
    for place, (head, item) in enumerate(zip(heads, filling.page.items, strict=True), 1):
        filling.sheet.write_string(HEAD, place, head, must if item.required else may)


def _rows(filling: Filling) -> None:
    """Rows that are already there, or some empty ones with a frame."""
    page, framed = filling.page, {"border": 1, "border_color": COLOURS["line"]}
    band, previous = False, ""
    grouped = len({cells[0] for cells in page.filled}) < len(page.filled)
    for row in range(len(page.filled) or _EMPTY_ROWS):
        cells = page.filled[row] if page.filled else ()
        if cells and grouped:
            band ^= bool(previous) and cells[0] != previous
            previous = cells[0]
        shade = {"bg_color": COLOURS["soft"]} if band else {}
        number = filling.ink.of(**framed, **shade, align="center")
        if cells:
            filling.sheet.write_number(FIRST + row, 0, row + 1, number)
        else:
            filling.sheet.write_blank(FIRST + row, 0, None, number)
        for place, item in enumerate(page.items, 1):
            look = filling.ink.of(**{**_look(item), **framed, **shade})
            if place <= len(cells):
                filling.sheet.write_string(FIRST + row, place, cells[place - 1], look)
            else:
                filling.sheet.write_blank(FIRST + row, place, None, look)


def _choose(filling: Filling, place: int, item: Item) -> None:
    """What may be put into a column: a list, a rule, and in any case a word of advice."""
    hint = say("template_required", filling.lang) + item.hint if item.required else item.hint
    options = _rule(item, filling.lists, f"{letter(place + 1)}{FIRST + 1}")
    advice = {"input_title": item.label[:30], "input_message": hint[:_LONGEST_PROMPT], "ignore_blank": True}
    wrong = {
        "error_title": item.label[:30],
        "error_message": say("template_wrong", filling.lang, hint=item.hint)[:220],
    }
    last = FIRST + max(filling.page.rows, _EMPTY_ROWS if not filling.page.filled else 0) - 1
    if hint or options["validate"] != "any":
        filling.sheet.data_validation(FIRST, place, last, place, options | (advice if hint else {}) | wrong)


def _rule(item: Item, lists: Mapping[str, str], cell: str) -> dict[str, object]:
    if item.choices:
        severity = "information" if item.open else "stop"
        return {"validate": "list", "source": f"={lists[item.list]}", "error_type": severity}
    if item.type == "count":
        words = ",".join(f'{cell}="{word}"' for word in ("无", "—", "/", "未统计"))
        whole = f"AND(ISNUMBER({cell}),N({cell})>=0,N({cell})=INT(N({cell})))"
        return {"validate": "custom", "value": f"=OR({whole},{words})", "error_type": "stop"}
    if item.type == "credit":
        return {"validate": "custom", "value": f'=OR(LEN({cell})=18,{cell}="暂无")', "error_type": "warning"}
    if item.type in ("day", "stamp"):
        dated = f'OR(AND(ISNUMBER({cell}),N({cell})>=20000,N({cell})<60000),{cell}="—")'
        return {"validate": "custom", "value": f"={dated}", "error_type": "warning"}
    limits = {**texts()["limits"], "progress": [0, 1]}.get(item.name)
    if limits:
        low, high = limits
        return {
            "validate": "decimal",
            "criteria": "between",
            "minimum": low,
            "maximum": high,
            "error_type": "warning",
        }
    return {"validate": "any"}


def _finish(filling: Filling) -> None:
    """Frames for rows filled in later, the header always in sight and on every printed page."""
    sheet, page, last = filling.sheet, filling.page, filling.width - 1
    if not page.filled:
        area = f"$A{FIRST + 1}:${letter(filling.width)}{FIRST + 1}"
        frame = filling.book.add_format({"border": 1, "border_color": COLOURS["line"]})
        rule = {"type": "formula", "criteria": f"=COUNTA({area})>0", "format": frame}
        sheet.conditional_format(FIRST, 0, FIRST + page.rows - 1, last, rule)
    sheet.freeze_panes(
        FIRST, min(3, 1 + max(1, len(page.filled[0]) if page.filled else 2)) if last > 6 else 0
    )
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_TITLE, HEAD)
    sheet.set_footer("&C&P / &N")
    sheet.set_selection(FIRST, 1, FIRST, 1)
