"""From a file as it was read to its ledgers: kind, sender, rows of the contract, and every finding."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import polars as pl

from data.ledgers import numbers, totals, values
from data.ledgers.findings import Finding, found
from data.ledgers.grid import Book, Place
from data.ledgers.kinds import Kind, Names, registry
from data.ledgers.ledger import Ledger, Reading, Tally
from data.ledgers.page import Page
from data.ledgers.records import records
from data.ledgers.senders import LOCAL, Sender, sender
from data.ledgers.sheets import open_sheets
from data.ledgers.suspects import suspects
from data.ledgers.traces import traces
from data.profile import Profile, plain

# Findings that leave nothing to be read in a sheet.
_HOPELESS = frozenset(["column_missing", "column_twice", "no_rows"])

# A sheet, and who sent its rows.
_Sent = tuple[Page, Sender]


def read_ledgers(book: Book, month: date, profile: Profile) -> Reading:
    """All ledgers of a file. A ledger's rows are there even if some of its cells could not be read."""
    names = Names.of(profile)
    sheets = open_sheets(book, month, names)
    hopeless = {one.place.sheet for one in sheets.findings if one.code in _HOPELESS}
    pages = [page for page in sheets.pages if page.sheet not in hopeless]
    kinds = dict.fromkeys(page.match.kind.name for page in pages)
    findings = [*traces(book, sheets.pages), *sheets.findings]
    ledgers = []
    for name in kinds:
        own = [page for page in pages if page.match.kind.name == name]
        for who, sent in _by_sender(book, own, names):
            ledgers.append(_ledger(book, who, sent, names))
            findings += suspects(own[0], ledgers[-1])
        findings += [finding for page in own for finding in (*page.findings, *totals.compare(page))]
    values.forget()
    return Reading(book.file, book.sha256, tuple(ledgers), tuple(findings), book)


def _by_sender(book: Book, pages: Sequence[Page], names: Names) -> Iterator[tuple[Sender, list[_Sent]]]:
    """Sheets without a township column are of whom their own unit, title or name says: a ledger each."""
    senders = [
        sender(book.file, page.block.header, names, page.sheet if _is_local(page) else None) for page in pages
    ]
    first = next((one for one in senders if one.key), senders[0])
    groups: dict[str, tuple[Sender, list[_Sent]]] = {}
    for page, own in zip(pages, senders, strict=True):
        who = own if own.key and _is_local(page) else first
        groups.setdefault(who.key, (who, []))[1].append((page, own if own.township else who))
        if own.other and _is_local(page):
            both = [names.called(code) for code in (own.township, own.other)]
            place = Place(page.file, page.sheet)
            page.findings.append(found("township_conflict", place, township=both[0], other=both[1]))
    yield from groups.values()


def _is_local(page: Page) -> bool:
    """Whether the rows of a sheet are of the township that sent it, for they name none."""
    return page.match.kind.name in LOCAL and page.match.column("township_code") is None


def _ledger(book: Book, who: Sender, sent: Sequence[_Sent], names: Names) -> Ledger:
    pages = [page for page, _ in sent]
    kind = pages[0].match.kind
    frames, states = [], []
    for page, own in sent:
        frame, state = _rows(page, own, names)
        frames.append(frame)
        states.append(state)
    table = pl.concat(frames, how="diagonal")
    return Ledger(
        kind.name,
        book.file,
        who.key,
        who.unit,
        {kind.table: table},
        {key: place for page in pages for key, place in _places(page).items()},
        pl.concat(states),
        _tally(pages),
        _control_totals(kind, table),
    )


def _rows(page: Page, who: Sender, names: Names) -> tuple[pl.DataFrame, pl.DataFrame]:
    kind = page.match.kind
    none = pl.DataFrame(schema=numbers.STATES)
    if kind.rows == "figures":
        township = who.township if who.key == who.township else None
        if township is None and _is_local(page) and not who.is_county:
            page.findings.append(found("township_missing", Place(page.file, page.sheet)))
        return numbers.figures(page, township)
    if kind.rows == "services":
        return numbers.services(page), none
    if kind.rows == "targets":
        return numbers.targets(page), none
    table = records(page, _given(page, who, names))
    if who.township is not None and who.key == who.township:
        page.findings += _strangers(page, who, table)
    return table, none


def _strangers(page: Page, who: Sender, table: pl.DataFrame) -> Iterator[Finding]:
    """Rows of another township in a township's ledger."""
    column = page.match.column("township_code")
    if column and page.match.kind.name != "tasks":
        others = table.filter(pl.col("township_code") != who.township)["row"].to_list()
        yield from (found("township_other", page.place(row, column), unit=who.unit) for row in others)


def _given(page: Page, who: Sender, names: Names) -> dict[str, str | None]:
    """What a sheet's name or its sender says of all its rows."""
    kind, given = page.match.kind, dict[str, str | None]()
    if kind.name == "enterprises" and not page.match.column("township_code"):
        given["township_code"] = who.township
        if who.township is None:
            page.findings.append(found("township_missing", Place(page.file, page.sheet)))
    texts = [page.sheet or "", *(text for _, _, text in page.block.header.titles)]
    if kind.name == "enterprises" and not page.match.column("committee_id"):
        given["committee_id"] = next(filter(None, map(names.committee, texts)), None)
        if given["committee_id"] is None:
            page.findings.append(found("committee_missing", Place(page.file, page.sheet)))
    if kind.name == "tasks" and not page.match.column("list"):
        given["list"] = _listed(texts)
    return given


def _listed(texts: Iterable[str]) -> str | None:
    words = registry().vocabularies["task_list"]
    for text in texts:
        fitting = [word for word in words if word in plain(text)]
        if fitting:
            return words[max(fitting, key=len)]
    return None


def _places(page: Page) -> dict[tuple[str | None, str], tuple[str, str]]:
    """Where the columns of the contract stand in a sheet."""
    stands = {column.name: (column.letter, column.text) for column in page.match.of("field")}
    if "members_total" in stands:
        stands.setdefault("members_full", stands["members_total"])
    # Columns of numbers under a name of their own each: the same figure may stand in several.
    numbers = page.match.of("indicator", "service", "target")
    stands |= {f"{column.name} {column.letter}": (column.letter, column.text) for column in numbers}
    return {(page.sheet, name): place for name, place in stands.items()}


def _tally(pages: Sequence[Page]) -> Tally:
    left_out: Counter[str] = Counter()
    for page in pages:
        left_out.update(page.block.left_out)
    used = sum(page.block.data.height for page in pages)
    return Tally(used + left_out.total(), used, dict(left_out))


def _control_totals(kind: Kind, table: pl.DataFrame) -> dict[str, float]:
    """Rows, and the sum of each count; of figures and services the sum by what is counted."""
    sums: dict[str, float] = {"rows": table.height}
    if kind.rows == "record":
        counts = [
            name for name in ("workers", "members_full", "members_probationary") if name in table.columns
        ]
        sums |= {name: float(table[name].sum()) for name in counts}
        status = next((name for name in ("status", "is_operating") if name in table.columns), None)
        if status:
            named = table[status].cast(pl.String).value_counts(sort=True).iter_rows()
            sums |= {f"{status}.{value}": count for value, count in named if value is not None}
        return sums
    name, value = {
        "figures": ("indicator_id", "value"),
        "services": ("service_type", "person_times"),
        "targets": ("indicator_id", "value"),
    }[kind.rows]
    summed = table.group_by(name, maintain_order=True).agg(pl.col(value).sum()).iter_rows()
    return sums | {str(one): float(total) for one, total in summed}
