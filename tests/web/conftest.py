"""A real Chromium and the portal of the tests."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.web.portal import Portal

WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a browser; without one these tests are skipped."""
    found = shutil.which("chromium") or shutil.which("/usr/bin/chromium")
    if found is None:
        pytest.skip("no chromium is installed (neither /usr/bin/chromium nor on PATH)")
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Ends with its module: while it is open its event loop keeps asynchronous tests from running."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def portal() -> Iterator[Portal]:
    with Portal().run() as running:
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN")
    opened.add_init_script(WATCH)
    opened.set_default_timeout(8000)
    yield opened
    opened.close()


@pytest.fixture
def visit(context: BrowserContext, portal: Portal) -> Iterator[Visit]:
    """Opens the demo page; at the end no page may have thrown or broken the policy."""
    faults: list[str] = []

    def opened(width: int = 1280, height: int = 900) -> Page:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(portal.url)
        return page

    yield opened
    for page in context.pages:
        faults.extend(page.evaluate("window.violations") or [])
    assert faults == []
