"""[slides] in a profile's settings: which slides the meeting is shown, in which order, under which words."""

from collections.abc import Iterable, Mapping
from typing import Any

from data.messages import IntakeError

# What there is, in the order of the agenda; pages have one maker of each, which a test compares.
SLIDES = (
    "summary",
    "members_by_committee",
    "stations",
    "closure_curve",
    "coverage_trend",
    "contributions",
    "members_trend",
    "coverage_by_township",
    "work_coverage",
    "on_time",
    "backlog",
    "tasks",
    "decisions",
    "proposals",
)
KEYS = ("order", "titles", "auto_advance_seconds")
LONGEST = 20  # characters of an own title: it shares a line with what is shown
SECONDS = (3, 3600)


def check_slides(settings: Mapping[str, Any], file: str) -> None:
    """Refuse a [slides] table that could not be followed; IntakeError names the key that is wrong."""
    if "slides" not in settings:
        return
    table = settings["slides"]
    if not isinstance(table, Mapping):
        raise IntakeError("profile_slides", file=file, key="slides", keys=" ".join(KEYS))
    for key in table:
        if key not in KEYS:
            raise IntakeError("profile_slides", file=file, key=f"slides.{key}", keys=" ".join(KEYS))
    _order(table.get("order", list(SLIDES)), file)
    _titles(table.get("titles", {}), file)
    seconds = table.get("auto_advance_seconds", SECONDS[0])
    is_number = isinstance(seconds, int) and not isinstance(seconds, bool)
    if not is_number or not SECONDS[0] <= seconds <= SECONDS[1]:
        least, most = SECONDS
        raise IntakeError("profile_slides_seconds", file=file, least=least, most=most)


def _order(order: object, file: str) -> None:
    if not isinstance(order, list) or not order or len({str(name) for name in order}) < len(order):
        raise IntakeError("profile_slides_order", file=file)
    _known("slides.order", order, file)


def _titles(titles: object, file: str) -> None:
    if not isinstance(titles, Mapping):
        raise IntakeError("profile_slides", file=file, key="slides.titles", keys=" ".join(SLIDES))
    _known("slides.titles", titles, file)
    for name, title in titles.items():
        written = title.strip() if isinstance(title, str) else ""
        # A figure would stand there next month too.
        has_figure = any(character.isnumeric() and character.isascii() for character in written)
        if not written or len(written) > LONGEST or has_figure or "\n" in written:
            raise IntakeError("profile_slides_title", file=file, key=f"slides.titles.{name}", longest=LONGEST)


def _known(key: str, names: Iterable[object], file: str) -> None:
    unknown = [str(name) for name in names if name not in SLIDES]
    if unknown:
        raise IntakeError(
            "profile_slides_unknown", file=file, key=key, names="、".join(unknown), known=" ".join(SLIDES)
        )
