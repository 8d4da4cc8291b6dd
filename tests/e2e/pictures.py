"""`make pictures` takes docs/images/ of the running product. `make test` does not run it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import ROOT, RunningStack, start_stack

IMAGES = ROOT / "docs" / "images"
APES = "1/0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D"
WALLET = "Demo wallet · 250 NFTs"


@dataclass(frozen=True)
class Look:
    """How a person looks at it; `scale` in pixels of the picture for one of the page."""

    width: int
    height: int
    color_scheme: str
    scale: int = 1

    @property
    def context(self) -> dict[str, Any]:
        return {
            "viewport": {"width": self.width, "height": self.height},
            "color_scheme": self.color_scheme,
            "device_scale_factor": self.scale,
            "is_mobile": self.width < 500,
            "reduced_motion": "reduce",
        }


LOOKS = {
    "light": Look(1280, 800, "light"),
    "dark": Look(1280, 800, "dark"),
    "phone": Look(390, 780, "light", scale=2),
}


@pytest.fixture(scope="module")
def with_names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """As `make start` runs it: with the stand-in node, which knows names."""
    folder = tmp_path_factory.mktemp("pictures")
    (folder / "prod.parameters").write_text("AlchemyRps=100\n")
    running = start_stack(folder)
    yield running
    running.stop()


def take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}.png")


def open_list(page: Page, address: str, first: str) -> None:
    page.goto(address)
    expect(page.get_by_role("main").get_by_role("link", name=first).first).to_be_visible()


@pytest.mark.parametrize("name", LOOKS)
def test_pictures(browser: Browser, with_names: RunningStack, name: str) -> None:
    page = browser.new_context(**LOOKS[name].context).new_page()
    page.goto(with_names.site)
    take(page, f"home-{name}")
    open_list(page, f"{with_names.site}#/c/{APES}", "Bored Ape #0")
    take(page, f"collection-{name}")
    page.goto(f"{with_names.site}#/t/{APES}/7")
    expect(page.get_by_role("heading", name="Bored Ape #7")).to_be_visible()
    take(page, f"token-{name}")
    page.get_by_role("button", name="Connect wallet").click()
    dialog = page.get_by_role("dialog", name="Connect a wallet")
    expect(dialog.get_by_role("button", name=WALLET)).to_be_visible()
    take(page, f"sign-in-{name}")
    dialog.get_by_role("button", name=WALLET).click()
    page.locator("dialog[data-demo-wallet] [data-sign]").click()
    expect(page.get_by_role("button", name="Connect wallet")).to_have_count(0, timeout=30_000)
    open_list(page, f"{with_names.site}#/me", "Bored Ape #100")
    take(page, f"me-{name}")
    page.context.close()
