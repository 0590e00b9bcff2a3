"""Navigation and filters as a person works them: by what stands on them, when the page is at rest.

Each choice is seen to stand before a test goes on: in its box, and in the URL where filters are.
"""

import re

from playwright.sync_api import Locator, Page, expect

MONTH, TOWNSHIPS, FILTERS, COMMITTEES = "月份", "镇街", "筛选", "行业党委"
_CHOSEN = "([key, count]) => new URLSearchParams(location.search).getAll(key).length === count"


def at_rest(page: Page) -> None:
    """Wait until no run is under way, so that nothing moves under the pointer."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator("[data-stale=true], [data-testid=stSkeleton]")).to_have_count(0)


def go_to(page: Page, slug: str) -> None:
    """Open a page by the navigation: the bar, what stands behind 更多, or the drawer of a phone."""
    at_rest(page)
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


def choose(page: Page, box: Locator, name: str) -> None:
    """Type a name into a box, take the option of that name, and see it stand there."""
    at_rest(page)
    box.click()
    box.fill(name)
    page.get_by_role("option", name=name, exact=True).click()
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_value(name)


def choose_month(page: Page, month: str) -> None:
    """Pick a month by its name, as in 2026年9月."""
    year, number = re.findall(r"\d+", month)
    choose(page, page.get_by_role("combobox", name=MONTH), month)
    expect(page).to_have_url(re.compile(f"month={year}-{int(number):02}"))


def choose_township(page: Page, name: str) -> None:
    """Add a township to those that are shown."""
    at_rest(page)
    _add(page, TOWNSHIPS, name, "townships")


def open_townships(page: Page) -> None:
    """Open the list of townships."""
    at_rest(page)
    page.get_by_role("combobox", name=TOWNSHIPS).click()
    expect(page.get_by_role("listbox", name=TOWNSHIPS)).to_be_visible()


def close_townships(page: Page) -> None:
    """Close the list of townships."""
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)


def drop_township(page: Page) -> None:
    """Take away the township that was added last."""
    left = _tags(page, TOWNSHIPS).count() - 1
    open_townships(page)
    page.keyboard.press("Backspace")
    expect(_tags(page, TOWNSHIPS)).to_have_count(left)
    close_townships(page)
    page.wait_for_function(_CHOSEN, arg=["townships", left])


def choose_committee(page: Page, name: str) -> None:
    """Add a committee; it stands behind the filter button."""
    open_filters(page)
    _add(page, COMMITTEES, name, "committees")
    close_filters(page)


def open_filters(page: Page) -> None:
    """Open what stands behind the filter button."""
    at_rest(page)
    page.get_by_test_id("stPopoverButton").filter(has_text=FILTERS).click()
    expect(page.get_by_role("dialog", name=FILTERS)).to_be_visible()


def close_filters(page: Page) -> None:
    """Close what stands behind the filter button."""
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name=re.compile("筛选|Filter"))).to_have_count(0)


def _tags(page: Page, label: str) -> Locator:
    """The names that were chosen in a box for several."""
    box = page.get_by_test_id("stMultiSelect").filter(has=page.get_by_role("combobox", name=label))
    return box.locator("[data-tag]")


def _add(page: Page, label: str, name: str, key: str) -> None:
    tags = _tags(page, label)
    there = tags.count()
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.fill(name)
    expect(page.get_by_role("option")).to_have_text([name])
    page.keyboard.press("Enter")
    expect(tags).to_have_count(there + 1)
    expect(tags.last).to_have_attribute("aria-label", name)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    page.wait_for_function(_CHOSEN, arg=[key, there + 1])
