"""PowerPoint of a deck, read back: slides and the workbooks of charts hold what the deck holds."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from itertools import chain, pairwise
from typing import Any

import openpyxl
import pytest
from pptx import Presentation

from pages.shared.deck.deck import Deck, Slide
from pages.shared.deck.exhibits import (
    Bar,
    Bars,
    Curve,
    Headlines,
    Line,
    Lines,
    Statement,
    Statements,
    Table,
    Value,
)
from pages.shared.export.pptx import to_pptx
from pages.shared.export.pptx.numbers import code_of
from pages.shared.theme import LIGHT
from tests.decks import deck

BOTH = pytest.mark.parametrize("lang", ["zh", "en"])
FONT = "微软雅黑"


@cache
def written(townships: int = 8, lang: str = "zh") -> bytes:
    return to_pptx(deck(townships, lang))


def read(data: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(data)).slides)


def own(slides: list[Any], made: Deck) -> list[tuple[Any, Slide]]:
    """The slides of the deck with their messages; cover before them, definitions and sources behind."""
    return list(zip(slides[1 : 1 + len(made.slides)], made.slides, strict=True))


def charts(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def sheet(chart: Any) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    return list(book.active.iter_rows(values_only=True))


def printed(slide: Any) -> Iterator[str]:
    """All texts of a slide: boxes, tables, labels of charts."""
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
        if shape.has_table:
            yield from (cell.text for cell in shape.table.iter_cells())
        if shape.has_chart:
            yield from (node.text or "" for node in shape.chart._chartSpace.xpath(".//c:rich//a:t"))


def one_slide(exhibit: Any, lang: str = "zh", **more: Any) -> Any:
    """The slide of one exhibit, read back."""
    made = deck(8, lang)
    slide = Slide("x", "basics", "标题", "副题", exhibit, "替代文字", **more)
    return read(to_pptx(replace(made, slides=(slide,))))[1]


@BOTH
def test_bars_hold_the_decks_lengths_and_print_its_values(lang: str) -> None:
    """Workbook and labels: a plain value follows its cell, ≤5 is text, 未报 an empty cell."""
    made = deck(45, lang)
    slides = own(read(written(45, lang)), made)
    found = [(slide, message.exhibit) for slide, message in slides if isinstance(message.exhibit, Bars)]
    assert len(found) == 10
    for slide, bars in found:
        [chart] = charts(slide)
        rows = sheet(chart)
        assert [row[0] for row in rows[1:]] == [row.name for row in bars.rows]
        assert [row[1] for row in rows[1:]] == [row.length for row in bars.rows]
        series = chart.plots[0].series[0]
        assert list(series.values) == [row.length for row in bars.rows]
        assert chart.category_axis.reverse_order
        assert (chart.has_legend, chart.value_axis.maximum_scale) == (False, bars.top)
        assert not chart.category_axis.has_major_gridlines
        assert not chart.value_axis.has_major_gridlines
        for i, row in enumerate(bars.rows):
            assert label_of(series, i) == (None if row.length is None else row.value.text), row.name


def label_of(series: Any, i: int) -> str | None:
    """What a point's label prints: its text, or its value under its number format."""
    labels = series._element.xpath(f".//c:dLbl[c:idx/@val='{i}']")
    if not labels:
        return None
    if texts := labels[0].xpath(".//c:rich//a:t"):
        return "".join(node.text for node in texts)
    code, value = labels[0].xpath("c:numFmt/@formatCode")[0], series.values[i]
    number = f"{value:.1%}" if "0.0%" in code else f"{value:,.0f}" if "#,##0" in code else f"{value:.0f}"
    return re.sub(r"0\.0%|#,##0|0", number, code.replace('"', ""), count=1)


