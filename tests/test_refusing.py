"""What cannot or must not be read is refused in words, at its place, and hurts nobody."""

import ast
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from data.ledgers import sandbox
from data.ledgers.child.limits import MOST_ROWS
from data.ledgers.reader import FileRefused, read_book, read_bytes
from data.messages import LANGUAGES, IntakeError
from tests.hostile import (
    archive,
    changed,
    doubled,
    far,
    old_book,
    parts_of,
    protected,
    record,
    relations,
    sheet_of,
    with_strings,
    xml_book,
)
from tests.ledgers import broken
from tests.ledgers.books import modern, old
from tests.ledgers.sheets import Sheet

ROOT = Path(__file__).resolve().parents[1]
SECRET = "绝密7Q"
ONE = "<row r=\"1\"><c r='A1'><v>1</v></c></row>"
DTD = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
PEOPLE = modern([Sheet("台账", rows=[["镇街", SECRET], ["柳湾镇", 5.0]])])
LINE = f"{SECRET},柳湾镇,12\n"
BIG = "<si><t>" + "x" * 32_000 + "</t></si>"


def sheet(xml: str) -> bytes:
    return xml_book("", sheet=xml)


def with_part(name: str, content: bytes = b"x") -> bytes:
    return archive(parts_of(PEOPLE) | {name: content})


def listed(sheet: str) -> str:
    """The list of sheets with one more."""
    book = parts_of(PEOPLE)["xl/workbook.xml"].decode()
    return book.replace("</sheets>", f"<sheet {sheet}/></sheets>")


