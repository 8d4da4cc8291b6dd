"""Deliveries to the running stack: what memory makes of them; by default nobody takes them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.black_box.deliveries import SIGNED, delivery, send, told
from tests.e2e.client import Client
from tests.e2e.conftest import RunningStack, start_stack
from tests.fixtures.deliveries import ALCHEMY_KEY, MORALIS_KEY

KEYS = {"alchemy": ALCHEMY_KEY, "moralis": MORALIS_KEY}
either = pytest.mark.parametrize("provider", SIGNED)


@pytest.fixture(scope="module")
def receiving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    folder = tmp_path_factory.mktemp("webhooks")
    (folder / "prod.parameters").write_text(
        f"AlchemyWebhookSigningKeys={ALCHEMY_KEY},whsec_theNextOne0123\n"
        f"MoralisStreamSecrets={MORALIS_KEY}\nAlchemyRps=100\n"
    )
    stack = start_stack(folder)
    yield stack
    stack.stop()


def test_either_of_two_keys_signs_while_one_is_changed(receiving: RunningStack) -> None:
    body = delivery("alchemy", "rotated")
    answer = send(Client(receiving.site), "alchemy", body, "whsec_theNextOne0123")
    assert told(answer) == (200, "invalidated")


def uses_of_memory(stack: RunningStack, route: str) -> list[str]:
    """What memory did for each lookup of a route so far."""
    lines = [line for line in stack.output.splitlines() if f'"route":"{route}"' in line]
    return [json.loads(line)["cache"] for line in lines]


@either
def test_a_lookup_in_memory_is_asked_for_again_once_a_delivery_names_its_wallet(
    receiving: RunningStack, provider: str
) -> None:
    digit = {"alchemy": "a", "moralis": "b"}[provider]
    named, bystander = "0x" + f"{digit}1" * 20, "0x" + f"{digit}2" * 20
    client = Client(receiving.site)
    guest = client.credentials()
    before = len(uses_of_memory(receiving, "/chains/{chainId}/owners/{owner}/nfts"))

    def look_up(owner: str) -> None:
        answer = client.signed_get(f"chains/1/owners/{owner}/nfts", guest, {"limit": "5"})
        assert answer.status_code == 200

    for owner in (named, named, bystander):
        look_up(owner)
    body = delivery(provider, "memory", receiver=named)
    assert told(send(client, provider, body, KEYS[provider])) == (200, "invalidated")
    for owner in (named, bystander):
        look_up(owner)
    uses = uses_of_memory(receiving, "/chains/{chainId}/owners/{owner}/nfts")[before:]
    assert uses == ["miss", "hit", "miss", "miss", "hit"]


def test_no_log_line_holds_a_key(receiving: RunningStack) -> None:
    assert '"outcome"' in receiving.output
    assert not [key for key in (ALCHEMY_KEY, MORALIS_KEY) if key in receiving.output]


@either
def test_by_default_there_is_no_receiver(stack: RunningStack, provider: str) -> None:
    answer = send(Client(stack.site), provider, delivery(provider, "nobody"), KEYS[provider])
    assert (answer.status_code, answer.text) == (403, '{"message":"Missing Authentication Token"}')
