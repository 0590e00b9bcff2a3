"""Interface texts: both languages complete, alike in their parameters, each in its own punctuation."""

import re
import string

import pytest

from pages.shared.i18n import LANGUAGES, Text
from queries.words.text import flatten


def catalogue(lang: str) -> dict[str, str]:
    return Text(lang).texts


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys() -> None:
    zh, en = catalogue("zh"), catalogue("en")
    assert zh.keys() ^ en.keys() == set()
    assert len(zh) > 100


def test_no_text_is_empty() -> None:
    assert [key for lang in LANGUAGES for key, text in catalogue(lang).items() if not text.strip()] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_plurals_come_in_pairs(lang: str) -> None:
    ones = {key.removesuffix(".one") for key in catalogue(lang) if key.endswith(".one")}
    others = {key.removesuffix(".other") for key in catalogue(lang) if key.endswith(".other")}
    assert ones == others


def test_both_languages_tell_the_same_parameters() -> None:
    """But for a classifier and the digits of a month in Chinese, and a month's name in English."""
    only = {"zh": {"classifier", "month", "total"}, "en": {"name", "n"}}
    families: dict[str, dict[str, set[str]]] = {}
    for lang in LANGUAGES:
        for key, text in catalogue(lang).items():
            stem = re.sub(r"\.(one|other)$", "", key)
            families.setdefault(stem, {"zh": set(), "en": set()})[lang] |= placeholders(text)
    stray = {
        stem: told
        for stem, told in families.items()
        if told["zh"] - told["en"] - only["zh"] or told["en"] - told["zh"] - only["en"]
    }
    assert stray == {}


def test_chinese_texts_have_no_half_width_punctuation_beside_a_character() -> None:
    beside = re.compile(r"[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]")
    assert {key: text for key, text in catalogue("zh").items() if beside.search(text)} == {}


def test_chinese_texts_have_no_space_between_a_number_and_its_classifier() -> None:
    spaced = re.compile(r"\d [\u4e00-\u9fff]")
    assert {key: text for key, text in catalogue("zh").items() if spaced.search(text)} == {}


def test_english_texts_hold_no_chinese() -> None:
    chinese = re.compile(r"[\u4e00-\u9fff，。；：（）]")
    names_itself = {"filters.language"}
    assert {k: t for k, t in catalogue("en").items() if chinese.search(t) and k not in names_itself} == {}


def test_text_fills_its_parameters() -> None:
    assert Text("zh")("charts.target", value="85%") == "目标 85%"
    assert Text("en")("charts.target", value="85%") == "target 85%"


def test_number_agrees_in_english() -> None:
    english = Text("en")
    assert english.count("wording.stand", 1, word="near") == "1 township near"
    assert english.count("wording.stand", 3, word="near") == "3 townships near"
    assert english.count("formats.span.天", 1.0, shown="1") == "1 day"


def test_missing_text_says_where_to_add_it() -> None:
    with pytest.raises(KeyError, match=r"en\.toml"):
        Text("en")("charts.no_such_text")


def test_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="use one of zh, en"):
        Text("fr")


def test_nested_tables_become_dotted_keys() -> None:
    assert flatten({"a": {"b": {"c": 1}}, "d": "x"}) == {"a.b.c": "1", "d": "x"}
