"""The page 数据导入 in each of its states, through dashboard.py, with ledgers as townships send them."""

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.testing.v1 import AppTest

from data import Store
from data.ledgers import desk
from data.ledgers.assessment import Upload
from data.profile import load_profile
from pages.shared.desk.start import month_options
from queries import imports
from tests.ledgers.asking import leaked
from tests.ledgers.bad import bad, put, spoiled
from tests.ledgers.books import book
from tests.ledgers.county import PROFILE, good
from tests.stores import once

ROOT = Path(__file__).resolve().parents[1]
OCTOBER = date(2026, 10, 1)
BAD = {one.file[:2]: (one.file, one.content) for one in bad()}
HOTLINE = """工单编号,来电时间,所属街镇,事项分类,处理状态,完结时间,回访电话
RX001,2026/10/03 09:20,东塘街道,停车困难,已完结,2026/10/05 10:00,13900000000
RX002,2026/10/08 14:05,柳湾镇,停车困难,处理中,,13900000000
"""
File = tuple[str, bytes]


def ledgers(month: str) -> list[File]:
    return [(one.name, book(one)) for one in good(month)]


def publish(store: Store, month: str, files: Sequence[File] | None = None) -> None:
    """Publish a month at the desk itself, without the page."""
    profile, day = load_profile(PROFILE), date.fromisoformat(f"{month}-01")
    uploads = [Upload(*one) for one in files or ledgers(month)]
    judged = desk.assess(desk.read_files(uploads, day, profile), day, profile, store)
    desk.publish(store, judged, reason="月报", who="test")


