"""The parts of an .xlsx beside its values: sheets, relations, number formats, comments."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from data.ledgers.child.facts import Facts, is_percent, mark_missing, number_of
from data.ledgers.child.limits import refuse
from data.ledgers.child.package import Package, plain
from data.ledgers.child.xlsx_sheet import scan_rows

_BOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"
# Parts that a parser of values opens besides the sheets.
_PARSED = re.compile(r"xl/[^/]+\.xml|\[content_types\]\.xml")
_PERCENT_FORMATS = {"9", "10"}
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


@dataclass(frozen=True)
class _Relation:
    kind: str
    target: str


def scan(content: bytes) -> list[Facts | None]:
    """What each sheet holds beside its values, in order, None for a chart; `Refused` if hostile."""
    package = Package(content)
    relations = {name: _relations(package, name) for name in package.parts if name.endswith(".rels")}
    book = package.tree(_BOOK)
    own = relations.get("xl/_rels/workbook.xml.rels", {})
    percent = _percent_styles(package)
    sheets: list[Facts | None] = []
    for sheet in (one for one in book.iter() if plain(one.tag) == "sheet"):
        attributes = {plain(name): value for name, value in sheet.attrib.items()}
        relation = own.get(attributes.get("id", ""))
        if relation is None or relation.target not in package.unread():
            # It is not there, or listed as another sheet already.
            refuse("file_damaged")
        if relation.kind == "xlMacrosheet":
            refuse("file_macro")
        facts = Facts(attributes.get("name", ""), attributes.get("state", "visible") == "visible")
        if relation.kind == "worksheet":
            scan_rows(package.xml(relation.target), facts, percent)
            beside = relations.get(_relations_of(relation.target), {}).values()
            facts.comments = [one for part in beside for one in _comments(package, part)]
        sheets.append(facts if relation.kind == "worksheet" else None)
    for name in package.unread():
        # What nothing parses is counted only.
        for _ in package.xml(name) if _PARSED.fullmatch(name) else package.pieces(name):
            pass
    mark_missing([sheet for sheet in sheets if sheet], asked=_asks_to_calculate(book))
    return sheets


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def _relations(package: Package, name: str) -> dict[str, _Relation]:
    """Id -> relation of one .rels part; a link to the outside other than a hyperlink is refused."""
    folder = posixpath.dirname(posixpath.dirname(name))
    found = {}
    for one in package.tree(name):
        kind = one.get("Type", "").rpartition("/")[2]
        if one.get("TargetMode") == "External":
            if kind != "hyperlink":
                refuse("file_links")
            continue
        target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))
        found[one.get("Id", "")] = _Relation(kind, target.lstrip("/").lower())
    return found


def _percent_styles(package: Package) -> frozenset[str]:
    """Numbers of the cell styles that show a percentage."""
    if _STYLES not in package.parts:
        return frozenset()
    styles = package.tree(_STYLES)
    own = [(one.get("numFmtId"), one.get("formatCode", "")) for one in _named(styles, "numFmt")]
    shown = _PERCENT_FORMATS | {number for number, code in own if is_percent(code)}
    cells = (xf for group in _named(styles, "cellXfs") for xf in _named(group, "xf"))
    return frozenset(str(place) for place, xf in enumerate(cells) if xf.get("numFmtId") in shown)


def _named(element: Element, name: str) -> Iterator[Element]:
    return (one for one in element.iter() if plain(one.tag) == name)


def _comments(package: Package, part: _Relation) -> Iterator[tuple[int, int, str]]:
    """Notes and threaded comments: row, column, text."""
    if part.kind not in ("comments", "threadedComment") or part.target not in package.parts:
        return
    for one in package.tree(part.target).iter():
        found = _PLACE.fullmatch(one.get("ref", ""))
        if plain(one.tag) in ("comment", "threadedComment") and found:
            # A note has its text in runs, a threaded comment in one element.
            texts = (part.text or "" for part in one.iter() if plain(part.tag) in ("t", "text"))
            yield int(found[2]), number_of(found[1]), "".join(texts)


def _asks_to_calculate(book: Element) -> bool:
    return any(one.get("fullCalcOnLoad") in ("1", "true") for one in _named(book, "calcPr"))
