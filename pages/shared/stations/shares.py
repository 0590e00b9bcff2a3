"""Shares in words: 八成六 in Chinese, 86% in English; few are told as a count."""

from pages.shared.blocks import SMALL_TOTAL
from pages.shared.i18n import Text
from queries.words.formats import count_text, percent

DIGITS = "零一二三四五六七八九"


def share_text(part: int, whole: int, text: Text) -> str:
    """A share to the nearest hundredth, never all or none unless it is; of a small whole a count."""
    if whole < SMALL_TOTAL:
        return count_text(part, text("units.enterprise"), text)
    if part in (0, whole):
        return text("map.all" if part else "map.nobody")
    hundredths = min(99, (200 * part + whole) // (2 * whole))
    if hundredths < 10:
        return percent(part, whole, text)
    if text.lang != "zh":
        return f"{hundredths}%"
    tens, ones = divmod(hundredths, 10)
    return f"{DIGITS[tens]}成{DIGITS[ones] if ones else ''}"


def subject(part: int, whole: int, text: Text) -> str:
    """Whom a title speaks of: 八成六的企业, 全部企业, 12家企业里7家."""
    share = share_text(part, whole, text)
    if whole < SMALL_TOTAL:
        return text("map.few", whole=whole, part=share)
    if part in (0, whole):
        return text("map.all_firms" if part else "map.no_firm")
    return text("map.share_of_firms", share=share)
