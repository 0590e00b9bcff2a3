"""What every page of every file states: the state it was made from, for whom, and how it was filtered."""

import polars as pl

import queries
from pages.shared.deck.brief import Brief
from pages.shared.deck.deck import Annex, Definition, Slide, SourceFile, Stamp
from pages.shared.filters import DENOMINATORS
from pages.shared.view import View
from queries.words.formats import month_text
from queries.words.wording import as_of, revision

NAMED = 3


def stamp_of(view: View) -> Stamp:
    """Return the stamp of a view."""
    snapshot, commit, filters = view.snapshot, view.commit, view.filters
    name = view.t(f"denominators.{filters.denominator}")
    return Stamp(
        lang=view.text.lang,
        county=snapshot.county,
        month=filters.month,
        month_text=month_text(filters.month, view.text),
        cutoff=as_of(snapshot.cutoff, view.text),
        revision=revision(snapshot.revision, view.text),
        commit=commit.number,
        sha8=commit.sha8,
        audience=view.audience,
        audience_text=view.t(f"deck.audience.{view.audience}"),
        area=view.area,
        filters=view.chosen,
        denominator=view.t("deck.denominator", name=name),
        demonstration=view.t("frame.demonstration") if snapshot.demonstration else "",
        published_at=commit.published_at.isoformat(),
        scope=_scope(view),
        files=_files(view),
    )


def _scope(view: View) -> tuple[str, ...]:
    """Return the filters as short as a file's name needs them; more than three names are counted."""
    filters, joiner = view.filters, view.t("wording.list_separator")
    found = []
    for kind, codes in (("township", filters.townships), ("committee", filters.committees)):
        names = joiner.join(view.name(kind, code) for code in codes)
        found.append(names if len(codes) <= NAMED else view.t(f"deck.chosen.{kind}", count=len(codes)))
    if filters.denominator != DENOMINATORS[0]:
        found.append(view.t(f"denominators.{filters.denominator}"))
    return tuple(name for name in found if name)


def _files(view: View) -> tuple[SourceFile, ...]:
    """Return each file and sheet that the month was read from; ledgers by hand have no file."""
    frame = view.ask("ledger_sources", townships=None, committees=None)
    keys = ("table_name", "file", "sheet")
    named = frame.filter(pl.col("file").is_not_null())
    summed = named.group_by(keys).agg(pl.col("entries").sum()).sort(keys, nulls_last=True)
    hashes = view.snapshot.hashes
    return tuple(
        SourceFile(table, file, sheet or "", rows, hashes.get(table, ""))
        for table, file, sheet, rows in summed.iter_rows()
    )


def definitions(brief: Brief, parts: tuple[Slide | Annex, ...]) -> tuple[Definition, ...]:
    """Return how each figure that is shown is defined in the month, in the order they appear."""
    lang, month = brief.view.text.lang, brief.view.filters.month
    found = []
    for name in dict.fromkeys(name for part in parts for name in part.indicators):
        about = queries.INDICATORS[name]
        sentence, formula = about.in_force(month, lang)
        found.append(Definition(name, about.name(lang), sentence, formula, about.caveat(lang)))
    return tuple(found)
