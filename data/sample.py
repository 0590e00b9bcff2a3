"""Demonstration data: a county's months, invented from its reports and published one after the other."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from data.commits import Commit
from data.messages import IntakeError
from data.profile import Profile, load_profile
from data.publish import publish
from data.sampling.county import County
from data.sampling.faults import counted_twice, without
from data.sampling.months import first_day, index_of, last_day
from data.sampling.schedule import Publication, meetings, plan
from data.sampling.shape import load_shape
from data.store import Store

PROFILES = Path(__file__).parent / "profiles"
NAMES = ("demo", "zhangjiagang", "longhua")
WHO = "演示"
HISTORY = 36
Progress = Callable[[int, int], None]


def build(
    store: Store, *, profile: str, last: date, months: int, seed: int, progress: Progress | None = None
) -> Commit:
    """Publish `months` months that end with `last` into an empty store; the last meets the report's figures.

    The same arguments give the same bytes. IntakeError if the profile has no sample, months is not positive,
    or the store holds anything already. `progress` is told how many of how many publications are done.
    """
    _refuse(store, profile, months)
    county_profile = load_profile(PROFILES / profile)
    end = index_of(last)
    first = end - months + 1
    # A short sample is the end of a long one: three years of growth do not happen in a month.
    county = County(load_shape(profile), county_profile, end - max(months, HISTORY) + 1, end, seed)

    def code_of(code: str, index: int) -> str:
        return county.code_on(code, last_day(index))

    acts = plan(county.shape, first, end, code_of, county.names.__getitem__)
    tags = meetings(first, end)
    for done, act in enumerate(acts):
        while tags and tags[0][1] < act.published_at:
            store.tag(tags.pop(0)[0])
        head = _publish(store, county, county_profile, act)
        if progress:
            progress(done + 1, len(acts))
    for name, _ in tags:
        store.tag(name)
    return head


def _publish(store: Store, county: County, profile: Profile, act: Publication) -> Commit:
    frames = county.frames(act.index)
    if act.missing:
        frames = without(frames, act.missing)
    if act.mistaken:
        frames = counted_twice(frames)
    chosen = {name: frames[name] for name in act.tables or frames}
    return publish(
        store,
        first_day(act.index),
        chosen,
        profile,
        reason=act.reason,
        who=WHO,
        published_at=act.published_at,
    )


def _refuse(store: Store, profile: str, months: int) -> None:
    if profile not in NAMES:
        raise IntakeError("sample_profile", profiles=" ".join(NAMES))
    if months < 1:
        raise IntakeError("sample_months")
    if store.head() is not None:
        raise IntakeError("sample_store_used", place=str(store.root))
