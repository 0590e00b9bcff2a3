"""The generated sentences of the month, by the block of the agenda that they belong to."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pages.shared.view import View

LISTS = "worklists"
SECTIONS = ("basics", "changes", "shortfalls", "decisions", "proposals")


@dataclass(frozen=True)
class Finding:
    """One sentence: its light, if it has one, and the page behind it with the choice it is opened with.

    `count` is how many of something it tells of, where it leads to the list of them; `indicator` is what it
    is about.
    """

    text: str
    status: str | None
    page: str
    params: Mapping[str, str | list[str]]
    count: int | None = None
    indicator: str | None = None


def findings(view: View) -> dict[str, list[Finding]]:
    """Return the sentences of each section in their order; a section without any is empty."""
    told: dict[str, list[Finding]] = {section: [] for section in SECTIONS}
    for row in view.ask("findings", lang=view.text.lang).iter_rows(named=True):
        told[row["section"]].append(_finding(row))
    return told


def _finding(row: Mapping[str, Any]) -> Finding:
    value = json.loads(row["numbers"] or "{}").get("value")
    count = int(value) if row["page"] == LISTS and value is not None else None
    link = json.loads(row["link"] or "{}")
    return Finding(row["text"], row["status"], row["page"], link, count, row["indicator_id"])


def section_text(view: View, section: str, told: Sequence[Finding]) -> str:
    """Return a block as text to copy: its name, then its sentences as one paragraph."""
    spaced = " " if view.text.lang == "en" else ""
    body = spaced.join(finding.text for finding in told) or view.t("meeting.nothing")
    return f"{view.t(f'meeting.{section}')}\n{body}"


def whole_text(view: View, told: Mapping[str, Sequence[Finding]], head: str) -> str:
    """Return all blocks as text to copy, under the page's title and its lead."""
    return "\n\n".join([head, *(section_text(view, section, told[section]) for section in SECTIONS)])
