"""The enterprise ledger of a month: what the townships wrote down at its end."""

from collections.abc import Callable, Mapping
from datetime import date
from random import Random

from data.sampling.enterprises import ALWAYS, NEVER, Enterprise
from data.sampling.months import some_day
from data.sampling.organisations import Organisation, Organisations
from data.sampling.spread import growth

Row = dict[str, object]
Form = tuple[str, str | None, date | None]
_LEDGERS = ("ledger_operations", "ledger_staff", "ledger_members", "ledger_investors", "ledger_organisation")
_BROAD = {"regional": "区域党总支", "seconded": "选派党支部", "incubated": "孵化党支部"}


class EnterpriseLedger:
    """Rows of any month; the same month always gives the same rows."""

    def __init__(
        self,
        enterprises: list[Enterprise],
        branches: Organisations,
        names: Mapping[str, str],
        first: int,
        last: int,
        random: Random,
    ) -> None:
        self._enterprises = enterprises
        self._branches = branches
        self._level = growth(first, last, 0.68, random)
        self._filled = growth(first, last, 0.62, random)
        # Counts rise one enterprise at a time, not all at once when a share passes one half.
        self._turn = {each.id: random.random() for each in enterprises}
        self._lent = _lent(enterprises, names, first, last, random)
        self._answers = {each.id: [random.uniform(0, 1.06) for _ in _LEDGERS] for each in enterprises}
        sizes = sorted(each.workers for each in enterprises)
        self._large = sizes[-max(2, len(sizes) // 14)]

    def rows(self, index: int, code_of: Callable[[str], str]) -> list[Row]:
        """Enterprises in operation at the end of the month and, for a quarter, those that have closed."""
        return [
            self._row(each, index, code_of(each.area))
            for each in self._enterprises
            if each.opened <= index < each.closed + 3
        ]

    def _row(self, each: Enterprise, index: int, code: str) -> Row:
        branch = self._branches.of(each, index)
        form, name, approved = self._form(each, branch, index)
        level = self._level[index]
        members = max(
            int(each.members * level + self._turn[each.id] * (1 - level)), 3 if form == "sole" else 0
        )
        probationary = int(each.probationary and members > 0 and form != "sole")
        workers = max(round(each.workers * (0.7 + 0.3 * level)), members + 1)
        instructor, liaison, mass = _work(each, branch, index)
        return {
            "enterprise_id": each.id,
            "name": each.name,
            "township_code": code,
            "committee_id": each.committee,
            "is_operating": each.operates(index),
            "is_eligible": workers >= 10 or members >= 3,
            "is_above_scale": each.workers >= self._large,
            "workers": None if each.unknown and each.flags[0] else workers,
            "members_full": None if each.unknown else members - probationary,
            "members_probationary": None if each.unknown else probationary,
            "org_form": form,
            "org_name": name,
            "org_approved_on": approved,
            "has_instructor": instructor,
            "has_liaison": liaison,
            "has_mass_org": mass,
            "longitude": each.place[0] if each.place else None,
            "latitude": each.place[1] if each.place else None,
        } | {
            ledger: answer < self._filled[index]
            for ledger, answer in zip(_LEDGERS, self._answers[each.id], strict=True)
        }

    def _form(self, each: Enterprise, branch: Organisation | None, index: int) -> Form:
        if branch:
            return branch.form, branch.name, branch.approved_on
        if each.worked <= index and each.id in self._lent:
            return self._lent[each.id]
        return "none", None, None


def _lent(
    enterprises: list[Enterprise], names: Mapping[str, str], first: int, last: int, random: Random
) -> dict[str, Form]:
    """Half of those reached without a branch are in a regional one, or have a seconded or a budding one."""
    lent: dict[str, Form] = {}
    for each in enterprises:
        reached = each.closed == NEVER and each.worked <= last < each.covered
        if reached and random.random() < 0.5:
            form = random.choice(("regional", "regional", "seconded", "incubated"))
            start = first - random.randrange(1, 30) if each.worked == ALWAYS else each.worked
            budding = form == "incubated" and random.random() < 0.5
            name = f"{names[each.area]}{_BROAD[form]}（演示）"
            lent[each.id] = (form, name, None if budding else some_day(start, random))
    return lent


def _work(each: Enterprise, branch: Organisation | None, index: int) -> tuple[bool, bool, bool]:
    """Instructor, liaison and mass organisation; without a branch at least one of them, once reached."""
    if each.worked > index:
        return False, False, False
    instructor, liaison, mass = each.flags
    return instructor, liaison or not (branch or instructor or mass), mass
