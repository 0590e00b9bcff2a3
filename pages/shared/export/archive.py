"""Office files that are the same bytes whenever their content is the same."""

import io
import re
import zipfile
from datetime import datetime

# The earliest moment a zip can hold: it stands where nobody gave a date.
EARLIEST = datetime(1980, 1, 1)

_CONTENT_TYPES = "[Content_Types].xml"
_PROPERTIES = "docProps/core.xml"
_WORKBOOK = re.compile(r"(^|/)embeddings/[^/]+\.xlsx$")
_MOMENT = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:\2>)")
_LEVEL = 6
_UNIX = 3


def settled(data: bytes, moment: datetime = EARLIEST) -> bytes:
    """Return the Office file (PPTX, DOCX, XLSX) with nothing in it of when and where it was written.

    Parts keep their order, [Content_Types].xml first; dates inside the zip are fixed, `created` and
    `modified` of the properties are `moment` (taken as it stands, no time zone); workbooks embedded for
    charts are settled too.
    Raises zipfile.BadZipFile when `data` is no zip.
    """
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(source.namelist(), key=lambda name: name != _CONTENT_TYPES):
            target.writestr(_entry(name), _content(name, source.read(name), moment), compresslevel=_LEVEL)
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EARLIEST.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    # Windows and Linux would each write their own mark here.
    entry.create_system = _UNIX
    entry.external_attr = 0o600 << 16
    return entry


def _content(name: str, content: bytes, moment: datetime) -> bytes:
    if _WORKBOOK.search(name):
        return settled(content, moment)
    if name == _PROPERTIES:
        stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode("ascii")
        return _MOMENT.sub(lambda found: found[1] + stamp + found[3], content)
    return content
