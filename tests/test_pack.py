"""The meeting pack: the command and the button make the same files, under names that sort."""

import sys
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.__main__ import main
from pages.shared.deck.build import build
from pages.shared.deck.headless import view_of
from pages.shared.deck.stamped import stamp_of
from pages.shared.pack import FORMATS, file_name, pack
from queries import current
from tests.stores import OCTOBER, sampled


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three months of the demonstration county."""
    return sampled(tmp_path_factory)


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], county: Path) -> Any:
    """Run `python -m pages pack` on the county; the exit code, what it printed, and its complaint."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["pages", "pack", "--store", str(county), *arguments])
        try:
            main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_two_packs_of_a_commit_are_equal_byte_for_byte(command: Any, county: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "new" / "first", tmp_path / "second"
    second.mkdir()
    commit = current(county).number  # type: ignore[union-attr]
    wanted = [f"2026-10_联席会议_演示_v{commit}.{form}" for form in FORMATS]
    (second / wanted[0]).write_text("of yesterday", "utf-8")
    for folder in (first, second):
        code, out, err = command("--month", "2026-10", "--out", str(folder))
        assert (code, err) == (0, "")
        assert out.split() == [str(folder / name) for name in wanted]
        assert names(folder) == sorted(wanted)
    for name in wanted:
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_a_name_says_audience_filters_and_language(command: Any, county: Path, tmp_path: Path) -> None:
    commit = current(county).number  # type: ignore[union-attr]
    of = ("--month", "2026-10", "--out", str(tmp_path), "--formats", "xlsx")
    own = ("--township", "990101200", "--committee", "C03", "--denominator", "above_scale", "--lang", "en")
    for more in (("--audience", "internal"), own):
        assert command(*of, *more)[0] == 0
    english = f"2026-10_joint-meeting_石门回族乡_外卖_Above-scale_protected_v{commit}.xlsx"
    assert names(tmp_path) == [english, f"2026-10_联席会议_内部_v{commit}.xlsx"]
    codes = ("990101001", "990101002", "990101003", "990101100")
    for townships, said in ((codes[1::-1], "城东街道、城西街道"), (codes, "4个镇街")):
        stamp = stamp_of(view_of(OCTOBER, store=county, townships=townships))
        assert file_name(stamp, "pdf") == f"2026-10_联席会议_{said}_演示_v{commit}.pdf"


@pytest.mark.parametrize(
    ("wrong", "code", "said"),
    [
        (("--formats", "pptx,odt"), 2, "pptx,docx,xlsx,pdf"),
        (("--audience", "public"), 2, "protected"),
        (("--lang", "fr"), 2, "zh"),
        (("--denominator", "all"), 2, "denominator"),
        (("--township", "330000"), 2, "townships"),
        (("--month", "October"), 2, "--month"),
        (("--month", "2019-10"), 1, "2019-10"),
        (("--as-of", "nothing"), 1, "nothing"),
        (("--store", "nowhere"), 1, "nowhere"),
        (("--colour",), 2, "--help"),
    ],
    ids=str,
)
def test_a_wrong_wish_is_told_in_words_and_writes_nothing(
    command: Any, tmp_path: Path, wrong: tuple[str, ...], code: int, said: str
) -> None:
    arguments = ("--month", "2026-10", "--out", str(tmp_path / "out"), "--formats", "xlsx", *wrong)
    ended, out, err = command(*arguments)
    assert (ended, out) == (code, "")
    assert said in err
    assert "Traceback" not in err
    assert not (tmp_path / "out").exists() or names(tmp_path / "out") == []


def test_a_folder_that_is_a_file_is_refused(command: Any, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", "utf-8")
    code, out, err = command(
        "--month", "2026-10", "--out", str(tmp_path / "taken" / "in"), "--formats", "xlsx"
    )
    assert (code, out) == (1, "")
    assert "文件夹" in err


def page(store: str, townships: tuple[str, ...]) -> None:
    """The menu of the meeting page alone."""
    from pages.shared.deck.headless import view_of
    from pages.shared.meeting.packing import pack_menu
    from tests.stores import OCTOBER

    pack_menu(view_of(OCTOBER, store=store, audience="internal", townships=townships))


def downloads(app: AppTest) -> list[str]:
    return [button.proto.help for button in app.get("download_button")]


def test_the_button_makes_what_the_page_shows_protected_unless_one_says_otherwise(county: Path) -> None:
    how = {"townships": ("990101200",)}
    app = AppTest.from_function(page, default_timeout=120, kwargs={"store": str(county), **how}).run()
    assert (downloads(app), [warning.value for warning in app.warning]) == ([], [])
    app.segmented_control(key="pack.formats").set_value(["xlsx"])
    app.button(key="pack.make").click().run()
    assert not app.exception
    wanted = pack(build(view_of(OCTOBER, store=county, audience="protected", **how)), ["xlsx"])
    assert downloads(app) == list(wanted)
    assert "石门回族乡_演示" in downloads(app)[0]
    assert app.session_state["pack.made"][1] == wanted
    # Another choice needs files of its own.
    app.radio(key="pack.audience").set_value("internal").run()
    assert len(app.warning) == 1
    assert downloads(app) == []
    app.button(key="pack.make").click().run()
    assert "石门回族乡_内部" in downloads(app)[0]
    app.segmented_control(key="pack.formats").set_value([]).run()
    assert app.button(key="pack.make").disabled
