"""What the task force has to do: the year's lists, and what each joint meeting decides."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from data.sampling.months import first_day, last_day
from data.sampling.shape import Shape

Row = dict[str, object]
WORDS: Mapping[str, list[str]] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
_LETTERS = {"职责": "Z", "服务": "F", "监督": "J", "问题": "W", "会议议定": "H"}
# The lists grew to today's length.
_EARLIER = 0.88
_CHECKED_WITHIN = 20


@dataclass(frozen=True)
class Task:
    """One task with its whole future: begun, finished, struck off the list."""

    row: Mapping[str, object]
    area: str | None
    listed_on: date
    begun_on: date
    due_on: date
    done_on: date
    closed_on: date


def assign(
    shape: Shape, name_on: Callable[[str, date], str], first: int, last: int, random: Random
) -> list[Task]:
    """The lists of every year and the decisions of every month, from a quarter before the first month.

    `name_on` says what the township of an area is called on a day.
    """
    tasks: list[Task] = []
    for year in range(first // 12, last // 12 + 1):
        for name, count in shape.lists.items():
            listed = count if year == last // 12 else round(count * _EARLIER)
            titles = WORDS["十条措施"] if name == "职责" and count == len(WORDS["十条措施"]) else WORDS[name]
            for number, title in enumerate(titles[:listed]):
                tasks.append(_yearly(year, name, number, title, shape, random))
    for index in range(first - 3, last + 1):
        places = random.sample(range(len(WORDS["会议议定"])), random.randrange(4, 6))
        for number, place in enumerate(places):
            tasks.append(_decided(index, number, WORDS["会议议定"][place], shape, name_on, random))
    return tasks


def rows(tasks: list[Task], index: int, code_of: Callable[[str], str]) -> list[Row]:
    """The lists at the month's end: those of the year, and decisions still open or settled in the month."""
    end, start = last_day(index), first_day(index)
    return [
        _row(task, end, code_of)
        for task in tasks
        if task.listed_on <= end
        and (task.closed_on >= start if task.row["list"] == "会议议定" else task.listed_on.year == end.year)
    ]


def _row(task: Task, end: date, code_of: Callable[[str], str]) -> Row:
    status, progress = _state(task, end)
    return {
        **task.row,
        "township_code": code_of(task.area) if task.area else None,
        "due_on": task.due_on,
        "status": status,
        "closed_on": task.closed_on if status == "已销号" else None,
        "progress": progress,
    }


def _state(task: Task, end: date) -> tuple[str, float]:
    if task.closed_on <= end:
        return "已销号", 1.0
    if task.done_on <= end:
        return "已完成待验", 1.0
    share = (end - task.begun_on).days / max((task.done_on - task.begun_on).days, 1)
    progress = round(min(max(share, 0.0), 0.95), 1)
    if task.due_on <= end:
        return "逾期", progress
    return ("推进中", max(progress, 0.1)) if task.begun_on <= end else ("未启动", 0.0)


def _yearly(year: int, name: str, number: int, title: str, shape: Shape, random: Random) -> Task:
    listed = date(year, 1, 1)
    begun = listed + timedelta(days=random.randrange(10, 240))
    due = min(begun + timedelta(days=random.randrange(60, 200)), date(year, 12, 25))
    row = {
        "task_id": f"{_LETTERS[name]}{year}-{number + 1:02d}",
        "list": name,
        "title": title,
        # In turn, so that every member unit has tasks on the longer lists.
        "department": shape.departments[(number + len(name)) % len(shape.departments)],
    }
    return _timed(row, None, listed, begun, due, random)


def _decided(
    index: int, number: int, title: str, shape: Shape, name_on: Callable[[str, date], str], random: Random
) -> Task:
    met = first_day(index) + timedelta(days=random.randrange(6, 12))
    area = random.choice(shape.areas).code if "{township}" in title else None
    row = {
        "task_id": f"H{met.year}{met.month:02d}-{number + 1}",
        "list": "会议议定",
        "title": title.format(township=name_on(area, met)) if area else title,
        "department": random.choice(shape.departments),
    }
    return _timed(row, area, met, met, met + timedelta(days=random.randrange(14, 50)), random)


def _timed(
    row: Mapping[str, object], area: str | None, listed: date, begun: date, due: date, random: Random
) -> Task:
    """One in seven is finished after its date; a check comes some days after each."""
    span = max((due - begun).days, 2)
    days = (
        span + random.randrange(8, 90) if random.random() < 0.15 else round(span * random.uniform(0.5, 1.0))
    )
    done = begun + timedelta(days=days)
    closed = done + timedelta(days=random.randrange(1, _CHECKED_WITHIN))
    return Task(row, area, listed, begun, due, done, closed)
