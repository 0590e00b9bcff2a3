"""Pages in the lights of the profile's scheme: its words in titles and charts, its colours and its shapes."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import Store, sample
from data.profile import load_profile
from data.publish import publish
from pages.shared.theme import LIGHT
from tests.stores import OCTOBER, sampled
from tests.test_pages import ROOT, words

LEDGERS = ("enterprises", "figures", "stations", "station_services", "grievances", "tasks", "targets")
Opened = Callable[[str, str], AppTest]


@pytest.fixture
def opened(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Opened:
    """Publish a month of the demonstration county under other [lights], and open a page of it."""

    def at(slug: str, lights: str) -> AppTest:
        shutil.copytree(sample.PROFILES / "demo", tmp_path / "profile")
        settings = tmp_path / "profile" / "settings.toml"
        others = re.sub(r"(?ms)^\[lights\].*?(?=^\[)", "", settings.read_text("utf-8"))
        settings.write_text(f"{others}\n[lights]\n{lights}\n", "utf-8")
        whole = Store(sampled(tmp_path_factory, 1))
        frames = {name: whole.read(whole.resolve(), OCTOBER, name) for name in LEDGERS}
        profile = load_profile(tmp_path / "profile")
        publish(Store(tmp_path / "store"), OCTOBER, frames, profile, reason="test", who="test")
        monkeypatch.setenv("NUANXIN_STORE", str(tmp_path / "store"))
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        app.session_state["frame.wanted"] = (slug, {})
        app.run()
        assert not app.exception
        assert not app.error
        return app

    return at


def verdicts(app: AppTest) -> str:
    """What stands beside the bars of the organisation rate, colours and all."""
    (spec,) = [c.proto.spec for c in app.get("plotly_chart") if "coverage_township_organised" in c.proto.id]
    return "\n".join(label["text"] for label in json.loads(spec)["layout"]["annotations"])


def test_the_profiles_own_words_stand_in_titles_and_at_bars(opened: Opened) -> None:
    app = opened("coverage", 'scheme = "red_yellow_green"\ngood = "绿灯"\nwarn = "黄灯"\nbad = "红灯"')
    assert "#### 3个镇街红灯，1个黄灯，合计差9家" in words(app)
    assert "青石镇、三岔口镇、石门回族乡红灯，差8家" in words(app)
    assert "达标" not in words(app) + "".join(c.proto.spec for c in app.get("plotly_chart"))
    assert all(word in verdicts(app) for word in ("绿灯", "黄灯", "红灯", LIGHT.status("good").glyph))


def test_what_is_fine_is_blue_where_the_scheme_says_so(opened: Opened) -> None:
    app = opened("coverage", 'scheme = "blue_yellow_red"')
    chart, blue = verdicts(app), LIGHT.status("running")
    assert "先进" in chart
    assert f"color:{blue.glyph};" in chart
    assert LIGHT.status("good").glyph not in chart


def test_a_target_for_the_year_is_held_against_the_pace_and_done_has_its_own_shape(opened: Opened) -> None:
    app = opened("coverage", 'scheme = "four_colours"\nyearly = ["org_cov_total"]')
    chart = verdicts(app)
    # 304 days of 365 make 70.8% of 85% due: 75.0% of 三岔口镇 is on schedule, 66.7% of 石门回族乡 is not.
    assert "#### 1个镇街滞后，合计差2家" in words(app)
    shapes = {word: chart.count(f">{word}") for word in ("■", "●", "▲", "◆")}
    assert shapes == {"■": 4, "●": 3, "▲": 0, "◆": 1}
    assert "正常推进" in chart
    assert "完成" in chart


def test_the_meeting_shows_the_same_lights(opened: Opened) -> None:
    app = opened("meeting", 'scheme = "four_colours"\nyearly = ["org_cov_total"]')
    assert ":green-badge[■ 完成]" in words(app)
    assert ":red-badge[◆ 滞后]" in words(app)
    assert "● 完成" not in words(app)
