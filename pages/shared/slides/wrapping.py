"""Where lines of a slide break: never within a number or a word, never before a closing mark."""

import re

from pages.shared.charts.labels import MARGIN, em

# A word or number with its classifier, or one character, each with the marks that cling to it.
_TOKENS = re.compile(
    r"[（《“]*(?:[A-Za-z0-9.,/%≥≤<>+\-–’'()]+(?:[家名个天件处次年月日项条镇]|人次)?|\S)[，。；：、）》”！？]*|\s+"
)
_PAUSES = ("，", "；", "。", "：", ",", ";", ".", ":")
# How uneven two lines may be before a break within a phrase is better than one at a pause.
_WITHIN = 0.45
SHORT = 0.3  # of the width; a last line below that looks forgotten


def fits(words: str, size: float, width: float) -> bool:
    """Tell whether a line of this size (px) is at most `width` px wide."""
    return em(words) * size * MARGIN <= width


def wrapped(words: str, size: float, width: float) -> list[str]:
    """Return the words in lines of at most `width` px, the last not far shorter; long words stand alone."""
    lines = best = _filled(words, size, width)
    while len(best) == len(lines) > 1 and em(best[-1]) * size < width * SHORT:
        lines, width = best, width * 0.95
        best = _filled(words, size, width)
    return best if len(best) == len(lines) else lines


def _filled(words: str, size: float, width: float) -> list[str]:
    lines = [""]
    for token in _TOKENS.findall(words):
        if lines[-1] and not fits((lines[-1] + token).rstrip(), size, width):
            lines.append("")
        lines[-1] += token if lines[-1] else token.lstrip()
    return [line.rstrip() for line in lines if line.strip()] or [""]


def in_two(words: str, size: float, width: float) -> list[str] | None:
    """Return a title in one or two lines, broken after a pause if there is one; None = too long."""
    if fits(words, size, width):
        return [words]
    tokens = _TOKENS.findall(words)
    pairs = [("".join(tokens[:at]).rstrip(), "".join(tokens[at:]).lstrip()) for at in range(1, len(tokens))]
    good = [(_unevenness(pair), pair) for pair in pairs if all(fits(line, size, width) for line in pair)]
    return list(min(good)[1]) if good else None


def _unevenness(pair: tuple[str, str]) -> float:
    first, second = (em(line) for line in pair)
    return abs(first - second) / (first + second) + (0 if pair[0].endswith(_PAUSES) else _WITHIN)


def shrunk(words: str, size: float, width: float, least: float) -> float:
    """Return the size at which the words fit into one line, no less than `least`."""
    wide = em(words) * MARGIN
    return size if wide * size <= width else max(least, width / wide)