REFUSED: dict[str, tuple[Callable[[], bytes], str, tuple[object, ...]]] = {
    "nothing": (lambda: b"", "ledger_empty", ()),
    "blanks": (lambda: b"\xef\xbb\xbf \r\n", "ledger_empty", ()),
    "web page": (lambda: broken.page(Sheet("x", rows=[[SECRET]])), "file_web_page", ()),
    "web page in UTF-16": (lambda: "\ufeff<HTML><table>".encode("utf-16-le"), "file_web_page", ()),
    "XML table": (lambda: b'<?xml version="1.0"?><Workbook xmlns="x">', "file_format", ()),
    "picture": (broken.picture, "file_not_table", ()),
    "program": (lambda: bytes(range(256)) * 50, "file_not_table", ()),
    "document": (lambda: archive({"word/document.xml": "<w/>"}), "file_not_table", ()),
    "other spreadsheet": (lambda: archive({"mimetype": "x", "content.xml": "<c/>"}), "file_format", ()),
    "protected": (lambda: broken.encrypted(PEOPLE), "file_password", ()),
    "protected archive": (lambda: protected(PEOPLE), "file_password", ()),
    "protected old": (lambda: old_book(b"", before=record(0x2F, "HHH", 1, 1, 1)), "file_password", ()),
    "cut off": (lambda: PEOPLE[:-300], "file_damaged", ()),
    "cut off old": (lambda: old([Sheet("台账", rows=[["镇街"]])])[:3000], "file_damaged", ()),
    "flipped": (lambda: PEOPLE[:60] + b"\0" + PEOPLE[61:], "file_damaged", ()),
    "two parts of one name": (lambda: doubled(PEOPLE), "file_damaged", ()),
    "odd compression": (lambda: archive(parts_of(PEOPLE), zipfile.ZIP_BZIP2), "file_damaged", ()),
    "no sheet": (lambda: changed(PEOPLE, relations=relations()), "file_damaged", ()),
    "one name for two sheets": (
        lambda: changed(PEOPLE, book=listed('name="台账" sheetId="9" r:id="rId2"')),
        "file_damaged",
        (),
    ),
    "one part for two sheets": (
        lambda: changed(PEOPLE, book=listed('name="乙" sheetId="9" r:id="rId1"')),
        "file_damaged",
        (),
    ),
    "broken XML": (lambda: sheet(sheet_of(ONE)[:-20]), "file_damaged", ()),
    "cells in disorder": (
        lambda: xml_book('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>'),
        "file_damaged",
        (),
    ),
    "rows in disorder": (lambda: xml_book(ONE + ONE), "file_damaged", ()),
    "cell of another row": (lambda: xml_book('<row r="2"><c r="A1"><v>1</v></c></row>'), "file_damaged", ()),
    "hidden end of a row": (lambda: xml_book(ONE.replace("</row>", "</row >")), "file_damaged", ()),
    "missing string": (lambda: xml_book('<row r="1"><c r="A1" t="s"><v>9</v></c></row>'), "file_damaged", ()),
    "bomb": (lambda: broken.bomb(PEOPLE), "file_too_large", ()),
    "many parts": (lambda: archive({f"xl/{n}.xml": "" for n in range(501)}), "file_too_large", ()),
    "one string for many cells": (
        lambda: with_strings(
            xml_book("".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_000))),
            BIG,
        ),
        "file_failed",
        (),
    ),
    "entities": (lambda: sheet(DTD + sheet_of(ONE)), "file_unsafe", ()),
    "entities in strings": (
        lambda: with_part("xl/sharedStrings.xml", (DTD + "<sst/>").encode()),
        "file_unsafe",
        (),
    ),
    "UTF-16 part": (lambda: with_part("xl/styles.xml", "<a/>".encode("utf-16")), "file_damaged", ()),
    "macros": (lambda: with_part("xl/vbaProject.bin"), "file_macro", ()),
    "old macros": (lambda: old_book(b"", streams=["_VBA_PROJECT_CUR"]), "file_macro", ()),
    "links": (lambda: with_part("xl/externalLinks/externalLink1.xml"), "file_links", ()),
    "old links": (
        lambda: old_book(b"", before=record(0x1AE, "HH", 1, 6, rest=b"\0\x01b.xls")),
        "file_links",
        (),
    ),
    "picture from outside": (
        lambda: changed(PEOPLE, beside=relations(("image", "http://x/", ' TargetMode="External"'))),
        "file_links",
        (),
    ),
    "far corner": (lambda: far("XFD1048576"), "file_out_of_range", ("甲", 1048576, "XFD")),
    "column too many": (lambda: far("IW2"), "file_out_of_range", ("甲", 2, "IW")),
    "row too many": (
        lambda: far(f"A{MOST_ROWS + 1}"),
        "file_out_of_range",
        ("甲", MOST_ROWS + 1, "A"),
    ),
    "almost empty": (lambda: far("IV9000"), "file_out_of_range", ("甲", 9000, "IV")),
    "old almost empty": (
        lambda: old_book(record(0x203, "HHHd", 65535, 255, 0, 1.0)),
        "file_out_of_range",
        ("甲", 65536, "IV"),
    ),
    "old extent": (
        lambda: old_book(record(0x200, "IIHHH", 0, 1 << 31, 0, 256, 0)),
        "file_out_of_range",
        ("甲", 1 << 31, "IV"),
    ),
    "unknown error": (
        lambda: xml_book('<row r="5"><c r="C5" t="e"><v>#BLOCKED!</v></c></row>'),
        "file_cell_error",
        ("甲", 5, "C"),
    ),
    "long text": (
        lambda: xml_book(f'<row r="2"><c r="B2" t="inlineStr"><is><t>{"x" * 32768}</t></is></c></row>'),
        "file_cell_too_long",
        ("甲", 2, "B"),
    ),
    "two encodings": (
        lambda: broken.two_encodings([LINE.encode()] * 9, 5),
        "file_encoding",
        (None, 6, None),
    ),
    "two encodings the other way": (
        lambda: LINE.encode() * 3 + LINE.encode("gb18030") * 3,
        "file_encoding",
        (None, 4, None),
    ),
    "a byte of no encoding": (
        lambda: f'{LINE}"a\nb",1\n'.encode() + b"\xff\xfe\xff," + LINE.encode(),
        "file_encoding",
        (None, 3, None),
    ),
    "lost letters": (lambda: f"{LINE}\ufffd".encode(), "file_encoding", ()),
    "quote that never closes": (lambda: f'{LINE}1,"{LINE}'.encode(), "file_quotes", (None, 2, None)),
    "quote inside": (lambda: f'{LINE}1,"2"3,4\n'.encode(), "file_quotes", (None, 2, None)),
    "long text in text": (
        lambda: f"{LINE}1,{'x' * 32768}\n".encode(),
        "file_cell_too_long",
        (None, 2, "B"),
    ),
    "wide text": (lambda: f"{LINE}{',' * 299}x\n".encode(), "file_out_of_range", (None, 2, "KN")),
    "long file": (lambda: b"1,2\n" * (MOST_ROWS + 1), "file_out_of_range", (None, MOST_ROWS + 1, "B")),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_ledger_is_refused_in_both_languages_at_its_place_and_echoes_nothing(name: str) -> None:
    make, code, place = REFUSED[name]
    with pytest.raises(FileRefused) as refused:
        read_bytes("九月.xlsx", make())
    finding = refused.value.finding
    assert (refused.value.code, finding.code, finding.severity) == (code, code, "error")
    found = (finding.place.sheet, finding.place.row, finding.place.column)
    assert found == (*place, None, None, None)[:3]
    for lang in LANGUAGES:
        said = refused.value.text(lang)
        assert "九月.xlsx" in said
        assert SECRET not in said
        assert finding.message(lang) in said


