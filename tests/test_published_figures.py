"""What the reports publish is what the last month of a sample shows; each figure with its words."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from data import Store
from data.contract import FIGURES
from data.profile import load_profile
from data.sample import build
from queries import INDICATORS, profile, run
from tests.stores import OCTOBER

FOLDER = Path(__file__).resolve().parents[1] / "data" / "profiles"
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


def of(source: str) -> list[Published]:
    """What the profile of a source says is published: its settings are the one home of these figures."""
    entries = load_profile(FOLDER / PROFILES[source]).settings["published"]
    found = []
    for name, (number, unit, words) in entries.items():
        qualifier = number[-1] if number[-1] in "余近约" else None
        found.append(Published(source, name, float(number.rstrip("余近约")), qualifier, unit, words))
    return found


# A running total is taken as the last month's value.
PUBLISHED = [figure for source in PROFILES for figure in of(source)]
# Reported figures are asked for with figures_by_month; the others are counted or computed.
REPORTED = [figure for figure in PUBLISHED if figure.id in FIGURES and figure.id != "members"]


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


@pytest.mark.parametrize("figure", PUBLISHED, ids=lambda figure: f"{figure.source[:3]}-{figure.id}")
def test_a_published_figure_stands_beside_the_same_indicator(
    figure: Published, stores: dict[str, Store]
) -> None:
    place = stores[figure.source].root
    shown = run("published_figures", month=OCTOBER, store=place).filter(pl.col("indicator_id") == figure.id)
    row = shown.row(0, named=True)
    assert shown.height == 1
    assert (row["value"], row["qualifier"], row["unit"]) == (figure.value, figure.qualifier, figure.unit)
    assert row["source"] == figure.source[:3]
    assert row["title"]
    own = run("indicator_by_month", month=OCTOBER, from_month=OCTOBER, indicator=figure.id, store=place)
    assert own["value"].item() == figure.value


def test_a_figure_is_published_in_the_unit_of_its_indicator() -> None:
    units = {figure.id: figure.unit for figure in PUBLISHED if figure.id in INDICATORS}
    assert set(units) == {figure.id for figure in PUBLISHED}
    # a document is counted as 条 (of measures) or 份, a business as 户 or 家
    other = {name for name, unit in units.items() if INDICATORS[name].classifier != unit}
    assert other <= {"docs", "transport_units", "transport_units_individual"}


@pytest.mark.parametrize("seen", SEEN, ids=lambda seen: f"{seen.source[:3]}-{seen.name}")
def test_what_else_is_published_is_seen_in_the_last_month(seen: Seen, stores: dict[str, Store]) -> None:
    assert seen.ask(stores[seen.source]) == seen.value


@pytest.mark.parametrize(
    ("source", "words"),
    sorted({(one.source, one.words) for one in [*PUBLISHED, *SEEN]}),
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
