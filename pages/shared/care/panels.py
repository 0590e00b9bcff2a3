"""Small multiples: the course of an indicator in each township, all on one axis."""

import polars as pl

from pages.shared import blocks, cards
from pages.shared.annotations import annotate, guides_note
from pages.shared.care.frames import shown
from pages.shared.care.quantity import is_masked
from pages.shared.care.subject import Subject
from pages.shared.care.words import status_words
from pages.shared.charts import Panel, axis_range_text, small_multiples
from pages.shared.saving import Sheet
from pages.shared.view import Source, View
from queries.words.wording import name_list

# Fewer months are no course, and so little would be noise drawn large.
LEAST_MONTHS, LEAST_VALUE = 4, 5


def courses(subject: Subject) -> pl.DataFrame | None:
    """Return the months of each township; None where there is no course to show."""
    townships = subject.townships
    if townships is None or subject.months is None or subject.months.height < LEAST_MONTHS:
        return None
    if townships["township_code"].drop_nulls().len() < 2 or not subject.is_split:
        return None
    every = _every(subject)
    most = every["value"].max()
    few = subject.quantity.shape == "count" and float(most or 0) < LEAST_VALUE  # type: ignore[arg-type]
    return None if most is None or few else every


def _every(subject: Subject) -> pl.DataFrame:
    assert subject.townships is not None
    return pl.concat([_months(subject, code) for code in subject.townships["township_code"].drop_nulls()])


def draw(subject: Subject, every: pl.DataFrame) -> None:
    """Draw a panel a township, the county behind where it has the same scale."""
    cards.draw_panels(subject.view, _sheet(subject, every))


def _sheet(subject: Subject, every: pl.DataFrame) -> Sheet:
    view, quantity, months = subject.view, subject.quantity, subject.months
    assert months is not None
    panels = [_panel(subject, rows) for _, rows in every.group_by(["township_code"], maintain_order=True)]
    county = None if quantity.shape == "count" else subject.ask("month", townships=None)
    targets = every.group_by("township_code", maintain_order=True).last()["target"].unique()
    one = targets[0] if targets.len() == 1 and quantity.shape == "rate" else None
    calendar = months["month"].to_list()
    marks = annotate(view, subject.about.id, calendar).marks
    figures = small_multiples(
        panels,
        blocks.look(view),
        months=calendar,
        measure=quantity.name,
        county=county["value"].to_list() if county is not None else None,
        unit=quantity.unit,
        classifier=quantity.classifier,
        target=one,
        marks=marks,
    )
    return Sheet(
        _source(subject, every),
        figures,
        _title(subject, every, county),
        _subtitle(subject, axis_range_text(figures[0]), county, one),
        guides_note(view, marks, calendar),
        lambda view: _again(Subject(view, subject.about)),
    )


def _again(subject: Subject) -> Sheet | None:
    every = courses(subject)
    return None if every is None else _sheet(subject, every)


def _source(subject: Subject, every: pl.DataFrame) -> Source:
    frame = shown(every, subject.quantity, status_words(subject.view))

    def again(view: View) -> Source:
        other = Subject(view, subject.about)
        return _source(other, _every(other))

    return Source("care_courses", "indicator_by_month", (subject.about.id,), frame, again=again)


def _months(subject: Subject, code: str) -> pl.DataFrame:
    """Return the months of one township, under its name."""
    months = subject.ask("month", townships=[code])
    assert months is not None
    name = subject.view.name("township", code)
    return months.select(pl.lit(code).alias("township_code"), pl.lit(name).alias("township"), pl.all())


def _panel(subject: Subject, rows: pl.DataFrame) -> Panel:
    last = rows.row(-1, named=True)
    late = last["value"] is None and last["denominator"] != 0 and not is_masked(last)
    status = "none" if late else last["status"]
    end = subject.quantity.value(last) if last.get("value_mark") and not late else ""
    name = subject.view.name("township", last["township_code"])
    return Panel(name, rows["value"].to_list(), status, end)


def _title(subject: Subject, every: pl.DataFrame, county: pl.DataFrame | None) -> str:
    """Return who is worse than the county, or of a count who grew most."""
    view, quantity = subject.view, subject.quantity
    if county is None:
        return _grown(subject, every)
    last = county["value"][-1]
    now = every.filter(pl.col("month") == view.filters.month, pl.col("value").is_not_null())
    down = subject.about.direction == "down"
    if last is None or subject.about.direction == "info":
        return view.t("care.courses_title", name=quantity.name)
    worse = now.filter(pl.col("value") > last if down else pl.col("value") < last)
    names = [view.name("township", code) for code in worse["township_code"]]
    if not names:
        return view.t("care.courses_none_worse", area=view.whole)
    key = "care.courses_above" if down else "care.courses_below"
    return view.t(key, names=name_list(names, view.text), area=view.whole)


def _grown(subject: Subject, every: pl.DataFrame) -> str:
    view, quantity = subject.view, subject.quantity
    moves = {}
    for (code,), rows in every.group_by(["township_code"], maintain_order=True):
        last = rows.row(-1, named=True)
        if last["value"] is not None and last["last_year"] is not None:
            moves[str(code)] = last["value"] - last["last_year"]
    if not moves or max(moves.values()) <= 0:
        return view.t("care.courses_title", name=quantity.name)
    code = max(moves, key=lambda code: moves[code])
    return view.t(
        "care.courses_grown", township=view.name("township", code), amount=quantity.number(moves[code])
    )


def _subtitle(subject: Subject, axis: str, county: pl.DataFrame | None, target: float | None) -> str:
    view, quantity = subject.view, subject.quantity
    assert subject.months is not None
    months = subject.months.height
    parts = [view.t("care.courses_subtitle", name=quantity.name, months=months, axis=axis)]
    parts += [view.t("care.courses_county", area=view.whole)] if county is not None else []
    parts += [view.t("care.courses_target")] if target is not None else []
    return view.t("charts.comma").join(parts)
