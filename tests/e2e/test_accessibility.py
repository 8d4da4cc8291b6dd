"""Every route and state: nothing that axe finds, and nothing that sticks out of the window."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import ROOT, RunningStack, Wallet, install, sign_in
from tests.e2e.views import BROWSERS, GUEST_VIEWS, HOLDER_VIEWS, View, Visit

AXE = (ROOT / "dapp/node_modules/axe-core/axe.min.js").read_text()
# https://github.com/dequelabs/axe-core/blob/develop/doc/API.md
FIND = """async (rules) => {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  const only = rules ? {runOnly: {type: 'rule', values: rules}} : {};
  const options = {preload: false, resultTypes: ['violations'], ...only};
  const {violations} = await axe.run(document, options);
  return violations.map(({id, nodes}) => [id, nodes.map(({html}) => html.slice(0, 200))]);
}"""
# A scheme changes no rule's verdict but that of colours, a width changes those of all.
ROUNDS: tuple[tuple[int, str, list[str] | None], ...] = (
    (1440, "light", None),
    (1440, "dark", ["color-contrast"]),
    (360, "dark", None),
    (360, "light", ["color-contrast"]),
)
WIDER = """() => [...document.querySelectorAll('html, dialog[open], :popover-open')]
  .filter((part) => part.scrollWidth > part.clientWidth)
  .map((part) => `${part.tagName} ${part.scrollWidth} > ${part.clientWidth}`)"""
SET_TEXT = """([dir, size]) =>
  Object.assign(document.documentElement, {dir}).style.fontSize = size"""
# px of the window, and sizes of the text in each
WIDTHS = {2560: ("100%",), 1440: ("100%",), 390: ("100%",), 320: ("100%", "200%")}


def violations(page: Page) -> list[Any]:
    found = []
    for width, scheme, rules in ROUNDS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        found += [[width, scheme, *violation] for violation in page.evaluate(FIND, rules)]
    return found


def too_wide(page: Page) -> list[Any]:
    """Where one would have to scroll sideways, in both directions of reading."""
    found = []
    for width, sizes in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        for size, direction in product(sizes, ("ltr", "rtl")):
            page.evaluate(SET_TEXT, [direction, size])
            found += [[direction, width, size, part] for part in page.evaluate(WIDER)]
    return found


def open_visit(browser: Browser, stack: RunningStack) -> tuple[Visit, list[str]]:
    """Without motion, so that colours are what they will be, and with a clock to move."""
    page = browser.new_page(reduced_motion="reduce", viewport={"width": 1440, "height": 900})
    visit = Visit(page, stack, Wallet(name=f"Wallet {'W' * 40}"))
    install(page, visit.wallet)
    page.clock.install()
    page.add_init_script(AXE)
    page.add_init_script(BROWSERS)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: faults.append(m.text) if "Security Policy" in m.text else None)
    return visit, faults


@pytest.fixture(scope="module")
def guest(browser: Browser, stack: RunningStack) -> Iterator[tuple[Visit, list[str]]]:
    visit, faults = open_visit(browser, stack)
    yield visit, faults
    visit.page.close()


@pytest.fixture(scope="module")
def holder(browser: Browser, stack: RunningStack) -> Iterator[tuple[Visit, list[str]]]:
    visit, faults = open_visit(browser, stack)
    sign_in(visit.page, stack, visit.wallet)
    yield visit, faults
    visit.page.close()


def look_at(visited: tuple[Visit, list[str]], name: str, views: Mapping[str, View]) -> None:
    visit, faults = visited
    visit.page.set_viewport_size({"width": 1440, "height": 900})
    try:
        views[name](visit)
        assert violations(visit.page) == []
        assert too_wide(visit.page) == []
        assert faults == []
    finally:
        faults.clear()
        visit.wallet.refused.clear()
        visit.page.unroute_all(behavior="ignoreErrors")
        visit.page.context.set_offline(False)


@pytest.mark.parametrize("name", GUEST_VIEWS)
def test_what_a_guest_sees_has_no_barrier_and_fits_every_window(
    guest: tuple[Visit, list[str]], name: str
) -> None:
    look_at(guest, name, GUEST_VIEWS)


@pytest.mark.parametrize("name", HOLDER_VIEWS)
def test_what_a_holder_sees_has_no_barrier_and_fits_every_window(
    holder: tuple[Visit, list[str]], name: str
) -> None:
    look_at(holder, name, HOLDER_VIEWS)
