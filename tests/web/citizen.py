"""What a citizen does with the widget, in words of the tests."""

from typing import Any

from playwright.sync_api import Locator, Page, expect


def launcher(page: Page) -> Locator:
    return page.locator("#launcher")


def panel(page: Page) -> Locator:
    return page.locator("dialog#panel")


def field(page: Page) -> Locator:
    return panel(page).locator("textarea[enterkeyhint]")


def messages(page: Page, author: str = "assistant") -> Locator:
    return panel(page).locator(f"li.message.{author}")


def open_panel(page: Page) -> None:
    """Opens the panel and waits for the greeting."""
    launcher(page).click()
    expect(messages(page)).not_to_have_count(0)


def ask(page: Page, text: str) -> None:
    """Sends a text and waits until it is answered."""
    before = messages(page).count()
    field(page).fill(text)
    field(page).press("Enter")
    expect(messages(page)).to_have_count(before + 1)


def sheet(page: Page) -> Locator:
    # One that is closing may still be there while the next one opens.
    return page.locator("dialog.sheet[open]")


def until(page: Page, script: str) -> Any:
    """The first true value of ``script``. Asked from outside: polling inside the page needs eval, which the
    policy forbids.
    """
    for _ in range(200):
        if value := page.evaluate(script):
            return value
        page.wait_for_timeout(25)
    raise AssertionError(f"never true: {script}")


def choose(page: Page, name: str) -> None:
    """An entry of the menu."""
    panel(page).get_by_role("button", name="Tùy chọn").click()
    sheet(page).get_by_role("button", name=name).click()


def focused(page: Page) -> str:
    """Name or text of the focused element, through the shadow root."""
    found: str = page.evaluate(
        """() => {
          let at = document.activeElement;
          while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
          return at?.id || at?.getAttribute("aria-label") || at?.textContent.trim() || at?.tagName;
        }"""
    )
    return found
