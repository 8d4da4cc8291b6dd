"""The seven routes from event to response, held against the schemas they publish."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from ethereum.chains import CHAINS
from nft.gallery import FRESH_SECONDS, Gallery
from nft.routes import gallery, owners
from runtime.answer import Answer
from runtime.deadline import Deadline
from runtime.responses import ProxyResponse
from tests.fixtures.nft_providers import (
    CONTRACT,
    FAULTS,
    OTHER_CONTRACT,
    FakeUpstream,
    Fault,
    json_reply,
    tokens,
)
from tests.fixtures.upstream import CANARIES
from tests.unit.nft.conftest import OWNER
from tests.unit.nft.gallery_fixtures import CURSOR_SECRET, World, build_world
from tests.unit.nft.response_schemas import violations

Build = Callable[..., Any]
HELD = tokens(40)
TOKEN_ID = next(token_id for contract, token_id in HELD if contract == CONTRACT)
PATH = {"chainId": "1", "contractAddress": CONTRACT, "tokenId": TOKEN_ID, "owner": OWNER}


def no_names(name: str, deadline: Deadline) -> str:
    raise AssertionError("an address is not looked up")


def of_owner(world_gallery: Gallery, event: Any, deadline: Deadline) -> Answer:
    lists = owners.OwnerLists(world_gallery, no_names)
    return owners.get_owner_nfts(lists, event, deadline)


ROUTES: dict[str, tuple[Build, str]] = {
    "getContract": (gallery.get_contract, "ContractDetails"),
    "getContractNfts": (gallery.get_contract_nfts, "NftPage"),
    "getNft": (gallery.get_nft, "Nft"),
    "getOwnerNfts": (of_owner, "NftPage"),
    "getMyNfts": (gallery.get_my_nfts, "NftPage"),
}
every_route = pytest.mark.parametrize("route", ROUTES)


def world_with(
    alchemy: Fault | None = None, moralis: Fault | None = None, held: list[Any] = HELD
) -> World:
    return build_world(
        FakeUpstream("alchemy", held, lambda: alchemy),
        FakeUpstream("moralis", held, lambda: moralis),
    )


@pytest.fixture
def ask(event: Build, lambda_context: Any, stage: Build) -> Build:
    """Call a route of a world; `query` and `path` change the request."""

    def call(
        function: Build, world: World, query: dict[str, str] | None = None, **path: str | None
    ) -> tuple[ProxyResponse, Any]:
        setting = stage(None)
        request = {**event(query), "pathParameters": {**PATH, **path}}
        response = setting.answer(
            function, world.gallery, request, lambda_context, clock=world.clock
        )
        told = json.dumps(response) + setting.log_text
        assert [secret for secret in (*CANARIES, CURSOR_SECRET) if secret in told] == []
        assert len(setting.log_lines) == 1
        return response, json.loads(response["body"] or "null")

    return call


@every_route
@pytest.mark.parametrize("provider", ["alchemy", "moralis"])
def test_a_route_answers_in_its_schema_and_names_its_provider(
    route: str, provider: str, ask: Build
) -> None:
    function, schema = ROUTES[route]
    world = world_with(FAULTS["500"] if provider == "moralis" else None)
    response, body = ask(function, world)
    assert response["statusCode"] == 200
    assert violations(schema, body) == []
    assert (body["provider"], body["stale"]) == (provider, False)
    assert response["headers"]["Access-Control-Allow-Origin"] == "https://gallery.example"


@every_route
def test_a_route_whose_providers_are_both_down_answers_503_and_when_to_come_back(
    route: str, ask: Build
) -> None:
    response, body = ask(ROUTES[route][0], world_with(FAULTS["500"], FAULTS["refused"]))
    assert (response["statusCode"], body["error"]["code"]) == (503, "providers_unavailable")
    assert int(response["headers"]["Retry-After"]) >= 1
    assert violations("Error", body) == []


@every_route
def test_a_route_whose_budgets_are_spent_answers_429_and_when_to_come_back(
    route: str, ask: Build
) -> None:
    held = FakeUpstream("alchemy", HELD), FakeUpstream("moralis", HELD)
    world = build_world(*held, rates=(1.0, 1.0))
    for guard in world.gallery.failover.guards.values():
        while guard.budget.take(world.deadline(), for_wallet=True) == 0:
            pass
    response, body = ask(ROUTES[route][0], world)
    assert (response["statusCode"], body["error"]["code"]) == (429, "rate_limited")
    assert response["headers"]["Retry-After"] == "1"
    assert world.calls() == (0, 0)


def test_the_last_good_answer_is_served_where_the_budgets_are_spent_and_a_new_one_spends_none(
    ask: Build,
) -> None:
    held = FakeUpstream("alchemy", HELD), FakeUpstream("moralis", HELD)
    world = build_world(*held, rates=(1.0, 1.0))
    _, good = ask(gallery.get_contract, world)
    for _ in range(20):
        assert ask(gallery.get_contract, world)[1] == good
    assert world.calls() == (1, 0)
    world.clock.advance(FRESH_SECONDS)
    for guard in world.gallery.failover.guards.values():
        assert guard.budget.take(world.deadline()) == 0
    assert ask(gallery.get_contract, world)[1] == {**good, "stale": True}


def test_guests_leave_a_wallets_own_list_and_its_gate_a_place(ask: Build) -> None:
    held = FakeUpstream("alchemy", HELD), FakeUpstream("moralis", HELD)
    world = build_world(*held, rates=(5.0, 5.0))
    for second in range(20):
        for number in range(50):
            ask(gallery.get_contract, world, contractAddress=f"0x{second * 50 + number:040x}")
        assert ask(gallery.get_my_nfts, world)[0]["statusCode"] == 200
        assert ask(gallery.get_gate, world)[0]["statusCode"] == 204
        world.clock.advance(1)


@pytest.mark.parametrize("route", ["getContract", "getNft"])
def test_a_lookup_serves_the_last_good_answer_where_both_are_down(route: str, ask: Build) -> None:
    world = world_with()
    _, good = ask(ROUTES[route][0], world)
    world.alchemy.fault = world.moralis.fault = lambda: FAULTS["500"]
    world.clock.advance(FRESH_SECONDS)
    response, stale = ask(ROUTES[route][0], world)
    assert stale == {**good, "stale": True}
    assert response["headers"]["Cache-Control"] == "no-store"


def test_lists_the_chains_and_who_is_asked_first(
    event: Build, lambda_context: Any, stage: Build
) -> None:
    response = stage(None).answer(gallery.get_chains, world_with().gallery, event(), lambda_context)
    body = json.loads(response["body"])
    assert violations("Chains", body) == []
    chains = {chain["chainId"]: chain for chain in body["chains"]}
    assert set(chains) == set(CHAINS)
    assert chains[1]["providers"] == ["alchemy", "moralis"]


@pytest.mark.parametrize("fault", [None, "500", "empty list", "slow"])
def test_the_gate_opens_for_a_holder_whichever_provider_knows(
    fault: str | None, ask: Build
) -> None:
    world = world_with(FAULTS[fault] if fault else None)
    response, body = ask(gallery.get_gate, world)
    assert (response["statusCode"], response["body"], body) == (204, "", None)


def test_the_gate_is_shut_for_others_also_where_a_provider_ignores_the_filter(ask: Build) -> None:
    world = world_with(held=[(OTHER_CONTRACT, "1")])
    response, body = ask(gallery.get_gate, world)
    assert (response["statusCode"], body["error"]["code"]) == (403, "not_a_holder")
    unfiltered = FakeUpstream("alchemy", [(OTHER_CONTRACT, "1")])
    plain = unfiltered._page

    def ignoring(request: Any) -> Any:
        request.params.pop("contractAddresses[]")
        return plain(request)

    unfiltered._page = ignoring  # type: ignore[method-assign]
    response, _ = ask(gallery.get_gate, build_world(unfiltered, FakeUpstream("moralis")))
    assert response["statusCode"] == 403


def test_the_gate_never_answers_from_memory(ask: Build) -> None:
    world = world_with()
    assert ask(gallery.get_gate, world)[0]["statusCode"] == 204
    world.alchemy.fault = world.moralis.fault = lambda: FAULTS["500"]
    assert ask(gallery.get_gate, world)[0]["statusCode"] == 503


def counting(changes: dict[str, object], *, absent: bool = False) -> World:
    """Both providers count an owner's tokens so, each in its words."""
    world = world_with()

    def change(item: dict[str, Any], counted: str, kind: str) -> dict[str, Any]:
        own = {{"balance": counted, "type": kind}[name]: value for name, value in changes.items()}
        rest = {name: value for name, value in item.items() if not (absent and name == counted)}
        return {
            **rest,
            **own,
            **({"contract": {"address": CONTRACT}} if "contract" in item else {}),
        }

    world.alchemy.change = lambda item: change(item, "balance", "tokenType")
    world.moralis.change = lambda item: change(item, "amount", "contract_type")
    return world


