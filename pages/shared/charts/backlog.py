"""What is stuck: open cases by age, the overdue part in the one status colour bars may carry."""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.shared.charts.base import (
    PHONE,
    Figure,
    Look,
    Part,
    bold,
    escape,
    figure,
    hidden_axis,
    label,
    layout,
    status_label,
    tell,
)
from pages.shared.charts.labels import px
from pages.shared.charts.rows import (
    COLUMN_GAP,
    GAP,
    ROW_TALL,
    bars,
    empty_slot,
    name_rows,
    rows_axis,
    stack,
)
from pages.shared.i18n import Text
from pages.shared.theme import LABEL, TICK
from queries.words.formats import count_text

INSIDE = 6  # px of air a number needs inside its bar


@dataclass(frozen=True)
class Ages:
    """Open cases of one age class; `overdue` of them are past their deadline. `cases` None: not reported."""

    label: str
    cases: int | None
    overdue: int = 0


def age_label(low: int, high: int | None, text: Text, *, unit: str = "天") -> str:
    """The name of an age class: 0—3天, 16天以上."""
    span = text(f"charts.age.{unit}")
    if high is None:
        return text("charts.age.over", low=low, unit=span)
    return text("charts.age.between", low=low, high=high, unit=span)


def backlog_bars(
    classes: Sequence[Ages], look: Look, *, measure: str = "", classifier: str = "件", height: float = 0
) -> Figure:
    """Open cases by age class: not yet due pale, overdue dark, with the overdue told in words at the end."""
    labels, notes = [c.label for c in classes], [""] * len(classes)
    names = name_rows(labels, notes, look, row=ROW_TALL)
    longest = max([c.cases or 0 for c in classes], default=0) or 1
    # The words at the end depend on which numbers fit inside, and what fits depends on the words.
    tails = [_tail(c, classes, look, classifier, scale=0) for c in classes]
    right = max(px(f"● {' '.join(part for part in tail if part)}", LABEL) for tail in tails) + COLUMN_GAP
    scale = (PHONE - names.left - right) / longest
    tails = [_tail(c, classes, look, classifier, scale=scale) for c in classes]
    rows = stack(names, least=height - 16)
    parts = layout(look, rows.tall + 16, left=names.left, right=right, top=8, bottom=8)
    parts["xaxis"] = hidden_axis(look, (0, longest))
    parts["yaxis"] = rows_axis(look, rows)
    parts["barmode"] = "stack"
    for at, ages, tail in zip(rows.middles, classes, tails, strict=True):
        if ages.cases is None:
            parts["shapes"].append(empty_slot(look, at, longest, rows.thick))
        parts["annotations"] += _inside(at, ages, look, scale)
        parts["annotations"] += _end(at, ages, tail, longest, look)
    spoken = [_spoken(c, look, classifier) for c in classes]
    due = [None if c.cases is None else c.cases - c.overdue for c in classes]
    late = [None if c.cases is None else c.overdue for c in classes]
    traces = [
        bars(due, [look.theme.calm] * len(classes), spoken, rows),
        bars(late, [look.theme.status("bad").glyph] * len(classes), spoken, rows),
    ]
    # A hairline of background keeps the two parts apart without their colours.
    split = [1 if c.cases and c.overdue and _fits(c.overdue, scale) else 0 for c in classes]
    for trace in traces:
        trace["marker"]["line"] = {"width": split, "color": look.theme.bg}
    return figure(traces, parts, tell(look, [measure or look.text("charts.backlog")], spoken))


def _fits(cases: int, scale: float) -> bool:
    return cases * scale >= px(str(cases), LABEL) + 2 * INSIDE


def _tail(
    ages: Ages, classes: Sequence[Ages], look: Look, classifier: str, *, scale: float
) -> tuple[str, str]:
    """The words after a bar: its count where the bar is too short to hold it, and what is overdue."""
    if ages.cases is None:
        return "", look.text("status.none")
    due = ages.cases - ages.overdue
    total = (
        ""
        if (due == 0 and ages.cases) or _fits(due, scale)
        else count_text(ages.cases, classifier, look.text)
    )
    if ages.overdue == 0:
        first = next(c for c in classes if c.cases is not None and not c.overdue)
        return total, look.text("charts.not_due") if ages is first and ages.cases else ""
    whole = ages.overdue == ages.cases
    if whole and _fits(ages.overdue, scale):
        return "", look.text("charts.all_overdue")
    key = "charts.all_overdue_count" if whole else "charts.overdue_part"
    return total, look.text(key, n=count_text(ages.overdue, classifier, look.text))


def _inside(row: float, ages: Ages, look: Look, scale: float) -> list[Part]:
    """The counts of both parts, each in its bar where it fits on a phone."""
    if not ages.cases:
        return []
    due = ages.cases - ages.overdue
    spots = [(due, due / 2, look.theme.ink), (ages.overdue, due + ages.overdue / 2, look.theme.bg)]
    return [
        label(look, bold(str(number)), at, row, color=color, anchor=("center", "middle"))
        for number, at, color in spots
        if number and _fits(number, scale)
    ]


def _end(row: float, ages: Ages, tail: tuple[str, str], longest: int, look: Look) -> list[Part]:
    total, words = tail
    if not total and not words:
        return []
    at = longest if ages.cases is None else ages.cases
    shift = (COLUMN_GAP if ages.cases else GAP, 0)
    if ages.cases is None:
        return [label(look, status_label("none", words, look), at, row, shift=(COLUMN_GAP, 0))]
    if not ages.overdue:
        shown = " ".join(part for part in (total, words) if part)
        return [label(look, escape(shown), at, row, size=TICK, color=look.theme.ink2, shift=shift)]
    marked = status_label("bad", words, look)
    return [label(look, f"{total} {marked}" if total else marked, at, row, shift=shift)]


def _spoken(ages: Ages, look: Look, classifier: str) -> str:
    total = look.text(
        "charts.label_value", label=escape(ages.label), value=count_text(ages.cases, classifier, look.text)
    )
    if not ages.overdue:
        return total
    overdue = look.text("charts.overdue_part", n=count_text(ages.overdue, classifier, look.text))
    return look.text("charts.comma").join((total, overdue))
