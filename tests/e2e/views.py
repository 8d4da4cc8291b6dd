"""Each route of the dApp and each state that a person may meet, opened one after the other.

All are opened in two pages, a guest's and a holder's, since a new page costs more than most views.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from playwright.sync_api import Page, Route

from tests.e2e.client import Client
from tests.e2e.conftest import (
    HOLDS_0,
    RunningStack,
    Wallet,
    account_chip,
    connect,
    emit,
    sign_in_dialog,
)
from tests.e2e.nft_pages import CONTRACT, LISTS, answer, nft, nft_page, refuse

OWNER = Wallet(key=HOLDS_0).address
OTHER = "0x000000000000000000000000000000000000dEaD"
VISITS = count()  # another address each, or the browser only goes on to another hash
NEVER_ANSWER = "void (Object.values(__providers)[0].request = () => new Promise(() => {}))"
# Before each page's own script, in a visit for which it is asked.
BROWSERS = """if (location.search.endsWith('&blocked'))
  for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, {get() { throw new DOMException('no', 'SecurityError'); }});
if (location.search.endsWith('&german'))
  Object.defineProperty(navigator, 'languages', {get: () => ['de-DE', 'en']});"""
ACCESS_TOKEN = "localStorage[Object.keys(localStorage).find((key) => key.endsWith('.accessToken'))]"
# Long, from right to left and not closed, breakable nowhere, and looking like markup.
HOSTILE = (
    "W" * 120,
    "\u202e\u0645\u0639\u0631\u0636 \u2066\u0635\u0648\u0631 " * 8,
    "\u0e01" + "\u0e49" * 40,
    "<img src=x onerror=alert(1)> " * 6,
)
SPAM = {"isSpam": True, "classifications": ["W" * 40, "Airdrop"]}


@dataclass(frozen=True)
class Visit:
    """One page of one person, which the views take turns in."""

    page: Page
    stack: RunningStack
    wallet: Wallet

    def go(self, hash_: str, browser: str = "") -> None:
        """Opens the site anew, without what the view before left; `browser`: of BROWSERS."""
        self.page.goto(f"{self.stack.site}/?{next(VISITS)}&{browser}#{hash_}")

    def see(self, text: str) -> None:
        self.page.get_by_text(text).first.wait_for()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()


View = Callable[[Visit], None]


def of_list(give: Callable[[Route], None], seen: str, options: str = "") -> View:
    def view(visit: Visit) -> None:
        visit.page.route(LISTS, give)
        visit.go(f"/w/{OWNER}?chain=1{options}")
        visit.see(seen)

    return view


def giving(seen: str, **more: Any) -> View:
    body = nft_page([nft(1), nft(2, balance="12")], **more)
    return of_list(lambda route: answer(route, body), seen)


def refusing(seen: str, status: int, code: str, **headers: str) -> View:
    return of_list(lambda route: refuse(route, status, code, **headers), seen)


def page_of(hash_: str, seen: str, browser: str = "") -> View:
    def view(visit: Visit) -> None:
        visit.go(hash_, browser)
        visit.see(seen)

    return view


def hostile_nft(number: int, text: str) -> dict[str, Any]:
    made = nft(number, name=text, description=text, tokenUri=f"ipfs://{'Q' * 200}")
    made["collection"] |= {"name": text}
    made["contract"] |= {"name": text, "symbol": text}
    traits = [
        {"trait_type": text, "value": text, "display_type": None, "max_value": None}
        for _ in range(3)
    ]
    return {**made, "attributes": traits, "balance": "9" * 60}


def hostile_names(visit: Visit) -> None:
    items = [hostile_nft(number, text) for number, text in enumerate(HOSTILE)]
    visit.page.route(LISTS, lambda route: answer(route, nft_page(items)))
    visit.go(f"/w/{OWNER}?chain=1")
    visit.see("4 loaded")


def hostile_token(visit: Visit) -> None:
    token = {**hostile_nft(1, HOSTILE[0]), "spam": SPAM}
    visit.page.route("**/contracts/*/nfts/*", lambda route: answer(route, token))
    visit.go(f"/t/1/{CONTRACT}/{10**77}")
    visit.page.get_by_role("heading", level=1).wait_for()


def spam_collection(visit: Visit) -> None:
    url = re.compile(rf"/contracts/{CONTRACT}\??$")
    visit.page.route(url, lambda route: answer(route, {**route.fetch().json(), "spam": SPAM}))
    visit.go(f"/c/1/{CONTRACT}")
    visit.see("This is likely spam.")


def hostile_owner(visit: Visit) -> None:
    named = {"name": f"{'w' * 200}.eth", "address": OWNER}
    visit.page.route("**/addresses/*/name*", lambda route: answer(route, named))
    visit.page.route(LISTS, lambda route: answer(route, nft_page([])))
    visit.go(f"/w/{OWNER}?chain=1")
    visit.see("wwww")


def token_dialog(visit: Visit) -> None:
    giving("2 loaded")(visit)
    visit.page.get_by_role("link", name="Token 1").click()
    visit.page.get_by_role("dialog").get_by_role("heading", level=1).wait_for()


def collections(visit: Visit) -> None:
    of_list(lambda route: answer(route, nft_page([nft(1)])), "1 loaded", "&tab=collections")(visit)
    visit.page.get_by_role("link", name="Many").wait_for()


def german_list(visit: Visit) -> None:
    """With every notice of a list, since German is longer."""
    body = nft_page([nft(1)], stale=True, unreadableCount=3, hiddenSpam=4, provider="moralis")
    visit.page.route(LISTS, lambda route: answer(route, body))
    visit.go(f"/w/{OWNER}?chain=1", "german")
    visit.see("1 geladen")


def german_picker(visit: Visit) -> None:
    visit.go("/session", "german")
    visit.page.get_by_role("main").get_by_role("button", name="Wallet verbinden").click()
    visit.press("Auf meinem Handy")
    visit.page.get_by_role("dialog").get_by_role("img").wait_for()


def slow(visit: Visit) -> None:
    visit.page.route(LISTS, lambda _: None)
    visit.go(f"/w/{OWNER}?chain=1")
    visit.page.locator(".animate-pulse").first.wait_for()
    visit.page.clock.fast_forward(5_000)
    visit.see("This takes longer than usual.")


def offline(visit: Visit) -> None:
    giving("2 of 99 loaded", nextCursor="next", totalCount=99)(visit)
    visit.page.context.set_offline(True)
    visit.see("You are offline.")


def suggestions(visit: Visit) -> None:
    visit.go("/")
    visit.page.get_by_role("combobox", name="Name, address").fill(CONTRACT)
    visit.page.get_by_role("listbox").get_by_role("option").first.wait_for()


def broken_part(visit: Visit) -> None:
    visit.page.route("**/assets/FindPage-*.js", lambda route: route.abort())
    visit.go("/find/x")
    visit.see("This part of the page did not load.")


def picker(visit: Visit) -> None:
    visit.go("/find/x")
    visit.page.get_by_role("banner").get_by_role("button", name="Connect wallet").click()
    sign_in_dialog(visit.page).get_by_role("button", name=visit.wallet.name).wait_for()


def phone(visit: Visit) -> None:
    picker(visit)
    visit.press("On my phone")
    sign_in_dialog(visit.page).get_by_role("img").wait_for()


def guest_session(visit: Visit) -> None:
    visit.go("/session")
    visit.page.get_by_role("main").get_by_role("button", name="Connect wallet").wait_for()


def steps(visit: Visit) -> None:
    visit.go("/")
    visit.page.evaluate(NEVER_ANSWER)
    connect(visit.page, visit.wallet)
    sign_in_dialog(visit.page).locator("[aria-current=step]").wait_for()


def refused(visit: Visit) -> None:
    visit.wallet.refused.add("personal_sign")
    visit.go("/")
    connect(visit.page, visit.wallet)
    visit.see("You said no")
    visit.wallet.refused.clear()


def compared(visit: Visit) -> None:
    visit.go("/compare")
    visit.page.get_by_label("NFT contract address").fill(CONTRACT)
    visit.press("Look up")
    visit.page.get_by_role("list").get_by_role("listitem").first.wait_for()


GUEST_VIEWS: Mapping[str, View] = {
    "home": page_of("/", "Three to begin with"),
    "suggestions": suggestions,
    "mine, as a guest": page_of("/me", "Connect your wallet"),
    "owner": giving("2 loaded"),
    "owner's collections": collections,
    "nothing hidden": of_list(
        lambda route: answer(route, nft_page([nft(1)])), "Nothing is hidden", "&tab=hidden"
    ),
    "spam": of_list(
        lambda route: answer(
            route,
            nft_page([nft(1, spam=SPAM)]),
        ),
        "Likely spam",
        "&tab=hidden",
    ),
    "hostile names": hostile_names,
    "hostile token": hostile_token,
    "hostile owner": hostile_owner,
    "collection": page_of(f"/c/1/{CONTRACT}", "Verified"),
    "spam collection": spam_collection,
    "token, without a node": page_of(f"/t/1/{CONTRACT}/7", "This site reads no contracts"),
    "token dialog": token_dialog,
    "find": page_of("/find/what%20is%20this", "what is this"),
    "compare": compared,
    "session, as a guest": guest_session,
    "unknown page": page_of("/nowhere/at/all", "Nothing here"),
    "picker, with phones": phone,
    "steps": steps,
    "refused": refused,
    "empty": of_list(lambda route: answer(route, nft_page([])), "No NFTs found"),
    "slow": slow,
    "rate limited": refusing("Next try in", 429, "rate_limited", retry_after="600"),
    "no provider": refusing("Reference", 503, "providers_unavailable", retry_after="600"),
    "blocked": refusing("A firewall", 403, "blocked"),
    "stale, partial, failed over": giving(
        "this comes from Moralis", stale=True, unreadableCount=3, hiddenSpam=4, provider="moralis"
    ),
    "offline": offline,
    "no node": page_of("/w/vitalik.eth", "Addresses and links work without one."),
    "storage blocked": page_of("/", "This browser keeps nothing", "blocked"),
    "storage blocked, session": page_of("/session", "This browser keeps nothing", "blocked"),
    "broken part": broken_part,
    "home in German": page_of("/", "Drei für den Anfang", "german"),
    "list in German": german_list,
    "token in German": page_of(f"/t/1/{CONTRACT}/7", "Diese Seite liest keine Contracts", "german"),
    "picker in German": german_picker,
}


def menu(visit: Visit) -> None:
    visit.go("/find/x")
    account_chip(visit.page, visit.wallet).click()
    visit.page.get_by_role("button", name="Sign out here").wait_for()


def sure(visit: Visit) -> None:
    visit.go("/session")
    visit.press("Sign out everywhere")
    visit.page.get_by_role("button", name="Yes, sign out everywhere").wait_for()


def other_account(visit: Visit) -> None:
    visit.go("/session")
    account_chip(visit.page, visit.wallet).wait_for()
    emit(visit.page, visit.wallet, "accountsChanged", [OTHER])
    visit.see("Your wallet now shows")


def expired(visit: Visit) -> None:
    """The last one: the session ends elsewhere, and 16 minutes later this page learns of it."""
    visit.go("/session")
    visit.see("Signed for chain")
    token = visit.page.evaluate(ACCESS_TOKEN)
    Client(visit.stack.site).user_pool("GlobalSignOut", AccessToken=token)
    visit.page.clock.fast_forward("16:00")
    visit.page.evaluate("location.hash = '#/me?chain=1'")
    visit.see("What you see is from before")


HOLDER_VIEWS: Mapping[str, View] = {
    "mine": page_of("/me", "3 loaded"),
    "account menu": menu,
    "session": page_of("/session", "Signed for chain"),
    "session, sure": sure,
    "other account": other_account,
    "compare four": page_of("/compare", "Described alike"),
    "collection, held": page_of(f"/c/1/{CONTRACT}", "You hold"),
    "session in German": page_of("/session", "Angemeldet", "german"),
    "compared in German": page_of("/compare", "Gleich beschrieben", "german"),
    "expired": expired,
}