def test_hyperlinks_and_blank_cells_far_off_are_no_reason_to_refuse() -> None:
    linked = changed(PEOPLE, beside=relations(("hyperlink", "http://x/", ' TargetMode="External"')))
    assert read_bytes("x", linked).grids[0].cells.row(1) == ("柳湾镇", "5")
    text = b"1,2" + b"," * 300 + b"\n" + b"\n" * (MOST_ROWS + 5)
    assert read_bytes("x", text).grids[0].cells.rows() == [("1", "2")]


def test_a_sheet_that_says_it_is_as_large_as_can_be_is_read_for_what_it_holds() -> None:
    said = changed(
        PEOPLE, sheet=sheet_of(ONE).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    )
    old_said = record(0x200, "IIHHH", 0, 65536, 0, 256, 0) + record(0x203, "HHHd", 0, 0, 0, 1.0)
    for content in (said, old_book(old_said)):
        assert read_bytes("x", content).grids[0].cells.rows() == [("1",)]


@pytest.mark.parametrize(
    "child",
    [
        "import os; os.abort()",
        "import sys; sys.exit(1)",
        "import sys; sys.stdin.buffer.read(); print('绝密' * 99)",
        "import sys; sys.stdout.buffer.write(b'FORM' + (2).to_bytes(8, 'little') + b'{}')",
        "import sys; sys.stdout.buffer.write(b'SHET' + (9).to_bytes(8, 'little') + b'not arrow')",
        "import sys; sys.stdout.buffer.write(b'DONE' + (1 << 60).to_bytes(8, 'little'))",
        "import sys; sys.stdout.buffer.write(b'FAIL' + (15).to_bytes(8, 'little') + b'{\"code\": \"boo\"}')",
        "import time; time.sleep(60)",
    ],
)
def test_a_crash_nonsense_or_silence_of_the_child_is_a_file_that_failed(
    child: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "child.py"
    here = "import sys; sys.stdout.buffer.write(b'HERE' + bytes(8)); sys.stdout.buffer.flush()"
    program.write_text(f"{here}\n{child}\n", "utf-8")
    monkeypatch.setattr(sandbox, "_CHILD", str(program))
    monkeypatch.setattr(sandbox, "_PATIENCE", 0.05)
    with pytest.raises(FileRefused) as refused:
        read_bytes("九月.xlsx", PEOPLE)
    assert refused.value.code == "file_failed"
    program.write_text("import what_is_not_installed", "utf-8")
    with pytest.raises(IntakeError) as absent:
        read_bytes("九月.xlsx", PEOPLE)
    assert absent.value.code == "intake_no_reader"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_the_child_can_open_no_file_and_no_socket_and_has_little_memory(tmp_path: Path) -> None:
    tries = (
        f"open({str(tmp_path / 'x')!r}, 'w')",
        "socket.create_connection(('127.0.0.1', 9))",
        "os.pipe()",
        "bytearray(2_000_000_000)",
    )
    code = "import os, socket, sys; from data.ledgers.child.process import shut; shut(20)\n" + "".join(
        f"try:\n    {one}; sys.exit({one!r})\nexcept (OSError, MemoryError):\n    pass\n" for one in tries
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []


def test_the_child_starts_fast_because_it_imports_little() -> None:
    allowed = {"data.ledgers.child", "pyarrow", "python_calamine"}
    for path in (ROOT / "data" / "ledgers" / "child").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                known = name.split(".")[0] in sys.stdlib_module_names
                assert known or any(name == one or name.startswith(f"{one}.") for one in allowed), (
                    path,
                    name,
                )


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="没有") as refused:
        read_book(tmp_path / "没有.xlsx")
    assert refused.value.code == "file_absent"
