"""Personal data is found in every disguise and everywhere in a sheet; ledgers without any are left alone."""

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.identifiers import is_bank_card, is_credit_code, is_identity, was_identity
from data.ledgers.grid import Comment, Grid
from data.ledgers.privacy import Hit, hits, person_header, person_name
from data.ledgers.reader import read_book
from data.personal import kind, kinds, suspects
from tests.disguises import DISGUISES, clean, planted, sheet
from tests.ledgers.identifiers import CARD, IDENTITY, MOBILE

TODAY = date(2026, 11, 1)
GOOD = Path(__file__).resolve().parents[2] / "shared" / "ledgers" / "good"
each_good_ledger = pytest.mark.parametrize("path", sorted(GOOD.rglob("*.*")), ids=lambda path: path.name)


def one_column(*texts: str | None, name: str | None = "台账") -> Grid:
    return Grid(name, pl.DataFrame({"A": texts}, schema={"A": pl.String()}))


def test_every_planted_identifier_is_found_whatever_its_disguise() -> None:
    texts = planted(10_000, seed=11)
    found = {hit.row for hit in hits(one_column(*texts["text"]))}
    missed = texts.with_row_index("row", 1).filter(~pl.col("row").is_in(list(found)))
    assert missed.select("text", "name", "disguise").rows() == []
    assert texts["disguise"].n_unique() == len(DISGUISES) >= 12


def test_at_most_one_clean_row_in_ten_thousand_is_refused() -> None:
    grid, codes, credit = sheet(clean(10_000, seed=12))
    assert len({hit.row for hit in hits(grid, codes=codes, credit=credit)}) <= 1


@each_good_ledger
def test_a_good_ledger_has_nothing_of_a_person(path: Path) -> None:
    assert [hit for grid in read_book(path).grids for hit in hits(grid)] == []
    assert kind(path.name) is None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (IDENTITY, "identity"),
        ("３２９９９９ 19600718 422ｘ", "identity"),
        ("3.29999196007184e+17", "identity"),
        ("3.29999E+17", "identity"),
        ("329999196007184000", "identity"),
        ("32999919600718422", "identity"),
        ("329999600718422", "identity"),
        ("329,999,196,007,184,220", "identity"),
        (MOBILE, "mobile"),
        ("１５４ ００５８ ８１８８", "mobile"),
        ("+86-154-0058-8188", "mobile"),
        ("(154)0058.8188", "mobile"),
        ("154.0058.8188", "mobile"),
        ("15400588188.0", "mobile"),
        ("1.5400588188E10", "mobile"),
        ("1.54006E+10", "mobile"),
        ("幺五四〇〇五八八幺八八", "mobile"),
        ("1 15400588188", "mobile"),
        ("3.15400588188", "mobile"),
        ("0512-58693210/15400588188", "mobile"),
        (CARD, "bank_card"),
        ("6299 9912 3462 4458 988", "bank_card"),
        ("6.29999123462445e+18", "bank_card"),
        ("车牌苏E·1A2B3", "plate"),
        ("苏ED12345", "plate"),
        # And what is nobody's.
        ("0512-58693210转8001", None),
        ("329999202610130001", None),
        ("9.13205e+17", None),
        ("1.54e+10", None),
        ("154.00588188", None),
        ("1.5400588188%", None),
        ("13,800,138,000", None),
        ("120.639570 31.889429", None),
        ("(130.361234, 46.801234)", None),
        ("0.3571428571428571", None),
        ("占比0.5899870090936344", None),
        ("2026.10.1-2026.10.31", None),
        ("张家港_16_20261031_1.xlsx", None),
        ("1998-10-12 001", None),
        ("7165 2388 1023 796", None),
        ("粤B2-20090191", None),
        ("ZJG202610010090", None),
        ("154****8188", None),
        ("329999********422X", None),
    ],
)
def test_what_is_taken_for_a_person(text: str, what: str | None) -> None:
    assert kind(text, today=TODAY) == what


def test_a_column_of_identities_is_read_with_suspicion() -> None:
    child, passport = "329999202401130001", "E12345678"
    assert hits(one_column("证件号码", child, passport)) == [Hit(2, "A", "identity"), Hit(3, "A", "passport")]
    assert hits(one_column("编号", child, passport)) == []


def test_in_a_column_of_codes_only_whole_identities_and_cards_count() -> None:
    typing_error = IDENTITY[:-1] + "1"
    grid = one_column("编号", MOBILE, "329999600718422", typing_error, "329999202610130005", IDENTITY, CARD)
    assert hits(grid, codes={"A"}) == [Hit(6, "A", "identity"), Hit(7, "A", "bank_card")]
    assert {hit.row for hit in hits(grid)} >= {2, 3, 4, 6, 7}


def test_a_right_credit_code_is_a_firm_but_an_identity_in_its_column_is_not() -> None:
    like_an_identity = next(
        code
        for last in "0123456789ABCDEFGHJKLMNPQRTUWXY"
        for third in range(10)
        if is_credit_code(code := f"5232{third}219600718422{last}")
    )
    grid = one_column("统一社会信用代码", like_an_identity, "329999600718422", IDENTITY, MOBILE)
    assert hits(grid, credit={"A"}) == [Hit(4, "A", "identity"), Hit(5, "A", "mobile")]


