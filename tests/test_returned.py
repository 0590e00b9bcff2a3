"""What goes back to a sender: the original layout, bad cells marked, nothing personal, nothing that runs."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from data.ledgers.findings import Finding, found
from data.ledgers.grid import EXCERPT, Book, Comment, Form, Grid, Merge, Place, letter
from data.ledgers.layout import WHOLE_ROWS
from data.ledgers.ledger import Ledger, Reading, Tally
from data.ledgers.paper import COLOURS, WITHHELD, file_stem, sheet_names
from data.ledgers.reader import read_bytes
from data.ledgers.reading import read_ledgers
from data.ledgers.returned import report_bytes, returned_bytes, write_reports, write_returned
from data.messages import StoreError
from data.profile import load_profile
from tests.ledgers.county import MONTHS, PROFILE, good
from tests.ledgers.identifiers import SECRETS as SECRET_NUMBERS
from tests.ledgers.readings import Readings, all_readings
from tests.ledgers.sheets import Written

MONTH, TODAY = date(2026, 10, 1), date(2026, 11, 5)
SPACES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
ROWS = (
    ("城东街道企业台账(2026年10月)", None, None, None, None),
    ("填报单位:城东街道        填报时间:2026.11.2", None, None, None, None),
    ("序号", "企业名称", "统一社会信用代码", "从业人员", None),
    (None, None, None, "总数", "其中:一线"),
    ("1", "甲快递有限公司", "91320582B71599583M", "0028", "10-20"),
    ("2", "=HYPERLINK(\"http://x\")", "91320582P37258568A", "-15", "+3"),
    ("合计", None, None, "13", "3"),
    ("填表人:张某        审核人:李某        填表日期:2026.11.2", None, None, None, None),
)  # fmt: skip
MERGES = (
    *(Merge(1, 1, 1, 5), Merge(2, 1, 2, 5), Merge(3, 4, 3, 5)),
    *(Merge(3, column, 4, column) for column in (1, 2, 3)),
)


def grid(rows: Sequence[Sequence[str | None]], name: str | None = "Sheet1", **more: object) -> Grid:
    width = max((len(row) for row in rows), default=0)
    columns = {
        letter(place + 1): pl.Series(
            [row[place] if place < len(row) else None for row in rows], dtype=pl.String
        )
        for place in range(width)
    }
    return Grid(name, pl.DataFrame(columns), **more)  # type: ignore[arg-type]


def reading(
    *grids: Grid, file: str = "城东街道.xlsx", unit: str = "城东街道", form: Form = "xlsx"
) -> Reading:
    ledger = Ledger("enterprises", file, "T01", unit, {}, {}, pl.DataFrame(), Tally(0, 0), {})
    return Reading(file, "0" * 64, (ledger,), (), Book(file, form, "0" * 64, grids))


def at(
    row: int | None, column: str | None, *, sheet: str | None = "Sheet1", file: str = "城东街道.xlsx"
) -> Place:
    return Place(file, sheet, row, column)


LEDGER = reading(grid(ROWS, merges=MERGES))
BAD = (found("no_rows", at(5, "E")), found("control_character", at(6, "B")), found("no_rows", at(5, "C")))


def written(one: Reading, findings: Sequence[Finding] = (), lang: str | None = "zh") -> bytes:
    return returned_bytes(one, findings, lang, month=MONTH, today=TODAY)


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def cells(content: bytes, sheet: str) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def names(content: bytes) -> list[str]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names


def fills(content: bytes, number: int) -> dict[str, str]:
    """Cell -> colour of its fill, of the sheet with that number."""
    every = parts(content)
    styles = ElementTree.fromstring(every["xl/styles.xml"])
    colours = [
        one.find("m:patternFill/m:fgColor", SPACES) for one in styles.findall("m:fills/m:fill", SPACES)
    ]
    looks = [int(one.get("fillId", 0)) for one in styles.findall("m:cellXfs/m:xf", SPACES)]
    sheet = ElementTree.fromstring(every[f"xl/worksheets/sheet{number}.xml"])
    found = {}
    for cell in sheet.iterfind("m:sheetData/m:row/m:c", SPACES):
        colour = colours[looks[int(cell.get("s", 0))]]
        if colour is not None:
            found[cell.get("r", "")] = "#" + colour.get("rgb", "")[2:]
    return found


def notes(content: bytes, number: int) -> dict[str, str]:
    """Cell -> its note, of the n-th sheet that has notes."""
    tree = ElementTree.fromstring(parts(content)[f"xl/comments{number}.xml"])
    every = tree.findall("m:commentList/m:comment", SPACES)
    return {one.get("ref", ""): "".join(text.text or "" for text in one.iter() if text.text) for one in every}


def test_every_cell_stands_where_it_stood() -> None:
    shown = cells(written(LEDGER, BAD), "Sheet1")
    expected = [[text or "" for text in row] for row in ROWS]
    expected[7][0] = f"填表人:{WITHHELD}        审核人:{WITHHELD}        填表日期:2026.11.2"
    assert [[str(text) for text in row] for row in shown] == expected


def test_merges_are_kept() -> None:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(written(LEDGER))).get_sheet_by_name("Sheet1")
    kept = {
        (top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges
    }
    assert kept == {(one.top, one.left, one.bottom, one.right) for one in MERGES}


def test_bad_cells_are_coloured_by_severity_and_annotated() -> None:
    content = written(LEDGER, BAD)
    colours = fills(content, 2)
    assert (colours["E5"], colours["C5"], colours["B6"]) == (
        COLOURS["error"],
        COLOURS["error"],
        COLOURS["warning"],
    )
    assert {cell for cell, one in colours.items() if one in (COLOURS["error"], COLOURS["warning"])} == {
        "E5",
        "C5",
        "B6",
    }
    told = notes(content, 1)
    assert set(told) == {"E5", "C5", "B6"}
    assert "只有表头" in told["E5"]


def test_two_findings_of_one_cell_are_one_note_and_the_worse_colour() -> None:
    content = written(LEDGER, [found("control_character", at(5, "E")), found("no_rows", at(5, "E"))])
    assert fills(content, 2)["E5"] == COLOURS["error"]
    assert {"控制字符", "只有表头"} <= {
        word for word in ("控制字符", "只有表头") if word in notes(content, 1)["E5"]
    }


def test_a_finding_inside_a_merge_is_shown_at_its_first_cell() -> None:
    assert fills(written(LEDGER, [found("no_rows", at(4, "B"))]), 2)["B3"] == COLOURS["error"]


def test_a_finding_of_a_row_or_a_column_is_shown_at_its_first_cell_or_header() -> None:
    colours = fills(
        written(
            LEDGER,
            [
                found("no_rows", at(6, None)),
                found("column_twice", at(None, "D"), column="从业人员", first="C"),
            ],
        ),
        2,
    )
    assert (colours["A6"], colours["D3"]) == (COLOURS["error"], COLOURS["error"])


def test_an_empty_cell_beside_the_table_can_be_marked() -> None:
    assert fills(written(LEDGER, [found("no_rows", at(5, "F"))]), 2)["F5"] == COLOURS["error"]


def test_the_first_sheet_says_who_what_where_and_how() -> None:
    content = written(LEDGER, BAD)
    first = cells(content, "退回说明")
    assert names(content)[0] == "退回说明"
    text = "\n".join(str(one) for row in first for one in row if one)
    for part in (
        "2 处必须改正",
        "1 处请核对",
        "城东街道",
        "2026 年 10 月",
        "2026-11-05",
        "整份台账重新报送",
        "城东街道.xlsx",
    ):
        assert part in text
    listed = [[str(one) for one in row[1:4]] for row in first if isinstance(row[0], float)]
    assert listed == [
        ["◆ 必须改正", "Sheet1", "第 5 行 C 列"],
        ["◆ 必须改正", "Sheet1", "第 5 行 E 列"],
        ["▲ 请核对", "Sheet1", "第 6 行 B 列"],
    ]


def test_the_list_parts_what_is_wrong_from_what_to_do_and_links_to_the_cell() -> None:
    content = written(LEDGER, BAD)
    row = next(row for row in cells(content, "退回说明") if row[3] == "第 6 行 B 列")
    assert row[5:7] == ["含有看不见的控制字符，已去掉。", "请核对这一格的内容。"]
    links = re.findall(r'<hyperlink [^>]*location="([^"]+)"', parts(content)["xl/worksheets/sheet1.xml"])
    assert sorted(links) == ["'Sheet1'!B6", "'Sheet1'!C5", "'Sheet1'!E5"]


def test_the_english_note_has_english_words_only() -> None:
    content = written(reading(grid([("a", "b"), ("1", "2")]), file="a.xlsx", unit="East"), (), "en")
    sheets = [
        text
        for name, text in parts(content).items()
        if name.startswith(("xl/worksheets", "xl/sharedStrings"))
    ]
    assert not re.search(r"[\u4e00-\u9fff]", re.sub("（节选）", "", "".join(sheets)))


def test_text_never_becomes_a_formula_a_link_or_a_number() -> None:
    rows = [
        [
            "=1+1",
            "+86",
            "-15",
            "@SUM(A1)",
            "http://example.test/",
            "mailto:a@example.test",
            "0028",
            "9.13205e+17",
        ]
    ]
    content = written(reading(grid(rows)))
    sheet = parts(content)["xl/worksheets/sheet2.xml"]
    assert cells(content, "Sheet1") == rows
    assert "<f>" not in sheet
    assert "<hyperlink " not in sheet
    assert set(re.findall(r"<c [^>]*?t=\"(\w+)\"><v>", sheet)) == {"s"}
    assert 'quotePrefix="1"' in parts(content)["xl/styles.xml"]


def test_control_and_direction_characters_are_left_out() -> None:
    rows = [["a\x00b\x07c", "甲\u202e乙", "x_x000D_y", "z\ufeff\u200b"], ["行\n二", "\r\n", "𠮷", "q"]]
    content = written(reading(grid(rows)))
    assert cells(content, "Sheet1") == [["abc", "甲乙", "x_x000D_y", "z"], ["行\n二", "\n", "𠮷", "q"]]


def test_a_percentage_is_shown_as_its_sender_saw_it() -> None:
    one = grid(
        [("完成率", "数"), ("0.855", "0.855"), ("1", "1"), ("?", "?")],
        percent=frozenset({(2, "A"), (3, "A"), (4, "A")}),
    )
    assert cells(written(reading(one)), "Sheet1") == [
        ["完成率", "数"],
        ["85.5%", "0.855"],
        ["100%", "1"],
        ["?", "?"],
    ]


def identity(start: str = "32999919850101123") -> str:
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(start))
    return start + "10X98765432"[total % 11]


ID, PHONE, CARD = identity(), "154" + "0058" + "8188", "62999912346244" + "58988"
SECRETS = (ID, ID[:6], PHONE, CARD, "张三丰", "李四光", "王五六", "解放路88号", "秘密附注")
DISGUISES = (
    *(f"证件{ID}", f"{PHONE[:3]} {PHONE[3:7]} {PHONE[7:]}", f"+86-{PHONE}", f"卡{CARD[:4]} {CARD[4:]}"),
    *("".join(chr(ord(one) + 0xFEE0) for one in PHONE), "-".join((ID[:6], ID[6:14], ID[14:]))),
)  # fmt: skip


def planted() -> tuple[Reading, list[Finding]]:
    head = ("序号", "企业名称", "备注", "联系人", "联系电话", "住址", "从业人员")
    body = [
        (str(row), "甲公司", text, "张三丰", PHONE, "解放路88号", "5")
        for row, text in enumerate(DISGUISES, 1)
    ]
    signed = ("填表人:李四光   审核人：王五六", None, None, None, None, None, None)
    beside = ("审核人：", "王五六", None, "电话:", f"0512{PHONE}", None, None)
    title = (f"台账 联系人:李四光 电话:{PHONE}", None, None, None, None, None, None)
    comments = (Comment(2, "B", f"秘密附注 {ID}"),)
    table = grid([title, head, *body, signed, beside], comments=comments)
    hidden = grid([("身份证号", ID), ("x", PHONE)], "底稿", visible=False)
    named = grid([("a", "b"), ("1", "2")], f"联系{PHONE}")
    file = f"城东{PHONE}.xlsx"
    one = reading(table, hidden, named, file=file, unit=f"城东 {ID}")
    places = [
        Place(file, "Sheet1", 3, "C", f"备注{PHONE}"),
        Place(file, "底稿", 1, "B"),
        Place(file, f"联系{PHONE}", 1, "A"),
    ]
    codes = ("personal_dropped", "personal_hidden", "personal_data")
    return one, [
        found(code, place, kind="identity", count=1) for code, place in zip(codes, places, strict=True)
    ]


def leaks(content: bytes) -> dict[str, list[str]]:
    """Part -> secrets that stand in it, whatever stands between their digits."""
    found = {}
    for name, text in parts(content).items():
        plain = text + re.sub(r"[\s\-]", "", text)
        plain += "".join(chr(ord(one) - 0xFEE0) if "！" <= one <= "～" else one for one in plain)
        found[name] = [secret for secret in SECRETS if secret in plain]
    return {name: secrets for name, secrets in found.items() if secrets}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_personal_is_in_any_part_of_a_returned_workbook(lang: str) -> None:
    one, findings = planted()
    assert leaks(written(one, findings, lang)) == {}
    assert leaks(report_bytes([one], findings, lang)) == {}


def test_the_search_for_leaks_finds_what_is_planted() -> None:
    assert set(leaks(written(reading(grid([("a", "张三丰")]))))) == {"xl/sharedStrings.xml"}


def test_withheld_cells_say_so_and_their_neighbours_stay() -> None:
    one, findings = planted()
    content = written(one, findings)
    rows = cells(content, "Sheet1")
    assert rows[1] == ["序号", "企业名称", "备注", "联系人", "联系电话", "住址", "从业人员"]
    assert rows[2] == ["1", "甲公司", *[WITHHELD] * 4, "5"]
    assert fills(content, 2)["E3"] == COLOURS["withheld"]
    assert "个人信息" in notes(content, 1)["E3"]


def test_hidden_sheets_and_comments_are_not_copied() -> None:
    one, findings = planted()
    content = written(one, findings)
    assert names(content) == ["退回说明", "Sheet1", f"{WITHHELD}2"]
    assert not any("秘密" in text for text in notes(content, 1).values())


def test_a_csv_and_a_file_that_cannot_be_opened_go_back_too() -> None:
    csv = reading(grid([("编号", "镇街"), ("1", "城东")], None), file="诉求.csv", form="csv")
    content = written(csv, [found("no_rows", at(2, "B", sheet=None, file="诉求.csv"))])
    assert names(content) == ["退回说明", "台账"]
    assert fills(content, 2)["B2"] == COLOURS["error"]
    assert "'台账'!B2" in parts(content)["xl/worksheets/sheet1.xml"]
    broken = Reading("坏.xlsx", "0" * 64, (), ())
    assert names(written(broken, [found("file_failed", Place("坏.xlsx"))])) == ["退回说明"]


def test_sheets_of_our_own_are_made_anew_not_copied() -> None:
    returned_before = grid([("退回说明",), ("旧",)], "退回说明")
    assert names(written(reading(returned_before, grid(ROWS, "10月")))) == ["退回说明", "10月"]


def test_findings_of_other_files_are_passed_over() -> None:
    content = written(LEDGER, [found("no_rows", at(5, "E", file="别的.xlsx"))])
    assert "没有必须改正的" in str(cells(content, "退回说明")[1][0])


def huge(rows: int) -> Reading:
    head = [["诉求台账"], ["编号", "镇街", "类别"]]
    return reading(grid([*head, *([f"Z{row}", "城东", "停车"] for row in range(3, rows + 1))]))


def test_of_a_huge_sheet_only_what_matters_is_sent_back_under_its_own_row_numbers() -> None:
    rows = WHOLE_ROWS * 4
    findings = [found("class_unknown", at(row, "C"), value="宠物") for row in range(1_000, rows, 2)]
    content = written(huge(rows), findings)
    (name,) = names(content)[1:]
    assert name == f"Sheet1{EXCERPT}"
    sheet = parts(content)["xl/worksheets/sheet2.xml"]
    kept = [int(row) for row in re.findall(r'<row r="(\d+)"', sheet)]
    assert {1, 2, 998, 999, 1_000, 1_001, 1_002, rows} <= set(kept)
    assert 500 not in kept
    assert len(kept) < 2_100
    assert 'zeroHeight="1"' in sheet
    assert cells(content, name)[999][0] == "Z1000"
    text = str(cells(content, "退回说明"))
    assert "不能用来报送" in text
    assert "同样的问题还有" in text
    assert len(content) < 1_000_000


def test_a_sheet_of_common_size_is_whole() -> None:
    content = written(huge(WHOLE_ROWS), [])
    assert names(content)[1:] == ["Sheet1"]
    assert len(cells(content, "Sheet1")) == WHOLE_ROWS


HOSTILE = (
    Merge(1, 1, 1_048_576, 16_384),
    Merge(1, 1, 2, 2),
    Merge(2, 2, 3, 3),
    Merge(5, 5, 4, 4),
    Merge(2, 1, 2, 1),
)


def test_what_the_sender_is_told_to_do_fits_what_the_workbook_holds() -> None:
    whole, (one, findings) = text_of(written(LEDGER, BAD)), planted()
    assert "直接在本文件后面的表里改" in whole
    assert WITHHELD not in whole
    assert f"显示 {WITHHELD} 的格子" in text_of(written(one, findings))
    broken = Reading("坏.xlsx", "0" * 64, (), ())
    assert "只用来说明问题" in text_of(written(broken, [found("file_failed", Place("坏.xlsx"))]))


def text_of(content: bytes) -> str:
    return "\n".join(str(one) for row in cells(content, "退回说明") for one in row if one)


def test_columns_of_persons_are_withheld_whatever_their_header() -> None:
    rows = [
        ("序号", "企业名称", "店长", "骑手"),
        ("1", "甲公司", "张三丰", "李四光"),
        ("2", "乙公司", "王五六", "赵七八"),
    ]
    told = [found("person_columns", at(2, "C"), columns="店长、骑手", count=4)]
    hidden = [[WITHHELD, WITHHELD]] * 2
    assert [row[2:] for row in cells(written(reading(grid(rows)), told), "Sheet1")] == [
        ["店长", "骑手"],
        *hidden,
    ]


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Readings:
    return all_readings(tmp_path_factory)


@pytest.fixture
def judged(readings: Readings) -> list[Reading]:
    """All bad ledgers and all with planted identifiers, as the desk reads them."""
    return [one for (folder, _), one in readings.items() if folder in ("bad", "planted")]


def test_no_identifier_of_a_bad_ledger_is_in_what_goes_back(judged: list[Reading]) -> None:
    findings = [one for each in judged for one in each.findings]
    assert len(judged) > 50
    for one in judged:
        for name, text in parts(written(one, findings)).items():
            digits = re.sub(r"[\s\-.,()（）]", "", unicodedata.normalize("NFKC", text))
            assert not [number for number in SECRET_NUMBERS if number in digits], (one.file, name)


def test_every_bad_ledger_has_a_workbook_that_says_what_is_wrong(judged: list[Reading]) -> None:
    for one in judged:
        content = written(one, one.findings)
        said = text_of(content)
        assert all(str(finding.place.row or "") in said for finding in one.findings)
        assert len(fills(content, 2)) > 0 if len(names(content)) > 1 else "必须改正" in said


GOOD = [(folder, one) for folder in (*MONTHS, "alone") for one in good(folder)]


@pytest.mark.parametrize(("folder", "sent"), GOOD, ids=[f"{folder} {one.name}" for folder, one in GOOD])
def test_a_returned_workbook_can_be_mended_and_sent_again(
    folder: str, sent: Written, readings: Readings
) -> None:
    month = date(2026, 9 if folder.endswith("09") else 10, 1)
    first = readings[folder, sent.name]
    content = returned_bytes(first, first.findings, "zh", month=month, today=TODAY)
    again = read_ledgers(read_bytes(f"{Path(sent.name).stem}.xlsx", content), month, load_profile(PROFILE))
    assert [one.kind for one in again.ledgers] == [one.kind for one in first.ledgers]
    for before, after in zip(first.ledgers, again.ledgers, strict=True):
        assert (after.sender, after.totals) == (before.sender, before.totals)
        for table, frame in before.frames.items():
            assert after.frames[table].drop("file", "sheet").equals(frame.drop("file", "sheet"))


def test_hostile_merges_and_places_are_survived() -> None:
    one = reading(grid([("a", "b", "c"), ("1", "2", "3"), ("4", "5", "6")], merges=HOSTILE))
    far = [
        found("no_rows", at(1_048_576, "XFD")),
        found("no_rows", at(0, "A")),
        found("no_rows", at(None, None)),
    ]
    content = written(one, far)
    assert cells(content, "Sheet1")[2][:1] == ["4"]
    assert "1048576" not in parts(content)["xl/worksheets/sheet2.xml"]
    assert written(reading(grid([]), grid([(None, None)], "空")), far)


def test_the_same_findings_give_the_same_bytes() -> None:
    assert parts(written(LEDGER, BAD)) == parts(written(LEDGER, BAD))


def test_names_of_sheets_are_those_that_excel_accepts() -> None:
    long = "很长的工作表名称" * 5
    given = ["a/b:c*?[]\\", "'x'", "", "A B", "a b", long, long, "History", "选项", f"联系{PHONE}"]
    made = sheet_names(given)
    assert len({name.lower() for name in made}) == len(given)
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]|^'|'$", name) for name in made)
    assert {"history", "选项", "退回说明"}.isdisjoint(name.lower() for name in made)
    assert PHONE not in "".join(made)
    assert sheet_names([long + EXCERPT])[0].endswith(EXCERPT)


def test_names_of_files_are_those_that_windows_accepts() -> None:
    used: set[str] = set()
    given = [
        "城东街道",
        "城东街道",
        'a<b>:"/\\|?*c',
        "CON",
        "..",
        "",
        f"单位{PHONE}",
        "很长" * 60,
        "Abc",
        "aBC",
        "x. ",
    ]
    made = [file_stem(text, used, "7") for text in given]
    assert made[:3] == ["城东街道", "城东街道_2", "a_b_c"]
    assert made[3:7] == ["7", "7_2", "7_3", "7_4"]
    assert len({name.lower() for name in made}) == len(given)
    assert all(len(name) <= 40 and not re.search(r'[<>:"/\\|?*\x00-\x1f]|[. ]$', name) for name in made)


def senders() -> tuple[list[Reading], list[Finding]]:
    files = {"a.xlsx": "城东街道", "b.xlsx": "城东街道", "c.xlsx": "城西镇", "d.xlsx": "", "e.xlsx": "城北镇"}
    readings = [reading(grid(ROWS), file=file, unit=unit) for file, unit in files.items()]
    codes: Mapping[str, str] = {
        "a.xlsx": "no_rows",
        "b.xlsx": "no_rows",
        "c.xlsx": "control_character",
        "d.xlsx": "no_rows",
    }
    return readings, [found(code, at(5, "B", file=file)) for file, code in codes.items()]


def test_one_workbook_beside_the_report_for_each_file_that_must_go_back(tmp_path: Path) -> None:
    readings, findings = senders()
    report = tmp_path / "new" / "errors.xlsx"
    made = write_reports(readings, findings, report, "zh", month=MONTH, today=TODAY)
    assert [path.name for path in made] == [
        "errors.xlsx",
        "errors_城东街道.xlsx",
        "errors_城东街道_2.xlsx",
        "errors_d.xlsx",
    ]
    assert sorted(path.name for path in report.parent.iterdir()) == sorted(path.name for path in made)
    assert "b.xlsx" in str(cells(made[2].read_bytes(), "退回说明"))


def test_the_report_lists_all_findings_and_all_files(tmp_path: Path) -> None:
    readings, findings = senders()
    content = report_bytes(readings, findings, "zh", today=TODAY)
    listed = [[row[1], row[2], row[5], row[6]] for row in cells(content, "问题清单")[1:]]
    assert listed == [
        [file, unit, 5.0, "B"]
        for file, unit in (
            ("a.xlsx", "城东街道"),
            ("b.xlsx", "城东街道"),
            ("c.xlsx", "城西镇"),
            ("d.xlsx", ""),
        )
    ]
    verdicts = [[row[1], row[3], row[4], row[5], row[6]] for row in cells(content, "文件一览")[1:]]
    assert verdicts[1:3] == [
        ["b.xlsx", "企业台账", "◆ 退回", 1.0, 0.0],
        ["c.xlsx", "企业台账", "▲ 需确认", 0.0, 1.0],
    ]
    assert verdicts[4][2] == "● 可发布"


def test_a_second_run_replaces_its_files_and_leaves_nothing_else(tmp_path: Path) -> None:
    readings, findings = senders()
    (tmp_path / "errors.xlsx").write_bytes(b"old")
    for _ in range(2):
        made = write_reports(readings, findings, tmp_path / "errors.xlsx", today=TODAY)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in made}
    assert names((tmp_path / "errors.xlsx").read_bytes()) == ["问题清单", "文件一览"]


def test_a_place_that_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError):
        write_returned(LEDGER, BAD, tmp_path / "file" / "out.xlsx")


def test_a_stream_can_be_written() -> None:
    stream = io.BytesIO()
    write_returned(replace(LEDGER), BAD, stream, "zh", month=MONTH, today=TODAY)
    assert stream.getvalue() == written(LEDGER, BAD)
