"""Slides as figures: large enough, inside their box, nothing on anything else, and true to the deck."""

import re
from collections.abc import Iterator
from itertools import combinations

import pytest

from pages.shared.charts.base import LINE_HEIGHT, Figure
from pages.shared.charts.labels import Box, px
from pages.shared.deck.deck import Deck, Slide
from pages.shared.deck.exhibits import Bars, Headlines, Statements, Table
from pages.shared.present import address
from pages.shared.slides import Screen, slide_figure
from pages.shared.slides.canvas import BODY, DIMMED, FOOT, SMALL
from pages.shared.slides.figure import focusable
from pages.shared.slides.wrapping import in_two, wrapped
from pages.shared.theme import LIGHT
from tests.decks import deck

SCREENS = (Screen(1920, 1080), Screen(1536, 864), Screen(1366, 768), Screen(1280, 720))
ENDLESS = "1" * 5000  # more digits than Python reads
DECKS = [deck(8, "zh"), deck(8, "en"), deck(45, "en")]


def figures(deck: Deck, screen: Screen, **how: int) -> Iterator[tuple[Slide, Figure]]:
    total = len(deck.slides)
    for number, slide in enumerate(deck.slides, start=1):
        yield slide, slide_figure(slide, deck.stamp, (number, total), screen, **how)


def plain(note: dict) -> str:
    words = re.sub(r"<[^>]*>", "", note["text"].replace("<br>", "\n"))
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def ink(note: dict) -> Box:
    """Where a text's ink may be, px of the screen, y downwards."""
    words, size = plain(note), note["font"]["size"]
    wide, lines = px(words, size) / 1.03, words.count("\n") + 1
    tall = lines * size * LINE_HEIGHT - 0.3 * size
    left = note["x"] - {"left": 0, "center": wide / 2, "right": wide}[note["xanchor"]]
    return Box(left, note["y"] - tall / 2, left + wide, note["y"] + tall / 2)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: str(screen.height))
def test_type_is_readable_and_no_text_leaves_the_slide_or_touches_another(screen: Screen) -> None:
    faults = []
    width, height = screen.box
    for made in DECKS:
        for slide, figure in figures(made, screen):
            notes = figure["layout"]["annotations"]
            where = f"{made.stamp.lang} {slide.name}"
            boxes = [(plain(note), ink(note)) for note in notes]
            small = {n["font"]["size"] for n in notes if n["font"]["size"] < FOOT * screen.scale - 0.01}
            outside = [
                words
                for words, box in boxes
                if box.left < -1 or box.right > width + 1 or box.bottom < 0 or box.top > height
            ]
            clashes = [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if one.hits(other)]
            faults += [(where, what) for what in (*small, *outside, *clashes)]
    assert faults == []


def test_only_the_footer_is_smaller_than_the_body_and_figures_are_large() -> None:
    for made in DECKS:
        for slide, figure in figures(made, Screen()):
            notes = figure["layout"]["annotations"]
            footer = max(note["y"] for note in notes)
            assert all(n["font"]["size"] >= SMALL for n in notes if n["y"] < footer), slide.name
            if isinstance(slide.exhibit, Headlines):
                values = [plain(n) for n in notes if n["font"]["size"] >= 48]
                assert all(any(i.value.text in value for value in values) for i in slide.exhibit.items)


def test_red_is_in_the_bar_only_and_the_slide_is_light() -> None:
    for slide, figure in figures(DECKS[0], Screen()):
        shapes = figure["layout"]["shapes"]
        red = [shape for shape in shapes if LIGHT.party in str(shape)]
        assert len(red) == 1, slide.name
        assert red[0]["x1"] - red[0]["x0"] == 10
        assert str(figure).count(LIGHT.party) == 1
        assert figure["layout"]["paper_bgcolor"] == LIGHT.bg


def test_every_text_of_the_deck_stands_on_its_slide_and_the_alt_text_begins_with_the_title() -> None:
    for made in DECKS:
        for slide, figure in figures(made, Screen()):
            said = re.sub(r"\s", "", "".join(plain(n) for n in figure["layout"]["annotations"]))
            for words in (slide.title, slide.subtitle, made.stamp.cutoff, made.stamp.demonstration):
                assert re.sub(r"\s", "", words) in said
            assert [w for w in printed(slide) if re.sub(r"\s", "", w) not in said] == []
            assert figure["layout"]["meta"]["alt"].startswith(slide.title)


