"""The sheet 填报说明 of a template: who sends it by when, what to write where, what must never be there."""

from calendar import monthrange
from datetime import date

from xlsxwriter.worksheet import Worksheet

from data.ledgers.forms import Form, Item, Page
from data.ledgers.grid import letter
from data.ledgers.paper import COLOURS, Ink
from data.ledgers.ruled import NUMBER, Ruled
from data.messages import language, say

_WIDTHS = (7, 28, 8, 52, 48, 34)
_MOST_CHOICES = 13
# By type of column, the sentence on what an empty cell means.
_BLANK = {
    **dict.fromkeys(["count", "figure"], "count"),
    **dict.fromkeys(["yes_no"], "yes_no"),
    **dict.fromkeys(["target"], "target"),
}


def write_help(
    sheet: Worksheet, ink: Ink, form: Form, month: date | None, day: int, lang: str | None = None
) -> None:
    """Rules in words, then a row for each column of each sheet."""
    ruled = Ruled(sheet, ink, _WIDTHS)
    ruled.set_up()
    title = form.kind.title_en if language(lang) == "en" else form.kind.title
    ruled.paragraph(0, say("template_help_title", lang, title=title), font_size=16, bold=True)
    sheet.set_row(0, 32)
    row = 1
    for text in _rules(form, month, day, lang):
        look = (
            {"bold": True, "font_color": COLOURS["error_word"]}
            if text == say("template_privacy", lang)
            else {}
        )
        ruled.paragraph(row, text, **look)
        row += 1
    for page in form.pages:
        row = _write_columns(ruled, row + 1, form, page, lang)


def _rules(form: Form, month: date | None, day: int, lang: str | None) -> list[str]:
    spoken = language(lang)
    due = say("template_due", lang, day=day)
    if month:
        due = say(
            "template_due_month",
            lang,
            year=month.year,
            month=month.month,
            next=_after(month, day).isoformat(),
        )
    return [
        say("template_who", lang, who=form.who[spoken], due=due),
        say("template_rows", lang, row=form.row[spoken]),
        *say("template_rules", lang).strip().split("\n"),
        say("template_privacy", lang),
    ]


def _after(month: date, day: int) -> date:
    first = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return first.replace(day=min(max(day, 1), monthrange(first.year, first.month)[1]))


def _write_columns(ruled: Ruled, row: int, form: Form, page: Page, lang: str | None) -> int:
    if len(form.pages) > 1:
        ruled.paragraph(row, say("place_sheet", lang, sheet=page.name), bold=True)
        row += 1
    ruled.heads(row, say("template_columns", lang).split("|"))
    for place, item in enumerate(page.items, 1):
        row += 1
        must = say("template_must", lang) if item.required else ""
        cells = [letter(place + 1), item.label, must, item.hint, _choices(item, lang), _blank(item, lang)]
        ruled.row(row, cells, {0: NUMBER, 2: NUMBER | {"bold": True}})
    return row + 1


def _choices(item: Item, lang: str | None) -> str:
    if not item.choices:
        return ""
    shown = "、".join(item.choices[:_MOST_CHOICES])
    if len(item.choices) > _MOST_CHOICES:
        shown = say("template_many", lang, count=len(item.choices))
    return shown + (say("template_open", lang) if item.open else "")


def _blank(item: Item, lang: str | None) -> str:
    group = (
        "required"
        if item.required and item.type not in ("count", "figure")
        else _BLANK.get(item.type, "other")
    )
    return say(f"template_blank_{group}", lang)
