"""Identifiers that belong to nobody: check digits are right, the county and the prefixes do not exist."""


def identity(born: str, order: str) -> str:
    """An 18-digit identity number; `born` as 19600718."""
    digits = f"329999{born}{order}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return digits + "10X98765432"[total % 11]


def card(number: str) -> str:
    """A 19-digit bank card number by Luhn."""
    digits = f"629999{number}"
    doubled = [int(digit) * (1 if place % 2 else 2) for place, digit in enumerate(reversed(digits))]
    return digits + str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)


IDENTITY = identity("19600718", "422")
MOBILE, SECOND_MOBILE = "15400588188", "15400434818"
PHONES = [f"1540060581{last}" for last in range(4)]
CARD = card("123462445898")
# As numbers, a spreadsheet keeps 15 of their digits.
ROUNDED = [float(f"329999{born}1010") for born in ("19770227", "19980712", "19841212", "19900820")]
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def digits_of(text: str) -> str:
    """The digits that must not come out: of a number as Excel keeps it, the first fifteen."""
    return "".join(letter for letter in text if letter.isdigit())[:15]


SECRETS = [digits_of(one) for one in (IDENTITY, MOBILE, SECOND_MOBILE, *PHONES, CARD)]
SECRETS += [digits_of(f"{number:.0f}") for number in ROUNDED]