NO_PROOF: list[object] = [
    "0",
    "",
    None,
    "-1",
    "1.5",
    " 1",
    "many",
    True,
    [],
    {},
    -1,
    0.5,
    str(2**256),
]


@pytest.mark.parametrize("kind", ["ERC721", "ERC1155", "erc1155", None, ""])
@pytest.mark.parametrize("balance", NO_PROOF, ids=repr)
def test_the_gate_is_shut_where_the_balance_is_none_that_it_can_read_and_positive(
    balance: object, kind: str | None, ask: Build
) -> None:
    world = counting({"balance": balance, "type": kind})
    response, body = ask(gallery.get_gate, world)
    assert (response["statusCode"], body["error"]["code"]) == (403, "not_a_holder")
    assert world.calls() == (1, 1)  # the other provider was asked too


@pytest.mark.parametrize("balance", ["3", 3, "0x3", str(2**256 - 1)])
@pytest.mark.parametrize("kind", ["ERC721", "ERC1155", None])
def test_the_gate_opens_on_a_positive_balance(
    balance: object, kind: str | None, ask: Build
) -> None:
    world = counting({"balance": balance, "type": kind})
    assert ask(gallery.get_gate, world)[0]["statusCode"] == 204


@pytest.mark.parametrize(
    ("kind", "status"), [("ERC721", 204), ("ERC-721", 204), ("ERC1155", 403), (None, 403)]
)
def test_only_an_erc_721_token_needs_no_balance(kind: str | None, status: int, ask: Build) -> None:
    world = counting({"type": kind}, absent=True)
    assert ask(gallery.get_gate, world)[0]["statusCode"] == status
    world.alchemy.fault = lambda: FAULTS["500"]
    assert ask(gallery.get_gate, world)[0]["statusCode"] == status


