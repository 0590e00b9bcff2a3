"""Bad ledgers of October, one defect each: which file, how it must be judged, where, what must be named."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

from xlsxwriter.utility import xl_cell_to_rowcol

from tests.ledgers import broken, identifiers
from tests.ledgers.books import book
from tests.ledgers.sheets import Formula, Sheet, Value, Written, read, value

HERE = Path(__file__).parent


Verdict = Literal["returned", "confirm"]


@dataclass(frozen=True)
class Bad:
    """One bad file. `place` is sheet, row and column as far as they apply; `words` stand in its finding."""

    file: str
    verdict: Verdict
    place: tuple[str | None, int | None, str | None]
    words: tuple[str, ...]
    content: bytes


Change = Callable[[Sheet], None]
Cells = Mapping[int, Value]


def base(kind: str) -> Written:
    """A clean ledger of October to spoil."""
    return read(HERE / "base" / f"{kind}.txt")


def spoiled(kind: str, change: Change, form: str = "xlsx") -> bytes:
    """The clean ledger of that kind with a change, as a file."""
    written = replace(base(kind), form=form)
    change(written.sheets[0])
    return book(written)


def put(**cells: Value) -> Change:
    """Cells set by their names; a text is taken as it is, `None` empties."""

    def change(sheet: Sheet) -> None:
        for name, one in cells.items():
            row, column = xl_cell_to_rowcol(name)
            sheet.rows[row] += [None] * (column + 1 - len(sheet.rows[row]))
            sheet.rows[row][column] = one

    return change


def _column(at: int | None, cells: Cells) -> Change:
    """A column put in at that place (None: after the header's last), by spreadsheet row."""

    def change(sheet: Sheet) -> None:
        place = max(len(row) for row in sheet.rows) if at is None else at
        for number, row in enumerate(sheet.rows, start=1):
            if number in cells or (at is not None and len(row) > at):
                row += [None] * (place - len(row))
                row.insert(place, cells.get(number))

    return change


def _both(*changes: Change) -> Change:
    def change(sheet: Sheet) -> None:
        for one in changes:
            one(sheet)

    return change


def _without_column(place: int) -> Change:
    def change(sheet: Sheet) -> None:
        for row in sheet.rows:
            del row[place : place + 1]

    return change


def _second_table(sheet: Sheet) -> None:
    lines = ["", "附:上年同期", "驿站编号|驿站名称|服务类别|服务人次", "NX-YZ-001|东塘甲禾融合式驿站|充电|9"]
    sheet.rows[8:] = [[value(cell) for cell in line.split("|")] for line in lines]


def _no_rows(sheet: Sheet) -> None:
    del sheet.rows[2:6]


def _total(sheet: Sheet) -> None:
    sheet.rows[7] = ["合计", None, None, 1189.0]


# File, kind of ledger, cell (or row alone, or neither), words that must be named, what is spoiled.
_Line = tuple[str, str, str, str, Change]


def _returned() -> list[_Line]:
    again: Cells = {2: "正式党员"} | {row: float(row) for row in range(3, 8)}
    return [
        ("01_缺少必需列.xlsx", "enterprises", "", "从业人员数", _without_column(8)),
        ("02_列名重复.xlsx", "people", "", "正式党员", _column(None, again)),
        ("03_一页两表.xlsx", "stations", "A11", "第二张表", _second_table),
        ("04_只有表头.xlsx", "tasks", "2", "没有数据", _no_rows),
        ("06_错月份.xlsx", "people", "A1", "2026年8月", put(A1="暖溪县人员与党员统计表(2026年8月)")),
        ("07_未知镇街.xlsx", "enterprises", "B6", "望海镇", put(B6="望海镇")),
        ("08_已撤并镇街.xlsx", "people", "B6", "望河镇;2026-06-30;柳湾镇", put(B6="望河镇")),
        ("09_重复主键.xlsx", "enterprises", "D6", "91990101F24538323A", put(D6="91990101F24538323A")),
        ("10_重复诉求编号.xlsx", "grievances", "B6", "NX202610010090", put(B6="NX202610010090")),
        ("11_信用代码科学计数.xlsx", "enterprises", "D6", "统一社会信用代码;精度", put(D6=9.19901e17)),
        ("13_服务未知站点.xlsx", "services", "B6", "NX-YZ-999", put(B6="NX-YZ-999")),
        ("14_未知诉求类别.xlsx", "grievances", "F6", "宠物管理", put(F6="宠物管理")),
        ("15_未知指标目标.xlsx", "targets", "C6", "幸福指数", put(C6="幸福指数")),
        ("16_党员多于从业人员.xlsx", "enterprises", "J6", "正式党员;9;4", put(I6=4.0, J6=9.0, K6=0.0)),
        ("17_数量填百分比.xlsx", "people", "E6", "正式党员;12%", put(E6="12%")),
        ("18_负数.xlsx", "services", "E6", "服务人次;-15", put(E6=-15.0)),
        ("19_数字列写文字.xlsx", "people", "D6", "从业人员(人);若干", put(D6="若干")),
        ("20_区间数.xlsx", "care", "C6", "培训人次;10-20", put(C6="10-20人")),
        ("21_小数人数.xlsx", "people", "K6", "入党积极分子(人);2.5", put(K6=2.5)),
        ("22_完成率过大.xlsx", "tasks", "J6", "完成进度;350", put(J6="350%")),
        ("23_目标率过大.xlsx", "targets", "D3", "4500%", put(D3="4500%")),
        ("26_预备党员多于从业人员.xlsx", "people", "F6", "预备党员;5", put(D6=5.0, E6=3.0, F6=4.0)),
        ("27_日期歧义.xlsx", "enterprises", "N6", "批复时间;2024.1", put(N6=2024.1)),
        ("28_办结早于受理.xlsx", "grievances", "J4", "办结时间;NX202610030091", put(J4="2026-09-22")),
        ("29_未来日期.xlsx", "grievances", "C6", "2027-12-05", put(C6="2027-12-05")),
        ("30_办结无日期.xlsx", "grievances", "J5", "办结时间;NX202610050092", put(J5=None)),
        ("31_不存在的日期.xlsx", "stations", "G7", "2026年2月30日", put(G7="2026年2月30日")),
        ("32_停用早于启用.xlsx", "stations", "H7", "NX-YZ-006", put(G7="2025-03-01", H7="2024-12-15")),
        ("44_公式错误值.xlsx", "people", "D6", "从业人员(人);#REF!", put(D6=Formula("=#REF!+1", "#REF!"))),
        ("45_公式无缓存值.xlsx", "people", "D6", "从业人员(人)", put(D6=Formula("=100+20", None))),
    ]


def _confirmed() -> list[_Line]:
    mobile = identifiers.MOBILE
    spaced = f"联系{mobile[:3]} {mobile[3:7]} {mobile[7:]}"
    wide = identifiers.SECOND_MOBILE.translate(identifiers.WIDE)
    phones: Cells = {3: "联系电话"} | dict[int, Value](enumerate(identifiers.PHONES, start=4))
    contacts: Cells = dict.fromkeys(range(4, 8), "张某") | {3: "联系人"}
    numbers: Cells = {3: "证件号码"} | dict[int, Value](enumerate(identifiers.ROUNDED, start=4))
    names: Cells = {2: "姓名"} | dict.fromkeys(range(3, 8), "张某")
    hostile = "<img src=x onerror=alert(1)>快递有限公司"
    return [
        ("12_信用代码校验错.xlsx", "enterprises", "D6", "统一社会信用代码", put(D6="91990101N405622410")),
        ("24_合计不符.xlsx", "people", "D8", "1189;1152", _total),
        ("25_累计数回退.xlsx", "care", "K6", "政策宣传(1月起累计,次);716;800", put(K6=716.0)),
        ("33_任务无时限.xlsx", "tasks", "G6", "B03", put(G6=None)),
        ("34_备注含身份证号.xlsx", "enterprises", "W6", "备注", put(W6=f"证件{identifiers.IDENTITY}已核")),
        ("35_身份证列为数字.xlsx", "enterprises", "X4", "证件号码", _column(None, numbers)),
        ("36_手机号带空格.xlsx", "enterprises", "W6", "备注", put(W6=spaced, W7=wide)),
        ("37_银行卡号.xlsx", "grievances", "P6", "诉求内容", put(P6=f"请将补助汇入{identifiers.CARD}")),
        (
            *("38_联系人与电话列.xlsx", "enterprises", "F4", "联系人;联系电话"),
            _both(_column(5, phones), _column(5, contacts)),
        ),
        ("39_姓名列.xlsx", "people", "L3", "姓名", _column(None, names)),
        ("40_公式注入.xlsx", "enterprises", "C6", "企业名称", put(C6="=cmd|'/c calc'!A1")),
        ("41_脚本注入.xlsx", "enterprises", "C6", "企业名称", put(C6=hostile)),
        ("42_SQL注入.xlsx", "stations", "C7", "驿站名称", put(C7="一号驿站'); DROP TABLE stations;--")),
    ]


@cache
def bad() -> tuple[Bad, ...]:
    """All 53, in the order of their numbers."""
    made = [_bad("returned", line) for line in _returned()] + [_bad("confirm", line) for line in _confirmed()]
    return tuple(sorted([*made, *_files()], key=lambda one: one.file))


def _bad(verdict: Verdict, line: _Line) -> Bad:
    file, kind, cell, words, change = line
    column, row = cell.rstrip("0123456789"), cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    place = ("Sheet1", int(row) if row else None, column or None)
    return Bad(file, verdict, place, tuple(words.split(";")), spoiled(kind, change))


def _files() -> Iterator[Bad]:
    """Those where the file itself is wrong."""
    nowhere = (None, None, None)
    garbled = spoiled("grievances", put(I6="县住\x1b[31m\x07建局"), "csv utf-8-sig")
    rows = book(replace(base("grievances"), form="csv utf-8")).splitlines(keepends=True)[1:7]
    stations, people = book(base("stations")), book(base("people"))
    corners = ("Sheet1", 1048576, "XFD")
    yield Bad("05_空文件.csv", "returned", nowhere, ("空文件",), b"")
    yield Bad("43_控制字符.csv", "confirm", (None, 6, "I"), ("承办单位",), garbled)
    yield Bad(
        "46_网页冒充表格.xls", "returned", nowhere, ("网页",), broken.page(base("grievances").sheets[0])
    )
    yield Bad("47_加密文件.xlsx", "returned", nowhere, ("密码",), broken.encrypted(stations))
    yield Bad("48_截断文件.xlsx", "returned", nowhere, ("损坏",), stations[: len(stations) // 2])
    yield Bad("49_解压炸弹.xlsx", "returned", nowhere, ("过大",), broken.bomb(people))
    yield Bad("50_两角单元格.xlsx", "returned", corners, ("超出范围",), broken.corners(people))
    yield Bad("51_五万空白格式行.xlsx", "confirm", ("Sheet1", None, None), (), broken.padded(people, 50_000))
    yield Bad("52_混合编码.csv", "returned", (None, 5, None), ("编码",), broken.two_encodings(rows, 4))
    yield Bad("53_图片冒充表格.xlsx", "returned", nowhere, ("不是表格",), broken.picture())


def odd() -> list[Bad]:
    """More that must go back, beyond the 53."""
    lines: list[_Line] = [
        ("日期缺年.xlsx", "enterprises", "N6", "批复时间", put(N6="5月10日")),
        ("两个日期.xlsx", "enterprises", "N6", "批复时间", put(N6="2024.5.10-5.12")),
        ("只有上限.xlsx", "people", "D6", "从业人员(人)", put(D6="50人以下")),
        ("只有合计.xlsx", "tasks", "2", "没有数据", _only_totals),
        ("未知行业党委.xlsx", "enterprises", "E6", "宠物行业", put(E6="宠物行业")),
        ("未知组建形式.xlsx", "enterprises", "L6", "自发组建", put(L6="自发组建")),
        (
            "不知谁报的.xlsx",
            "enterprises",
            "",
            "镇街",
            _both(_without_column(1), put(A1="企业台账", A2=None)),
        ),
        ("人员表缺镇街.xlsx", "people", "B6", "镇街", put(B6=None)),
        ("月报缺镇街.xlsx", "care", "B6", "镇街", put(B6=None)),
        ("目标缺镇街.xlsx", "targets", "B6", "镇街", put(B6=None)),
        ("诉求撤并后受理.xlsx", "grievances", "D6", "望河镇;柳湾镇", put(D6="望河镇")),
    ]
    return [_bad("returned", line) for line in lines]


def _only_totals(sheet: Sheet) -> None:
    sheet.rows[2:6] = [["合计", "4条"]]
