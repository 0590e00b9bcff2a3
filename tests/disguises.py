"""Identifiers of nobody in every disguise that a ledger may put them in, and rows that only look like them.

Check digits are right; counties with 99 at their end, and the prefixes 154 and 629, belong to nobody.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random

import polars as pl

from data.identifiers import PROVINCES
from data.ledgers.grid import Grid, letter

_WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_HAN = str.maketrans("0123456789", "零一二三四五六七八九")
_YAO = str.maketrans("0123456789", "〇幺二三四五六七八九")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SENTENCES = (
    "负责人{}已核",
    "请联系{}，谢谢",
    "(备用){}",
    "3、{}",
    "1 {}",
    "2026年10月13日登记{}",
    "{}（本人）",
    "no.{};",
)
_BREAKS = {
    "identity": (6, 8, 4),
    "old identity": (6, 6, 3),
    "mobile": (3, 4, 4),
    "bank_card": (4, 4, 4, 4, 3),
}


def identity(rng: Random) -> str:
    """An identity number of somebody born between 1940 and 2020."""
    born = date(1940, 1, 1) + timedelta(days=rng.randrange(29_220))
    digits = f"{rng.choice(sorted(PROVINCES))}9999{born:%Y%m%d}{rng.randrange(1000):03}"
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True))
    return digits + "10X98765432"[total % 11]


def old_identity(rng: Random) -> str:
    """One of fifteen digits, as they were before 1999."""
    born = date(1940, 1, 1) + timedelta(days=rng.randrange(20_000))
    return f"{rng.choice(sorted(PROVINCES))}9999{born:%y%m%d}{rng.randrange(1000):03}"


def mobile(rng: Random) -> str:
    """A mobile number with a prefix that was never issued."""
    return f"154{rng.randrange(10**8):08}"


def bank_card(rng: Random) -> str:
    """A card of nineteen digits with a right check digit."""
    digits = f"629999{rng.randrange(10**12):012}"
    doubled = [int(digit) * (1 if place % 2 else 2) for place, digit in enumerate(reversed(digits))]
    return digits + str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)


MAKERS: dict[str, Callable[[Random], str]] = {
    "identity": identity,
    "old identity": old_identity,
    "mobile": mobile,
    "bank_card": bank_card,
}


def _parted(number: str, name: str, sign: str) -> str:
    parts, at = [], 0
    for length in _BREAKS[name]:
        parts.append(number[at : at + length])
        at += length
    return sign.join(parts)


def _apart(number: str, name: str, rng: Random) -> str:
    return _parted(
        number, name, rng.choice((" ", "  ", "-", "—", "－", "/", "_", "·", "\u3000", "\n", ") ", "\u200b"))
    )


DISGUISES: dict[str, Callable[[str, str, Random], str]] = {
    "plain": lambda number, name, rng: number,
    "blanks around": lambda number, name, rng: f"\u3000{number}\t",
    "full width": lambda number, name, rng: number.translate(_WIDE),
    "parted": _apart,
    "parted and full width": lambda number, name, rng: _apart(number, name, rng).translate(_WIDE),
    "dots": lambda number, name, rng: _parted(number, name, "."),
    "every digit apart": lambda number, name, rng: rng.choice((" ", "-", ".", "\u200b")).join(number),
    "in a sentence": lambda number, name, rng: rng.choice(_SENTENCES).format(number),
    "two in a cell": lambda number, name, rng: f"{number} {MAKERS[name](rng)}",
    "Chinese digits": lambda number, name, rng: number.translate(rng.choice((_HAN, _YAO))),
    "invisible marks": lambda number, name, rng: "\u200c".join((number[:5], number[5:9], number[9:])),
    "small letters, typed as text": lambda number, name, rng: f"'{number.lower()}",
    "country code": lambda number, name, rng: rng.choice(("+86 ", "86", "0086-", "+86-", "(86)")) + number,
    "thousands": lambda number, name, rng: f"{int(number):,}",
    "as a number": lambda number, name, rng: f"{float(number)!r}",
    "as a number of fifteen digits": lambda number, name, rng: (
        f"{float(number[:15]) * 10 ** (len(number) - 15):.14e}"
    ),
    "with a decimal": lambda number, name, rng: f"{number}.0",
}
_ONLY = {
    "country code": {"mobile"},
    "with a decimal": {"mobile"},
    "thousands": {"identity", "bank_card"},
    "as a number": {"identity", "old identity", "bank_card"},
    "as a number of fifteen digits": {"identity", "bank_card"},
}


def planted(count: int, seed: int) -> pl.DataFrame:
    """`count` texts with one identifier each: text, name (which identifier), disguise."""
    rng = Random(seed)
    pairs = [(name, how) for how in DISGUISES for name in MAKERS if name in _ONLY.get(how, MAKERS)]
    rows = []
    for at in range(count):
        name, how = pairs[at % len(pairs)]
        number = MAKERS[name](rng)
        if "number" in how or how == "thousands":
            number = number.replace("X", "0")
        rows.append((DISGUISES[how](number, name, rng), name, how))
    return pl.DataFrame(rows, schema=["text", "name", "disguise"], orient="row")


# Columns of codes, where long numbers are mostly no person's, and of credit codes.
CODES = {"order", "case", "count"}
CREDIT = {"credit"}
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def clean(count: int, seed: int) -> pl.DataFrame:
    """Rows as ledgers have them, without anything of a person."""
    rng = Random(seed)
    return pl.DataFrame([_row(rng, at) for at in range(count)], infer_schema_length=None)


def _row(rng: Random, at: int) -> dict[str, str]:
    day = date(2024, 1, 1) + timedelta(days=rng.randrange(1034))
    clock = f"{rng.randrange(24):02}:{rng.randrange(60):02}"
    return {
        "credit": credit_code(rng),
        "case": f"ZJG{day:%Y%m%d}{rng.randrange(10**4):04}",
        "order": _order(rng, day),
        "station": f"ZJG-YZ-{rng.randrange(1000):03}",
        "township": f"320582{rng.randrange(10**6):06}",
        "place": rng.choice(_places(rng)),
        "longitude": f"{rng.uniform(73, 135):.{rng.choice((6, 6, 13))}f}",
        "amount": f"{rng.uniform(0, 10 ** rng.randrange(3, 9)):.{rng.choice((0, 2))}f}",
        "ratio": f"{rng.randrange(1, 200) / rng.randrange(1, 200)!r}",
        "percent": f"{100 * rng.randrange(1, 200) / rng.randrange(200, 400):.{rng.choice((1, 13))}f}%",
        "day": rng.choice(
            (f"{day:%Y-%m-%d}T{clock}:00", f"{day:%Y.%m.%d}", f"{day:%Y%m%d}", f"{day:%Y年%m月%d日} {clock}")
        ),
        "count": f"{rng.randrange(10 ** rng.randrange(1, 12))}",
        "name": f"张家港{rng.choice('甲乙丙丁')}{at}快递有限公司",
        "remark": rng.choice(_remarks(rng, day, clock)),
    }


def credit_code(rng: Random) -> str:
    """A unified social credit code with a right check character; one in five is all digits."""
    alphabet = _CREDIT_ALPHABET[:10] if rng.random() < 0.2 else _CREDIT_ALPHABET
    code = f"{rng.choice(('91', '92', '52', '12'))}320582{''.join(rng.choices(alphabet, k=9))}"
    total = sum(_CREDIT_ALPHABET.index(letter) * pow(3, place, 31) for place, letter in enumerate(code))
    return code + _CREDIT_ALPHABET[-total % 31]


def _order(rng: Random, day: date) -> str:
    """Order numbers of 11 to 20 digits: dated, counted, of a county and dated, or made by a clock."""
    length = rng.randrange(11, 21)
    return rng.choice(
        (
            f"{day:%Y%m%d}{rng.randrange(10**12):012}"[:length],
            f"{rng.randrange(10**6):0{length}}",
            f"320582{day:%Y%m%d}{rng.randrange(10**4):04}",
            f"{1_704_067_200_000 + rng.randrange(10**11)}",
            f"{(1_704_067_200_000 + rng.randrange(10**11) - 1_288_834_974_657) << 22}",
        )
    )


def _places(rng: Random) -> Sequence[str]:
    east, north = f"{rng.uniform(73, 135):.6f}", f"{rng.uniform(18, 53):.6f}"
    return (
        f"{east},{north}",
        f"{east} {north}",
        f"({east}, {north})",
        f"{north}/{east}",
        f"东经{east} 北纬{north}",
    )


def _remarks(rng: Random, day: date, clock: str) -> Sequence[str]:
    many = rng.randrange(10_000)
    return (
        f"{day:%Y年%m月%d日} {clock} 受理，共 {many} 件",
        f"{day:%Y.%m.%d}-{day + timedelta(days=9):%Y.%m.%d}",
        f"服务电话0512-{rng.randrange(10**8):08}",
        f"(0512){rng.randrange(10**8):08}转{rng.randrange(10**4):04}",
        f"400-{rng.randrange(1000):03}-{rng.randrange(10**4):04}",
        f"苏社工〔2026〕{many % 100}号，附件{many % 7}份",
        f"运单号SF{rng.randrange(10**13):013}",
        f"较上月+{many}，占比{many / 10_007!r}",
        f"第{many % 9}批 {many} {many // 3} {many // 7} {many // 9}",
        f"张家港_{many % 99}_{day:%Y%m%d}_{many % 9}.xlsx",
        f"第一联合党支部二〇二六年九月三日成立，一至十二月{many}人次",
        f"{many % 12 + 1}:00-{many % 12 + 9}:00开放，面积{many % 400}.5平方米，邮编215600",
    )


def sheet(rows: pl.DataFrame) -> tuple[Grid, set[str], set[str]]:
    """The rows as a sheet, with the letters of its columns of codes and of credit codes."""
    letters = {name: letter(at) for at, name in enumerate(rows.columns, 1)}
    grid = Grid("台账", rows.rename(letters))
    return grid, {letters[name] for name in CODES}, {letters[name] for name in CREDIT}
