"""What a question needs beside what it is asked with: facts of the registry and of the month's profile."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from queries.indicators import INDICATORS, Indicator
from queries.lights import Settings, lights, progress
from queries.questions import Query, QueryError

Facts = dict[str, Any]
# How far a person walks in ten minutes, unless the profile says otherwise.
REACH_METRES = 800.0
# The series that is counted afresh for every radius.
WITHIN_REACH = "enterprises.within_reach"
FIGURE = re.compile(r"(?P<value>\d+(?:\.\d+)?)(?P<qualifier>余|约|近|以上)?")
# 《支部工作条例》: three full members found a branch, a joint one covers no more than five units as a rule.
SOLE_MEMBERS, JOINT_UNITS = 3, 5
# The grain that a query splits by; without it an indicator cannot be split so.
GRAINS = {
    "indicator_by_township": "township",
    "indicator_by_committee": "committee",
    "indicator_by_month": "month",
}


def particulars(question: Query, asked: Mapping[str, Any], settings: Settings) -> Facts:
    """Every inner parameter of the question; `asked` are the others, checked already.

    Raises QueryError indicator_grain or indicator_unanswered where the figure has no such split.
    """
    if not question.inner:
        return {}
    facts = _of_the_profile(asked, settings)
    if "indicator" in asked:
        about = INDICATORS[asked["indicator"]]
        _refuse(question, about, asked)
        facts |= _of_the_indicator(about, settings)
        if WITHIN_REACH not in about.parts:
            # spares every other indicator the way from each enterprise to each station
            facts["reach_metres"] = None
    elif "ids" in question.inner:
        facts |= _of_them_all(asked, settings)
    return {name: facts[name] for name in question.inner}


def _refuse(question: Query, about: Indicator, asked: Mapping[str, Any]) -> None:
    if not about.is_answered:
        raise QueryError("indicator_unanswered", indicator=about.id)
    grains = {GRAINS.get(question.id) or asked.get("by") or "month"}
    if asked.get("committees") is not None:
        grains.add("committee")
    missing = grains - set(about.grain)
    if missing:
        raise QueryError("indicator_grain", indicator=about.id, grain=min(missing))
    if question.id == "contributions" and not about.parts:
        raise QueryError("indicator_not_additive", indicator=about.id)


def _of_the_indicator(about: Indicator, settings: Settings) -> Facts:
    also = settings.get("lights", {}).get("yearly", ())
    is_yearly = about.kind == "C" or about.yearly or about.id in also
    return {
        "parts": about.parts,
        "whole": about.whole,
        "basis": about.basis,
        "share": 0.5 if about.share is None else about.share,
        "is_cumulative": about.kind == "C",
        "is_summed": is_yearly and about.kind == "F" and not about.whole,
        "sign": -1 if about.direction == "down" else 1,
        "is_yearly": is_yearly,
        "is_near_a_share": not about.is_rate,
        "scale": 100 if about.is_rate else 1,
        "digits": 1 if about.is_rate or about.whole else 0,
    }


def _of_them_all(asked: Mapping[str, Any], settings: Settings) -> Facts:
    """The facts of every indicator that adds up and can be split as asked, as columns of the same length."""
    grains = {"township"} | ({"committee"} if asked.get("committees") is not None else set())
    chosen = [about for about in INDICATORS.values() if about.parts and grains <= set(about.grain)]
    each = [_of_the_indicator(about, settings) for about in chosen]
    return {
        "ids": tuple(about.id for about in chosen),
        "firsts": tuple(about.parts[0] for about in chosen),
        "divisors": tuple(about.whole[0] if about.whole else None for about in chosen),
        "totals": tuple("month" in about.grain for about in chosen),
        "signs": tuple(facts["sign"] for facts in each),
        "cumulatives": tuple(facts["is_cumulative"] for facts in each),
        "sums": tuple(facts["is_summed"] for facts in each),
        "yearlies": tuple(facts["is_yearly"] for facts in each),
        "near_shares": tuple(facts["is_near_a_share"] for facts in each),
        "parts": tuple(series for about in chosen for series in about.parts),
        "part_of": tuple(about.id for about in chosen for _ in about.parts),
        "whole": tuple(series for about in chosen for series in about.whole),
        "whole_of": tuple(about.id for about in chosen for _ in about.whole),
    }


def _of_the_profile(asked: Mapping[str, Any], settings: Settings) -> Facts:
    chosen, (least, most) = lights(settings), rules(settings)
    first, last = asked.get("from_month", asked["month"]), asked["month"]
    months = [_month(at) for at in range(_index(first), _index(last) + 1)]
    return {
        "fiscal_start": int(settings.get("fiscal_start", 1)),
        "progress": tuple(progress(month, settings) for month in months),
        "near": chosen.near,
        "has_done": chosen.has_done,
        "sole_members": least,
        "joint_units": most,
        "reach_metres": float(settings.get("reach_metres", REACH_METRES)),
        **published(settings),
    }


def rules(settings: Settings) -> tuple[int, int]:
    """Full members from which a branch of its own is due, and how many units a joint branch may cover."""
    own = settings.get("rules", {})
    return (
        int(own.get("sole_branch_members", SOLE_MEMBERS)),
        int(own.get("joint_branch_units", JOINT_UNITS)),
    )


def published(settings: Settings) -> Facts:
    """The figures that the profile's report publishes, as columns of the same length."""
    entries = settings.get("published", {})
    read = {name: FIGURE.fullmatch(str(entry[0])) for name, entry in entries.items()}
    source = settings.get("sources", {})
    return {
        "published_ids": tuple(entries),
        "published_values": tuple(float(found["value"]) for found in read.values() if found),
        "published_qualifiers": tuple(found["qualifier"] for found in read.values() if found),
        "published_units": tuple(str(entry[1]) for entry in entries.values()),
        "published_words": tuple(str(entry[2]) for entry in entries.values()),
        "report": str(source.get("report", "")),
        "title": str(source.get("title", "")),
    }


def _index(month: date) -> int:
    return month.year * 12 + month.month - 1


def _month(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)
