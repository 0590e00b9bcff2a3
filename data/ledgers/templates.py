"""Clean templates: one workbook for each kind of ledger, made from the registry and a county's profile."""

from datetime import date
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from data.files import explained, make_folder, put
from data.ledgers.filling import Filling, write_page
from data.ledgers.forms import Form, forms
from data.ledgers.grid import letter
from data.ledgers.helping import write_help
from data.ledgers.paper import Ink, new_workbook
from data.profile import Profile

# Sheets and files keep their Chinese names in any language: they are what clerks and the reader know.
_HELP, _LISTS = "填报说明", "选项"


def write_templates(
    folder: Path,
    profile: Profile,
    lang: str | None = None,
    *,
    month: date | None = None,
    today: date | None = None,
) -> list[Path]:
    """Write all templates into the folder, replacing files of the same names; gives their paths.

    Arguments as of `templates`. StoreError if they cannot be written.
    """
    paths = []
    for name, content in templates(profile, lang, month=month, today=today).items():
        path = folder / name
        with explained(path):
            make_folder(folder)
            put(path, content)
        paths.append(path)
    return paths


def templates(
    profile: Profile,
    lang: str | None = None,
    *,
    month: date | None = None,
    today: date | None = None,
) -> dict[str, bytes]:
    """A template of each kind by the name of its file, in the order of the registry.

    With a month its titles and deadlines are filled in, and townships are those valid in it. Headers are
    Chinese, as ledgers are; `lang` is that of the explanations.
    """
    made_on = today or date.today()
    return {
        f"{form.kind.title}{_dated(month)}.xlsx": _bytes(form, profile, month, made_on, lang)
        for form in forms(profile, month, made_on)
    }


def _dated(month: date | None) -> str:
    return f"{month.year}年{month.month}月" if month else ""


def _bytes(form: Form, profile: Profile, month: date | None, made_on: date, lang: str | None) -> bytes:
    target = BytesIO()
    with new_workbook(target, made_on) as book:
        ink = Ink(book)
        sheets = [book.add_worksheet(page.name) for page in form.pages]
        explanation = book.add_worksheet(_HELP)
        lists = _write_lists(book, ink, form)
        for sheet, page in zip(sheets, form.pages, strict=True):
            write_page(Filling(book, sheet, ink, page, lists, lang), form)
        write_help(explanation, ink, form, month, int(profile.settings["report_deadline_day"]), lang)
        sheets[0].activate()
    return target.getvalue()


def _write_lists(book: Workbook, ink: Ink, form: Form) -> dict[str, str]:
    """The hidden sheet of choices, one column a list; gives the defined name of each list."""
    wanted = {item.list: item.choices for page in form.pages for item in page.items if item.choices}
    if form.units:
        wanted["填报单位"] = form.units
    if not wanted:
        return {}
    sheet = book.add_worksheet(_LISTS)
    sheet.hide()
    for place, (name, choices) in enumerate(wanted.items()):
        # Not a word of a header, in case the sheet is shown and read.
        sheet.write_string(0, place, f"可选：{name}", ink.of(bold=True))
        sheet.write_column(1, place, choices, ink.of())
        sheet.set_column(place, place, 24)
        column = letter(place + 1)
        book.define_name(name, f"={_LISTS}!${column}$2:${column}${len(choices) + 1}")
    return {name: name for name in wanted}
