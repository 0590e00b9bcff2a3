"""The lights of the profile's own scheme: shape and word, and the rule behind them."""

from pages.shared.badges import badge
from pages.shared.view import View
from queries import lights


def light_badge(view: View, status: str) -> str:
    """Return a Markdown badge of a status in the scheme's word and colour."""
    return badge(status, view.text, theme=view.theme)


def light_rule(view: View) -> str:
    """Return when which light burns, in one sentence."""
    return view.lights.legend(view.text.lang)


def year_gone(view: View) -> float:
    """Return 序时进度: the share of the year gone by the month's cut-off day, 0-1."""
    return lights.progress(view.filters.month, view.profile.settings)