def test_bars_are_coloured_by_point_and_nobody_masked_stands_as_a_number() -> None:
    """Dark is what needs action; a bar of ≤5 is drawn to 5 and says so, its workbook holds only that."""
    made = deck()
    [(slide, message)] = [pair for pair in own(read(written()), made) if pair[1].name == "members"]
    bars = message.exhibit
    assert isinstance(bars, Bars)
    series = charts(slide)[0].plots[0].series[0]
    for i, row in enumerate(bars.rows):
        fills = series._element.xpath(f"c:dPt[c:idx/@val='{i}']/c:spPr/a:solidFill/a:srgbClr/@val")
        assert fills == ([] if row.length is None else [(LIGHT.calm if row.is_calm else LIGHT.data)[1:]])
    [masked] = [i for i, row in enumerate(bars.rows) if row.value.text == "≤5"]
    book = openpyxl.load_workbook(io.BytesIO(charts(slide)[0].part.chart_workbook.xlsx_part.blob)).active
    assert [row[1].number_format for row in book.iter_rows(min_row=2)] == [
        '"≤"0' if i == masked else '"约"0"名"' if row.length is not None else "General"
        for i, row in enumerate(bars.rows)
    ]
    assert series._element.xpath(f"c:val//c:pt[@idx='{masked}']/@formatCode") == ['"≤"0']
    assert series._element.xpath(f".//c:dLbl[c:idx/@val='{masked}']/c:numFmt/@formatCode") == ['"≤"0']
    secret = replace(bars.rows[masked], value=Value(None, "※"), length=None)
    hidden = one_slide(replace(bars, rows=(secret, *bars.rows[:2])))
    assert sheet(charts(hidden)[0])[1] == (secret.name, None)
    assert " ※" in list(printed(hidden))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (Value(0.903, "90.3%", "rate"), "0.0%"),
        (Value(0.0004, "<0.1%", "rate"), None),
        (Value(0.8125, "81.3%", "rate"), None),
        (Value(169, "169名"), '0"名"'),
        (Value(15, "约15名", mark="约"), '"约"0"名"'),
        (Value(12345, "12,345"), "#,##0"),
        (Value(12345, "1.2万"), None),
        (Value(300, "300余名", mark="≥"), '0"余名"'),
        (Value(88.6, "88.6", "decimal"), "0.0"),
        (Value(3, "3（共33）"), None),
        (Value(None, "≤5"), None),
    ],
)
def test_a_number_format_prints_what_the_deck_prints_or_there_is_none(value: Value, code: str | None) -> None:
    """A half that binary numbers round down is a text, as is a shortened or an uncertain number."""
    assert code_of(value) == code
    assert code_of(Value(None, "≤5名"), 5.0) == '"≤"0"名"'


def test_a_value_stands_at_the_foot_and_never_under_the_target() -> None:
    """Short bars are labelled beside the tip, past a target that is near; long ones at the foot."""
    shares = (0.9, 0.03, 0.16, 0.079)
    rows = tuple(Bar(f"{share}镇", share, Value(share, f"{share:.1%}", "rate")) for share in shares)
    near, far = (Bars(rows, "覆盖率", "%", "rate", 1.0, goal, "目标") for goal in (0.08, 0.95))
    for bars, places, moved in (
        (near, ["outEnd"] * 4, {1, 3}),
        (far, ["inBase", "outEnd", "inBase", "outEnd"], set()),
    ):
        [chart] = charts(one_slide(bars))
        labels = chart._chartSpace.xpath(".//c:dLbl")
        assert [label.xpath("c:dLblPos/@val")[0] for label in labels] == places
        assert {i for i, label in enumerate(labels) if label.xpath("c:layout")} == moved
        assert chart._chartSpace.xpath(".//c:showLeaderLines/@val") == ["0"]


def test_lines_are_dates_with_gaps_and_steps() -> None:
    """The workbook holds real months and empty cells; each level of the target is a series of its own."""
    [(slide, message)] = [pair for pair in own(read(written()), deck()) if pair[1].name == "course"]
    lines = message.exhibit
    assert isinstance(lines, Lines)
    [chart] = charts(slide)
    head, *rows = sheet(chart)
    assert [row[0].date() for row in rows] == list(lines.months)
    assert tuple(row[1] for row in rows) == lines.lines[0].values
    assert head[1:] == ("全区", "目标 85%", "目标 85%")
    levels = [{row[column] for row in rows} - {None} for column in (2, 3)]
    assert levels == [{0.8}, {0.85}]
    assert [max(row[2:], key=lambda v: v or 0) for row in rows] == list(lines.target)
    assert chart._chartSpace.xpath("c:chart/c:dispBlanksAs/@val") == ["gap"]
    assert "全区 84.8%" in list(printed(slide))
    assert (chart.value_axis.minimum_scale, chart.value_axis.maximum_scale) == (lines.bottom, lines.top)