def test_titles_headers_footers_comments_and_names_of_sheets_are_looked_at() -> None:
    texts = [f"台账（联系{MOBILE}）", None, f"列{CARD}", "张某", f"填表人：张某 {IDENTITY}"]
    grid = Grid(
        f"名单{MOBILE}",
        pl.DataFrame(
            {"A": texts, "B": [None, None, None, "1", None]}, schema={"A": pl.String(), "B": pl.String()}
        ),
        visible=False,
        comments=(Comment(4, "B", f"电话{MOBILE}"), Comment(5, "B", "已核")),
    )
    assert hits(grid) == [
        Hit(1, "A", "mobile"),
        Hit(3, "A", "bank_card"),
        Hit(5, "A", "identity"),
        Hit(4, "B", "mobile"),
        Hit(None, None, "mobile"),
    ]


def test_a_hit_holds_no_value() -> None:
    assert MOBILE not in repr(hits(one_column(MOBILE, name=MOBILE)))


@given(st.text(alphabet="0123456789 -./()eE+,Xx×〇一幺八苏E京A\u200b１", max_size=30))
def test_the_quick_first_look_misses_nothing(text: str) -> None:
    assert suspects(pl.Series([text])) == ([text] if kind(text) else [])


@given(st.lists(st.text(alphabet="0123456789X -", max_size=20), max_size=6))
def test_every_place_of_a_text_is_found_and_no_other(texts: list[str]) -> None:
    found = kinds(pl.Series(texts, dtype=pl.String))
    expected = [(row, found[text]) for row, text in enumerate(texts, 1) if text in found]
    assert [(hit.row, hit.kind) for hit in hits(one_column(*texts))] == expected


PERSON_HEADERS = """
姓名 姓\u3000名 党员姓名 联系人 联系人(必填) 联系人及电话 负责人姓名 负责人 身份证 身份证号码 证件号
证件号码 护照号码 手机 手机号 手机号码 电话 联系电话 联系电话(手机) 联系方式 住址 家庭地址 法定代表人
法人 微信 微信号 QQ 电子邮箱 车牌 车牌号 银行卡 银行卡号 照片 经办人 申请人 诉求人 责任人 填报人 站长
支部书记 出生年月 负责人/姓名
"""
OTHER_HEADERS = """
党支部书记数 第一书记 书记数 联系企业(家) 联络员(有/无) 党建联络员 党建指导员 是否有联络员
联系电话已公示(是/否) 企业负责人是否党员 从业人员(人) 承办单位 责任单位 手机充电(人次) 培训人次 走访人次
志愿服务(人次) 联系人次 法人单位数 党组织名称 驿站名称 企业名称 注册地址 经营地址 入党申请人 申请人数
入党积极分子(人) 递交入党申请书(人) 电话回访(件) 出资人清 少数民族 平均年龄 微信群(个) 12345热线电话
党员负责人(名) 诉求类别 诉求内容 备注 受理时间 评价来源 办理状态 办理期限 登记表 依托单位 服务专员
兼职网格员(名) 签约率
"""


@pytest.mark.parametrize("label", re.split("[ \n]", PERSON_HEADERS.strip()))
def test_headers_of_columns_of_persons(label: str) -> None:
    assert person_header(label)
    assert person_header(f"\n{label} ")


@pytest.mark.parametrize("label", OTHER_HEADERS.split())
def test_headers_that_only_sound_like_persons(label: str) -> None:
    assert not person_header(label)


@pytest.mark.parametrize(
    "text", ["张某", "李某某", "王*", "欧阳某某", "诸葛某", " 赵小某 ", "刘洋", "司马光明"]
)
def test_texts_that_may_be_names(text: str) -> None:
    assert person_name(text)


NO_NAMES = """
张家港 金港街道 杨舍镇 快递 外卖 满意 单独建 安全 高速 平安 江苏省 市总工会 张三12 万达广场店 群众回访
王
"""


@pytest.mark.parametrize(
    "text",
    NO_NAMES.split(),
)
def test_texts_that_are_no_names(text: str) -> None:
    assert not person_name(text)


@pytest.mark.parametrize(
    ("digits", "options", "is_one"),
    [
        (IDENTITY, {}, True),
        (IDENTITY[:-1] + "1", {}, True),
        (IDENTITY[:-1] + "1", {"code": True}, False),
        ("329999202401130001", {}, False),
        ("329999202401130001", {"strict": True}, True),
        ("329999196013184221", {}, False),
        ("999999196007184221", {}, False),
        ("32999919600718422", {}, True),
        ("3299991960071842X", {}, False),
        ("329999600718422", {}, True),
        ("329999260718422", {}, False),
        ("329999600718422", {"code": True}, False),
        ("", {}, False),
    ],
)
def test_identities(digits: str, options: dict[str, bool], is_one: bool) -> None:
    assert is_identity(digits, today=TODAY, **options) is is_one


@pytest.mark.parametrize(
    ("digits", "known", "code", "is_one"),
    [
        ("329999196007184000", 15, False, True),
        ("329999196007000000", 12, False, True),
        ("329999199912320000", 14, False, True),
        ("329999000000000000", 6, False, True),
        ("329999000000000000", 6, True, False),
        ("329999202610130000", 15, True, False),
        ("329999196013184000", 15, False, False),
        ("913205000000000000", 6, False, False),
        ("329990000000000000", 5, False, False),
    ],
)
def test_rounded_identities(digits: str, known: int, code: bool, is_one: bool) -> None:
    assert was_identity(digits, known, today=TODAY, code=code) is is_one


def test_cards() -> None:
    assert is_bank_card(CARD)
    assert not is_bank_card(CARD[:-1] + str((int(CARD[-1]) + 1) % 10))
    assert is_bank_card("4111111111111111")
    assert not is_bank_card("4111111111111111", code=True)
    assert not is_bank_card(CARD[:15])
