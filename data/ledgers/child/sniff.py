"""What a file is by its first bytes, whatever its name says."""

from typing import Literal

from data.ledgers.child.limits import MOST_BYTES, refuse

Kind = Literal["zip", "ole", "text"]

OLE = b"\xd0\xcf\x11\xe0"
_PICTURES_AND_OTHERS = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"),
    *(b"\xfd7zXZ", b"\x7fELF", b"PK\x05\x06", b"SQLite format"),
)
_PAGES = (
    *(b"<!doctype html", b"<html", b"<head", b"<meta", b"<style", b"<title", b"<body", b"<table", b"<div"),
    *(b"<script", b"<center", b"<!--", b"mime-version:"),
)
# Control characters have no place in text; a few slip in by copying, many mean that it is none.
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\0")) + b"\x7f"
_FEW = 20


def kind_of(content: bytes) -> Kind:
    """`zip` (.xlsx), `ole` (.xls, .et or a protected workbook) or `text` (.csv); `Refused` if none."""
    if len(content) > MOST_BYTES:
        refuse("file_too_large")
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        refuse("ledger_empty")
    if content.startswith(b"PK\x03\x04"):
        return "zip"
    if content.startswith(OLE):
        return "ole"
    # Two-byte text shows its letters once the zeros are out.
    start = content[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(_PAGES):
        refuse("file_web_page")
    if start.startswith(b"<?xml"):
        refuse("file_web_page" if b"<html" in start else "file_format")
    if content.startswith(_PICTURES_AND_OTHERS) or _binary(content):
        refuse("file_not_table")
    return "text"


def _binary(content: bytes) -> bool:
    controls = len(content) - len(content.translate(None, _CONTROLS))
    return controls > _FEW and controls * 100 > len(content)
