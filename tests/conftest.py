"""Nets under every test: no real store, no language of the machine it runs on."""

from pathlib import Path

import pytest
from hypothesis import settings

from data import Store

# Timing never decides a test.
settings.register_profile("nuanxin", deadline=None)
settings.load_profile("nuanxin")


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A test that asks for the default store finds an empty one, never a county's own."""
    monkeypatch.setenv("NUANXIN_STORE", str(tmp_path / "no-store-was-named"))
    monkeypatch.delenv("NUANXIN_LANG", raising=False)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store of the test's own, empty at first."""
    return Store(tmp_path / "store")
