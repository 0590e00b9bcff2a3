"""Who sent a ledger, and which township its rows are of when the rows do not say."""

import re
from dataclasses import dataclass

from data.ledgers import values
from data.ledgers.header import Header
from data.ledgers.kinds import Names
from data.ledgers.persons import person_name
from data.ledgers.titles import is_town, lines, of_county, reporting_unit, township_named
from data.profile import plain

# Kinds that a township sends of itself.
LOCAL = frozenset(["enterprises", "people", "care"])
# Offices of a township that report for it.
_OFFICE = re.compile(
    "(?:党建|组织|党政|党群|社会工作|社工|综合)[^、,]{0,4}(?:办公室|办|局|科|站|中心)$|专班$"
)


@dataclass(frozen=True)
class Sender:
    """`key` is a township's code or the unit's name as compared, `unit` the name to show.

    `other` is another township that a title or a name says. `is_county`: something speaks for the county.
    """

    key: str
    unit: str
    township: str | None
    other: str | None = None
    is_county: bool = False


def sender(file: str, header: Header, names: Names, sheet: str | None = None) -> Sender:
    """The reporting unit names the sender, else the title does, else the sheet's or the file's name.

    `sheet`: the sheet's name, where it may say whose the rows are.
    """
    unit = reporting_unit(header)
    own = _named(unit, names) if unit else None
    titles = [text for _, _, text in lines(header)]
    texts = [*titles, sheet or "", file]
    said = list(filter(None, (township_named(text, names) for text in texts)))
    township = own or (said[0] if said else None)
    other = next((one for one in said if one != township), None)
    county = any(of_county(text, names) for text in ([unit] if unit else texts))
    if own:
        return Sender(own, unit, own, other)
    if unit and is_town(unit, names):
        # Not registered: a title may not speak for it.
        return Sender(plain(unit), unit, None)
    if unit and not person_name(unit):
        return Sender(plain(unit), unit, township, other, county)
    return Sender(township or "", names.called(township), township, other, county)


def _named(unit: str, names: Names) -> str | None:
    """The township that a unit is, or of which it is an office."""
    known = values.name(plain(unit), names.townships, county=names.county)
    return known or (township_named(unit, names) if _OFFICE.search(unit) else None)
