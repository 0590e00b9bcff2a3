"""Colours: contrast, one source with .streamlit/config.toml, party red for identity; and server options."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pages.shared.theme import DARK, LIGHT, SHAPES, Theme, theme_of

ROOT = Path(__file__).resolve().parents[1]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))

both = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast of two colours."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def config_of(theme: Theme) -> dict[str, str]:
    return dict(CONFIG["theme"][theme.name])


def test_contrast_is_computed_as_wcag_defines_it() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@both
def test_text_reads_on_page_and_widgets(theme: Theme) -> None:
    for ground in (theme.bg, theme.soft):
        for words in (theme.ink, theme.ink2, theme.primary, *(s.word for s in theme.statuses)):
            assert contrast(words, ground) >= 4.5, words


@both
def test_text_reads_on_the_marks_that_carry_it(theme: Theme) -> None:
    assert contrast(theme.bg, theme.data) >= 4.5
    assert contrast(theme.ink, theme.calm) >= 4.5
    assert contrast(theme.bg, theme.status("bad").glyph) >= 4.5
    for words in (theme.data, *theme.line_words):
        assert contrast(words, theme.bg) >= 4.5, words


@both
def test_marks_are_seen(theme: Theme) -> None:
    for mark in (theme.data, theme.axis, *theme.lines, *(s.glyph for s in theme.statuses)):
        assert contrast(mark, theme.bg) >= 3, mark


@both
def test_cells_of_a_heat_table_keep_their_numbers_readable(theme: Theme) -> None:
    low, high = theme.sequential[:3], theme.sequential[4:]
    assert all(contrast(theme.ink, shade) >= 4.5 for shade in low)
    assert all(contrast(theme.bg, shade) >= 4.5 for shade in high)


@both
def test_words_of_a_badge_read_on_its_ground(theme: Theme) -> None:
    colours = config_of(theme)
    for status in theme.statuses:
        assert contrast(colours[f"{status.badge}TextColor"], colours[f"{status.badge}BackgroundColor"]) >= 4.5


@both
def test_streamlit_has_the_colours_of_the_charts(theme: Theme) -> None:
    colours = config_of(theme)
    tokens = {
        "backgroundColor": theme.bg,
        "secondaryBackgroundColor": theme.soft,
        "textColor": theme.ink,
        "borderColor": theme.border,
        "primaryColor": theme.primary,
        "dataframeBorderColor": theme.grid,
        "grayTextColor": theme.ink2,
        "chartCategoricalColors": list(theme.lines),
    }
    assert {key: colours[key] for key in tokens} == tokens
    for status in theme.statuses:
        if status.key != "quiet":
            assert colours[f"{status.badge}Color"] == status.glyph
            assert colours[f"{status.badge}TextColor"] == status.word


def test_both_themes_set_the_same_keys() -> None:
    assert config_of(LIGHT).keys() == config_of(DARK).keys()


def test_party_red_is_no_colour_of_streamlit() -> None:
    text = (ROOT / ".streamlit" / "config.toml").read_text("utf-8").upper()
    assert all(theme.party not in text for theme in (LIGHT, DARK))


@both
def test_statuses_differ_by_more_than_colour(theme: Theme) -> None:
    shapes = {status.key: status.shape for status in theme.statuses}
    assert len({shapes[key] for key in ("good", "warn", "bad", "none")}) == 4
    assert tuple(shapes) == tuple(SHAPES)


def test_unknown_status_names_the_known_ones() -> None:
    with pytest.raises(KeyError, match="good, warn, bad"):
        LIGHT.status("purple")


def test_theme_is_light_until_the_browser_tells() -> None:
    assert (theme_of(None), theme_of("light"), theme_of("dark")) == (LIGHT, LIGHT, DARK)


def test_the_server_is_for_this_machine_and_tells_nothing_outside() -> None:
    server, client = CONFIG["server"], CONFIG["client"]
    assert (server["address"], server["port"]) == ("127.0.0.1", 8501)
    assert server["allowedHosts"] == ["127.0.0.1", "localhost"]
    assert not any(server[key] for key in ("enableStaticServing", "enableAgentApi", "showEmailPrompt"))
    assert CONFIG["browser"] == {"gatherUsageStats": False}
    assert (client["showErrorDetails"], client["showErrorLinks"]) == ("none", False)
    assert client["disableDataExport"]


def refused(folder: Path) -> list[str]:
    """The options of a folder's config.toml that the installed Streamlit does not know."""
    command = [sys.executable, "-m", "streamlit", "config", "show"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return [
        line for line in (done.stdout + done.stderr).splitlines() if "is not a valid config option" in line
    ]


def test_streamlit_knows_every_option_we_set(tmp_path: Path) -> None:
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text("[server]\nnoSuchOption = 1\n", "utf-8")
    assert len(refused(tmp_path)) == 1
    assert refused(ROOT) == []
