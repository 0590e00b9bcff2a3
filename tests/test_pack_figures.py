"""Slides and files are read back and agree with `python -m queries`, figure by figure."""

import io
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from pptx import Presentation
from pypdf import PdfReader

from pages.shared.deck.build import build
from pages.shared.deck.headless import view_of
from pages.shared.pack import pack
from pages.shared.slides import Screen, slide_figure
from queries import run
from queries.rounding import percent_value
from tests.stores import OCTOBER, sampled

SPACES = re.compile(r"\s+")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three months of the demonstration county."""
    return sampled(tmp_path_factory)


@pytest.fixture(scope="module")
def texts(county: Path) -> dict[str, str]:
    """Everything that each form says, in reading order and without spaces; cells are parted by |."""
    deck = build(view_of(OCTOBER, store=county, audience="protected"))
    files = {name.rpartition(".")[2]: data for name, data in pack(deck).items()}
    total, screen = len(deck.slides), Screen(1920, 1080)
    figures = [slide_figure(one, deck.stamp, (n, total), screen) for n, one in enumerate(deck.slides, 1)]
    said = {
        "slides": "|".join(note["text"] for figure in figures for note in figure["layout"]["annotations"]),
        "pptx": "|".join(presented(files["pptx"])),
        "docx": "|".join(written(files["docx"])),
        "xlsx": "|".join(tabled(files["xlsx"])),
        "pdf": "".join(page.extract_text() for page in PdfReader(io.BytesIO(files["pdf"])).pages),
    }
    return {form: bare(text) for form, text in said.items()}


def bare(text: str) -> str:
    text = re.sub(r"<[^>]*>", "", text.replace("<br>", ""))
    return SPACES.sub("", text)


def presented(data: bytes) -> list[str]:
    """Texts, tables, notes, and the rows of the workbooks behind charts."""
    found = []
    for slide in Presentation(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [cell.text for cell in shape.table.iter_cells()]
            if shape.has_chart:
                book = openpyxl.load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
                found += cells(book)
        found.append(slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else "")
    return found


def written(data: bytes) -> list[str]:
    document = Document(io.BytesIO(data))
    tables = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + tables


def tabled(data: bytes) -> list[str]:
    return cells(openpyxl.load_workbook(io.BytesIO(data)))


def cells(book: Any) -> list[str]:
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    return [text_of(cell) for row in rows for cell in row if cell is not None]


def text_of(cell: object) -> str:
    return f"{cell:.10g}" if isinstance(cell, int | float) else str(cell)


def ask(county: Path, query: str, **how: Any) -> list[dict[str, Any]]:
    return run(query, month=OCTOBER, store=county, audience="protected", **how).to_dicts()


def rate(row: Mapping[str, Any], part: str, whole: str) -> tuple[str, str]:
    """A rate as it is printed, and as a cell holds it."""
    return f"{percent_value(row[part], row[whole])}%", f"{row[part] / row[whole]:.10g}"


FORMS = ("slides", "pptx", "docx", "xlsx", "pdf")
# Forms whose charts hold numbers beside their texts.
NUMBERS = ("xlsx",)


@pytest.mark.parametrize("form", FORMS)
def test_headline_figures_are_those_of_the_queries(texts: dict[str, str], county: Path, form: str) -> None:
    coverage = ask(county, "coverage_by_month")[-1]
    members = ask(county, "members_by_month")[-1]["members"]
    services = ask(county, "services_by_month")[-1]["person_times"]
    on_time = ask(county, "closure_by_month")[-1]
    shown = [
        rate(coverage, "organised", "enterprises"),
        rate(on_time, "on_time", "due"),
        (str(members), str(members)),
        (str(services), str(services)),
    ]
    for printed, number in shown:
        assert (number if form in NUMBERS else printed) in texts[form], printed


@pytest.mark.parametrize("form", FORMS)
def test_every_township_has_the_rates_of_the_queries(texts: dict[str, str], county: Path, form: str) -> None:
    """The name, and close behind it the number: in a row, a label, or the workbook of a chart."""
    for row in ask(county, "coverage_by_township"):
        for part in ("organised", "worked"):
            printed, number = rate(row, part, "enterprises")
            near = rf"{row['township']}.{{0,120}}?(?:{re.escape(printed)}|{re.escape(number)})"
            told = re.search(near, texts[form])
            if form == "slides":
                # names stand at the axis, values at the bars
                told = told or (row["township"] in texts[form] and printed in texts[form])
            assert told, (row["township"], part, printed)


@pytest.mark.parametrize("form", FORMS)
def test_members_are_told_as_the_protected_queries_tell_them(
    texts: dict[str, str], county: Path, form: str
) -> None:
    committees = [row for row in ask(county, "members_by_committee") if row["committee_id"]]
    assert committees
    for row in committees:
        shown = row["members_mark"] if row["members"] is None else f"{row['members']}"
        assert shown in texts[form], row["committee"]
    exact = run("members_by_township_committee", month=OCTOBER, store=county).to_dicts()
    protected = ask(county, "members_by_township_committee")
    for mine, true in zip(protected, exact, strict=True):
        if mine["members_mark"] and true["members"] and form in ("docx", "pdf", "xlsx"):
            name = f"{true['township']}.{{0,40}}"
            assert re.search(rf"{name}(?:≤|约|{mine['members']})", texts[form]), name


@pytest.mark.parametrize("form", ["pptx", "docx", "xlsx", "pdf"])
def test_sentences_are_those_of_the_findings(texts: dict[str, str], county: Path, form: str) -> None:
    """Papers hold every sentence; slides and sheets those that belong to a figure that they show."""
    told = [bare(row["text"]) for row in ask(county, "findings", lang="zh")]
    missing = [text for text in told if text not in texts[form]]
    assert not missing if form in ("docx", "pdf") else len(missing) < len(told) / 2


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_which_state_it_shows(texts: dict[str, str], form: str) -> None:
    assert "演示数据" in texts[form]
    assert bare(f"截至{date(2026, 10, 31):%Y年%m月%d日}") in texts[form]
