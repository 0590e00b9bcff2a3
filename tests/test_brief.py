"""情况通报 as DOCX and PDF, read back: both say what the deck says, on the paper that GB/T 9704 asks for."""

import io
import re
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import openpyxl
import pytest
import typst
from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from pypdf import PdfReader

from pages.shared.deck.deck import Deck
from pages.shared.deck.exhibits import Bars, Curve, Lines
from pages.shared.export.brief import Chart, Grid, Heading, brief
from pages.shared.export.docx import to_docx
from pages.shared.export.pdf import fonts, to_pdf
from queries import NuanxinError
from tests.decks import deck

DECKS = [(8, "zh"), (45, "zh"), (8, "en")]
every_deck = pytest.mark.parametrize(("townships", "lang"), DECKS)
C = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}


@cache
def word(townships: int, lang: str) -> bytes:
    return to_docx(deck(townships, lang))


@cache
def paper(townships: int, lang: str) -> bytes:
    return to_pdf(deck(townships, lang))


def document(data: bytes) -> Any:
    return Document(io.BytesIO(data))


def pdf(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def said(reader: PdfReader) -> str:
    """What the pages say, one after the other, without their headers and footers."""
    return "".join(bare(page.extract_text()) for page in reader.pages)


def charts(data: bytes) -> Iterator[tuple[etree._Element, bytes]]:
    """Each chart of a Word file with the workbook that it refers to."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = sorted(
            (name for name in file.namelist() if re.fullmatch(r"word/charts/chart\d+\.xml", name)),
            key=lambda name: int(re.findall(r"\d+", name)[0]),
        )
        for name in parts:
            links = etree.fromstring(file.read(f"word/charts/_rels/{name.rpartition('/')[2]}.rels"))
            (target,) = (link.get("Target") for link in links)
            yield etree.fromstring(file.read(name)), file.read(f"word/{target.removeprefix('../')}")


def drawn(made: Deck) -> list[Chart]:
    return [block for part in brief(made).chapters for block in part.blocks if isinstance(block, Chart)]


def grids(made: Deck) -> list[Grid]:
    return [block for part in brief(made).chapters for block in part.blocks if isinstance(block, Grid)]


@every_deck
def test_both_say_every_sentence_and_every_cell_of_the_deck(townships: int, lang: str) -> None:
    made, read = deck(townships, lang), document(word(townships, lang))
    printed = said(pdf(paper(townships, lang)))
    paragraphs = [one.text for one in read.paragraphs]
    told = [sentence for section in made.told.values() for sentence in section]
    assert told
    assert [one for one in (*told, made.lead) if paragraphs.count(one) != 1] == []
    assert [one for one in (*told, made.lead) if bare(one) not in printed] == []
    (annex,) = made.annexes
    rows = [[cell if isinstance(cell, str) else cell.text for cell in row] for row in annex.table.rows]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in read.tables]
    assert [[one.name for one in annex.table.columns], *rows] in tables
    assert [row for row in rows if bare("".join(row)) not in printed] == []
    concluded = [slide.title for slide in made.slides if isinstance(slide.exhibit, Bars | Lines | Curve)]
    assert [one for one in concluded if not any(text.startswith(one) for text in paragraphs)] == []
    assert [one for one in concluded if bare(one) not in printed] == []


@every_deck
def test_both_hold_the_same_tables(townships: int, lang: str) -> None:
    read, printed = document(word(townships, lang)), said(pdf(paper(townships, lang)))
    expected = [[grid.columns, *grid.rows] for grid in grids(deck(townships, lang))]
    assert [[tuple(cell.text for cell in row.cells) for row in one.rows] for one in read.tables] == expected
    assert [row for rows in expected for row in rows[1:] if bare("".join(row)) not in printed] == []


@every_deck
def test_headings_navigate_in_order(townships: int, lang: str) -> None:
    read, reader = document(word(townships, lang)), pdf(paper(townships, lang))
    expected: list[tuple[int, str]] = []
    for chapter in brief(deck(townships, lang)).chapters:
        expected.append((1, chapter.title))
        expected += [(2, block.text) for block in chapter.blocks if isinstance(block, Heading)]
    levels = {"Heading 1": 1, "Annex Heading": 1, "Heading 2": 2}
    styled = [(levels[one.style.name], one.text) for one in read.paragraphs if one.style.name in levels]
    assert styled == expected
    assert read.styles["Annex Heading"].base_style.name == "Heading 1"
    outlines = [read.styles[f"Heading {n}"].element.pPr.find(qn("w:outlineLvl")) for n in (1, 2)]
    assert [one.get(qn("w:val")) for one in outlines] == ["0", "1"]
    assert [(level, bare(title)) for level, title in bookmarks(reader.outline)] == [
        (level, bare(title)) for level, title in expected
    ]
    if lang == "zh":
        chapters = ["一、基本情况", "二、完成情况", "三、突出问题", "四、下步工作"]
        assert [title for level, title in expected if level == 1][:4] == chapters


def bookmarks(outline: list[Any], level: int = 1) -> Iterator[tuple[int, str]]:
    for one in outline:
        if isinstance(one, list):
            yield from bookmarks(one, level + 1)
        else:
            yield level, one.title


def test_the_paper_is_that_of_gb_t_9704() -> None:
    read, reader = document(word(8, "zh")), pdf(paper(8, "zh"))
    (section,) = read.sections
    sizes = [section.page_width, section.page_height, section.top_margin, section.left_margin]
    assert [round(size.mm) for size in sizes] == [210, 297, 37, 28]
    assert round(section.page_width.mm - section.left_margin.mm - section.right_margin.mm) == 156
    assert round(section.page_height.mm - section.top_margin.mm - section.bottom_margin.mm) == 225
    assert {tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:]) for page in reader.pages} == {
        (210, 297)
    }
    looks = {
        "Title": ("方正小标宋简体", 22, 36),
        "Body Text": ("仿宋", 16, 28.95),
        "Heading 1": ("黑体", 16, 28.95),
        "Heading 2": ("楷体", 16, 28.95),
        "Footer": ("宋体", 14, 18),
    }
    for name, (font, size, line) in looks.items():
        style = read.styles[name]
        assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == font, name
        assert (style.font.size.pt, style.paragraph_format.line_spacing.pt) == (size, line), name
    assert read.styles["Body Text"].element.pPr.ind.get(qn("w:firstLineChars")) == "200"
    assert read.settings.element.find(qn("w:mirrorMargins")) is not None


@every_deck
def test_every_style_in_use_names_its_east_asian_font_and_black(townships: int, lang: str) -> None:
    read = document(word(townships, lang))
    edges = [part for one in read.sections for part in (one.header, one.even_page_header, one.footer)]
    used = {one.style.name for part in (read, *edges) for one in part.paragraphs}
    used |= {
        one.style.name
        for table in read.tables
        for row in table.rows
        for c in row.cells
        for one in c.paragraphs
    }
    assert len(used) > 8
    for name in used:
        faces = read.styles[name].element.rPr.rFonts
        assert faces.get(qn("w:eastAsia")), name
        assert not [key for key in faces.attrib if "Theme" in key], name
        assert str(read.styles[name].font.color.rgb) == "000000", name


def test_tables_have_three_lines_and_a_head_that_comes_again() -> None:
    read = document(word(45, "zh"))
    for grid, table in zip(grids(deck(45)), read.tables, strict=True):
        edges = table._tbl.tblPr.find(qn("w:tblBorders"))
        assert {edge.tag: edge.get(qn("w:sz")) for edge in edges} == {qn("w:top"): "12", qn("w:bottom"): "12"}
        heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert heads == [True] + [False] * (len(heads) - 1)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert {edge.get(qn("w:sz")) for edge in table.rows[0]._tr.iter(qn("w:bottom"))} == {"6"}
        sides = [cell.paragraphs[0].alignment for cell in table.rows[1].cells]
        assert [side is not None and side.name == "RIGHT" for side in sides] == list(grid.numeric)
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val")) == grid.alt


@every_deck
def test_charts_of_word_are_native_and_hold_the_values_of_the_deck(townships: int, lang: str) -> None:
    made, data = deck(townships, lang), word(townships, lang)
    expected, found = drawn(made), list(charts(data))
    assert len(found) == len(expected) > 3
    bars = {slide.name.partition("-")[0]: [] for slide in made.slides if isinstance(slide.exhibit, Bars)}
    for slide in made.slides:
        if isinstance(slide.exhibit, Bars):
            bars[slide.name.partition("-")[0]] += [row.length for row in slide.exhibit.rows]
    shown: dict[str, list[float | None]] = {name: [] for name in bars}
    for chart, (xml, book) in zip(expected, found, strict=True):
        sheet = openpyxl.load_workbook(io.BytesIO(book)).active
        if isinstance(chart.exhibit, Bars):
            (name,) = {
                slide.name.partition("-")[0] for slide in made.slides if same(slide.exhibit, chart.exhibit)
            }
            kept = [row[1].value for row in sheet.iter_rows(min_row=2)]
            assert points(xml) == {at: value for at, value in enumerate(kept) if value is not None}
            shown[name] += kept
        elif isinstance(chart.exhibit, Lines):
            (line,) = chart.exhibit.lines
            assert points(xml) == {at: value for at, value in enumerate(line.values) if value is not None}
        else:
            assert isinstance(chart.exhibit, Curve)
            assert xml.find(".//c:scatterChart", C) is not None
    assert shown == bars
    names = document(data).element.body.iter("{*}docPr")
    assert [one.get("descr") for one in names] == [re.sub(r"\s+", " ", chart.alt) for chart in expected]


def same(one: object, other: Bars) -> bool:
    return isinstance(one, Bars) and one.measure == other.measure


def points(xml: etree._Element) -> dict[int, float]:
    """The values of the first series by their place."""
    series = xml.find(".//c:ser", C)
    assert series is not None
    found = series.iterfind("c:val/c:numRef/c:numCache/c:pt", C)
    return {int(point.get("idx", "")): float(point.findtext("c:v", namespaces=C) or "nan") for point in found}


def test_masked_and_missing_values_stand_as_words_in_both() -> None:
    printed = said(pdf(paper(8, "zh")))
    assert [one for one in ("≤5", "约15名", "○未报", "柳河镇未报未报未报") if one not in printed] == []
    (members, *_) = (
        xml for xml, _ in charts(word(8, "zh")) if "约" in etree.tostring(xml, encoding="unicode")
    )
    formats = [one.get("formatCode") for one in members.iterfind(".//c:dLbl/c:numFmt", C)]
    assert '"≤5"' in formats
    assert '"约"0"名"' in formats
    books = [openpyxl.load_workbook(io.BytesIO(book)).active for _, book in charts(word(8, "zh"))]
    kept = [(row[1].value, row[1].number_format) for book in books for row in book.iter_rows(min_row=2)]
    assert (5, '"≤"0') in kept
    assert members.xpath("//c:val//c:pt[@formatCode]/c:v/text()", namespaces=C) == ["5.0"]
    names = [one.text for one in members.iterfind(".//c:cat//c:v", C)]
    assert "柳河镇　○ 未报" in names


def test_the_pdf_is_tagged_and_carries_its_fonts() -> None:
    reader = pdf(paper(45, "zh"))
    descriptors = [
        font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        for page in reader.pages
        for font in (one.get_object() for one in page["/Resources"]["/Font"].values())
    ]
    assert descriptors
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(one) for one in descriptors)
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert str(reader.root_object["/Lang"]).lower().startswith("zh")
    assert reader.metadata is not None
    assert reader.metadata.title == brief(deck(45)).name
    assert not reader.metadata.author
    assert f"{reader.metadata.creation_date:%Y-%m-%d}" == "2026-11-03"


@every_deck
def test_every_page_says_where_it_comes_from(townships: int, lang: str) -> None:
    stamp, reader = deck(townships, lang).stamp, pdf(paper(townships, lang))
    facts = [
        stamp.cutoff,
        stamp.revision,
        stamp.denominator,
        stamp.audience_text,
        stamp.demonstration,
        stamp.sha8,
    ]
    pages = [bare(page.extract_text()) for page in reader.pages]
    assert [(at, fact) for at, page in enumerate(pages, 1) for fact in facts if bare(fact) not in page] == []
    assert [at for at, page in enumerate(pages, 1) if f"—{at}—" not in page] == []
    (section,) = document(word(townships, lang)).sections
    for footer in (section.footer, section.even_page_footer):
        assert [fact for fact in facts if fact not in footer.paragraphs[1].text] == []
        assert " PAGE " in footer.paragraphs[0]._p.xpath("string(.//w:instrText)")
    for header in (section.header, section.even_page_header):
        assert stamp.demonstration in header.paragraphs[0].text


def test_same_deck_same_bytes_whatever_the_zone_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    made = deck()
    local = replace(made, stamp=replace(made.stamp, published_at="2026-11-03T00:30:00"))
    found = []
    for zone in ("Asia/Shanghai", "America/Lima"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        found.append((to_docx(local), to_pdf(local)))
    monkeypatch.undo()
    time.tzset()
    assert found[0] == found[1]
    properties = document(found[0][0]).core_properties
    assert f"{properties.created:%Y-%m-%d %H:%M}" == "2026-11-03 00:30"
    assert (properties.author, properties.last_modified_by) == ("", "")
    assert properties.language == "zh-CN"


def test_texts_of_ledgers_stay_texts() -> None:
    hostile = '=HYPERLINK("http://x.cn")#panic() *b* $x$ <&>\x07 http://x.cn/\u2028_y_ [z]'
    clean = '=HYPERLINK("http://x.cn")#panic() *b* $x$ <&> http://x.cn/ _y_ [z]'
    made = deck()
    (file, *files) = made.stamp.files
    told = {**made.told, "basics": (hostile,)}
    attacked = replace(
        made, told=told, stamp=replace(made.stamp, files=(replace(file, file=hostile), *files))
    )
    read = document(to_docx(attacked))
    assert [one.text for one in read.paragraphs].count(clean) == 1
    assert read.tables[-1].rows[1].cells[1].text == clean
    assert [one for one in read.part.rels.values() if one.is_external] == []
    reader = pdf(to_pdf(attacked))
    assert said(reader).count(bare(clean)) == 2
    assert not any("/Annots" in page for page in reader.pages)


def test_an_empty_month_still_has_its_four_chapters() -> None:
    empty = replace(deck(), slides=(), annexes=(), told={}, definitions=(), lead="")
    empty = replace(empty, stamp=replace(empty.stamp, files=(), demonstration=""))
    texts = [one.text for one in document(to_docx(empty)).paragraphs]
    assert texts.count("本月没有需要说明的情况。") == 4
    printed = said(pdf(to_pdf(empty)))
    assert printed.count("本月没有需要说明的情况。") == 4
    assert "演示数据" not in printed


def test_boxes_are_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    made = deck()
    strange = replace(made, told={**made.told, "basics": ("新\U0010fffd镇",)})
    with pytest.raises(NuanxinError, match=r"U\+10FFFD"):
        to_pdf(strange)
    everywhere = typst.Fonts
    monkeypatch.setattr(typst, "Fonts", lambda: everywhere(include_system_fonts=False))
    fonts._installed.cache_clear()
    with pytest.raises(NuanxinError, match="fonts-noto-cjk"):
        to_pdf(made)
    fonts._installed.cache_clear()