def test_ends_of_lines_do_not_touch() -> None:
    """Lines that end together are named apart: by at least the height of a line of text."""
    months = tuple(date(2026, month, 1) for month in range(1, 13))
    lines = tuple(
        Line(f"线{i}", tuple(float(m * 10 + i) for m in range(12)), f"线{i} {110 + i}名") for i in range(4)
    )
    slide = one_slide(Lines(months, lines, "党员", "名", "count", 0, 200))
    [chart] = charts(slide)
    moved = [float(y) for y in chart._chartSpace.xpath(".//c:dLbl/c:layout/c:manualLayout/c:y/@val")]
    share = float(chart._chartSpace.xpath("c:chart/c:plotArea/c:layout/c:manualLayout/c:h/@val")[0])
    places = [(110 + i) / 200 * share - y for i, y in enumerate(moved)]
    apart = [high - low for low, high in pairwise(places)]
    assert len(apart) == 3
    assert min(apart) * 333 >= 18


def test_the_curve_is_a_step_function_with_named_points() -> None:
    """Corners of the steps, the limit as a line, labels as the deck has them."""
    [(slide, message)] = [pair for pair in own(read(written()), deck()) if pair[1].name == "closing"]
    curve = message.exhibit
    assert isinstance(curve, Curve)
    [chart] = charts(slide)
    steps, limit, *_, dots = chart.plots[0].series
    corners = list(zip(steps.iter_values(), column(steps, "xVal"), strict=True))
    assert set(zip(curve.shares, curve.days, strict=True)) <= set(corners)
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(corners))
    assert column(limit, "xVal") == [15.0, 15.0]
    assert column(dots, "xVal") == [one.day for one in curve.reached if one.day is not None]
    told = set(printed(slide))
    assert {curve.limit_label, *(one.label for one in curve.reached)} <= told
    numbers = {near(*row[:2]) for row in sheet(chart) if isinstance(row[0], int | float)}
    drawn = [
        near(x, y)
        for one in chart.plots[0].series
        for x, y in zip(column(one, "xVal"), one.iter_values(), strict=True)
    ]
    assert numbers == set(drawn)


def near(x: float, y: float) -> tuple[float, float]:
    return round(x, 9), round(y, 9)


def column(series: Any, tag: str) -> list[float]:
    return [float(node.text) for node in series._element.xpath(f"c:{tag}//c:v")]


@BOTH
def test_tables_sentences_and_figures_print_the_decks_texts(lang: str) -> None:
    """Tables native, cell for cell; figures in 66 pt; a light is shape, word and colour."""
    for slide, message in own(read(written(8, lang)), deck(8, lang)):
        exhibit, told = message.exhibit, list(printed(slide))
        if isinstance(exhibit, Table):
            [table] = [shape.table for shape in slide.shapes if shape.has_table]
            cells = [[cell.text for cell in row.cells] for row in table.rows]
            assert cells[0] == [column.name for column in exhibit.columns]
            for row, made, key in zip(cells[1:], exhibit.rows, exhibit.lights or [None] * 99, strict=False):
                want = [cell.text if isinstance(cell, Value) else cell for cell in made]
                if key and exhibit.light is not None:
                    want[exhibit.light] = f"{LIGHT.status(key).shape} {want[exhibit.light]}"
                assert row == want
        elif isinstance(exhibit, Headlines):
            runs = [
                run
                for shape in slide.shapes
                if shape.has_text_frame
                for p in shape.text_frame.paragraphs
                for run in p.runs
            ]
            large = [run.text for run in runs if run.font.size and run.font.size.pt == 66]
            assert large == [f"{one.value.text}{one.unit}" for one in exhibit.items]
            for one in exhibit.items:
                assert any(one.name in text and one.change in text and one.words in text for text in told)
        elif isinstance(exhibit, Statements):
            text = "\n".join(told)
            marks = [
                f"{LIGHT.status(one.status).shape} {one.word}  " if one.status else ""
                for one in exhibit.items
            ]
            assert all(f"{mark}{one.text}" in text for mark, one in zip(marks, exhibit.items, strict=True))


