"""A clerk's morning in a real browser: ledgers dropped, one sent back, a question answered, published."""

import io
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from data import Store
from data.ledgers import desk
from data.ledgers.assessment import Upload
from data.profile import load_profile
from tests.browser import controls, probes
from tests.browser.languages import CHINESE, foreign_words
from tests.browser.server import Server
from tests.browser.viewer import PHONE, Viewer
from tests.ledgers.bad import bad
from tests.ledgers.books import book
from tests.ledgers.county import PROFILE, good

pytestmark = pytest.mark.browser

SEPTEMBER = date(2026, 9, 1)
UNKNOWN, PERCENT = (one for one in bad() if one.file.startswith(("07", "17")))
# What Streamlit itself writes on its place to drop files, in every language, and names of formats and sizes.
STREAMLITS_OWN = {"Upload", "60MB per file"}
FORMATS = re.compile(r"\.(xlsx|xls|et|csv)|\d+MB")


@pytest.fixture
def own_store(tmp_path: Path) -> Path:
    """A store with September of the small county and a profile beside it, for one test to write into."""
    store, profile = Store(tmp_path / "store"), load_profile(PROFILE)
    files = [Upload(one.name, book(one)) for one in good("2026-09")]
    judged = desk.assess(desk.read_files(files, SEPTEMBER, profile), SEPTEMBER, profile, store)
    desk.publish(store, judged, reason="月报", who="test")
    shutil.copytree(PROFILE, store.root / "profile")
    return store.root


@pytest.fixture
def own_server(own_store: Path, start: Callable[[Path], Server]) -> Server:
    return start(own_store)


def drop(page: Page, *files: tuple[str, bytes]) -> None:
    """Give files to the page as a drop does."""
    payload = [{"name": name, "mimeType": "", "buffer": content} for name, content in files]
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(payload)
    expect(page.get_by_text(re.compile("^(下载问题清单|Download the list of findings)$"))).to_be_visible()


def choose_month(page: Page, name: str) -> None:
    controls.at_rest(page)
    box = page.get_by_role("combobox", name="台账所属月份")
    box.click()
    page.get_by_role("option", name=re.compile(f"^{name}")).click()
    expect(box).to_have_value(re.compile(f"^{name}"))


def october() -> list[tuple[str, bytes]]:
    """The month's ledgers but that of 柳湾镇, whose only one has a township that nobody knows."""
    return [(one.name, book(one)) for one in good("2026-10") if "柳湾镇" not in one.name]


def opens(page: Page, button: str, folder: Path) -> CalamineWorkbook:
    """The workbook behind the first button of that name."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).first.click()
    waiting.value.save_as(folder / "file.xlsx")
    return CalamineWorkbook.from_filelike(io.BytesIO((folder / "file.xlsx").read_bytes()))


def test_a_morning_from_drop_to_publish(
    own_server: Server, viewer_of: Callable[..., Viewer], tmp_path: Path
) -> None:
    viewer = viewer_of(own_server)
    leader = viewer_of(own_server).open("/coverage")
    page = viewer.open("/coverage")
    controls.go_to(page, "imports")
    choose_month(page, "2026年10月")
    viewer.settle(page)
    drop(page, *october(), (UNKNOWN.file, UNKNOWN.content), (PERCENT.file, PERCENT.content))
    viewer.settle(page)
    expect(page.get_by_role("heading", level=2)).to_have_text("12个文件：9个可发布，1个需确认，2个退回。")
    # The bad cell goes back marked, in the sender's own layout.
    returned = opens(page, "下载退回件", tmp_path)
    assert returned.sheet_names[1] == "Sheet1"
    texts = [
        str(cell)
        for name in returned.sheet_names
        for row in returned.get_sheet_by_name(name).to_python()
        for cell in row
    ]
    assert "望海镇" in "".join(texts)
    # A name that nobody knows is answered once, and the file is good.
    controls.choose(page, page.get_by_role("combobox", name="“望海镇”是哪个镇街？"), "柳湾镇")
    controls.at_rest(page)
    page.get_by_role("button", name="记住并重新检查").click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("1个退回")
    viewer.settle(page)
    # Nothing is published without a look at the warnings and a reason.
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("请先确认提醒。")).to_be_visible()
    controls.at_rest(page)
    page.get_by_text("确认照此发布").click()
    expect(page.get_by_role("checkbox", name="确认照此发布")).to_be_checked()
    # The run that the reason starts must not move the button from under the click.
    page.get_by_role("textbox", name="发布原因").fill("2026年10月月报")
    page.keyboard.press("Tab")
    viewer.settle(page)
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_role("heading", level=2)).to_have_text("2026年10月已发布，首次发布。")
    viewer.settle(page)
    expect(page.get_by_text(PERCENT.file)).to_be_visible()
    assert opens(page, "下载退回件", tmp_path).sheet_names
    # Everybody sees it, whoever was there before.
    page.get_by_role("link", name="打开2026年10月联席会议").click()
    expect(page).to_have_url(re.compile(r"/meeting\?month=2026-10"))
    expect(page.get_by_role("heading", level=1)).to_have_text("10月联席会议")
    expect(leader.get_by_text("截至2026年9月30日").first).to_be_visible()
    drawn = leader.evaluate(probes.PICTURES)
    controls.choose_month(leader, "2026年9月")
    leader.reload()
    controls.choose_month(leader, "2026年10月")
    expect(leader.get_by_text("截至2026年10月31日").first).to_be_visible()
    leader.wait_for_function(probes.ALL_CHANGED, arg=drawn)
    assert not own_server.trouble()


def test_the_desk_fits_a_phone_and_speaks_one_language(
    own_server: Server, viewer_of: Callable[..., Viewer]
) -> None:
    viewer = viewer_of(own_server, viewport=PHONE)
    page = viewer.open("/imports")
    choose_month(page, "2026年10月")
    viewer.settle(page)
    assert page.evaluate(probes.SIDEWAYS) <= 0
    rest = set(foreign_words(page)) - STREAMLITS_OWN
    assert [one for one in rest if re.search("[A-Za-z]{2,}", FORMATS.sub("", one))] == []
    foreign = ("热线.csv", "工单编号,来电时间\nRX1,2026/10/03\nRX2,2026/10/04\n".encode())
    drop(page, *october()[:3], (UNKNOWN.file, UNKNOWN.content), foreign)
    page.get_by_text("用映射导入").click()
    expect(page.get_by_text("每一列是什么")).to_be_visible()
    viewer.settle(page)
    assert page.evaluate(probes.SIDEWAYS) <= 0


def test_in_english_only_the_files_are_chinese(own_server: Server, viewer_of: Callable[..., Viewer]) -> None:
    viewer = viewer_of(own_server)
    page = viewer.open("/imports?lang=en")
    texts = page.evaluate(probes.WORDS)
    assert len(texts) > 15
    kept = {"暖新看板", "语言 Language", "中文", "暖溪县"}
    assert [one for one in texts if CHINESE.search(one) and not any(word in one for word in kept)] == []