def test_a_balance_one_provider_cannot_say_opens_the_gate_by_the_other(ask: Build) -> None:
    world = world_with()
    world.alchemy.change = lambda item: {**item, "balance": None}
    assert ask(gallery.get_gate, world)[0]["statusCode"] == 204
    world.moralis.fault = lambda: FAULTS["500"]
    assert ask(gallery.get_gate, world)[0]["statusCode"] == 403


def test_a_token_whose_balance_nobody_can_read_does_not_hide_the_next(ask: Build) -> None:
    world = world_with()
    first = next(token_id for contract, token_id in HELD if contract == CONTRACT)
    world.alchemy.change = lambda item: {
        **item,
        "balance": None if item["tokenId"] == first else "1",
    }
    assert ask(gallery.get_gate, world)[0]["statusCode"] == 204
    assert world.calls() == (1, 0)


def test_a_token_of_somebody_else_opens_no_gate(ask: Build) -> None:
    world = world_with(FAULTS["500"])
    world.moralis.change = lambda item: {**item, "owner_of": "0x" + "9" * 40}
    assert ask(gallery.get_gate, world)[0]["statusCode"] == 403


def test_a_token_nobody_knows_is_not_found(ask: Build) -> None:
    response, body = ask(gallery.get_nft, world_with(), tokenId="999999")
    assert (response["statusCode"], body["error"]["code"]) == (404, "not_found")


def test_a_token_one_provider_has_not_seen_yet_is_found_at_the_other(ask: Build) -> None:
    world = world_with()
    world.alchemy.tokens = []
    response, body = ask(gallery.get_nft, world)
    assert (response["statusCode"], body["provider"]) == (200, "moralis")


BAD_PATHS = [
    ({"chainId": "2"}, "unsupported_chain"),
    ({"chainId": "0x1"}, "unsupported_chain"),
    ({"chainId": " 1"}, "unsupported_chain"),
    ({"chainId": "01"}, "unsupported_chain"),
    ({"chainId": "\u0661"}, "unsupported_chain"),
    ({"contractAddress": "vitalik.eth"}, "invalid_address"),
    ({"contractAddress": CONTRACT[:-1]}, "invalid_address"),
    ({"contractAddress": CONTRACT + "/../x"}, "invalid_address"),
    ({"contractAddress": "0xBD3531da5cf5857e7cfaa92426877b022e612cf8"}, "invalid_address"),
    ({"contractAddress": None}, "invalid_address"),
    ({"tokenId": "-1"}, "invalid_token_id"),
    ({"tokenId": "0x1"}, "invalid_token_id"),
    ({"tokenId": "01"}, "invalid_token_id"),
    ({"tokenId": str(2**256)}, "invalid_token_id"),
    ({"tokenId": "1" * 5000}, "invalid_token_id"),
    ({"tokenId": "\u0661"}, "invalid_token_id"),
]


