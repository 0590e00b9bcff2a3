"""Files of a chart: rows as CSV, itself as a picture; as everybody may see them unless asked otherwise."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import streamlit as st

import queries
from pages.shared.blocks import look, note
from pages.shared.charts import Figure, alt_text
from pages.shared.deck.values import meaning
from pages.shared.export.csv import marks_of, to_csv
from pages.shared.export.picture import download_config, picture
from pages.shared.tables import stamp
from pages.shared.view import Source, View
from queries.words.formats import month_text
from queries.words.wording import as_of, revision


@dataclass(frozen=True)
class Sheet:
    """What a picture is made of: a chart's figures with their words, and the frame behind them.

    `again` draws the same under another view, None where that cannot be drawn; without it nothing of the
    chart counts persons.
    """

    source: Source
    figures: Sequence[Figure]
    title: str
    subtitle: str
    remark: str = ""
    again: "Callable[[View], Sheet | None] | None" = None


def protected(view: View) -> View:
    """Return the view as everybody may see it, with nothing drawn yet."""
    return replace(view, audience="protected", sources=[], drawn=set())


def shared(view: View, source: Source) -> Source:
    """Return the rows of a chart as everybody may see them."""
    return source.again(protected(view)) if source.again else source


def csv_button(view: View, source: Source, label: str, place: str, *, exact: bool = False) -> None:
    """Draw the CSV button of a source, built when it is pressed; `place` keeps two buttons apart.

    `exact` gives the true counts of persons, in a file that says it is internal.
    """
    info, internal = view.snapshot, source.internal or exact
    marks = stamp(
        view.text,
        cutoff=info.cutoff,
        revision=info.revision,
        commit=str(view.commit.number),
        demonstration=info.demonstration,
        internal=internal,
    )
    st.download_button(
        label,
        data=lambda: to_csv((source if exact else shared(view, source)).frame, marks, view.text),
        file_name=f"{file_name(view, source, internal=internal)}.csv",
        mime="text/csv",
        icon=":material/download:",
        key=f"{place}.{source.name}",
        on_click="ignore",
    )


def file_name(view: View, source: Source, *, internal: bool) -> str:
    """Return the name of a file without its ending: month, what it shows, revision, what to mind."""
    info = view.snapshot
    parts = [f"{info.month:%Y-%m}", view.t(f"sources.{source.name}"), f"r{info.revision}"]
    parts += [view.t("worklists.internal_short")] if internal else []
    parts += [view.t("frame.demonstration")] if info.demonstration else []
    return "_".join(parts)


def asks_for_exact(view: View, source: Source, place: str) -> bool:
    """Draw the choice of true counts, where it makes a difference; return whether it was made."""
    if source.again is None or source.internal or not marks_of(shared(view, source).frame):
        return False
    exact = st.toggle(view.t("picture.exact"), key=f"{place}.exact.{source.name}")
    note(view.t("picture.is_exact" if exact else "picture.is_protected"))
    return exact


def picture_menu(view: View, sheet: Sheet) -> None:
    """Draw the picture that a chart is saved as, with Plotly's own button to save it."""
    exact = asks_for_exact(view, sheet.source, "picture")
    drawn = sheet if exact or sheet.again is None else sheet.again(protected(view))
    if drawn is None:
        note(view.t("picture.none"))
        return
    audience = view if exact else protected(view)
    figure = composed(audience, drawn)
    name = file_name(view, sheet.source, internal=exact or sheet.source.internal)
    note(view.t("picture.how"))
    st.plotly_chart(
        figure,
        theme=None,
        width=int(figure["layout"]["width"]),
        height=int(figure["layout"]["height"]),
        key=f"picture.{sheet.source.name}.{exact}",
        config=download_config(figure, name, view.text),
        alt=alt_text(figure),
    )


def composed(view: View, sheet: Sheet) -> Figure:
    """Return the picture of a sheet for the view's audience.

    Conclusions are drawn from exact numbers: over masked and rounded ones stands what is shown.
    """
    title, remark = sheet.title, sheet.remark
    marks = marks_of(sheet.source.frame, sheet.source.indicators)
    if marks:
        title = _shown(view, sheet.source)
        remark = meaning(view, marks)
    footer = [remark, *_origin(view)]
    return picture(sheet.figures, look(view), title=title, subtitle=sheet.subtitle, footer=footer)


def _shown(view: View, source: Source) -> str:
    """Return what a chart shows, which stands for a conclusion: 党员：镇街."""
    name, _, split = view.t(f"sources.{source.name}").partition("_")
    if len(source.indicators) == 1:
        name = queries.INDICATORS[source.indicators[0]].name(view.text.lang)
    shown = view.t("picture.of").join(part for part in (name, split) if part)
    return shown[:1].upper() + shown[1:]


def _origin(view: View) -> list[str]:
    """Return what a picture says of its data: area, month and state; for whom; where it comes from."""
    info = view.snapshot
    area = view.chosen or view.area
    first = (
        area,
        month_text(view.filters.month, view.text),
        as_of(info.cutoff, view.text),
        revision(info.revision, view.text),
        view.t("deck.denominator", name=view.t(f"denominators.{view.filters.denominator}")),
        view.t(f"deck.audience.{view.audience}"),
    )
    last = [view.t("picture.source", number=view.commit.number, sha=view.commit.sha8)]
    last += [view.t("frame.demonstration_long")] if info.demonstration else []
    joiner = view.t("frame.joiner")
    return [joiner.join(first), joiner.join(last)]