@BOTH
def test_a_screen_reader_meets_title_subtitle_exhibit_and_foot_in_order(lang: str) -> None:
    """Titles are placeholders, graphics have alt text, what is drawn only is marked as decoration."""
    made = deck(45, lang)
    slides = read(written(45, lang))
    for slide in slides:
        kinds = [shape.placeholder_format.type.name if shape.is_placeholder else "" for shape in slide.shapes]
        assert kinds[0] in {"TITLE", "CENTER_TITLE"}
        assert kinds[1] in {"BODY", "SUBTITLE"}
        assert kinds[-2:] == ["FOOTER", "SLIDE_NUMBER"]
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            [described] = shape._element.xpath(".//p:cNvPr")[:1]
            if shape.has_chart or shape.has_table:
                assert described.get("descr")
            elif not shape.has_text_frame or not shape.text_frame.text:
                assert "decorative" in "".join(node.tag for node in described.iter()), shape.name
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert len(set(titles)) == len(titles)
    for (slide, message), title in zip(own(slides, made), titles[1:], strict=False):
        assert title.startswith(message.title)
        assert ("5/5" in title) == (message.part == 5 and message.parts == 5)
        assert (message.alt in {s._element.xpath(".//p:cNvPr")[0].get("descr") for s in slide.shapes}) == (
            not isinstance(message.exhibit, Headlines | Statements)
        )


@BOTH
def test_every_slide_says_what_it_is_and_its_notes_what_to_say(lang: str) -> None:
    made = deck(8, lang)
    stamp = made.stamp
    slides = read(written(8, lang))
    for number, slide in enumerate(slides, 1):
        foot, count = foots(slide)
        for part in (
            stamp.cutoff,
            stamp.revision,
            stamp.denominator,
            stamp.audience_text,
            stamp.demonstration,
        ):
            assert part in foot
        assert count.endswith(f"{number}/{len(slides)}")
        assert "v42" in count
    for slide, message in own(slides, made):
        notes = slide.notes_slide.notes_text_frame.text
        assert notes.startswith("\n".join(message.notes))
        defined = [one for one in made.definitions if one.indicator in message.indicators]
        assert all(one.sentence in notes and one.formula.rstrip(".") in notes for one in defined)
        assert message.query in notes
    filtered = replace(made, slides=made.slides[-1:], stamp=replace(stamp, filters="城东街道、开发区"))
    assert all("城东街道、开发区" in foots(slide)[0] for slide in read(to_pptx(filtered)))
    assert any(made.definitions[0].sentence in text for slide in slides[-2:] for text in printed(slide))
    assert all(any(one.file in text for text in printed(slides[-1])) for one in stamp.files)


def foots(slide: Any) -> tuple[str, str]:
    foot, number = list(slide.shapes)[-2:]
    return foot.text_frame.text, "".join(node.text or "" for node in number._element.xpath(".//a:t"))


def test_every_run_names_its_font_for_latin_and_for_chinese() -> None:
    """On slides, in notes and in charts; the themes name 微软雅黑 and 等线 for both scripts."""
    with zipfile.ZipFile(io.BytesIO(written())) as parts:
        names = [
            name for name in parts.namelist() if re.search(r"(slides|charts|notesSlides)/\w+\.xml$", name)
        ]
        assert len(names) > 20
        for name in names:
            xml = parts.read(name).decode("utf-8")
            for properties in re.findall(r"<a:(?:rPr|defRPr)\b(?:[^>]*/>|.*?</a:(?:rPr|defRPr)>)", xml):
                assert f'<a:latin typeface="{FONT}"/><a:ea typeface="{FONT}"/>' in properties, name
        themes = [parts.read(name).decode("utf-8") for name in parts.namelist() if "/theme/" in name]
        assert len(themes) == 2
        assert all(f'<a:ea typeface="{font}"/>' in xml for xml in themes for font in (FONT, "等线"))


