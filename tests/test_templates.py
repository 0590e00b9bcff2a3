"""Clean templates: what they offer, how they explain themselves, and that filled in they read as meant."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from data.__main__ import app
from data.ledgers.forms import texts
from data.ledgers.grid import letter
from data.ledgers.kinds import registry
from data.ledgers.ledger import Reading
from data.ledgers.reader import read_bytes
from data.ledgers.reading import read_ledgers
from data.ledgers.templates import write_templates
from data.profile import Profile, load_profile

PROFILES = Path(__file__).resolve().parents[1] / "data" / "profiles"
MONTH, TODAY = date(2026, 10, 1), date(2026, 10, 20)
KINDS = registry().kinds
Value = str | float
each_profile = pytest.mark.parametrize("name", ["demo", "longhua", "zhangjiagang"])
each_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(scope="module")
def county() -> Profile:
    return load_profile(PROFILES / "zhangjiagang")


@pytest.fixture(scope="module")
def written(county: Profile, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    paths = write_templates(tmp_path_factory.mktemp("templates"), county, "zh", month=MONTH, today=TODAY)
    return dict(zip(KINDS, paths, strict=True))


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def rows(content: bytes, sheet: int | str) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    found = book.get_sheet_by_index(sheet) if isinstance(sheet, int) else book.get_sheet_by_name(sheet)
    return found.to_python(skip_empty_area=False)


def text_of(content: bytes, sheet: str) -> str:
    return "\n".join(str(cell) for row in rows(content, sheet) for cell in row if cell != "")


def heads(content: bytes, sheet: int = 0) -> list[str]:
    return [str(cell).replace("\n", "") for cell in rows(content, sheet)[2]]


def filled(path: Path, cells: Mapping[str, Value], sheet: int = 1) -> bytes:
    """The template with these cells of one of its sheets filled in, as a spreadsheet would save it."""
    every = parts(path.read_bytes())
    name = f"xl/worksheets/sheet{sheet}.xml"
    for place, value in cells.items():
        inside = f"<v>{value}</v>" if not isinstance(value, str) else f"<is><t>{escape(value)}</t></is>"
        kind = "" if not isinstance(value, str) else ' t="inlineStr"'
        pattern = rf'<c r="{place}"( s="\d+")?( t="\w+")?(/>|>.*?</c>)'
        every[name], count = re.subn(pattern, rf'<c r="{place}"\1{kind}>{inside}</c>', every[name], count=1)
        assert count == 1, place
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in every.items():
            archive.writestr(part, text)
    return target.getvalue()


def by_heads(path: Path, lines: list[dict[str, Value]], sheet: int = 1) -> bytes:
    """The template with rows below its header, each cell named by its header."""
    places = {
        head.split("（")[0]: letter(at + 1) for at, head in enumerate(heads(path.read_bytes(), sheet - 1))
    }
    cells = {
        f"{places[head]}{row}": value for row, line in enumerate(lines, 4) for head, value in line.items()
    }
    return filled(path, cells, sheet)


def read(path: Path, content: bytes, county: Profile) -> Reading:
    return read_ledgers(read_bytes(path.name, content), MONTH, county)


def told(reading: Reading) -> list[str]:
    """What a person would be told, without what is only noted."""
    return [one.text("zh") for one in reading.findings if one.severity != "note"]


def test_there_is_one_template_of_each_kind_named_after_it(written: dict[str, Path]) -> None:
    assert [path.name for path in written.values()] == [
        f"{one.title}2026年10月.xlsx" for one in KINDS.values()
    ]


@each_profile
def test_every_shipped_profile_gives_templates(name: str, tmp_path: Path) -> None:
    profile = load_profile(PROFILES / name)
    paths = write_templates(tmp_path / "new", profile, "zh", month=MONTH, today=TODAY)
    assert len(paths) == len(KINDS)
    for path in paths:
        assert str(profile.settings["county"]) in str(rows(path.read_bytes(), 0)[0][0])
        assert not re.search(r"[{}]", text_of(path.read_bytes(), "填报说明"))


@each_kind
def test_headers_are_known_to_the_reader_and_complete(
    kind: str, written: dict[str, Path], county: Profile
) -> None:
    content = written[kind].read_bytes()
    reading = read(written[kind], content, county)
    assert {one.code for one in reading.findings if one.severity != "note"} <= {"no_rows"}
    wanted = {one.label for one in KINDS[kind].fields if one.template} - (
        {"服务类别", "服务人次"} if kind == "services" else set()
    )
    assert wanted <= set(heads(content))


@each_kind
def test_only_required_columns_stand_out(kind: str, written: dict[str, Path]) -> None:
    every = parts(written[kind].read_bytes())
    styles = dict(re.findall(r'<c r="([A-Z]+)3" s="(\d+)"', every["xl/worksheets/sheet1.xml"]))
    shown = {
        head
        for head, style in zip(heads(written[kind].read_bytes()), styles.values(), strict=True)
        if style != styles["A"]
    }
    must = {one.label for one in KINDS[kind].fields if one.required and one.type != "count" and one.template}
    assert shown == must | ({"所在镇街"} if kind == "enterprises" else set())


@each_kind
def test_sheets_are_ready_to_print_and_keep_their_header_in_sight(
    kind: str, written: dict[str, Path]
) -> None:
    every = parts(written[kind].read_bytes())
    sheet = every["xl/worksheets/sheet1.xml"]
    setup = re.search(r"<pageSetup ([^>]*)/>", sheet)
    assert setup
    assert {'paperSize="9"', 'orientation="landscape"', 'fitToHeight="0"'} <= set(setup.group(1).split())
    assert re.search(r'<pane [^>]*topLeftCell="[A-Z]+4"[^>]*state="frozen"', sheet)
    assert "$1:$3</definedName>" in every["xl/workbook.xml"]


def lists(content: bytes) -> dict[str, list[str]]:
    """Name of a list -> what it offers, by the ranges that the workbook defines."""
    sheet = rows(content, "选项")
    found = {}
    for name, column, last in re.findall(
        r'<definedName name="([^"]+)">选项!\$([A-Z])\$2:\$[A-Z]\$(\d+)<', parts(content)["xl/workbook.xml"]
    ):
        place = ord(column) - ord("A")
        found[name] = [str(row[place]) for row in sheet[1 : int(last)]]
    return found


@each_kind
def test_every_list_that_a_column_draws_on_is_there(kind: str, written: dict[str, Path]) -> None:
    content = written[kind].read_bytes()
    used = re.findall(r'type="list"[^>]*>?<formula1>([^<]+)<', parts(content)["xl/worksheets/sheet1.xml"])
    if kind == "services":
        assert "选项" not in CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
        return
    assert used
    assert set(used) <= set(lists(content))
    assert all(choices and all(choices) for choices in lists(content).values())


def test_lists_are_those_of_the_profile(written: dict[str, Path], county: Profile) -> None:
    offered = lists(written["grievances"].read_bytes())
    assert offered["诉求类别名称"] == county.frames["classes"]["class_name"].to_list()
    assert offered["行业党委名称"] == county.frames["committees"]["committee"].to_list()
    assert offered["镇街"][0] == "金港街道"
    assert "金港镇" not in offered["镇街"]
    assert lists(written["targets"].read_bytes())["镇街和全域"][-1] == "全市"
    assert lists(written["enterprises"].read_bytes())["填报单位"][0] == "填报单位：金港街道"


def test_every_word_that_is_offered_is_one_the_reader_knows(written: dict[str, Path]) -> None:
    for kind, path in written.items():
        offered = lists(path.read_bytes()) if kind != "services" else {}
        for one in KINDS[kind].fields:
            if one.type == "word" and one.label in offered:
                assert set(offered[one.label]) <= set(one.vocabulary)
                left = set(one.vocabulary.values()) - {one.vocabulary[word] for word in offered[one.label]}
                assert left <= {"一般", "非常满意", ""}


def test_townships_are_those_valid_in_the_month(tmp_path: Path) -> None:
    profile = load_profile(PROFILES / "demo")
    offered = {}
    for month in (date(2026, 6, 1), date(2026, 7, 1)):
        path = write_templates(tmp_path, profile, "zh", month=month, today=TODAY)[0]
        offered[month.month] = lists(path.read_bytes())["镇街"]
    assert set(offered[6]) - set(offered[7]) == {"双桥乡"}


@each_kind
def test_the_explanation_says_who_by_when_what_blank_means_and_what_never(
    kind: str, written: dict[str, Path]
) -> None:
    content = written[kind].read_bytes()
    said = text_of(content, "填报说明")
    for part in (
        "2026-11-03 前报送",
        "按未报计",
        "不得填写姓名、身份证号、电话",
        "全市" if kind != "enterprises" else "各镇街",
    ):
        assert part in said
    columns = [row[1] for row in rows(content, "填报说明") if re.fullmatch(r"[A-Z]", str(row[0]))]
    assert columns[: len(heads(content)) - 1] == heads(content)[1:]


def test_each_column_has_words_of_advice(written: dict[str, Path]) -> None:
    for path in written.values():
        sheet = parts(path.read_bytes())["xl/worksheets/sheet1.xml"]
        advised = re.findall(r'<dataValidation [^>]*promptTitle="([^"]+)"', sheet)
        assert set(heads(path.read_bytes())[1:]) <= set(advised)


def test_explanations_come_in_english_too(county: Profile, tmp_path: Path) -> None:
    path = write_templates(tmp_path, county, "en", month=MONTH, today=TODAY)[0]
    said = text_of(path.read_bytes(), "填报说明")
    assert "How to fill in: Enterprise ledger" in said
    assert "due by 2026-11-03" in said


def test_without_a_month_the_title_leaves_room_for_it(county: Profile, tmp_path: Path) -> None:
    path = write_templates(tmp_path, county, "zh", today=TODAY)[0]
    assert path.name == "企业台账.xlsx"
    assert "（　　　　年　　月）" in str(rows(path.read_bytes(), 0)[0][0])
    assert "每月 3 日前报送上月数据" in text_of(path.read_bytes(), "填报说明")


def line(text: str) -> dict[str, Value]:
    """A row as words: header=value, #12 a number."""
    pairs = (part.partition("=")[::2] for part in text.split())
    return {head: float(value[1:]) if value.startswith("#") else value for head, value in pairs}


