"""The profile in use: made when it is first needed, and it remembers what a clerk answered."""

import shutil
from pathlib import Path

import pytest

from data import IntakeError, Store, working_profile
from data.profile import load_profile
from tests.ledgers.county import PROFILE
from tests.ledgers.identifiers import MOBILE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PROFILE, tmp_path / "profile"))


@pytest.fixture(autouse=True)
def _none_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUANXIN_PROFILE", raising=False)


def test_an_empty_store_has_none_until_a_county_is_chosen(store: Store) -> None:
    assert working_profile.folder_of(store) is None
    working_profile.choose(store, "demo", demonstration=True)
    made = working_profile.folder_of(store)
    assert made == store.root / "profile"
    assert load_profile(made).settings["demonstration"] is True
    assert store.head() is None


def test_a_county_that_was_chosen_is_not_replaced(store: Store) -> None:
    working_profile.choose(store, "longhua", demonstration=False)
    working_profile.choose(store, "demo", demonstration=True)
    profile = load_profile(store.root / "profile")
    assert profile.settings["county"] == working_profile.shipped()["longhua"]
    assert profile.settings["demonstration"] is False
    assert [path.name for path in store.root.iterdir()] == ["profile"]


def test_a_folder_that_is_named_wins(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUANXIN_PROFILE", str(folder))
    assert working_profile.folder_of(store) == folder
    assert not store.root.exists()


def test_an_alias_is_kept_and_a_later_answer_replaces_it(folder: Path) -> None:
    before = load_profile(folder)
    working_profile.add_alias(folder, "望 海镇", "990101101")
    working_profile.add_alias(folder, "望海镇", "990101102")
    after = load_profile(folder)
    assert after.townships()["望海镇"] == "990101102"
    assert after.frames["aliases"].height == before.frames["aliases"].height + 1
    assert before.townships().items() <= after.townships().items()


def test_a_header_is_kept_and_a_later_answer_replaces_it(folder: Path) -> None:
    before = load_profile(folder).headers
    working_profile.add_header(folder, "enterprises", "跑腿,平台", "ignore")
    working_profile.add_header(folder, "enterprises", "跑腿,平台", "workers")
    working_profile.add_header(folder, "people", "跑腿,平台", "ignore")
    assert load_profile(folder).headers == (
        *before,
        ("enterprises", "跑腿,平台", "workers"),
        ("people", "跑腿,平台", "ignore"),
    )


def test_mappings_are_kept_by_name_and_forgotten(folder: Path) -> None:
    path = working_profile.add_mapping(folder, "热线", "[[source]]\n")
    assert working_profile.mappings(folder) == [path]
    assert load_profile(folder).name == "profile"
    working_profile.remove_mapping(folder, "没有的")
    working_profile.remove_mapping(folder, "热线")
    assert working_profile.mappings(folder) == []


@pytest.mark.parametrize("name", ["../热线", "a/b", "", ".隐藏", "长" * 41, "a\nb"])
def test_a_mapping_cannot_be_saved_elsewhere(folder: Path, name: str) -> None:
    before = sorted(folder.parent.rglob("*"))
    with pytest.raises(IntakeError):
        working_profile.add_mapping(folder, name, "x")
    assert sorted(folder.parent.rglob("*")) == before


def test_no_answer_may_hold_personal_data(folder: Path) -> None:
    for answer in (
        lambda: working_profile.add_alias(folder, MOBILE, "990101101"),
        lambda: working_profile.add_header(folder, "enterprises", MOBILE, "ignore"),
        lambda: working_profile.add_mapping(folder, MOBILE, "x"),
    ):
        with pytest.raises(IntakeError) as refused:
            answer()
        assert MOBILE not in refused.value.text("zh")
    assert load_profile(folder).frames["aliases"].equals(load_profile(PROFILE).frames["aliases"])