@pytest.mark.parametrize(("path", "code"), BAD_PATHS, ids=str)
def test_refuses_a_path_that_names_nothing_before_asking_anyone(
    path: dict[str, str | None], code: str, ask: Build
) -> None:
    world = world_with()
    response, body = ask(gallery.get_nft, world, **path)
    assert (response["statusCode"], body["error"]["code"]) == (400, code)
    assert world.calls() == (0, 0)


BAD_QUERIES = [
    ("limit", ["0", "101", "5.0", ""], "invalid_parameter"),
    ("spam", ["only", ""], "invalid_parameter"),
    ("contract", ["0x12", "", " "], "invalid_address"),
    ("cursor", ["x" * 5000, "eyJhIjoxfQ.AAAA", "\ud800.", ""], "invalid_cursor"),
    ("chainId", ["5", ""], "unsupported_chain"),
]


@pytest.mark.parametrize(("name", "values", "code"), BAD_QUERIES, ids=lambda value: str(value)[:16])
def test_refuses_a_query_that_means_nothing_before_asking_anyone(
    name: str, values: list[str], code: str, ask: Build
) -> None:
    for value in values:
        world = world_with()
        response, body = ask(gallery.get_my_nfts, world, {name: value})
        assert (response["statusCode"], body["error"]["code"]) == (400, code), value
        assert world.calls() == (0, 0)


@pytest.mark.parametrize("name", ["limit", "spam", "contract", "cursor"])
def test_an_owners_list_reads_an_empty_parameter_as_one_that_means_nothing(
    name: str, ask: Build
) -> None:
    world = world_with()
    response, _ = ask(of_owner, world, {name: ""})
    assert (response["statusCode"], world.calls()) == (400, (0, 0))


@pytest.mark.parametrize("function", [gallery.get_my_nfts, gallery.get_gate])
def test_refuses_a_caller_without_a_wallet(
    function: Build, lambda_context: Any, stage: Build
) -> None:
    world = world_with()
    request = {"pathParameters": PATH}
    response = stage(None).answer(function, world.gallery, request, lambda_context)
    assert (response["statusCode"], world.calls()) == (401, (0, 0))


def test_my_nfts_are_the_callers_whatever_the_path_says(ask: Build) -> None:
    world = world_with()
    ask(gallery.get_my_nfts, world, {"chainId": "137"}, owner="0x" + "9" * 40)
    request = world.alchemy.requests[0]
    assert request.params["owner"] == OWNER
    assert request.url == "https://polygon-mainnet.alchemy.example/nft/v3/getNFTsForOwner"


def test_a_cursor_of_mine_is_not_good_for_another_wallet_or_route(ask: Build) -> None:
    world = world_with()
    _, page = ask(gallery.get_my_nfts, world, {"limit": "5"})
    query = {"limit": "5", "cursor": page["nextCursor"]}
    assert ask(gallery.get_my_nfts, world, query)[0]["statusCode"] == 200
    response, body = ask(of_owner, world, query)
    assert (response["statusCode"], body["error"]["code"]) == (400, "invalid_cursor")


def test_a_network_that_is_not_switched_on_is_asked_of_the_other_without_an_alarm(
    ask: Build,
) -> None:
    def not_enabled(_: FakeUpstream, __: Deadline) -> Any:
        return json_reply({"error": {"message": "X is not enabled for this app."}}, 403)

    world = world_with(not_enabled)
    _, body = ask(gallery.get_my_nfts, world)
    assert body["provider"] == "moralis"
    assert [name for name, _ in world.metrics.counted] == ["FailedOver"]


def test_a_page_without_a_usable_cursor_key_is_our_own_error(ask: Build) -> None:
    world = world_with()
    world.secrets["AWSCURRENT"] = "short"
    response, body = ask(gallery.get_my_nfts, world, {"limit": "5"})
    assert (response["statusCode"], body["error"]["code"]) == (500, "internal_error")
