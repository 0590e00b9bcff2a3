"""Office files are the same bytes whenever their content is the same."""

import io
import re
import zipfile
from datetime import datetime

import xlsxwriter
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from pages.shared.export.archive import settled

MOMENT = datetime(2026, 11, 5, 9, 30, 12)


def workbook(created: datetime) -> bytes:
    """A workbook made at another moment."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": created})
    book.add_worksheet().write_number(0, 0, 1.5)
    book.close()
    return out.getvalue()


def slides(created: datetime) -> bytes:
    """Slides with a chart; the workbook inside it and the file are of another moment."""
    show = Presentation()
    data = CategoryChartData()
    data.categories = ["a"]
    data.add_series("b", [1])
    frame = show.slides.add_slide(show.slide_layouts[6]).shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED, 0, 0, Inches(4), Inches(3), data
    )
    frame.chart.part.chart_workbook.update_from_xlsx_blob(workbook(created))
    show.core_properties.created = created
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def test_a_file_made_twice_is_the_same_bytes_and_its_content_survives() -> None:
    """Moments go, from the zip, the properties and the workbook of a chart; all else stays as it was."""
    early, late = slides(datetime(2026, 1, 1)), slides(datetime(2026, 2, 2))
    assert early != late
    once = settled(early, MOMENT)
    assert once == settled(late, MOMENT) == settled(once, MOMENT)
    with zipfile.ZipFile(io.BytesIO(early)) as before, zipfile.ZipFile(io.BytesIO(once)) as after:
        assert after.namelist()[0] == "[Content_Types].xml"
        assert sorted(after.namelist()) == sorted(before.namelist())
        assert {entry.date_time for entry in after.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        same = [name for name in after.namelist() if not re.search(r"core\.xml|\.xlsx$", name)]
        assert all(after.read(name) == before.read(name) for name in same)
        assert b"2026-11-05T09:30:12Z" in after.read("docProps/core.xml")
        [inner] = [name for name in after.namelist() if name.endswith(".xlsx")]
        assert after.read(inner) == settled(workbook(datetime(2026, 3, 3)), MOMENT)
    assert settled(workbook(datetime(2026, 1, 1))) == settled(workbook(datetime(2026, 2, 2)))
    assert settled(workbook(MOMENT)) != settled(workbook(MOMENT), MOMENT)
