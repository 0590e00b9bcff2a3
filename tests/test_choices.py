"""A choice that a viewer made stands, however runs and URLs cross on their way."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import filters
from tests.stores import sampled
from tests.test_pages import ROOT

BEFORE = "2026-09"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with three months of the demonstration county."""
    return sampled(tmp_path_factory)


@pytest.fixture
def app(county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page of stations for September.

    Each run of an AppTest would find `pages/` beside its script, and take its files for pages of their own.
    """
    monkeypatch.setenv("NUANXIN_STORE", str(county))
    app = AppTest.from_file(str(shutil.copy(ROOT / "dashboard.py", tmp_path)), default_timeout=30)
    app.session_state["frame.wanted"] = ("stations", {"month": BEFORE})
    return app.run()


def test_a_choice_outlives_the_url_that_the_browser_sent_before_it_knew_the_new_one(app, monkeypatch):
    monkeypatch.setattr(filters, "UNDERWAY_SECONDS", 60.0)
    app.multiselect(key="townships").select("990101001").run()
    app.query_params.clear()
    app.query_params["month"] = BEFORE
    app.multiselect(key="townships").select("990101100").run()
    assert app.session_state["townships"] == ["990101001", "990101100"]
    app.query_params.clear()
    app.query_params["month"] = BEFORE
    app.run()
    assert app.session_state["townships"] == ["990101001", "990101100"]
    assert app.query_params["townships"] == ["990101001", "990101100"]


def test_going_back_and_following_a_link_change_the_choice(app, monkeypatch):
    monkeypatch.setattr(filters, "UNDERWAY_SECONDS", 0.0)
    app.multiselect(key="townships").select("990101001").run()
    app.query_params.clear()
    app.query_params["month"] = BEFORE
    app.run()
    assert app.session_state["townships"] == []


def test_an_answer_does_not_overwrite_what_is_chosen_meanwhile(app):
    """What a run assigns to a widget replaces, in the browser, a choice that was made during the run."""
    app.multiselect(key="townships").select("990101001").run()
    widgets = [app.selectbox(key="month"), *app.multiselect, *app.get("button_group")]
    assert len(widgets) == 4
    assert [widget.proto.set_value for widget in widgets] == [False] * 4
    # Labels in another language are other ones: here the browser has to be told.
    app.get("button_group")[0].set_value("en").run()
    assert app.selectbox(key="month").proto.set_value
    assert app.session_state["townships"] == ["990101001"]
