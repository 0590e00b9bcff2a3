"""党员队伍 in words: who has most members, and what is at least so much."""

import polars as pl

from pages.shared.view import View
from queries.masking import ROUNDED
from queries.words.formats import count_text, marked_text
from queries.words.wording import name_list


def top_two(view: View, frame: pl.DataFrame, key: str) -> str:
    """Return the title that names the two largest rows and their total; `key` is committee or township."""
    code = "committee_id" if key == "committee" else "township_code"
    known = frame.filter(pl.col("members") > 0).sort("members", descending=True, maintain_order=True)
    if known.height < 2:
        return view.t(f"members.{key}_title")
    first, second = (known.row(i, named=True) for i in (0, 1))
    marks = {row.get("members_mark") for row in (first, second)}
    return view.t(
        "members.top_two",
        first=view.name(key, first[code]),
        second=view.name(key, second[code]),
        total=marked_text(
            first["members"] + second["members"],
            ROUNDED if ROUNDED in marks else None,
            view.t("units.member"),
            view.text,
        ),
    )


def is_at_least(view: View, column: str) -> bool:
    """Tell whether a count of people is a lower bound; members are the sum of two figures."""
    parts = ("members_full", "members_probationary") if column == "members" else (column,)
    return any(view.is_lower_bound(part) for part in parts)


def nothing(view: View) -> tuple[str, str]:
    """Return title and sentence for members that were not reported; of chosen committees, only theirs.

    The report itself may have come, without a figure of these committees.
    """
    chosen = view.filters.committees
    about = {"month": view.month, "area": view.area}
    if not chosen:
        return view.t("members.nothing", **about), view.t("members.nothing_body", **about)
    about["committees"] = name_list([view.name("committee", code) for code in chosen], view.text)
    return view.t("members.nothing_of", **about), view.t("members.nothing_of_body", **about)


def persons(view: View, value: float | None) -> str:
    """Return a count of members with its classifier."""
    return count_text(value, view.t("units.member"), view.text)
