"""What publishing would do: control totals, figures before and after, and who has not reported yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import streamlit as st

import queries
from pages.shared.blocks import heading, plain
from pages.shared.room import Room
from queries import imports
from queries.words.formats import count_text, decimal_text, percent
from queries.words.wording import Kind, change, name_list

# Rows of a table that stand on the page; the rest scrolls or folds.
SHOWN = 12


def absent(room: Room, judged: imports.Judged) -> None:
    """Draw who has not reported yet, by kind of ledger; it refuses nothing."""
    frame = judged.rest.absent
    heading(
        room.t("imports.absent_title" if frame.height else "imports.absent_none"),
        room.t("imports.absent_subtitle"),
    )
    rows = []
    for (kind,), group in frame.group_by(["kind"], maintain_order=True):
        names = group["township"].drop_nulls().to_list()
        told = plain(name_list(names, room.text, limit=len(names)))
        badge = f":gray-badge[○ {room.t('imports.absent_everybody')}]"
        rows.append(
            {
                room.t("imports.column_kind"): plain(imports.kind_name(str(kind), room.lang)),
                room.t("imports.column_absent"): f"○ {told}" if names else badge,
            }
        )
    if rows:
        st.table(rows, border="horizontal", hide_index=True, alt=room.t("blocks.table_alt", rows=len(rows)))


def totals(room: Room, judged: imports.Judged) -> None:
    """Draw the control totals of each ledger that would be published, to compare with the paper."""
    heading(room.t("imports.totals_title"), room.t("imports.totals_subtitle"))
    rows = [
        {
            room.t("imports.column_kind"): imports.kind_name(one.kind, room.lang),
            room.t("imports.column_unit"): one.unit or "—",
            room.t("imports.column_item"): _item(room, one.kind, name),
            room.t("imports.column_value"): count_text(value, "", room.text, short=False),
        }
        for one in judged.rest.accounts
        for name, value in one.totals.items()
    ]
    _long_table(room, rows, "imports.totals", right=[room.t("imports.column_value")])


def _item(room: Room, kind: str, name: str) -> str:
    """Return what a control total counts: rows, a figure, a service, a field or one word of a field."""
    if name == "rows":
        return room.t("imports.total_rows")
    if name in queries.INDICATORS:
        return queries.INDICATORS[name].name(room.lang)
    field, _, word = name.partition(".")
    label = imports.field_name(kind, field, room.lang)
    if not word:
        return label
    key = f"imports.words.{word}"
    return f"{label} {room.t(key) if room.text.has(key) else word}"


def changes(room: Room, desk: imports.Desk, judged: imports.Judged) -> None:
    """Draw the headline figures that would differ from what is published now, county first.

    A month that was never published is compared with the month before.
    """
    first, frame = judged.rest.baseline == 0, judged.rest.changes
    count = frame["township_code"].null_count()
    if first:
        frame = _beside_last_month(frame, imports.last_month(desk, judged.whole.month))
    told = "changes_none" if frame.is_empty() else "changes_first" if first else "changes_title"
    based = "imports.changes_new" if first else "imports.changes_subtitle"
    heading(
        room.t(f"imports.{told}", n=count, whole=_whole(room, desk)),
        room.t(based, revision=judged.rest.baseline),
    )
    county = frame.filter(pl.col("township_code").is_null()).head(SHOWN)
    rows = [_figure(room, row, first=first) for row in county.iter_rows(named=True)]
    if rows:
        st.table(rows, border="horizontal", hide_index=True, alt=room.t("blocks.table_alt", rows=len(rows)))
    if frame.height > len(rows):
        _all_changes(room, desk, judged, frame, first=first)


def _beside_last_month(frame: pl.DataFrame, earlier: pl.DataFrame) -> pl.DataFrame:
    """Put last month's figures where nothing was before; `unlike` marks totals of other townships."""
    on = ["indicator_id", "township_code"]
    joined = frame.join(earlier, on=on, how="left", nulls_equal=True, maintain_order="left")
    then, now = _who(earlier), _who(frame)
    indicators = {
        one: _of_townships(one) and then.get(one) != now.get(one) for one in frame["indicator_id"].unique()
    }
    unlike = pl.col("indicator_id").replace_strict(indicators, default=False, return_dtype=pl.Boolean)
    return joined.with_columns(before="value", unlike=pl.col("township_code").is_null() & unlike)


