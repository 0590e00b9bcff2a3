"""Numbers of persons and firms by their own rules: identity, bank card, unified social credit code."""

from datetime import date

_PROVINCES = """
11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83
"""
PROVINCES = frozenset(_PROVINCES.split())
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# A number dated within these years is more often a case number than a small child's identity number;
# fifteen digits have a two-digit year, so 26 would be both 1926 and this year's cases.
_RECENT_YEARS = 12
_OLDEST_YEARS = 90
# In a column of case numbers, one dated within these years is a case's even if its last digit fits.
_CASE_YEARS = 3


def is_identity(digits: str, *, today: date, strict: bool = False, code: bool = False) -> bool:
    """Whether 15, 17 (the last one lost) or 18 digits carry a province and a date of birth, as identities do.

    A recent date needs a right check digit as well. `strict` (a column of identity numbers) takes any date;
    `code` (a column of case or order numbers) always asks for the check digit and for a date years ago.
    """
    if len(digits) not in (15, 17, 18) or digits[:2] not in PROVINCES or not digits[:-1].isdigit():
        return False
    born = _born(digits)
    if born is None or not (digits[-1].isdigit() or len(digits) == 18):
        return False
    if code:
        return len(digits) == 18 and born.year < today.year - _CASE_YEARS and _has_check_digit(digits)
    if len(digits) == 15:
        return born.year >= today.year - _OLDEST_YEARS
    certain = strict or born.year < today.year - _RECENT_YEARS
    return born <= today and (certain or (len(digits) == 18 and _has_check_digit(digits)))


def was_identity(digits: str, known: int, *, today: date, code: bool = False) -> bool:
    """Whether a rounded number of which the first `known` digits are left began as an identity does."""
    if len(digits) not in (15, 17, 18) or digits[:2] not in PROVINCES or known < 6:
        return False
    if known < (12 if len(digits) == 15 else 14):
        return not code and len(digits) > 15 and (known < 10 or 1900 <= int(digits[6:10]) <= today.year)
    # Rounding up 1231999… makes a 32nd of December of it.
    born = _born(digits) or _born(str(int(digits) - 1))
    return born is not None and born <= today and not (code and born.year >= today.year - _CASE_YEARS)


def _born(digits: str) -> date | None:
    birth = "19" + digits[6:12] if len(digits) == 15 else digits[6:14]
    try:
        born = date(int(birth[:4]), int(birth[4:6]), int(birth[6:]))
    except ValueError:
        return None
    return born if born.year >= 1900 else None


def _has_check_digit(digits: str) -> bool:
    """The check digit of an identity number of 18 digits (ISO 7064 MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits[:17], strict=True))
    return "10X98765432"[total % 11] == digits[17].upper()


def is_bank_card(digits: str, *, code: bool = False) -> bool:
    """Whether 16 to 19 digits begin with 62, or 16 with 4 or 5, and pass the Luhn check.

    `code`: in a column of order numbers only those of Chinese banks (62), for one in ten passes the check.
    """
    issued = digits.startswith("62") or (len(digits) == 16 and digits[0] in "45" and not code)
    if not (digits.isdigit() and issued and 16 <= len(digits) <= 19):
        return False
    doubled = [int(d) * (2 if place % 2 else 1) for place, d in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def is_credit_code(code: str) -> bool:
    """Whether an 18-character unified social credit code has a right check character (GB 32100)."""
    if len(code) != 18 or any(letter not in _CREDIT_ALPHABET for letter in code):
        return False
    total = sum(_CREDIT_ALPHABET.index(letter) * pow(3, place, 31) for place, letter in enumerate(code[:17]))
    return _CREDIT_ALPHABET[(31 - total % 31) % 31] == code[17]
