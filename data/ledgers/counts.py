"""Counts and amounts in cells: signs for none, measure words, 余 近 约 以上, and what is not one number."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from data.ledgers.cells import Value, joined, trimmed, unreadable, without_value
from data.ledgers.numerals import ARABIC, CHINESE, numeral

# Nothing in a county is counted in so many digits; numbers of persons are.
MOST = 10**10
_NOISE = Decimal("1e-9")
_NONE = frozenset(["无", "没有", "未发生"])
_VAGUE_WORDS = """
若干 若干名 若干个 许多 很多 不少 少量 少许 大量 多数 部分 全部 个别 几个 几名 几人 几次 数十 数百
数千 上百 上千 近百 成百上千 多个 多名 多人 多次 暂无 有
"""
_UNIT_WORDS = """
人次 户次 家次 课时 学时 小时 分钟 平方米 公里 公斤 人 名 位 次 条 件 处 分 支 个 家 项 场 期 元 户
辆 台 套 份 所 座 间 本 张 门 类 批 组 队 天 课 起 宗 篇 幅 面 岗 站 点 片 种 桶 箱 对 例 单 票 册
杯 瓶 米 吨 遍 回 趟 节 轮 部 栋 只 把 顶 盒 包
"""
_VAGUE = frozenset(_VAGUE_WORDS.split())
_UNIT = rf"(?:\(?(?:{'|'.join(_UNIT_WORDS.split())})\)?)"
BEFORE = {
    **dict.fromkeys(("约", "大约", "约为", "大概", "~", "≈"), "约"),
    **dict.fromkeys(("近", "将近", "接近"), "近"),
    **dict.fromkeys(
        (">", ">=", "≥", "≧", "超", "超过", "逾", "不少于", "不低于", "至少", "多于", "大于"), "以上"
    ),
}
AFTER = {
    **dict.fromkeys(("余", "多", "来"), "余"),
    **dict.fromkeys(("左右", "上下"), "约"),
    **dict.fromkeys(("以上", "及以上", "+"), "以上"),
}
LEADS, TRAILS = ("|".join(sorted(map(re.escape, words), key=len, reverse=True)) for words in (BEFORE, AFTER))
_COUNT = re.compile(
    rf"(?:共|共计|合计|累计|¥)?(?P<before>{LEADS})?(?P<number>{ARABIC}|[\d.,{CHINESE}]+)(?P<middle>[余多来])?"
    rf"(?P<times>[百千万亿]+)?(?P<later>[余多来])?{_UNIT}?(?P<after>{TRAILS})?{_UNIT}?[。.;,、]?"
)
_SIMPLE = re.compile(r"\d{1,10}(?:\.\d{1,9})?", re.ASCII)
_PLAIN = rf"(?:{ARABIC}|[{CHINESE}]+)[万千]?{_UNIT}?"
_TO = "-|—|–|−|~|～|〜|至|到"
_BELOW = "<|<=|≤|≦|不足|不到|不超过|至多|最多|少于|小于|低于"
# Forms that are not one number of things, each quotable: nothing but digits, units and these signs.
_FORMS = {
    "count_percent": rf"[+-]?{ARABIC}[%‰](?:{TRAILS}|以下)?|百分之[{CHINESE}\d.]+",
    "count_negative": rf"(?:[-−—]|负){_PLAIN}",
    "count_date": r"\d{4}-\d{2}-\d{2}(?:T[\d:.]+)?",
    "count_range": rf"(?:{LEADS})?{_PLAIN}(?:{_TO}){_PLAIN}(?:{TRAILS})?",
    "count_bound": rf"(?:{_BELOW}){_PLAIN}|{_PLAIN}(?:及?以下|以内)",
    "count_several": r"[\d.,、;/+*=×&]*\d",
}
_REASONS = {code: re.compile(pattern) for code, pattern in _FORMS.items()}
_APART = re.compile(r"\d\s+\d")
_THOUSANDS = re.compile(r"\D*\d{1,3}(?:\s\d{3})+(?:\.\d+)?\D*")


@lru_cache(maxsize=1 << 16)
def count(text: str | None, *, whole: bool = True, is_percent_cell: bool = False) -> Value:
    """A count (int), or with `whole=False` an amount of money or hours (float), never negative.

    万 multiplies, in 40余万元 too. `is_percent_cell`: the cell's format is a percentage.
    """
    if text is not None and _SIMPLE.fullmatch(text) and not is_percent_cell:
        return _made(Decimal(text), whole)
    bare = joined(text)
    nothing = without_value(bare)
    if nothing is not None:
        return nothing
    if bare in _NONE:
        return _made(Decimal(0), whole)
    number = numeral(bare) if is_percent_cell else None
    if number is not None and number < MOST:
        return unreadable("count_percent", f"{number:.6%}".rstrip("0%").rstrip(".") + "%")
    return _written(trimmed(text), bare, whole) if not _has_marks(text) else unreadable("count_words")


def _made(number: Decimal, whole: bool, qualifier: str | None = None) -> Value:
    """The number if it is one that can be; what a spreadsheet makes of 12 (12.000000000000002) is 12."""
    if number >= MOST:
        return unreadable("count_too_large")
    if not whole:
        return Value(float(number), qualifier, state="value" if number else "zero")
    value = round(number)
    if abs(number - value) > _NOISE * max(1, value):
        return unreadable("count_fraction", f"{float(number):.10g}")
    return Value(value, qualifier, state="value" if value else "zero")


def _written(text: str, bare: str, whole: bool) -> Value:
    """A number in words or digits with all that may stand around it."""
    if _APART.search(text) and not _THOUSANDS.fullmatch(text):
        return unreadable("count_several", text) if numeral(bare) is not None else unreadable("count_words")
    match = _COUNT.fullmatch(bare)
    number = _number(match) if match else None
    if match is None or number is None:
        return _reason(bare)
    return _made(number, whole, _qualifier(match))


def _number(match: re.Match[str]) -> Decimal | None:
    """The number with the unit behind it: 40余万 is 40 times 10,000, 百余 is 100, 百 alone is nothing."""
    written, times = match["number"], match["times"] or ""
    if written in "百千万亿" and not _qualifier(match):
        return None
    if not match["middle"]:
        return numeral(written + times)
    number, factor = numeral(written), numeral(times) if times else Decimal(1)
    return None if number is None or factor is None else number * factor


def _qualifier(match: re.Match[str]) -> str | None:
    if match["before"]:
        return BEFORE[match["before"]]
    after = match["middle"] or match["later"] or match["after"]
    return AFTER[after] if after else None


def _reason(bare: str) -> Value:
    """Why a cell is not one number, where its form tells."""
    if bare in _VAGUE:
        return unreadable("count_vague", bare)
    for code, pattern in _REASONS.items():
        if pattern.fullmatch(bare):
            return unreadable(code, bare[:10] if code == "count_date" else bare)
    return unreadable("count_words")


def _has_marks(text: str | None) -> bool:
    """Whether there are footnote marks, ① or ², which NFKC would make digits of the number."""
    return any(unicodedata.category(sign) == "No" for sign in text or "" if sign > "\x7f")
