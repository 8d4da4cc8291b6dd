"""Firefox as a person has it, driven by WebDriver BiDi, before the stack of `tests/e2e`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import stack

__all__ = ["stack"]
# BiDi tells of errors and of what the console says, but of nothing that the CSP forbids.
NOTE_VIOLATIONS = """addEventListener('securitypolicyviolation', (event) =>
  console.error(`CSP ${event.effectiveDirective}: ${event.blockedURI}`));"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = shutil.which("firefox-esr") or shutil.which("firefox")
    return {**browser_type_launch_args, "channel": "moz-firefox", "executable_path": found}


@pytest.fixture(params=[390, 1440])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """At the width of a phone and of a desktop."""
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def faults(page: Page) -> list[str]:
    """Uncaught errors, what the console calls an error, and violations of the CSP."""
    found: list[str] = []
    page.add_init_script(NOTE_VIOLATIONS)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda m: found.append(m.text) if m.type == "error" else None)
    return found