def printed(slide: Slide) -> list[str]:
    shown = slide.exhibit
    if isinstance(shown, Bars):
        return [w for bar in shown.rows for w in (bar.name, bar.words or bar.value.text, bar.detail)]
    if isinstance(shown, Table):
        return [cell if isinstance(cell, str) else cell.text for row in shown.rows for cell in row]
    if isinstance(shown, Statements):
        return [words for item in shown.items for words in (item.text, item.word)]
    return []


def bars(name: str) -> tuple[Slide, Figure]:
    return next((slide, figure) for slide, figure in figures(DECKS[0], Screen()) if slide.name == name)


def test_a_township_that_did_not_report_has_a_dashed_box_and_no_bar() -> None:
    slide, figure = bars("coverage")
    assert isinstance(slide.exhibit, Bars)
    shapes = figure["layout"]["shapes"]
    filled = [s for s in shapes if s.get("fillcolor") in (LIGHT.data, LIGHT.calm)]
    assert len(filled) == sum(bar.length is not None for bar in slide.exhibit.rows)
    assert len([s for s in shapes if s["type"] == "rect" and s["line"].get("dash") == "dash"]) == 1


def test_few_persons_are_a_calm_bar_of_five_with_its_mark() -> None:
    slide, figure = bars("members")
    assert isinstance(slide.exhibit, Bars)
    filled = [s for s in figure["layout"]["shapes"] if s.get("fillcolor") == LIGHT.calm]
    assert len(filled) == 1
    full = max(s["x1"] - s["x0"] for s in figure["layout"]["shapes"] if s.get("fillcolor") == LIGHT.data)
    assert filled[0]["x1"] - filled[0]["x0"] == pytest.approx(full * 5 / slide.exhibit.top, abs=0.2)
    assert "≤5" in [plain(note) for note in figure["layout"]["annotations"]]


def test_focus_dims_all_other_items_and_nothing_of_the_frame() -> None:
    for made in DECKS[:1]:
        for slide, figure in figures(made, Screen(), focus=1):
            parts = [*figure["layout"]["annotations"], *figure["layout"]["shapes"]]
            faint = [part for part in parts if part["opacity"] == DIMMED]
            assert bool(faint) == bool(focusable(slide)), slide.name
            title = next(
                n for n in parts if slide.title in plain({"text": n.get("text", "")}).replace("\n", "")
            )
            assert title["opacity"] == 1
            bright = {plain(n) for n in figure["layout"]["annotations"] if n["opacity"] == 1}
            if focusable(slide) and isinstance(slide.exhibit, Bars | Headlines):
                assert focusable(slide)[1] in bright
                assert focusable(slide)[0] not in bright


def test_a_square_projector_gets_smaller_type_and_nothing_out_of_place() -> None:
    screen = Screen(1024, 768)
    for _slide, figure in figures(DECKS[0], screen):
        boxes = [ink(note) for note in figure["layout"]["annotations"]]
        assert max(box.right for box in boxes) <= screen.box[0] + 1


def test_lines_break_at_pauses_and_never_in_a_number_or_before_a_comma() -> None:
    title = "3个镇街未达85%目标，1个临近，合计差9家，全县85.0%，比上月提高1.3个百分点"
    first, second = in_two(title, 56, 1300) or ["", ""]
    assert first.endswith("，")
    assert first + second == title
    assert in_two(title * 3, 56, 1100) is None
    for width in range(200, 1200, 50):
        lines = wrapped(title, BODY, width)
        assert "".join(lines) == title
        assert not [line for line in lines if line[0] in "，。%" or re.search(r"\d\.$", line)]


def test_a_slide_is_found_by_its_name_or_number_and_the_link_carries_what_is_chosen() -> None:
    names = address.place_names(DECKS[2].slides)
    assert len(set(names)) == len(names)
    assert [address.place(names, wanted) for wanted in (None, "1", names[3], "99", "x", "0", ENDLESS)] == [
        0, 0, 3, None, None, None, None,
    ]  # fmt: skip
