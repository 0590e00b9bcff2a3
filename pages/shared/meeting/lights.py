"""The lights of the profile's own scheme: shape and word, and the rule behind them."""

from pages.shared.badges import badge
from pages.shared.view import View
from queries import lights

# The colours that a scheme names, as statuses of the look: each brings its shape along.
LOOKS = {"green": "good", "blue": "running", "yellow": "warn", "red": "bad"}


def light_badge(view: View, status: str) -> str:
    """Return a Markdown badge of a status in the scheme's word; not reported is no light."""
    for state in lights.lights(view.profile.settings).states:
        if state.status == status:
            return badge(LOOKS[state.colour], view.text, state.words[view.text.lang])
    # What is done without a target has no light in most schemes.
    return badge("good", view.text, view.t("status.done")) if status == "done" else badge(status, view.text)


def light_rule(view: View) -> str:
    """Return when which light burns, in one sentence."""
    return lights.lights(view.profile.settings).legend(view.text.lang)


def year_gone(view: View) -> float:
    """Return 序时进度: the share of the year gone by the month's cut-off day, 0-1."""
    return lights.progress(view.filters.month, view.profile.settings)