def got(reading: Reading, table: str, columns: str) -> list[tuple[object, ...]]:
    """The rows of all ledgers of a file that nothing is said against."""
    assert told(reading) == []
    return [row for one in reading.ledgers for row in one.frames[table].select(columns.split()).rows()]


def test_an_enterprise_ledger_of_one_township(written: dict[str, Path], county: Profile) -> None:
    full = line(
        "所在镇街=杨舍镇 企业名称=甲澄速递有限公司 统一社会信用代码=91320582B71599583M "
        "所属行业党委=快递行业党委 是否实体运营=是 是否符合组建条件=是 从业人员数=#134 正式党员数=#3 "
        "预备党员数=无 党组织组建形式=单独组建 党组织名称=甲澄党支部 批准成立日期=#44330 "
        "是否有党建指导员=有 是否有联络员=无 是否建立群团组织=有 经营运行清=否 "
        "经度=#120.63957 纬度=#31.889429"
    )
    short = line(
        "所在镇街=杨舍镇 企业名称=乙川物流部 统一社会信用代码=暂无 是否实体运营=否 党组织组建形式=未建 "
        "从业人员数=#0"
    )
    path = written["enterprises"]
    copy = path.with_name("unit.xlsx")
    copy.write_bytes(by_heads(path, [full, short]))
    reading = read(path, filled(copy, {"A2": "填报单位：杨舍镇"}), county)
    columns = (
        "enterprise_id township_code committee_id is_operating is_above_scale workers members_probationary"
    )
    assert got(reading, "enterprises", columns) == [
        ("91320582B71599583M", "320582100", "C01", True, None, 134, 0),
        (None, "320582100", None, False, None, 0, None),
    ]
    assert got(reading, "enterprises", "longitude latitude") == [(120.63957, 31.889429), (None, None)]
    columns = "org_form org_approved_on has_instructor has_liaison ledger_operations row"
    assert got(reading, "enterprises", columns)[0] == ("sole", date(2021, 5, 14), True, False, False, 4)
    (ledger,) = reading.ledgers
    assert (ledger.sender, ledger.unit, ledger.tally.used) == ("320582100", "杨舍镇", 2)


