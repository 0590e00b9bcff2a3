"""A file becomes exactly its grid, whatever its form; what cannot or must not be read is refused in words."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from data.ledgers.grid import UNCALCULATED, Comment, Grid, Merge
from data.ledgers.reader import read_bytes
from data.tabular import read
from tests.hostile import (
    archive,
    changed,
    old_book,
    parts_of,
    plain,
    record,
    relations,
    sheet_of,
    with_strings,
    xml_book,
)
from tests.ledgers.books import delimited, modern, old
from tests.ledgers.sheets import Formula, Percent, Sheet

ROOT = Path(__file__).resolve().parents[1]
SECRET = "绝密7Q"
EMPTY: list[str | None] = []


def grid(content: bytes, name: str = "台账.xlsx") -> Grid:
    """The first grid of a file."""
    return read_bytes(name, content).grids[0]


def rows(content: bytes) -> list[tuple[str | None, ...]]:
    return grid(content).cells.rows()


MESSY = Sheet(
    "台账",
    rows=[
        [],
        [None, "标题\n二行", None, None],
        [None, "镇街", "人数", "比例", "日期"],
        [None, "柳湾镇", 134.0, Percent(0.85), datetime(2026, 5, 28)],
        [None, "石桥镇", Formula("=1+2", 3.0), 0.1 + 0.2, datetime(2026, 5, 28, 16, 54)],
    ],
    merges=[(1, 1, 1, 3)],
)
READ = [
    (None, None, None, None, None),
    (None, "标题\n二行", None, None, None),
    (None, "镇街", "人数", "比例", "日期"),
    (None, "柳湾镇", "134", "0.85", "2026-05-28"),
    (None, "石桥镇", "3", "0.3", "2026-05-28T16:54:00"),
]


@pytest.mark.parametrize(("make", "form"), [(modern, "xlsx"), (old, "xls")])
def test_workbooks_old_and_new_give_one_grid_addressed_as_a_spreadsheet_user_does(
    make: Callable[[list[Sheet]], bytes], form: str
) -> None:
    hidden = Sheet("底稿", hidden=True, rows=[["旧"]])
    content = make([MESSY, hidden, Sheet("Sheet3")])
    # The name says nothing: townships send each form under any ending.
    book = read_bytes("台账.csv", content)
    assert (book.form, book.encoding, book.size, len(book.sha256)) == (form, None, len(content), 64)
    first, second, third = book.grids
    assert (first.name, first.visible, first.cells.columns) == ("台账", True, list("ABCDE"))
    assert first.cells.rows() == READ
    assert first.merges == (Merge(2, 2, 2, 4),)
    assert first.percent == {(4, "D")}
    assert (second.name, second.visible, second.cells.rows()) == ("底稿", False, [("旧",)])
    assert third.cells.shape == (0, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_in_any_encoding_and_with_any_separator_is_one_grid(encoding: str, separator: str) -> None:
    lines = [
        ["诉求台账"],
        ["编号", "内容"],
        ["NX1\t" if separator == "," else "NX1", '停车"难", 㙍；，'],
        [],
        [" ", "5"],
    ]
    quoted = [separator.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines]
    book = read_bytes("x.xls", "\r\n".join([*quoted, "", ""]).encode(encoding))
    assert (book.form, book.encoding) == ("csv", encoding.removesuffix("-sig"))
    (only,) = book.grids
    assert only.name is None
    assert only.cells.rows() == [
        ("诉求台账", None),
        ("编号", "内容"),
        ("NX1\t" if separator == "," else "NX1", '停车"难", 㙍；，'),
        (None, None),
        (" ", "5"),
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<v>134</v>", "134"),
        ("<v>134.0</v>", "134"),
        ("<v>0.85000000000000009</v>", "0.85"),
        ("<v>12.000000000000002</v>", "12"),
        ("<v>-0.5</v>", "-0.5"),
        ("<v>-0</v>", "0"),
        ("<v>1E-5</v>", "0.00001"),
        ("<v>999999999999999</v>", "999999999999999"),
        ("<v>1000000000000000</v>", "1e+15"),
        ("<v>9.13205E+17</v>", "9.13205e+17"),
        ("<v>320582199001019995</v>", "3.2058219900101997e+17"),
        (' t="b"><v>1</v>', "true"),
        (' t="b"><v>0</v>', "false"),
        (' t="e"><v>#REF!</v>', "#REF!"),
        (' t="e"><f>A9</f><v>#N/A</v>', "#N/A"),
        ("<f>1+1</f>", UNCALCULATED),
        ("<f>1+1</f><v></v>", UNCALCULATED),
        ("<f>1+1</f><v>2</v>", "2"),
        ("<f>1-1</f><v>0</v>", "0"),
        (' t="str"><f>""</f><v></v>', None),
        (' t="str"><f>A2</f><v>甲</v>', "甲"),
        (' t="inlineStr"><is><r><t>红</t></r><r><t xml:space="preserve"> 驿 </t></r></is>', "红 驿 "),
        (' t="inlineStr"><is><t>a_x000D_\nb</t></is>', "a\nb"),
        (' t="inlineStr"><is><t>=1+1</t></is>', "=1+1"),
        (' t="d"><v>2026-05-28</v>', "2026-05-28"),
        ("<v>NaN</v>", "#NUM!"),
    ],
)
def test_a_cell_is_the_text_that_it_shows(cell: str, text: str | None) -> None:
    cell = cell if cell.startswith(" ") else f">{cell}"
    made = xml_book(f'<row r="3"><c r="C3"{cell}</c><c r="D3"><v>5</v></c></row>')
    assert rows(made)[2] == (None, None, text, "5")


def test_dates_percentages_and_the_other_calendar_are_told_by_their_format() -> None:
    codes = ["yyyy\\年m月", "[h]:mm:ss", "0.0%", '0.0"%"', "#,##0", "h:mm"]
    own = "".join(
        f'<numFmt numFmtId="{170 + place}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
        for place, code in enumerate(codes)
    )
    numbers = [0, 14, 22, 10, *range(170, 176)]
    xfs = "".join(f'<xf numFmtId="{number}"/>' for number in numbers)
    base = '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
    styles = f"<styleSheet><numFmts>{own}</numFmts>{base}<cellXfs>{xfs}</cellXfs></styleSheet>"
    values = ["45000", "45000", "45000.704166666663", "0.85", "45000", "1.5", "1", "0.5", "1234", "0.5"]
    cells = "".join(f'<c r="{chr(65 + n)}1" s="{n}"><v>{value}</v></c>' for n, value in enumerate(values))
    found = grid(xml_book(f'<row r="1">{cells}</row>', styles=styles))
    wanted = ("45000", "2023-03-15", "2023-03-15T16:54:00", "0.85", "2023-03-15")
    assert found.cells.row(0) == (*wanted, "36:00:00", "1", "0.5", "1234", "12:00:00")
    assert found.percent == {(1, "D"), (1, "G")}
    book = parts_of(xml_book(""))["xl/workbook.xml"].decode()
    mac = book.replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    moved = grid(xml_book(f'<row r="1">{cells}</row>', styles=styles, book=mac))
    assert moved.cells.row(0)[1] == "2027-03-16"


def test_rich_and_shared_strings_are_read_without_their_reading_aids() -> None:
    strings = "<si><r><t>新</t></r><r><t>业态</t></r><rPh><t>xin</t></rPh></si><si><t>甲&amp;乙</t></si>"
    made = xml_book('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>')
    assert rows(with_strings(made, strings)) == [("新业态", "甲&乙")]


def test_places_may_be_left_out_and_tags_may_have_a_prefix() -> None:
    made = sheet_of(
        "<x:row><x:c><x:v>1</x:v></x:c><x:c><x:f>1+1</x:f></x:c></x:row>"
        '<x:row/><x:row r="4"><x:c r="C4" t="e"><x:v>#N/A</x:v></x:c></x:row>',
        prefix="x",
    )
    wanted = [("1", UNCALCULATED, None), *[(None, None, None)] * 2, (None, None, "#N/A")]
    assert rows(xml_book("", sheet=made)) == wanted


def test_formatted_blank_rows_and_columns_are_cut_off_in_a_moment_wherever_they_end() -> None:
    blank = '<row r="{n}"><c r="A{n}" s="1"/><c r="XFD{n}" s="1"></c></row>'
    below = "".join(blank.format(n=n) for n in (2, *range(1_000_000, 1_048_577)))
    found = grid(xml_book(f'<row r="1"><c r="A1"><v>1</v></c></row>{below}'))
    assert (found.cells.rows(), found.blank_rows) == ([("1",)], 1_048_575)


def test_rows_that_are_filtered_away_are_read_and_counted() -> None:
    made = "".join(
        f'<row r="{n}" {mark}><c r="A{n}"><v>{n}</v></c></row>'
        for n, mark in enumerate(("", 'hidden="1"', "", 'hidden="true"', 'hidden="0"'), 1)
    )
    found = grid(xml_book(f'{made}<row r="6" hidden="1"/>'))
    assert (found.cells.height, found.hidden_rows) == (5, 2)


def test_comments_of_every_kind_are_found_and_charts_are_no_sheets() -> None:
    content = modern([Sheet("台账", rows=[["x"]], comments={"C7": f"{SECRET}批注"})])
    assert grid(content).comments == (Comment(7, "C", f"{SECRET}批注"),)
    parts = parts_of(content)
    thread = '<T xmlns="t"><threadedComment ref="B2"><text>答复</text></threadedComment></T>'
    beside = relations(("threadedComment", "../threadedComments/t1.xml", ""))
    parts |= {
        "xl/threadedComments/t1.xml": thread.encode(),
        "xl/worksheets/_rels/sheet1.xml.rels": beside.encode(),
    }
    assert grid(archive(parts)).comments == (Comment(2, "B", "答复"),)
    chart = relations(("chartsheet", "worksheets/sheet1.xml", ""), ("worksheet", "worksheets/sheet2.xml", ""))
    listed = parts_of(plain({"图": [], "台账": [["1"]]}))["xl/workbook.xml"].decode()
    listed = (
        listed.replace("rId1", "r0")
        .replace("rId2", "r1")
        .replace('name="台账"', 'name="台账" state="veryHidden"')
    )
    both = changed(plain({"图": [["x"]], "台账": [["1"]]}), book=listed, relations=chart)
    assert [(one.name, one.visible) for one in read_bytes("x", both).grids] == [("台账", False)]


def test_merged_areas_end_with_the_sheet_that_they_are_in() -> None:
    merges = "<mergeCells>{}</mergeCells>".format(
        "".join(f'<mergeCell ref="{ref}"/>' for ref in ("A1:B2", "A3:XFD1048576", "D9:E9"))
    )
    cells = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="B{n}"><v>1</v></c></row>' for n in (1, 3, 4))
    assert grid(xml_book(cells, merges)).merges == (Merge(1, 1, 2, 2), Merge(3, 1, 4, 2))


def formula(row: int, column: int, result: bytes, flags: int = 0) -> bytes:
    return record(0x06, "HHH8sHIH", row, column, 0, result, flags, 0, 3, rest=b"\x1e\x01\x00")


def test_old_workbooks_tell_errors_missing_results_truth_values_and_comments() -> None:
    note = record(0x5D, "HHHHH", 0x15, 0x12, 0x19, 7, 0) + record(0x1B6, "HH6xHH4x", 0, 0, 4, 0)
    note += record(0x3C, "B", 1, rest="批注".encode("utf-16-le")) + record(0x3C, "B", 0, rest=b"ab")
    note += record(0x1C, "HHHHH", 4, 1, 0, 7, 0)
    cells = [
        record(0x205, "HHHBB", 0, 0, 0, 23, 1),
        record(0x205, "HHHBB", 0, 1, 0, 1, 0),
        formula(0, 2, b"\x02\0\x2a\0\0\0\xff\xff"),
        formula(1, 0, b"\0\0\0\0\0\0\x08\x40"),
        formula(1, 1, b"\x03\0\0\0\0\0\xff\xff"),
        record(0x27E, "HHHI", 2, 3, 0, 5 << 2 | 2),
        record(0xBD, "HHHIHIH", 3, 0, 0, 6 << 2 | 2, 0, 7 << 2 | 2, 1),
    ]
    found = grid(old_book(b"".join(cells) + note))
    assert found.cells.rows() == [
        ("#REF!", "true", "#N/A", None),
        ("3", None, None, None),
        (None, None, None, "5"),
        ("6", "7", None, None),
    ]
    assert found.comments == (Comment(5, "B", "批注ab"),)
    never = formula(0, 0, bytes(8), flags=2) + formula(0, 1, b"\x03\0\0\0\0\0\xff\xff")
    assert rows(old_book(never)) == [(UNCALCULATED, UNCALCULATED)]
    assert rows(old_book(never + formula(0, 2, b"\0\0\0\0\0\0\x08\x40"))) == [("0", None, "3")]


def test_zeros_of_a_program_that_never_calculates_are_no_results() -> None:
    sums = Sheet("台账", rows=[[Formula("=SUM(B1:B9)", 0.0), 5.0]])
    assert rows(modern([sums])) == [(UNCALCULATED, "5")]
    sums.rows.append([Formula("=1+2", 3.0)])
    assert rows(modern([sums])) == [("0", "5"), ("3", None)]


def test_a_mapped_or_contract_shaped_file_may_be_any_of_these_and_names_the_sheets_left_unread(
    tmp_path: Path,
) -> None:
    cover = Sheet("封面")
    page = Sheet("表", rows=[["station_id", "name"], ["S1", "甲"], [], ["S2", "乙"]])
    more, secret = Sheet("附表", rows=[["x"]]), Sheet("底稿", hidden=True, rows=[["y"]])
    contents = {
        "a.xls": modern([cover, page, more, secret]),
        "b.et": old([cover, page, more, secret]),
        "c.xls": delimited(page, "gb18030").replace(b",", b"\t"),
        "d.csv": modern([page]),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
        found = read(tmp_path / name)
        assert found.frame.rows() == [("S1", "甲"), ("S2", "乙")], name
        assert found.lines.to_list() == [2, 4]
        assert found.unread == (("附表",) if name in ("a.xls", "b.et") else ())
