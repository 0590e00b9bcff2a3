"""Navigation and filters as a person works them: by what stands on them."""

import re

from playwright.sync_api import Locator, Page, expect

MONTH, TOWNSHIPS, FILTERS, COMMITTEES = "月份", "镇街", "筛选", "行业党委"


def go_to(page: Page, slug: str) -> None:
    """Open a page by the navigation: the bar, what stands behind 更多, or the drawer of a phone."""
    title = page.get_by_role("heading", level=1)
    before = title.inner_text()
    entry = page.locator(f":is([data-testid^=stTopNav], [data-testid=stSidebarNavLink])[href$='/{slug}']")
    drawer = page.get_by_test_id("stExpandSidebarButton")
    if drawer.is_visible():
        drawer.click()
    elif entry.count() == 0:
        page.get_by_test_id("stTopNavSection").click()
    entry.click()
    expect(page).to_have_url(re.compile(rf"/{slug}(\?|$)"))
    expect(title).not_to_have_text(before)


def choose_month(page: Page, month: str) -> None:
    """Pick a month by its name, as in 2026年9月."""
    page.get_by_role("combobox", name=MONTH).click()
    page.get_by_role("option", name=month, exact=True).click()


def choose_township(page: Page, name: str) -> None:
    """Add a township to those that are shown."""
    _add(page, page.get_by_role("combobox", name=TOWNSHIPS), name)


def open_townships(page: Page) -> None:
    """Open the list of townships."""
    page.get_by_role("combobox", name=TOWNSHIPS).click()
    expect(page.get_by_role("listbox", name=TOWNSHIPS)).to_be_visible()


def drop_township(page: Page) -> None:
    """Take away the township that was added last."""
    page.get_by_role("combobox", name=TOWNSHIPS).click()
    page.keyboard.press("Backspace")
    page.keyboard.press("Escape")


def choose_committee(page: Page, name: str) -> None:
    """Add a committee; it stands behind the filter button."""
    open_filters(page)
    _add(page, page.get_by_role("combobox", name=COMMITTEES), name)
    page.keyboard.press("Escape")


def open_filters(page: Page) -> None:
    """Open what stands behind the filter button."""
    page.get_by_test_id("stPopoverButton").filter(has_text=FILTERS).click()
    expect(page.get_by_role("dialog", name=FILTERS)).to_be_visible()


def _add(page: Page, box: Locator, name: str) -> None:
    box.click()
    page.get_by_role("option", name=name, exact=True).click()
    page.keyboard.press("Escape")