def test_people_of_each_township_and_committee(written: dict[str, Path], county: Profile) -> None:
    path = written["people"]
    lines = [line("从业人员=#427 正式党员=#19 预备党员=无 流入流动党员=—"), line("从业人员=#0")]
    reading = read(path, by_heads(path, lines), county)
    assert got(reading, "figures", "indicator_id township_code committee_id value row column") == [
        ("workers", "320582001", "C01", 427.0, 4, "D"),
        ("members_full", "320582001", "C01", 19.0, 4, "E"),
        ("members_probationary", "320582001", "C01", 0.0, 4, "F"),
        ("workers", "320582001", "C02", 0.0, 5, "D"),
    ]
    states = dict(reading.ledgers[0].states["state"].value_counts().iter_rows())
    assert states == {"value": 2, "zero": 2, "not_applicable": 1, "not_reported": 15 * 4 * 8 - 5}


def test_stations_and_their_services(written: dict[str, Path], county: Profile) -> None:
    station = line(
        "驿站编号=ZJG-YZ-001 驿站名称=金港驿站 所在镇街=金港街道 驿站类型=融合式驿站 启用时间=#45641 "
        "停用时间=— 经度=#120.63957 纬度=#31.889429 空调/风扇=有 药箱=无"
    )
    reading = read(written["stations"], by_heads(written["stations"], [station]), county)
    columns = "station_id township_code opened_on closed_on longitude kit_cooling kit_water kit_medicine"
    assert got(reading, "stations", columns) == [
        ("ZJG-YZ-001", "320582001", date(2024, 12, 15), None, 120.63957, True, None, False)
    ]
    services = line("驿站编号=ZJG-YZ-001 驿站名称=金港驿站 充电=#12 饮水=#0 就餐=— 歇脚=无")
    reading = read(written["services"], by_heads(written["services"], [services]), county)
    assert got(reading, "station_services", "service_type person_times") == [
        *(("充电", 12), ("饮水", 0), ("歇脚", 0))
    ]