def _of_townships(indicator: str) -> bool:
    """Tell whether each township reports the figure, so that a total lacks those who did not."""
    about = queries.INDICATORS.get(indicator)
    return about is None or about.source in ("enterprises", "figures")


def _who(frame: pl.DataFrame) -> dict[str, set[str]]:
    """Return by indicator the townships that it is known of."""
    named = frame.drop_nulls("township_code").group_by("indicator_id").agg("township_code")
    return {name: set(codes) for name, codes in named.iter_rows()}


def _all_changes(
    room: Room, desk: imports.Desk, judged: imports.Judged, frame: pl.DataFrame, *, first: bool
) -> None:
    """Draw every change in a fold, the county's and the townships'."""
    names = desk.townships(judged.whole.month)
    with st.expander(room.text.count("imports.changes_all", frame.height)):
        rows = [
            {
                room.t("columns.township"): names.get(row["township_code"], _whole(room, desk)),
                **_figure(room, row, first=first),
            }
            for row in frame.iter_rows(named=True)
        ]
        _long_table(room, rows, "imports.changes", right=())


def _whole(room: Room, desk: imports.Desk) -> str:
    """Return how the profile calls all townships together: 全县, 全市 or 全区."""
    return desk.whole or room.t("frame.whole") if room.lang == "zh" else room.t("frame.whole")


def _long_table(room: Room, rows: list[dict[str, str]], key: str, *, right: Sequence[str]) -> None:
    """Draw a table that scrolls by itself when it is long; `right` are columns of numbers."""
    st.dataframe(
        pl.DataFrame(rows),
        hide_index=True,
        row_height=34,
        height="content" if len(rows) < SHOWN else 36 + 34 * SHOWN,
        column_config={name: st.column_config.TextColumn(name, alignment="right") for name in right},
        key=key,
        alt=room.t("blocks.table_alt", rows=len(rows)),
    )


@dataclass(frozen=True)
class Figure:
    """A headline figure as the table of changes shows it."""

    name: str
    classifier: str
    kind: Kind
    direction: str


def _about(room: Room, indicator: str) -> Figure:
    """Return what is known of a figure: from the registry, or of the two counts that are no indicator."""
    if indicator not in queries.INDICATORS:
        return Figure(room.t(f"imports.figures.{indicator}"), room.t("units.enterprise"), "stock", "info")
    about = queries.INDICATORS[indicator]
    kind: Kind = "rate" if about.unit("zh") == "%" else "stock" if about.kind == "S" else "flow"
    return Figure(about.name(room.lang), about.classifier, kind, about.direction)


def _figure(room: Room, row: dict[str, Any], *, first: bool) -> dict[str, str]:
    """Return one figure before and after, and the difference in words; or last month and this."""
    about, before, after = _about(room, row["indicator_id"]), row["before"], row["after"]
    return {
        room.t("imports.column_figure"): about.name,
        room.t("imports.column_last_month" if first else "imports.column_before"): _value(
            room, about, before
        ),
        room.t("imports.column_this_month" if first else "imports.column_after"): _value(room, about, after),
        room.t("imports.column_difference"): room.t("rates.unlike")
        if row.get("unlike")
        else _difference(room, about, before, after),
    }


def _value(room: Room, about: Figure, value: float | None) -> str:
    if value is None:
        return room.t("status.none")
    if about.kind == "rate":
        return percent(value, 1, room.text)
    if not float(value).is_integer():
        return decimal_text(value, 1, room.text)
    return count_text(value, about.classifier, room.text, short=False)


def _difference(room: Room, about: Figure, before: float | None, after: float | None) -> str:
    if before is None or after is None:
        return room.t("imports.first_reported" if before is None else "imports.no_longer_reported")
    moved = change(
        about.kind, after, before, room.text, direction=about.direction, classifier=about.classifier
    )
    return moved.short
