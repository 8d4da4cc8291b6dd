"""The page in the language of the browser, in a real Chromium against the real stack."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import ROOT, RunningStack, Wallet, account_chip

TRANSLATION = "**/assets/de-*.js"
TEXTS = ROOT / "dapp" / "src" / "text"
LITERAL = re.compile(r"'([^'\n]+)'|`([^`\n]+)`")
# What the page says, also to who hears it; a `bdi` holds what others wrote.
SAID = """() => {
  const said = [document.title];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode())
    if (!texts.currentNode.parentElement.closest('bdi, script, noscript'))
      said.push(texts.currentNode.data.trim());
  for (const element of document.querySelectorAll('body *'))
    for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
      if (!element.closest('bdi')) said.push(element.getAttribute(name) ?? '');
  return said.filter(Boolean);
}"""
FITS = "document.documentElement.scrollWidth <= innerWidth"

# The box of the bar and the button beside it.
APART = """() => {
  const of = (selector) => document.querySelector(`header ${selector}`).getBoundingClientRect();
  return of('input').right <= of('button.button').left;
}"""


def sentences(*files: Path) -> set[str]:
    """Each as a pattern, which takes any value."""
    source = "\n".join(file.read_text() for file in files)
    literals = ["".join(found) for found in LITERAL.findall(source)]
    parts = [re.split(r"\$\{\w+\}", literal) for literal in literals]
    return {".+".join(map(re.escape, part)) for part in parts}


def english_left(page: Page) -> list[str]:
    english = sentences(TEXTS / "en.ts", *(TEXTS / "pages").iterdir()) - sentences(TEXTS / "de.ts")
    assert len(english) > 300, "the sentences are not read as they are written"
    only_english = re.compile("|".join(english))
    said: list[str] = page.evaluate(SAID)
    return [text for text in said if only_english.fullmatch(text)]


def assert_german(page: Page) -> None:
    assert english_left(page) == []
    assert page.evaluate(FITS)


@pytest.mark.browser_context_args(locale="de-DE", viewport={"width": 320, "height": 700})
@pytest.mark.usefixtures("complaints")
def test_a_german_browser_gets_a_german_page_that_fits_a_small_phone(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    page.goto(f"{stack.site}/#/session")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    connect = page.get_by_role("banner").get_by_role("button", name="Wallet verbinden")
    expect(connect).to_be_enabled()
    assert page.evaluate(APART)
    assert_german(page)
    page.get_by_role("link", name="NFT Gallery, Startseite").click()
    expect(page.get_by_text("Jede Sammlung, auch deine eigene.")).to_be_visible()
    assert_german(page)
    connect.click()
    dialog = page.get_by_role("dialog", name="Wallet verbinden")
    choice = dialog.get_by_role("button", name=wallet.name)
    expect(choice).to_be_visible()
    assert_german(page)
    choice.click()
    expect(account_chip(page, wallet)).to_be_visible(timeout=30_000)
    expect(page).to_have_title("Meine NFTs · NFT Gallery")
    expect(
        page.get_by_text(re.compile(r"^Stand von Block [\d.]+, (gerade eben|vor \d+ Sek)"))
    ).to_be_visible()
    assert_german(page)


@pytest.mark.browser_context_args(locale="de-DE")
def test_without_its_translation_the_page_is_english(page: Page, stack: RunningStack) -> None:
    page.route(TRANSLATION, lambda route: route.abort())
    page.goto(f"{stack.site}/#/session")
    expect(page.get_by_text("You are not signed in.")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.browser_context_args(locale="de-DE")
@pytest.mark.usefixtures("complaints")
def test_what_is_typed_before_the_translation_comes_is_kept(
    page: Page, stack: RunningStack
) -> None:
    held: list[Route] = []
    page.route(TRANSLATION, lambda route: held.append(route))
    with page.expect_request(TRANSLATION):
        page.goto(stack.site)
    page.get_by_label("Name, address").press_sequentially("vitalik.eth")
    held.pop().continue_()
    box = page.get_by_label("Name, Adresse")
    expect(box).to_have_value("vitalik.eth")
    expect(box).to_be_focused()