def test_grievances(written: dict[str, Path], county: Profile) -> None:
    closed = line(
        "工单编号=ZJG202610010001 受理时间=#46296.4 属地=杨舍镇 行业=快递行业党委 诉求类别=停车困难 "
        "诉求类型=求助 来源渠道=12345热线 承办单位=市公安局 办结时间=#46300 办理状态=办结 是否解决=是 "
        "满意度=未评价 评价来源=群众回访 是否重办=否"
    )
    still = line("工单编号=ZJG202610020001 受理时间=2026-10-02 诉求类别=其他 办理状态=在办")
    reading = read(written["grievances"], by_heads(written["grievances"], [closed, still]), county)
    columns = "case_id class_id status satisfaction judged_by reopened"
    assert got(reading, "grievances", columns) == [
        ("ZJG202610010001", "G01", "closed", None, "petitioner", False),
        ("ZJG202610020001", "G13", "open", None, None, None),
    ]
    assert got(reading, "grievances", "received_at closed_at") == [
        (datetime(2026, 10, 1, 9, 36), datetime(2026, 10, 5)),
        (datetime(2026, 10, 2), None),
    ]


def test_the_monthly_report_and_its_sheet_of_the_county(written: dict[str, Path], county: Profile) -> None:
    path = written["care"]
    copy = path.with_name("care.xlsx")
    copy.write_bytes(by_heads(path, [line("培训人次=#281 意见建议=300余 政策宣传=#621")]))
    reading = read(path, by_heads(copy, [line("本期数=近1000"), line("本期数=#2")], sheet=2), county)
    assert got(reading, "figures", "indicator_id township_code value qualifier sheet") == [
        ("training_pt", "320582001", 281.0, None, "关爱与治理月报"),
        ("suggestions", "320582001", 300.0, "余", "关爱与治理月报"),
        ("publicity", "320582001", 621.0, None, "关爱与治理月报"),
        ("jobs_posted", None, 1000.0, "近", "市本级"),
        ("job_fairs", None, 2.0, None, "市本级"),
    ]


def test_tasks_and_targets(written: dict[str, Path], county: Profile) -> None:
    lines = [
        line(
            "编号=Z2026-01 清单类别=服务事项清单 任务内容=建立联调机制 责任单位=市总工会 责任镇街=全市 "
            "完成时限=2026年11月底 进展状态=推进中 完成进度=#0.3"
        ),
        line(
            "编号=Z2026-02 清单类别=会议议定事项 任务内容=布点 责任镇街=乐余镇 完成时限=#46326 "
            "进展状态=已销号 销号时间=#46320 完成进度=#1"
        ),
    ]
    reading = read(written["tasks"], by_heads(written["tasks"], lines), county)
    assert got(reading, "tasks", "task_id list township_code due_on status closed_on progress") == [
        ("Z2026-01", "服务", None, date(2026, 11, 30), "推进中", None, 0.3),
        ("Z2026-02", "会议议定", "320582104", date(2026, 10, 31), "已销号", date(2026, 10, 25), 1.0),
    ]
    targets = [line("组织覆盖率目标=#37 诉求按时办结率目标=#92.5 驿站数目标=#5")]
    reading = read(written["targets"], by_heads(written["targets"], targets), county)
    assert got(reading, "targets", "indicator_id township_code month value") == [
        ("org_cov_total", "320582001", MONTH, 0.37),
        ("on_time", "320582001", MONTH, 0.925),
        ("stations", "320582001", MONTH, 5.0),
    ]


def test_what_templates_say_fits_the_registry() -> None:
    said = texts()
    assert set(KINDS) <= set(said)
    for kind in KINDS.values():
        spoken = said["targets_columns" if kind.rows == "targets" else "figures"]
        assert set(kind.indicators) <= set(spoken)


def test_the_command_writes_them(tmp_path: Path) -> None:
    arguments = ["templates", str(tmp_path / "t"), "--profile", str(PROFILES / "demo"), "--month", "2026-10"]
    done = CliRunner().invoke(app, arguments)
    assert (done.exit_code, "8 份台账模板" in done.output) == (0, True)
    assert len(list((tmp_path / "t").iterdir())) == 8
    assert CliRunner().invoke(app, [*arguments, "--quiet"]).output == ""
    assert CliRunner().invoke(app, [*arguments[:-1], "2026-13"]).exit_code == 2
