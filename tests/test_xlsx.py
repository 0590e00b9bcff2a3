"""The workbook of a meeting, read back by another library: numbers, what they print, and no formula."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from pages.shared.deck.deck import Deck
from pages.shared.deck.exhibits import Bars, Headlines, Statements, Table, Value
from pages.shared.export.xlsx import to_xlsx
from pages.shared.export.xlsx.names import sheet_names
from pages.shared.export.xlsx.numbers import number_format
from pages.shared.export.xlsx.slides import joined
from tests.decks import deck

HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "http://a.example/x",
    "mailto:a@b.cn",
    "00123",
    "A\x07B\x0bC",
    "{=1}",
)


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def printed(value: float, code: str) -> str:
    """What Excel prints: only the formats that the workbook uses, quoted words around one number."""
    for section in code.split(";"):
        low = re.match(r"\[(<=?)([-\d.]+)\](.*)", section)
        if not low or (value < float(low[2]) or (low[1] == "<=" and value == float(low[2]))):
            body = low[3] if low else section
            break
    words = re.sub(r'\\"|"([^"]*)"', lambda found: "".join(f"\\{char}" for char in found[1] or '"'), body)
    number = re.search(r"(?<!\\)0(\.0+)?%?", words)
    shown = words
    if number:
        scaled = Decimal(repr(value)) * (100 if number[0].endswith("%") else 1)
        step = Decimal(1).scaleb(-len(number[1] or ".") + 1)
        text = f"{scaled.quantize(step, ROUND_HALF_UP)}{'%' if number[0].endswith('%') else ''}"
        shown = words[: number.start()] + text + words[number.end() :]
    return re.sub(r"\\(.)", r"\1", shown)


def shown(cell: Cell) -> str:
    return printed(cell.value, cell.number_format) if cell.data_type == "n" else str(cell.value)


def values(exhibit: object) -> Iterator[Value]:
    """Every number of an exhibit that has Values of its own."""
    if isinstance(exhibit, Bars):
        yield from (row.value for row in exhibit.rows)
    elif isinstance(exhibit, Headlines):
        yield from (one.value for one in exhibit.items)
    elif isinstance(exhibit, Table):
        yield from (cell for row in exhibit.rows for cell in row if isinstance(cell, Value))


def cells(sheet: Worksheet) -> list[Cell]:
    return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]


def exhibits(given: Deck) -> list[tuple[str, object]]:
    """Title and exhibit of what each sheet between the first and the last two shows."""
    return [
        *((one.title, one.exhibit) for one in joined(given.slides)),
        *((one.title, one.table) for one in given.annexes),
    ]


@pytest.mark.parametrize(("townships", "lang"), [(8, "zh"), (45, "en")])
def test_each_value_stands_as_a_number_that_prints_its_text(townships: int, lang: str) -> None:
    given = deck(townships, lang)
    _, *sheets, _, _ = opened(to_xlsx(given)).worksheets
    told = exhibits(given)
    assert [sheet["A1"].value for sheet in sheets] == [title for title, _ in told]
    seen = 0
    for sheet, (title, exhibit) in zip(sheets, told, strict=True):
        listed = [(cell.value if cell.data_type == "n" else None, shown(cell)) for cell in cells(sheet)]
        for value in values(exhibit):
            text = value.mark + value.text if value.text[:1].isdigit() else value.text
            assert (value.number, text) in listed, (title, value)
            seen += 1
    assert seen > townships * 2


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Value(0.99996, "99.9%", "rate"), "99.9%"),
        (Value(0.0004, "<0.1%", "rate"), "<0.1%"),
        (Value(0.125, "12.5%", "rate"), "12.5%"),
        (Value(15, "约15名", mark="约"), "约15名"),
        (Value(12345, "1.2万人次"), "1.2万人次"),
        (Value(6.0, "6天", "decimal"), "6天"),
        (Value(66.9355, "66.9", "decimal"), "66.9"),
        (Value(3, '3"件"'), '3"件"'),
        (Value(300, "300余名"), "300余名"),
    ],
)
def test_a_number_format_prints_what_the_meeting_reads(value: Value, text: str) -> None:
    assert value.number is not None
    assert printed(value.number, number_format(value)) == text


def test_what_is_drawn_of_a_masked_count_reads_as_the_count() -> None:
    given = deck()
    sheet = next(
        one for one in opened(to_xlsx(given)).worksheets if "石门回族乡还没有党员" in one["A1"].value
    )
    (bars,) = (one.exhibit for one in given.slides if one.name == "members")
    (at,) = (cell.column for cell in cells(sheet) if cell.value == "作图数据")
    drawn = [sheet.cell(5 + i, at + 1) for i in range(len(bars.rows))]
    assert [cell.value for cell in drawn] == [row.length for row in bars.rows]
    (masked,) = (cell for cell, row in zip(drawn, bars.rows, strict=True) if row.value.text == "≤5")
    assert (masked.value, shown(masked)) == (5, "≤5")


def test_words_stay_words_whatever_they_look_like() -> None:
    given = deck()
    slide = next(one for one in given.slides if isinstance(one.exhibit, Bars))
    rows = tuple(replace(slide.exhibit.rows[0], name=name, detail=name, words=name) for name in HOSTILE)
    hostile = replace(slide, title="=HYPERLINK(1)", exhibit=replace(slide.exhibit, rows=rows), notes=HOSTILE)
    said = replace(given.slides[-1], exhibit=Statements(()), notes=())
    content = to_xlsx(replace(given, title="=1", slides=(hostile, said)))
    book = opened(content)
    found = [cell for sheet in book for cell in cells(sheet)]
    assert {cell.data_type for cell in found} == {"n", "s"}
    assert {name.translate({7: None, 11: None}) for name in HOSTILE} <= {cell.value for cell in found}
    assert not [cell.coordinate for cell in found if cell.hyperlink]
    parts = ZipFile(BytesIO(content))
    sheets = [
        parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")
    ]
    assert not [one for one in sheets if "<f>" in one or "<hyperlink" in one]
    assert not [
        name for name in parts.namelist() if b"http://a.example" in parts.read(name) and "rels" in name
    ]


def test_each_sheet_is_ready_to_be_read_and_printed() -> None:
    given = deck(45)
    book = opened(to_xlsx(given))
    assert book.sheetnames[0] == "目录"
    assert book.sheetnames[-2:] == ["口径", "来源"]
    for sheet in book.worksheets:
        assert sheet.print_area, sheet.title
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert (
            "截至2026年10月31日，第3次修订，分母：实体运营企业，演示口径，演示数据"
            in sheet.oddFooter.left.text
        )
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "B5"
        assert sheet.print_title_rows == "$4:$4"
    stamped = {cell.value for cell in cells(book["目录"])}
    assert {"2026年10月", "第3次修订", "第42号（1f9c2a77）", "演示口径", "演示数据", given.lead} <= stamped
    assert {one.sha256 for one in given.stamp.files} <= {cell.value for cell in cells(book["来源"])}
    assert {one.formula for one in given.definitions} <= {cell.value for cell in cells(book["口径"])}
    assert book.properties.creator == "暖新看板"
    assert book.properties.created.isoformat() == "2026-11-03T09:15:00"


def test_charts_are_native_and_told_in_words() -> None:
    given = deck(45)
    content = to_xlsx(given)
    parts = ZipFile(BytesIO(content))
    charts = [parts.read(name).decode() for name in sorted(parts.namelist()) if "charts/chart" in name]
    drawings = "".join(parts.read(name).decode() for name in parts.namelist() if "drawings/drawing" in name)
    charted = [
        one for one in joined(given.slides) if not isinstance(one.exhibit, Table | Headlines | Statements)
    ]
    assert len(charts) == len(charted) >= 4
    assert all(f'descr="{one.alt}"' in drawings for one in charted)
    bars = [xml for xml in charts if "<c:barChart>" in xml]
    assert all("1B5FA8" in xml and '<c:orientation val="maxMin"/>' in xml for xml in bars)
    assert "≤5" in "".join(bars)
    assert "C8102E" not in "".join(charts)


def test_the_same_deck_gives_the_same_bytes() -> None:
    assert to_xlsx(deck()) == to_xlsx(deck())


def test_a_number_that_is_none_is_refused() -> None:
    given = deck()
    slide = given.slides[0]
    items = (replace(slide.exhibit.items[0], value=Value(float("nan"), "1")),)
    with pytest.raises((TypeError, ValueError)):
        to_xlsx(replace(given, slides=(replace(slide, exhibit=Headlines(items)),)))


def test_names_of_sheets_are_short_and_apart() -> None:
    found = sheet_names(["History", "a/b", "A:B", "'甲'", "", "长" * 40, "长" * 41, "[x]*?\\"])
    assert len({name.lower() for name in found}) == len(found)
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in found)
