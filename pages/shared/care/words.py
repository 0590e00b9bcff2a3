"""What the page care says: its lead sentence, and how townships stand in words."""

from collections.abc import Sequence

import polars as pl

from pages.shared.care.subject import Subject
from pages.shared.view import View
from queries.words.formats import percent
from queries.words.standing import Verdict
from queries.words.wording import standing_title

SMALL_TOTAL, SMALL_BASE = 20, 10


def status_words(view: View) -> dict[str, str]:
    """Return the word of each status as the profile's lights call it."""
    return {**view.lights.words(view.text.lang), "none": view.t("status.none")}


def lead(subject: Subject) -> str:
    """Return the page's sentence: the area's value, how it moved, and how it stands against its target."""
    view, now = subject.view, subject.now
    assert now is not None
    name = subject.quantity.name
    if now["value"] is None:
        key = "care.lead_undefined" if now["denominator"] == 0 else "care.lead_unreported"
        return view.t(key, area=view.area, name=name, month=view.month)
    moved = subject.moved()
    parts = [view.t("care.lead", area=view.area, name=name, value=subject.quantity.value(now))]
    parts += [moved.sentence] if moved else []
    told = [view.t("wording.clause").join(parts)]
    told += [aim(subject)] if now["target"] is not None else []
    return view.t("charts.semicolon").join(told) + view.t("wording.stop")


def aim(subject: Subject) -> str:
    """Return the target of what is shown and how it stands: 目标1500人次，未达标，差20人次."""
    view, now = subject.view, subject.now
    assert now is not None
    word = status_words(view).get(now["status"] or "", "")
    target = subject.quantity.target(now["target"])
    if now["gap_units"] and now["status"] in ("warn", "bad"):
        return view.t("care.aim_missed", target=target, word=word, gap=gap_text(subject, now["gap_units"]))
    return view.t("care.aim", target=target, word=word)


def gap_text(subject: Subject, units: int) -> str:
    """Return how many units are missing, or too many where less is better: 差20人次."""
    key = "charts.excess" if subject.about.direction == "down" else "charts.gap"
    return subject.view.t(key, n=units, classifier=subject.quantity.classifier)


def township_title(subject: Subject) -> str:
    """Return the conclusion of the chart by township: who misses a target, else where most of it is."""
    assert subject.townships is not None
    named = subject.townships.filter(pl.col("township_code").is_not_null())
    verdicts = [
        Verdict(
            subject.view.name("township", row["township_code"]),
            row["status"] or "plain",
            (row["gap_units"] or 0) if row["status"] in ("warn", "bad") else 0,
        )
        for row in named.iter_rows(named=True)
    ]
    told = standing_title(
        verdicts,
        subject.view.text,
        classifier=subject.quantity.classifier,
        direction=subject.about.direction,
    )
    return told or split_title(subject, named, "township")


def split_title(subject: Subject, frame: pl.DataFrame, key: str) -> str:
    """Return where most of a count is, or how far the rows of a rate lie apart."""
    view, quantity = subject.view, subject.quantity
    code = "township_code" if key == "township" else "committee_id"
    if quantity.shape == "rate":
        frame = frame.filter(pl.col("denominator") >= SMALL_BASE)
    known = frame.filter(pl.col("value").is_not_null()).sort("value", descending=True, maintain_order=True)
    if known.height < 2 or known["value"][0] == known["value"][-1]:
        return view.t(f"care.{key}_title", name=quantity.name)
    rows: Sequence[dict[str, object]] = known.to_dicts()
    if quantity.shape != "count":
        return view.t(
            "care.range",
            high=view.name(key, str(rows[0][code])),
            high_value=quantity.value(rows[0]),
            low=view.name(key, str(rows[-1][code])),
            low_value=quantity.value(rows[-1]),
        )
    return _top_two(subject, known, key, code)


def _top_two(subject: Subject, known: pl.DataFrame, key: str, code: str) -> str:
    view, quantity = subject.view, subject.quantity
    two, total = float(known["value"][:2].sum()), float(known["value"].sum())
    names = [view.name(key, known[code][at]) for at in (0, 1)]
    exact = known["qualifier"].is_null().all()
    if total < SMALL_TOTAL or not exact:
        return view.t("care.top_two", first=names[0], second=names[1], total=quantity.number(two))
    share = percent(two, total, view.text)
    return view.t("care.top_two_share", first=names[0], second=names[1], share=share)
