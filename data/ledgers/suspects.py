"""Enterprises that may be the same twice. They are named to the clerk and never merged."""

import re
from collections.abc import Iterator

import polars as pl

from data.ledgers.findings import Finding, found
from data.ledgers.grid import Place
from data.ledgers.ledger import Ledger
from data.ledgers.page import Page
from data.profile import plain

_BRACKETS = re.compile(r"\([^()]*\)")
_ENDINGS = ("股份有限公司", "有限责任公司", "有限公司", "公司", "服务部", "经营部", "部")


def suspects(page: Page, ledger: Ledger) -> Iterator[Finding]:
    """A warning on the second of two enterprises of one township whose names differ in form only."""
    if ledger.kind != "enterprises":
        return
    rows = ledger.frames["enterprises"].filter(pl.col("name").is_not_null())
    code = pl.col("enterprise_id") if "enterprise_id" in rows.columns else pl.lit(None, pl.String)
    named = rows.select("township_code", "name", "sheet", "row", code.alias("code"))
    first: dict[tuple[str | None, str], tuple[int, str | None]] = {}
    for township, name, sheet, row, own in named.iter_rows():
        key = (township, core(name, page.names.county))
        if key not in first:
            first[key] = (row, own)
        elif own is None or own != first[key][1]:
            letter, label = ledger.places.get((sheet, "name"), (None, None))
            place = Place(ledger.file, sheet, row, letter, label)
            yield found("enterprise_suspected", place, first=first[key][0])


def core(name: str, county: str) -> str:
    """A firm's name without county, brackets and legal form: what its short and long names share."""
    bare = _BRACKETS.sub("", plain(name)).removeprefix(county)
    return next((bare.removesuffix(end) for end in _ENDINGS if bare.endswith(end)), bare)
