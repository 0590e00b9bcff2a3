"""The link from a number to the list of what it counts."""

from pages.shared import blocks
from pages.shared.view import View

SLUG = "worklists"


def worklist_link(view: View, name: str) -> None:
    """Draw the link to a work list with the viewer's filters; nothing for an audience without that page."""
    if SLUG in view.pages:
        blocks.link(view, SLUG, view.t(f"worklists.open_{name}"), {"list": name})
