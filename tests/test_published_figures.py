"""What the reports publish is what the last month of a sample shows; each figure with its words."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from data import Store
from data.sample import build
from queries import profile, run
from tests.stores import OCTOBER

SOURCES = Path(__file__).resolve().parents[2] / "shared" / "sources"
DISTRICT, ZHANGJIAGANG, LONGHUA = (
    "004_4a091356c586b266.txt",
    "002_4fa1263e94d35afb.txt",
    "003_24c6eb9e681cb3d0.txt",
)
PROFILES = {DISTRICT: "demo", ZHANGJIAGANG: "zhangjiagang", LONGHUA: "longhua"}


@dataclass(frozen=True)
class Published:
    """One figure of a report: the indicator, its value and qualifier (余, 近, 约), its unit, the words."""

    source: str
    id: str
    value: float
    qualifier: str | None
    unit: str
    words: str


def of(source: str, table: str) -> list[Published]:
    """Lines of `id value+qualifier unit | words`."""
    found = []
    for line in filter(None, map(str.strip, table.splitlines())):
        (name, number, unit), words = line.split("|")[0].split(), line.split("|")[1].strip()
        qualifier = number[-1] if number[-1] in "余近约" else None
        found.append(Published(source, name, float(number.rstrip("余近约")), qualifier, unit, words))
    return found


# Reported figures, asked for with figures_by_month. A running total is taken as the last month's value.
REPORTED = [
    *of(
        DISTRICT,
        """
        industry_committees 3 个 | 道路运输、直播电商、外卖等3个行业党委
        firms_contacted 27 家 | 各党委委员直接联系27家新业态企业
        orgs_new 13 个 | 新组建新业态企业党支部13个
        secretaries 13 名 | 首批13名新业态企业党组织书记
        secretaries_mgmt 13 名 | 出资人(负责人)和管理人员占比达100%
        applicants 53 人 | 累计有53名新就业群体人员递交入党申请书
        liaisons 154 名 | 选派154名党员业务骨干担任党建工作联络员
        service_officers 12 名 | 确定12名服务专员
        pt_grid 427 名 | 选聘兼职网格员427名
        posts_teams 35 支 | “党员突击队”35支
        training_pt 1500余 人次 | 开展职业技能培训1500余人次
        host_centres 73 个 | 73个城市社区党群服务中心
        host_grid_posts 151 个 | 151个网格红色驿站
        micro_homes 80余 处 | 设立“暖新微家”80余处
        friendly_places 300余 个 | 在300余个小区出入口设置导航地图
        parking_places 600余 个 | 划定首批600余个网约车临时停车位
        visits_person_times 8300余 人次 | 贴心服务8300余次
        pledges 1300余 份 | 签订从业承诺书1300余份
        public_good_periods 4 期 | 电商助农推介活动4期
        public_good_streamers 5 名 | 组织5名主播
        public_good_streams 12 场 | 开展带货12场
        public_good_sales 400000余 元 | 销售农产品价值40余万元
        public_good_deliveries 490余 次 | 累计开展义务配送490余次
        suggestions 200余 条 | 意见建议200余条
        publicity 4500余 次 | 宣传4500余次
        members_units 14 个 | 商务等14个部门加入
        meetings 1 次 | 每月召开1次联席会议
        problems 11 个 | 等11个党建工作突出问题
        duty_lists 79 项 | 27项职责清单
        docs 12 条 | 明确12条具体措施办法
        projects 8 个 | 督促8个镇(街道)党(工)委书记领办
        """,
    ),
    *of(
        ZHANGJIAGANG,
        """
        industry_committees 4 个 | 實現四大領域全覆蓋
        instructors_full 19 名 | 派駐19名專職黨建指導員
        members_units 11 个 | 跨11個部門條線組建新就業群體黨建工作專班
        cadres_down 52 名 | 52名組工干部和行業黨務工作者深度下沉
        floating_branches 6 个 | 成立6個流動黨員黨支部
        floating_registered 65 名 | 吸納65名新就業群體流動黨員報到入列
        role_models 24 名 | 選樹24名典型
        promoted 11 名 | 11名一線人員晉升公司中層
        honours 2 人 | 1名黨員獲評全國最美貨車司機,1名骨干獲評全國行業勞動模范
        jobs_posted 1000近 个 | 發布熱門緊缺崗位近1000個
        training_pt 2300 人次 | 累計惠及2300人次
        care_measures 30 项 | 集成發布30項關愛舉措
        care_packages 8 个 | “凝新暢行”八大禮包
        care_reach 3000余 人 | 惠及3000余人
        pioneers 157 人 | 吸納157人加入海棠先鋒隊伍
        food_monitors 12 人 | 12人加入食品安全監督員
        hazards 200余 条 | 小區異常隱患等問題200余條
        suggestions 38 条 | 行業發展和基層治理建議38條
        orgs_new 23 个 | 全年新建新就業群體相關黨組織23個
        mediation_committees 1 个 | 推動成立蘇州市首家快遞行業勞動爭議調解委員會
        transport_units 10245 户 | 10245家道路運輸經營業戶
        transport_units_individual 8196约 户 | 個體經營戶佔比達80%
        docs 5 个 | 制定“1+4”系列文件
        """,
    ),
    *of(
        LONGHUA,
        """
        docs 10 条 | 加强新业态新就业群体党建工作十条措施
        industry_committees 1 个 | 成立新业态新就业群体综合(行业)党委
        """,
    ),
]


@dataclass(frozen=True)
class Seen:
    """A figure that another question answers, or a rule that the sample keeps, as `ask` finds it."""

    source: str
    name: str
    value: object
    words: str
    ask: Callable[[Store], object]


def _last(query: str, column: str) -> Callable[[Store], object]:
    return lambda store: run(query, month=OCTOBER, from_month=OCTOBER, store=store.root)[column].item()


def _listed(name: str) -> Callable[[Store], object]:
    return lambda store: run("tasks_by_due", month=OCTOBER, store=store.root).filter(list=name).height


def _departments(store: Store) -> int:
    tasks = run("tasks_by_due", month=OCTOBER, store=store.root)
    return tasks["department"].n_unique()


def _without_kit(store: Store) -> int:
    """Open stations that lack any of the six kinds."""
    stations = _rows(store, "stations").filter(pl.col("closed_on").is_null())
    return stations.filter(~pl.all_horizontal(pl.selectors.starts_with("kit_"))).height


def _own_branches_have_three(store: Store) -> bool:
    sole = _rows(store, "enterprises").filter(pl.col("org_form") == "sole")
    return bool((sole["members_full"] >= 3).all()) and sole.height > 0


def _rule(name: str) -> Callable[[Store], object]:
    return lambda store: profile(OCTOBER, store=store.root).settings["rules"][name]


def _profile_rows(table: str) -> Callable[[Store], object]:
    return lambda store: getattr(profile(OCTOBER, store=store.root), table).height


def _share_of_individuals(store: Store) -> float:
    units = [_figure(store, name) for name in ("transport_units_individual", "transport_units")]
    return round(units[0]["value"].item() / units[1]["value"].item(), 2)


def _builds_asked_of_each(store: Store) -> object:
    targets = _rows(store, "targets").filter(pl.col("indicator_id") == "leader_builds")
    return targets.filter(pl.col("township_code").is_not_null())["value"].min()


def _ledgers(store: Store) -> int:
    return sum(column.startswith("ledger_") for column in _rows(store, "enterprises").columns)


def _rows(store: Store, table: str) -> pl.DataFrame:
    return store.read(store.resolve(), OCTOBER, table)


SEEN = [
    Seen(DISTRICT, "workers", 2712, "登记备案从业人员2712人", _last("members_by_month", "workers")),
    Seen(DISTRICT, "members", 169, "党员169人", _last("members_by_month", "members")),
    Seen(DISTRICT, "stations", 124, "124处服务站点", _last("services_by_month", "stations_open")),
    Seen(DISTRICT, "person_times", 8300, "8300余次", _last("services_by_month", "person_times")),
    Seen(DISTRICT, "without_kit", 0, "普遍配备微波炉、饮水机、医护药箱等硬件设施", _without_kit),
    Seen(DISTRICT, "职责", 27, "27项职责清单", _listed("职责")),
    Seen(DISTRICT, "服务", 38, "38项服务事项清单", _listed("服务")),
    Seen(DISTRICT, "监督", 14, "14项监督规范清单", _listed("监督")),
    Seen(DISTRICT, "问题", 11, "11个党建工作突出问题", _listed("问题")),
    Seen(DISTRICT, "departments", 14, "14个部门加入", _departments),
    Seen(DISTRICT, "townships", 8, "8个镇(街道)", _profile_rows("townships")),
    Seen(DISTRICT, "committees", 3, "等3个行业党委", _profile_rows("committees")),
    Seen(ZHANGJIAGANG, "workers", 20000, "新就業群體達2萬余名", _last("members_by_month", "workers")),
    Seen(ZHANGJIAGANG, "members", 346, "346名行業黨員", _last("members_by_month", "members")),
    Seen(ZHANGJIAGANG, "classes", 13, "13類共性訴求", _profile_rows("classes")),
    Seen(ZHANGJIAGANG, "departments", 11, "跨11個部門條線", _departments),
    Seen(
        ZHANGJIAGANG,
        "committees",
        4,
        "快遞服務、外賣配送、道路貨運、網約車等行業黨委",
        _profile_rows("committees"),
    ),
    Seen(ZHANGJIAGANG, "individual", 0.8, "個體經營戶佔比達80%", _share_of_individuals),
    Seen(LONGHUA, "职责", 10, "10条措施", _listed("职责")),
    Seen(LONGHUA, "sole_rule", 3, "对有3名以上党员的,单独成立党组织", _rule("sole_branch_members")),
    Seen(LONGHUA, "sole_kept", True, "对有3名以上党员的,单独成立党组织", _own_branches_have_three),
    Seen(LONGHUA, "builds_rule", 1, "班子成员至少帮助组建一个", _rule("builds_per_leader")),
    Seen(LONGHUA, "builds_asked", 1, "班子成员至少帮助组建一个", _builds_asked_of_each),
    Seen(LONGHUA, "ledgers", 5, "“五个清”台账", _ledgers),
    Seen(
        LONGHUA,
        "committees",
        6,
        "快递员、外卖送餐员、网约车司机、货车司机、抖音直播等新就业群体",
        _profile_rows("committees"),
    ),
]


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Store]:
    """Source file -> a store that holds the reference month of its profile."""
    found = {}
    for source, name in PROFILES.items():
        found[source] = Store(tmp_path_factory.mktemp(name))
        build(found[source], profile=name, last=OCTOBER, months=1, seed=7)
    return found


def _figure(store: Store, name: str) -> pl.DataFrame:
    return run("figures_by_month", month=OCTOBER, from_month=OCTOBER, indicator=name, store=store.root)


@pytest.mark.parametrize("figure", REPORTED, ids=lambda figure: f"{figure.source[:3]}-{figure.id}")
def test_a_published_figure_is_the_last_months_county_value(
    figure: Published, stores: dict[str, Store]
) -> None:
    row = _figure(stores[figure.source], figure.id).row(0, named=True)
    assert row["value"] == figure.value
    assert row["lower_bound"] == (figure.qualifier == "余")
    assert row["is_approximate"] == (figure.qualifier in ("近", "约"))


@pytest.mark.parametrize("seen", SEEN, ids=lambda seen: f"{seen.source[:3]}-{seen.name}")
def test_what_else_is_published_is_seen_in_the_last_month(seen: Seen, stores: dict[str, Store]) -> None:
    assert seen.ask(stores[seen.source]) == seen.value


@pytest.mark.parametrize(
    ("source", "words"),
    sorted({(one.source, one.words) for one in [*REPORTED, *SEEN]}),
    ids=lambda text: text[:12],
)
def test_the_quoted_words_are_in_the_source(source: str, words: str) -> None:
    if not SOURCES.is_dir():
        pytest.skip(f"{SOURCES} is not there")
    assert words in (SOURCES / source).read_text("utf-8")


def test_a_worker_count_published_as_more_than_stays_a_lower_bound(stores: dict[str, Store]) -> None:
    workers = _figure(stores[ZHANGJIAGANG], "workers").row(0, named=True)
    assert (workers["value"], workers["lower_bound"]) == (20000.0, True)


def test_the_totals_do_not_depend_on_the_seed(tmp_path: Path) -> None:
    totals = []
    for seed in (1, 2):
        store = Store(tmp_path / str(seed))
        build(store, profile="demo", last=OCTOBER, months=1, seed=seed)
        county = [
            _figure(store, figure.id)["value"].item() for figure in REPORTED if figure.source == DISTRICT
        ]
        totals.append([*county, *(seen.ask(store) for seen in SEEN if seen.source == DISTRICT)])
    assert totals[0] == totals[1]