def test_more_than_ten_rows_are_continued_and_sentences_break_between_slides() -> None:
    """Nothing is refused and nothing lost: rows, the total, sentences, in their order."""
    base = deck()
    rows = tuple(Bar(f"{i}号镇", float(i), Value(i, f"{i}家")) for i in range(1, 24))
    texts = tuple(Statement(f"第{i}条：" + "请各镇街党委按月报送台账，" * 5) for i in range(12))
    exhibits = (Bars(rows, "企业", "家", "count", 25), Statements(texts))
    slides = tuple(
        Slide(f"s{i}", "basics", f"标题{i}", "副题", one, "替代") for i, one in enumerate(exhibits)
    )
    found = read(to_pptx(replace(base, slides=slides)))
    bars = [slide for slide in found if charts(slide)]
    assert [slide.shapes.title.text_frame.text for slide in bars] == [
        "标题0（1/3）",
        "标题0（续，2/3）",
        "标题0（续，3/3）",
    ]
    names = [[row[0] for row in sheet(charts(slide)[0])[1:]] for slide in bars]
    assert list(chain(*names)) == [row.name for row in rows]
    assert max(map(len, names)) <= 10
    plots = [charts(slide)[0]._chartSpace.xpath("c:chart/c:plotArea/c:layout//c:x/@val") for slide in bars]
    assert plots[0] == plots[1] == plots[2]
    told = [text for slide in found for text in printed(slide) if "第0条" in text or "第11条" in text]
    assert len(told) == 2


def test_strings_of_ledgers_stay_strings() -> None:
    """Names that look like formulas, links or XML, or hold control characters, are names."""
    nasty = ("=1+1", "https://a.example/x", "<b>&\"'", "坏\x00\x0b\x1f\ufffe字", "+86", "@SUM(A1)", '引"号"')
    rows = tuple(Bar(name, 3.0, Value(3, f"3{name}"), detail=name, words=name) for name in nasty)
    slide = one_slide(Bars(rows, nasty[0], "家", "count", 5, 4.0, nasty[1]), remark=nasty[2])
    [chart] = charts(slide)
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    cells = [cell for row in book.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert [row[0] for row in sheet(chart)[1:]] == [*nasty[:3], "坏 字", *nasty[4:]]
    data = to_pptx(
        replace(
            deck(), slides=(Slide("x", "a", nasty[3], nasty[0], Statements((Statement(nasty[1]),)), "="),)
        )
    )
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        names = parts.namelist()
        text = "".join(parts.read(name).decode("utf-8") for name in names if name.endswith((".rels", ".xml")))
    assert not re.search(
        r'TargetMode="External"|hlinkClick|vbaProject|activeX|printerSettings', text + "".join(names)
    )


@BOTH
def test_two_runs_are_equal_and_the_file_is_ours(lang: str) -> None:
    """Equal bytes; 16:9, two layouts, our name and the date of the publication, nobody else's."""
    assert to_pptx(deck(8, lang)) == written(8, lang)
    assert written(8, lang) != written(45, lang)
    show = Presentation(io.BytesIO(written(8, lang)))
    assert (show.slide_width.inches, show.slide_height.inches) == (pytest.approx(13.333, abs=1e-3), 7.5)
    assert len(show.slide_layouts) == 2
    properties = show.core_properties
    assert (properties.title, properties.author, properties.last_modified_by) == (
        deck(8, lang).title,
        "暖新看板",
        "暖新看板",
    )
    assert properties.created == properties.modified
    assert properties.created.replace(tzinfo=None) == datetime(2026, 11, 3, 1, 15)
    with zipfile.ZipFile(io.BytesIO(written(8, lang))) as parts:
        assert not [name for name in parts.namelist() if "thumbnail" in name or "docProps/app" in name]
        assert b"Steve" not in b"".join(parts.read(name) for name in parts.namelist())
