"""Ledgers with an identifier where none may be: a column that is read, a header, a title, a hidden sheet."""

from collections.abc import Callable
from dataclasses import replace

from tests.ledgers import identifiers
from tests.ledgers.bad import Bad, base, put
from tests.ledgers.books import book
from tests.ledgers.sheets import Sheet, Written

_Plant = Callable[[Written], None]
_PLACE = tuple[str | None, int | None, str | None]


def _cell(**cells: str) -> _Plant:
    return lambda written: put(**cells)(written.sheets[0])


def _comment(written: Written) -> None:
    written.sheets[0].comments["C6"] = f"联系{identifiers.MOBILE}"


def _hidden(written: Written) -> None:
    sheet = Sheet("底稿", hidden=True, rows=[["企业名称", "备注"], ["戊舟速递", identifiers.IDENTITY]])
    written.sheets.append(sheet)


def _named(written: Written) -> None:
    written.sheets[0].name = f"名单{identifiers.MOBILE}"


def _below(written: Written) -> None:
    written.sheets[0].rows[8] = [f"填表人:张某 {identifiers.MOBILE}"]


def planted() -> list[Bad]:
    """One ledger for each place, all to be returned with that place."""
    identity, mobile, card = identifiers.IDENTITY, identifiers.MOBILE, identifiers.CARD
    spread = " ".join(mobile).translate(identifiers.WIDE)
    plants: dict[str, tuple[_PLACE, _Plant]] = {
        "读入的列": (("Sheet1", 6, "C"), _cell(C6=f"庚荻配送{identity}")),
        "读入的列_全角": (("Sheet1", 5, "M"), _cell(M5=f"党支部{spread}")),
        "代码列": (("Sheet1", 6, "D"), _cell(D6=identity)),
        "不认识的列": (("Sheet1", 6, "X"), _cell(X3="其他情况", X6=card, X7="无")),
        "表头": (("Sheet1", 3, "W"), _cell(W3=f"备注{mobile}")),
        "标题": (("Sheet1", 1, "A"), _cell(A1=f"柳湾镇企业台账(2026年10月){mobile}")),
        "填报单位": (
            ("Sheet1", 2, "A"),
            _cell(A2=f"填报单位:柳湾镇 联系{mobile[:3]}-{mobile[3:7]}-{mobile[7:]}"),
        ),
        "表尾": (("Sheet1", 9, "A"), _below),
        "批注": (("Sheet1", 6, "C"), _comment),
        "隐藏表": (("底稿", 2, "B"), _hidden),
        "表名": ((None, None, None), _named),
    }
    made = []
    for name, (place, plant) in plants.items():
        written = replace(base("enterprises"), name=f"{name}.xlsx")
        plant(written)
        made.append(Bad(written.name, "returned", place, (), book(written)))
    clean = book(base("enterprises"))
    return [*made, Bad(f"企业台账{mobile}.xlsx", "returned", (None, None, None), (), clean)]
