"""Who sent a ledger, and which township its rows are of when the rows do not say."""

from dataclasses import dataclass

from data.ledgers import values
from data.ledgers.header import Header
from data.ledgers.kinds import Names
from data.ledgers.titles import reporting_unit, township_named
from data.profile import plain


@dataclass(frozen=True)
class Sender:
    """`key` is a township's code or the unit's name as compared, `unit` the name to show."""

    key: str
    unit: str
    township: str | None


def sender(file: str, header: Header, names: Names) -> Sender:
    """The reporting unit names the sender, else the title does, else the file's name."""
    unit = reporting_unit(header)
    township = values.name(plain(unit), names.townships, county=names.county) if unit else None
    if township:
        return Sender(township, unit, township)
    texts = [text for _, _, text in header.titles] or [file]
    township = next(filter(None, (township_named(text, names) for text in texts)), None)
    if unit:
        return Sender(plain(unit), unit, township)
    return Sender(township or "", _shown(township, names), township)


def _shown(township: str | None, names: Names) -> str:
    spoken = [name for name, code in names.townships.items() if code == township and name != code]
    return max(spoken, key=len) if township and spoken else ""
