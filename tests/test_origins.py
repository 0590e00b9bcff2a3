"""Where figures come from, in words: each file and sheet once, with its rows."""

import polars as pl
import pytest

import queries
from pages.shared.i18n import Text
from pages.shared.origins import counted, lines

COLUMNS = ("table_name", "indicator_id", "township_code", "file", "sheet", "entries", "first_row", "last_row")
ROWS = [
    ("enterprises", None, "T1", "甲.xlsx", "快递", 6, 4, 9),
    ("enterprises", None, "T1", "甲.xlsx", "快递", 2, 12, 13),
    ("enterprises", None, "T1", "甲.xlsx", "外卖", 1, 4, 4),
    ("enterprises", None, "T2", "乙.csv", None, 3, None, None),
    ("figures", "members_full", "T1", "丙.xlsx", "Sheet1", 1, 5, 5),
    ("figures", "members_probationary", "T1", "丙.xlsx", "Sheet1", 1, 6, 6),
    ("figures", "workers", "T1", "丁.xlsx", "Sheet1", 1, 7, 7),
    ("figures", "publicity", "T1", "戊.xlsx", "Sheet1", 1, 8, 8),
]
FRAME = pl.DataFrame(ROWS, schema=COLUMNS, orient="row")


def told(indicator: str, lang: str = "zh") -> list[str]:
    return lines(counted(FRAME, [queries.INDICATORS[indicator]]), Text(lang))


def test_each_file_and_sheet_is_told_once_with_its_rows() -> None:
    assert told("org_cov_total") == [
        "甲.xlsx，工作表“快递”，第4—13行，共8条",
        "甲.xlsx，工作表“外卖”，第4行，共1条",
        "乙.csv，共3条",
    ]


def test_english_has_its_own_words() -> None:
    assert told("org_cov_total", "en")[0] == "甲.xlsx, sheet “快递”, rows 4 – 13, 8 entries"


@pytest.mark.parametrize(
    ("indicator", "files"),
    [
        ("members", {"丙.xlsx"}),
        ("member_share", {"丙.xlsx", "丁.xlsx"}),
        ("publicity", {"戊.xlsx"}),
        ("km_median", set()),
    ],
)
def test_of_reported_numbers_only_those_are_told_that_the_figure_is_made_of(
    indicator: str, files: set[str]
) -> None:
    assert {line.split("，")[0] for line in told(indicator)} == files
