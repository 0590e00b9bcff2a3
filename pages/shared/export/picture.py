"""A chart as a picture that stands alone: title, what it shows, and where it comes from, on one sheet."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from math import ceil
from typing import Any

from pages.shared.charts.base import LINE_HEIGHT, Figure, Look, Part, bold, escape, label
from pages.shared.i18n import Text
from pages.shared.slides.wrapping import wrapped
from pages.shared.theme import SMALL, TICK

# Of a picture, px: its width and edge, and the sizes of its title, subtitle, and footer.
WIDTH, EDGE = 960, 28
TITLE, SUBTITLE, FOOTER = 22, TICK, SMALL
# Room over the title, where the button of the screen stands, and between the parts.
TOP, GAP = 34, 14
# Small figures beside one another.
ACROSS = 4
Words = tuple[Sequence[str], int]
# What Plotly says in English, and our words for it.
SAID = {
    "Download plot as a PNG": "picture.save",
    "Preparing image - this may take a few seconds": "picture.saving",
    "Image download succeeded": "picture.saved",
    "Sorry, there was a problem downloading your image!": "picture.not_saved",
}


def picture(
    figures: Sequence[Figure], look: Look, *, title: str, subtitle: str, footer: Sequence[str]
) -> Figure:
    """Return the figures under their title, over the lines of a footer, on opaque paper.

    One figure keeps its margins and grows wider; several stand beside one another.
    """
    head = [_words([title], TITLE), _words([subtitle], SUBTITLE)]
    foot = [_words(footer, FOOTER)]
    above = TOP + sum(map(_tall, head)) + GAP
    below = GAP + sum(map(_tall, foot)) + EDGE
    whole = _one(figures[0]) if len(figures) == 1 else _several(figures)
    layout = whole["layout"]
    margin = layout["margin"]
    margin["t"], margin["b"] = round(margin["t"] + above), round(margin["b"] + below)
    layout["height"] = round(layout["height"] + above + below)
    layout |= {"width": WIDTH, "autosize": False, "paper_bgcolor": look.theme.bg}
    layout["modebar"] = {"bgcolor": look.theme.bg, "color": look.theme.ink2, "activecolor": look.theme.ink}
    layout["annotations"] = [*layout["annotations"], *_over(head, margin, look), *_under(foot, margin, look)]
    return whole


def download_config(figure: Figure, name: str, text: Text) -> dict[str, Any]:
    """Return what st.plotly_chart needs so that one button is left, which saves the picture under a name.

    What Plotly says of it is in the viewer's language.
    """
    size = {key: figure["layout"][key] for key in ("width", "height")}
    return {
        "displayModeBar": True,
        "modeBarButtons": [["toImage"]],
        "displaylogo": False,
        "responsive": False,
        "scrollZoom": False,
        "doubleClick": False,
        "toImageButtonOptions": {"format": "png", "filename": name, "scale": 2, **size},
        "locale": text.lang,
        "locales": {text.lang: {"dictionary": {said: text(key) for said, key in SAID.items()}}},
    }


def _words(sentences: Sequence[str], size: int) -> Words:
    """Return sentences as lines that fit the width."""
    return [line for one in sentences if one for line in wrapped(one, size, WIDTH - 2 * EDGE)], size


def _tall(words: Words) -> float:
    lines, size = words
    return len(lines) * size * LINE_HEIGHT


def _one(figure: Figure) -> Figure:
    whole = deepcopy(figure)
    margin = whole["layout"]["margin"]
    margin["l"], margin["r"] = margin["l"] + EDGE, margin["r"] + EDGE
    return whole


def _over(head: Sequence[Words], margin: Mapping[str, float], look: Look) -> list[Part]:
    """Return title and subtitle in the room over the plot."""
    colors, down, found = (look.theme.ink, look.theme.ink2), float(TOP), []
    for (lines, size), color in zip(head, colors, strict=True):
        shown = "<br>".join(escape(line) for line in lines)
        text = bold(shown) if size == TITLE else shown
        shift = (EDGE - margin["l"], margin["t"] - down)
        found.append(_text(look, text, (0, 1), (size, color), shift))
        down += _tall((lines, size))
    return found


def _under(foot: Sequence[Words], margin: Mapping[str, float], look: Look) -> list[Part]:
    """Return the footer at the lower edge."""
    found, down = [], margin["b"] - EDGE - sum(map(_tall, foot))
    for lines, size in foot:
        shown = "<br>".join(escape(line) for line in lines)
        shift = (EDGE - margin["l"], -down)
        found.append(_text(look, shown, (0, 0), (size, look.theme.ink2), shift))
        down += _tall((lines, size))
    return found


def _text(
    look: Look, text: str, at: tuple[int, int], how: tuple[int, str], shift: tuple[float, float]
) -> Part:
    """Return words whose upper left corner stands so many px from a corner of the plot."""
    size, color = how
    anchor, refs = ("left", "top"), ("paper", "paper")
    return label(look, text, *at, size=size, color=color, anchor=anchor, shift=shift, refs=refs)


def _several(figures: Sequence[Figure]) -> Figure:
    """Return small figures as one, each in a cell of its own, its axes renamed."""
    across = min(ACROSS, len(figures))
    rows = ceil(len(figures) / across)
    cell = ((WIDTH - 2 * EDGE) / across, max(float(one["layout"]["height"]) for one in figures))
    size = (cell[0] * across, cell[1] * rows)
    layout = deepcopy(figures[0]["layout"])
    kept = {key: value for key, value in layout.items() if not key.startswith(("xaxis", "yaxis"))}
    kept |= {"annotations": [], "shapes": [], "height": size[1]}
    kept["margin"] = {"l": EDGE, "r": EDGE, "t": 0, "b": 0, "pad": 0}
    data: list[Part] = []
    for number, figure in enumerate(figures):
        place = (number % across, number // across)
        _put(
            deepcopy(figure),
            f"{number + 1}" if number else "",
            _domain(figure, place, cell, size),
            kept,
            data,
        )
    return {"data": data, "layout": kept}


Domain = tuple[tuple[float, float], tuple[float, float]]


def _domain(
    figure: Figure, place: tuple[int, int], cell: tuple[float, float], size: tuple[float, float]
) -> Domain:
    """Return the part of the sheet that the plot of a figure takes: from left to right, from below up."""
    margin = figure["layout"]["margin"]
    left, top = place[0] * cell[0], place[1] * cell[1]
    across = (left + margin["l"], left + cell[0] - margin["r"])
    down = (top + margin["t"], top + float(figure["layout"]["height"]) - margin["b"])
    return (across[0] / size[0], across[1] / size[0]), (1 - down[1] / size[1], 1 - down[0] / size[1])


def _put(figure: Figure, number: str, domain: Domain, layout: Part, data: list[Part]) -> None:
    """Add a figure to a sheet: its axes under a number, its texts and lines moved with them."""
    given = figure["layout"]
    for axis, other, part in (("x", "y", domain[0]), ("y", "x", domain[1])):
        anchored = {"domain": list(part), "anchor": f"{other}{number}", "automargin": False}
        layout[f"{axis}axis{number}"] = {**given.get(f"{axis}axis", {}), **anchored}
    data += [{**trace, "xaxis": f"x{number}", "yaxis": f"y{number}"} for trace in figure["data"]]
    for kind, keys in (("annotations", ("x", "y")), ("shapes", ("x0", "x1", "y0", "y1"))):
        layout[kind] += [_moved(part, keys, number, domain) for part in given[kind]]


def _moved(part: Part, keys: Sequence[str], number: str, domain: Domain) -> Part:
    """Return a text or line on renamed axes; what stood on the sheet stands in the figure's part of it."""
    moved = dict(part)
    for axis, (start, end) in zip(("x", "y"), domain, strict=True):
        reference = part[f"{axis}ref"]
        if reference == "paper":
            inside = {key: start + part[key] * (end - start) for key in keys if key.startswith(axis)}
            moved |= inside
        else:
            moved[f"{axis}ref"] = reference.replace(axis, f"{axis}{number}", 1)
    return moved