@pytest.fixture(scope="module")
def september(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one month of the small county."""
    return once(tmp_path_factory, "imports-september", lambda folder: publish(Store(folder), "2026-09"))


@pytest.fixture
def place(september: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of the test's own with September in it, and a profile that it may write into."""
    shutil.copytree(september, tmp_path / "own")
    shutil.copytree(PROFILE, tmp_path / "profile")
    monkeypatch.setenv("NUANXIN_STORE", str(tmp_path / "own"))
    monkeypatch.setenv("NUANXIN_PROFILE", str(tmp_path / "profile"))
    return tmp_path / "own"


@pytest.fixture
def app(place: Path, tmp_path: Path) -> AppTest:
    """A session on the page. The entry is copied: beside pages/ AppTest would start in a page's own file."""
    return opened(tmp_path)


def opened(folder: Path, slug: str = "imports", **url: str) -> AppTest:
    entry = shutil.copy(ROOT / "dashboard.py", folder)
    return go(AppTest.from_file(entry, default_timeout=60).run(), slug, **url)


def go(app: AppTest, slug: str, **url: str) -> AppTest:
    """Follow the navigation: AppTest itself knows pages only by their files."""
    (app._page_hash,) = [key for key, page in app._registered_pages.items() if page["url_pathname"] == slug]
    app.query_params.clear()
    for key, value in url.items():
        app.query_params[key] = value
    return app.run()


def dropped(app: AppTest, *files: File, month: date = OCTOBER) -> AppTest:
    """Choose the month and drop files."""
    app.selectbox("imports.month").set_value(month)
    app.file_uploader[0].set_value([(name, content, "") for name, content in files])
    app.run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    """Everything that a person reads on the page."""
    kinds = (app.title, app.header, app.markdown, app.warning, app.info, app.error, app.caption)
    texts = [element.value for kind in kinds for element in kind]
    texts += [
        element.label
        for kind in (app.metric, app.button, app.selectbox, app.checkbox, app.expander)
        for element in kind
    ]
    texts += [cell for table in (*app.table, *app.dataframe) for cell in cells(table.value)]
    return "\n".join(str(text) for text in texts)


def cells(frame) -> list[str]:
    return [*map(str, frame.columns), *(str(value) for column in frame.columns for value in frame[column])]


def table(app: AppTest, column: str) -> list[dict[str, str]]:
    """The rows of the first table with that column."""
    (found, *_) = [element.value for element in app.table if column in element.value.columns]
    return [dict(zip(found.columns, row, strict=True)) for row in found.itertuples(index=False)]


def verdicts(app: AppTest) -> dict[str, str]:
    """File -> verdict, as the table of files says."""
    names = ((row["文件"].split("  \n")[0].replace("\\", ""), row["结论"]) for row in table(app, "结论"))
    return {name: badge.rstrip("]").split()[-1] for name, badge in names}


def count(app: AppTest, verdict: str) -> str:
    """How many files the headline of a verdict says."""
    return next(one.value for one in app.metric if one.label.endswith(verdict))


def published(app: AppTest, reason: str = "10月月报") -> AppTest:
    """Confirm the warnings if there are any, give a reason, publish."""
    if any(box.key == "imports.confirmed" for box in app.checkbox):
        app.checkbox("imports.confirmed").check()
    app.text_input("imports.reason").set_value(reason)
    app.button("imports.publish").click()
    app.run()
    assert not app.exception
    return app


def head(place: Path) -> int:
    newest = Store(place).head()
    return newest.number if newest else 0


def test_the_month_most_likely_meant_is_the_one_after_the_newest_if_it_has_begun() -> None:
    begun, ahead = date(2026, 11, 3), date(2026, 9, 20)
    assert month_options([date(2026, 9, 1)], begun)[1] == OCTOBER
    assert month_options([date(2026, 9, 1)], ahead)[1] == date(2026, 9, 1)
    assert OCTOBER in month_options([date(2026, 9, 1)], ahead)[0]
    assert month_options([], begun)[1] == OCTOBER
    options, _ = month_options([date(2020, 1, 1)], begun)
    assert options == sorted(set(options), reverse=True)
    assert {date(2020, 1, 1), date(2020, 2, 1), date(2026, 11, 1)} <= set(options)


def test_nothing_dropped_yet_says_what_to_do_and_who_has_not_reported(app: AppTest) -> None:
    assert not app.exception
    assert "一次拖进来" in app.header[0].value
    app.selectbox("imports.month").set_value(OCTOBER).run()
    assert [row["台账"] for row in table(app, "还没报的")][:2] == ["企业台账", "人员与党员统计表"]
    assert not app.metric
    assert [button.key for button in app.button] == []
    assert [one.proto.label for one in app.get("download_button")] == ["下载空白模板"]


def test_a_morning_from_drop_to_publish_with_bad_files_among_good_ones(
    app: AppTest, place: Path, tmp_path: Path
) -> None:
    files, wrong = ledgers("2026-10"), [BAD["46"], BAD["48"]]
    dropped(app, *files, *wrong)
    found = verdicts(app)
    assert [found[name] for name, _ in wrong] == ["退回", "退回"]
    assert {found[name] for name, _ in files} == {"可发布", "需确认"}
    assert app.header[0].value == "13个文件：10个可发布，1个需确认，2个退回。"
    assert (count(app, "可发布"), count(app, "退回")) == ("10:small[个]", "2:small[个]")
    before = head(place)
    other = opened(tmp_path, "coverage")
    assert "截至2026年9月30日" in words(other)
    published(app)
    assert head(place) == before + 1
    assert app.header[0].value == "2026年10月已发布，首次发布。"
    # What goes back is still at hand; nothing else of the batch is.
    assert [one.proto.label for one in app.get("download_button")] == ["下载退回件"] * 2 + [
        "下载全部退回件（zip）"
    ]
    assert not app.file_uploader
    assert "imports.batch" not in app.session_state
    go(other, "coverage", month="2026-10")
    assert "截至2026年10月31日" in words(other)
    app.button("imports.again").click().run()
    assert "一次拖进来" in app.header[0].value
    assert len(app.file_uploader) == 1


def test_uploads_leave_the_servers_memory_when_the_desk_is_emptied(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    removed: list[str] = []
    remove = MemoryUploadedFileManager.remove_file

    def noting(self: MemoryUploadedFileManager, session_id: str, file_id: str) -> None:
        remove(self, session_id, file_id)
        removed.append(file_id)

    monkeypatch.setattr(MemoryUploadedFileManager, "remove_file", noting)
    dropped(app, *ledgers("2026-10")[:2])
    there = [one.file_id for one in app.file_uploader[0].value]
    app.button("imports.clear").click().run()
    assert sorted(removed) == sorted(there)
    assert app.file_uploader[0].value == []
    assert "imports.batch" in app.session_state
    assert app.session_state["imports.batch"].readings == {}


def test_files_stay_on_the_desk_while_another_page_is_looked_at(app: AppTest) -> None:
    dropped(app, *ledgers("2026-10")[:3])
    before = verdicts(app)
    go(app, "coverage")
    go(app, "imports")
    assert app.file_uploader[0].value == []
    assert verdicts(app) == before
    assert app.selectbox("imports.month").value == OCTOBER
    # More files join those; taking one of the new ones away leaves the others.
    name, content = BAD["48"]
    app.file_uploader[0].set_value([(name, content, "")]).run()
    assert verdicts(app) == {**before, name: "退回"}
    app.file_uploader[0].clear().run()
    assert verdicts(app) == before


def test_when_all_go_back_nothing_can_be_published(app: AppTest, place: Path) -> None:
    dropped(app, BAD["17"], BAD["05"])
    assert app.header[0].value == "2个文件都要退回，没有可发布的。"
    assert "没有可发布的文件" in words(app)
    assert "imports.publish" not in [button.key for button in app.button]
    assert head(place) == 1


def test_a_ledger_of_another_month_goes_back_and_is_right_in_its_own(app: AppTest) -> None:
    dropped(app, BAD["06"])
    assert set(verdicts(app).values()) == {"退回"}
    assert "2026年8月" in words(app)
    app.selectbox("imports.month").set_value(date(2026, 8, 1)).run()
    assert "退回" not in verdicts(app).values()


def test_each_place_is_told_as_excel_shows_it(app: AppTest) -> None:
    dropped(app, BAD["17"], BAD["34"])
    (row,) = table(app, "位置")[:1]
    assert row["位置"].endswith("工作表“Sheet1”，第6行，E列，“正式党员”")
    wrong, todo = row["问题，怎么办"].split("  \n")
    assert "12%" in wrong
    assert "请" in todo
    assert "W列" in words(app)


def test_no_identifier_is_ever_shown(app: AppTest) -> None:
    dropped(app, *(BAD[number] for number in ("34", "35", "36", "37", "38", "39")))
    chinese = words(app)
    app.get("button_group")[0].set_value("en").run()
    for said in (chinese, words(app)):
        assert len(said) > 500
        assert leaked(said) == []
    assert words(app) != chinese


def test_an_unknown_township_is_asked_once_and_remembered(app: AppTest, place: Path, tmp_path: Path) -> None:
    dropped(app, BAD["07"])
    (question,) = [box for box in app.selectbox if "望海镇" in box.label]
    assert "石桥镇" in question.options
    question.set_value("990101102")
    app.button("imports.remember").click().run()
    assert not app.exception
    assert "退回" not in verdicts(app).values()
    assert "望海镇,990101102" in (tmp_path / "profile" / "aliases.csv").read_text("utf-8")
    again = dropped(opened(tmp_path), BAD["07"])
    assert "退回" not in verdicts(again).values()
    assert not [box for box in again.selectbox if "望海镇" in box.label]


def test_an_unknown_header_is_asked_once_and_remembered(app: AppTest, tmp_path: Path) -> None:
    ledger = ("柳湾镇企业台账.xlsx", spoiled("enterprises", put(H3="跑腿平台")))
    dropped(app, ledger)
    (question,) = [box for box in app.selectbox if "跑腿平台" in box.label]
    question.set_value("ignore")
    app.button("imports.remember").click().run()
    assert not [box for box in app.selectbox if "跑腿平台" in box.label]
    assert "enterprises,跑腿平台,ignore" in (tmp_path / "profile" / "headers.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("kind", "choice"),
    [("people", "members_full"), ("care", "publicity"), ("services", "充电"), ("targets", "org_cov_total")],
)
def test_a_column_of_numbers_may_be_said_to_hold_a_figure(kind: str, choice: str) -> None:
    for lang in ("zh", "en"):
        assert imports.header_choices(kind, lang)[choice]


def test_publishing_wants_warnings_confirmed_and_a_reason_without_personal_data(
    app: AppTest, place: Path
) -> None:
    dropped(app, BAD["33"])
    app.text_input("imports.reason").set_value("月报")
    app.button("imports.publish").click().run()
    assert "先确认提醒" in app.error[0].value
    app.checkbox("imports.confirmed").check()
    app.text_input("imports.reason").set_value(" ")
    app.button("imports.publish").click().run()
    assert "发布原因" in app.error[0].value
    published(app, "联系 139 0000 0000")
    assert app.error
    assert leaked(words(app)) == []
    assert head(place) == 1
    published(app)
    assert head(place) == 2


def test_a_month_that_moved_on_is_not_overwritten(app: AppTest, place: Path) -> None:
    dropped(app, *ledgers("2026-10")[:3])
    publish(Store(place), "2026-10", ledgers("2026-10")[:1])
    published(app)
    assert "基线已变" in app.error[0].value
    assert head(place) == 2
    published(app, "补报")
    assert app.header[0].value == "2026年10月已发布，第2次修订。"


def test_a_correction_says_what_it_replaces_and_what_changes(app: AppTest, place: Path) -> None:
    publish(Store(place), "2026-10")
    go(app, "imports")
    opened_again = spoiled("enterprises", put(F7="是"))
    dropped(app, ("柳湾镇企业台账(更正).xlsx", opened_again))
    assert "取代以前报的1份" in words(app)
    assert "柳湾镇新业态企业台账2026.10.xlsx" in words(app)
    changes = {row["指标"]: row for row in table(app, "发布前")}
    assert changes["实体运营企业"] == {
        "指标": "实体运营企业",
        "发布前": "13家",
        "发布后": "14家",
        "变化": "净增1家",
    }


def test_of_two_ledgers_of_a_sender_the_later_counts_when_asked(app: AppTest) -> None:
    # Both come from the same folder name by name: files are told apart all the same.
    first, second = (("柳湾镇.xlsx", spoiled("enterprises", put(I6=number))) for number in (36.0, 37.0))
    dropped(app, first, second)
    assert verdicts(app) == {"柳湾镇（2）.xlsx": "退回", "柳湾镇.xlsx": "可发布"}
    app.checkbox("imports.later_wins").check().run()
    assert "退回" not in verdicts(app).values()


def test_a_foreign_export_is_mapped_column_by_column_and_known_from_then_on(
    app: AppTest, place: Path, tmp_path: Path
) -> None:
    export = ("热线导出202610.csv", HOTLINE.encode("gb18030"))
    dropped(app, export)
    assert verdicts(app) == {"热线导出202610.csv": "退回"}
    app.toggle[0].set_value(True).run()
    answers = {
        "来电时间": "received_at",
        "所属街镇": "township_code",
        "事项分类": "class_id",
        "处理状态": "status",
        "完结时间": "closed_at",
    }
    for header, column in answers.items():
        next(box for box in app.selectbox if box.label == header).set_value(column)
    app.run()
    save = next(button for button in app.button if button.label == "保存映射并导入")
    for word, meaning in {"已完结": "closed", "处理中": "open"}.items():
        next(box for box in app.selectbox if box.label.endswith(f"：{word}")).set_value(meaning)
    app.run()
    save = next(button for button in app.button if button.label == "保存映射并导入")
    assert not save.disabled
    save.click().run()
    assert not app.exception
    # The column of telephone numbers was not taken: dropped, and said so.
    assert verdicts(app) == {"热线导出202610.csv": "需确认"}
    assert (tmp_path / "profile" / "mappings" / "热线导出.toml").exists()
    later = ("热线导出202610（补）.csv", HOTLINE.replace("RX00", "RX01").encode())
    published(dropped(opened(tmp_path), later))
    cases = Store(place).read(Store(place).resolve(), OCTOBER, "grievances")
    assert cases["case_id"].to_list() == ["RX011", "RX012"]
    assert cases["township_code"].to_list() == ["990101001", "990101101"]
    assert cases["status"].to_list() == ["closed", "open"]
    assert cases["received_at"].dt.to_string("%F %R").to_list() == ["2026-10-03 09:20", "2026-10-08 14:05"]


def test_a_mapping_that_reads_wrongly_can_be_made_again(app: AppTest, tmp_path: Path) -> None:
    folder = tmp_path / "profile" / "mappings"
    folder.mkdir()
    (folder / "热线.toml").write_text(
        '[[source]]\nfile = "*"\ntable = "grievances"\ntownship = "所属街镇"\nclass = "事项分类"\n'
        'constants = {status = "open"}\n'
        '[source.columns]\n"工单编号" = "case_id"\n"来电时间" = "received_at"\n',
        "utf-8",
    )
    dropped(app, ("热线.csv", HOTLINE.encode()))
    assert verdicts(app) == {"热线.csv": "退回"}
    assert "第2、3行，B列，“来电时间”" in words(app)
    next(button for button in app.button if button.label == "重做映射").click().run()
    assert not list(folder.iterdir())
    assert app.toggle


def test_an_empty_store_asks_for_the_county_and_whether_the_data_are_real(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NUANXIN_PROFILE", raising=False)
    monkeypatch.setenv("NUANXIN_STORE", str(tmp_path / "new"))
    app = opened(tmp_path)
    assert not app.file_uploader
    app.button("imports.county_use").click().run()
    assert "请选县区" in app.warning[0].value
    app.selectbox("imports.county").set_value("longhua")
    app.radio("imports.nature").set_value("real")
    app.button("imports.county_use").click().run()
    assert app.file_uploader
    profile = load_profile(tmp_path / "new" / "profile")
    assert profile.settings["demonstration"] is False
    assert (
        profile.settings["county"] == load_profile(ROOT / "data" / "profiles" / "longhua").settings["county"]
    )


def test_without_a_profile_of_its_own_the_desk_takes_that_of_the_newest_snapshot(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NUANXIN_PROFILE")
    app = opened(tmp_path)
    assert app.file_uploader
    made, given = load_profile(place / "profile"), load_profile(PROFILE)
    assert made.settings == given.settings
    assert all(made.frames[name].equals(given.frames[name]) for name in given.frames)
    assert Store(place).verify().ok
    assert not app.info


def test_a_profile_that_was_changed_since_is_told(app: AppTest, tmp_path: Path) -> None:
    path = tmp_path / "profile" / "committees.csv"
    path.write_text(path.read_text("utf-8").rstrip() + "\nC99,网约家政行业党委,县商务局\n", "utf-8")
    go(app, "imports")
    assert "committees" in app.info[0].value


def test_real_data_are_not_mixed_with_demonstration_data(app: AppTest, tmp_path: Path) -> None:
    settings = tmp_path / "profile" / "settings.toml"
    settings.write_text(settings.read_text("utf-8") + "demonstration = true\n", "utf-8")
    go(app, "imports")
    assert "不能混在一起" in app.error[0].value
    assert not app.file_uploader


def test_a_broken_store_is_named_and_nothing_can_be_dropped(place: Path, tmp_path: Path) -> None:
    publish(Store(place), "2026-10", ledgers("2026-10")[:1])
    newest = max((place / "commits").glob("*.json"))
    newest.write_bytes(newest.read_bytes()[:-20])
    app = opened(tmp_path)
    assert not app.exception
    assert len(app.error) == 1
    assert newest.stem.lstrip("0") in app.error[0].value
    assert not app.file_uploader


def test_filters_survive_a_visit_to_the_desk(app: AppTest) -> None:
    go(app, "coverage", townships="990101101", denominator="eligible")
    go(app, "imports")
    go(app, "coverage")
    assert app.session_state["townships"] == ["990101101"]
    assert app.session_state["denominator"] == "eligible"


def test_english_leaves_no_chinese_but_what_the_files_say(place: Path, tmp_path: Path) -> None:
    app = opened(tmp_path, lang="en")
    dropped(app, *ledgers("2026-10")[:3], BAD["07"], BAD["46"])
    labels = [one.label for kind in (app.metric, app.button, app.checkbox, app.radio) for one in kind]
    labels += [one.value for kind in (app.title, app.header) for one in kind]
    labels += [column for one in (*app.table, *app.dataframe) for column in one.value.columns]
    labels += [one.proto.label for one in app.get("download_button")]
    assert len(labels) > 30
    assert [text for text in labels if any("\u4e00" <= letter <= "\u9fff" for letter in text)] == []
