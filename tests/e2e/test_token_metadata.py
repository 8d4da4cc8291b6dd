"""A token's own metadata through the running stack, from contracts on py-evm, hostile ones too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from eth_abi.abi import encode

from tests.e2e.client import Client
from tests.e2e.conftest import HOLDS_3, RunningStack, start_stack
from tests.evm.chain import deploy
from tests.evm.py_evm import PyEvm
from tests.fixtures.chain_node import running_node
from tests.fixtures.tls_site import TlsSite, redirecting

CHAIN = 137
TRAIT = {"trait_type": "Fur", "value": "Gold", "display_type": None, "max_value": None}
DOCUMENT = (
    'data:application/json;utf8,{"name":"On <b>chain</b>","attributes":'
    '[{"trait_type":"Fur","value":"Gold"}],"image":"<svg><script>alert(1)</script></svg>"}'
)


@pytest.fixture(scope="module")
def token_code(contracts: Mapping[str, str]) -> bytes:
    return bytes.fromhex(contracts["TestToken"])


@pytest.fixture(scope="module")
def chain(token_code: bytes) -> PyEvm:
    chain = PyEvm()
    chain.chain_id = CHAIN
    return chain


@pytest.fixture(scope="module")
def client(chain: PyEvm, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("metadata")
    with running_node(chain) as url:
        parameters = f"ChainReadRps=100\nRpcUrls={CHAIN}={url}\n"
        (folder / "prod.parameters").write_text(parameters)
        stack = start_stack(folder)
        yield Client(stack.site)
        stack.stop()


@pytest.fixture(scope="module")
def tokens(chain: PyEvm, token_code: bytes) -> Mapping[str, str]:
    """Contracts by their URIs, deployed when asked for."""

    class Deployed(dict[str, str]):
        def __missing__(self, uri: str) -> str:
            code = token_code + encode(["string", "bool"], [uri, uri.endswith("{id}")])
            self[uri] = deploy(chain, code)
            return self[uri]

    return Deployed()


def look_up(
    client: Client,
    contract: str,
    number: str = "7",
    on: int = CHAIN,
    id_token: str | None = None,
    **query: str,
) -> tuple[int, dict[str, Any]]:
    path = f"chains/{on}/contracts/{contract}/nfts/{number}/metadata"
    answer = client.signed_get(path, client.credentials(id_token), query)
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["x-content-type-options"] == "nosniff"
    return answer.status_code, dict(answer.json())


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_guests_and_wallets_read_what_a_token_says_of_itself(
    client: Client, tokens: Mapping[str, str], is_signed_in: bool
) -> None:
    id_token = client.sign_in(HOLDS_3)["IdToken"] if is_signed_in else None
    status, answer = look_up(client, tokens[DOCUMENT], id_token=id_token)
    assert (status, answer["chainId"], answer["tokenId"]) == (200, CHAIN, "7")
    assert (answer["name"], answer["source"]) == ("On <b>chain</b>", "data")
    assert answer["attributes"] == [TRAIT]
    assert (answer["image"]["status"], answer["image"]["contentType"]) == (
        "inline",
        "image/svg+xml",
    )
    assert answer["image"]["url"].startswith("data:image/svg+xml;base64,")


@pytest.mark.parametrize(
    ("uri", "status", "code"),
    [
        ("http://169.254.169.254/latest/meta-data/", 422, "unsupported_uri"),
        ("https://169.254.169.254/latest/meta-data/", 422, "unsupported_uri"),
        ("https://[::1]:PORT/7", 422, "unsupported_uri"),
        ("https://127.0.0.1:PORT/7", 422, "unsupported_uri"),
        ("https://2130706433:PORT/7", 422, "unsupported_uri"),
        ("https://localhost:PORT/7", 422, "unsupported_uri"),
        ("https://localhost./7", 422, "unsupported_uri"),
        ("file:///etc/passwd", 422, "unsupported_uri"),
        ("https://gallery.localhost:PORT/{id}", 502, "metadata_unavailable"),
        ("https://gallery.localhost/7", 502, "metadata_unavailable"),
        ("data:text/html,<script>alert(1)</script>", 502, "metadata_wrong_type"),
        ("data:application/json,[]", 502, "metadata_wrong_type"),
    ],
)
def test_a_contract_leads_nobody_into_a_private_place(
    client: Client, tokens: Mapping[str, str], uri: str, status: int, code: str
) -> None:
    site = TlsSite(redirecting("https://169.254.169.254/"), name="localhost")
    with site.running() as port:
        found, answer = look_up(client, tokens[uri.replace("PORT", str(port))])
    assert (found, answer["error"]["code"]) == (status, code)
    assert (site.names, site.paths) == ([], [])


@pytest.mark.parametrize(
    ("number", "on", "status", "code"),
    [
        ("8", CHAIN, 404, "not_found"),
        ("x", CHAIN, 400, "invalid_token_id"),
        ("7", 1, 400, "unsupported_chain"),
    ],
)
def test_what_cannot_be_looked_up_is_refused_by_a_code(
    client: Client, tokens: Mapping[str, str], number: str, on: int, status: int, code: str
) -> None:
    found, answer = look_up(client, tokens[DOCUMENT], number, on)
    assert (found, answer["error"]["code"]) == (status, code)


@pytest.mark.parametrize(
    ("image", "status", "error"),
    [
        ("http://169.254.169.254/latest/meta-data/", "unusable", "unsupported_uri"),
        ("https://127.0.0.1:PORT/7.png", "unusable", "unsupported_uri"),
        ("https://2130706433:PORT/7.png", "unusable", "unsupported_uri"),
        ("https://localhost:PORT/7.png", "unusable", "unsupported_uri"),
        ("file:///etc/passwd", "unusable", "unsupported_uri"),
        ("data:text/html,x", "unusable", "metadata_wrong_type"),
        ("https://gallery.localhost:PORT/{id}", "unavailable", "metadata_unavailable"),
        ("https://gallery.localhost/7.png", "unavailable", "metadata_unavailable"),
    ],
)
def test_an_image_leads_nobody_into_a_private_place_and_the_metadata_comes_all_the_same(
    client: Client, tokens: Mapping[str, str], image: str, status: str, error: str
) -> None:
    site = TlsSite(redirecting("https://169.254.169.254/"), name="localhost")
    with site.running() as port:
        named = image.replace("PORT", str(port))
        document = f'data:application/json,{{"name":"Seven","image":"{named}"}}'
        found, answer = look_up(client, tokens[document], image="inline")
    assert (found, answer["name"]) == (200, "Seven")
    assert (answer["image"]["status"], answer["image"]["error"]) == (status, error)
    assert (site.names, site.paths) == ([], [])


def test_an_image_in_the_contract_is_inline_whatever_is_asked_for(
    client: Client, tokens: Mapping[str, str]
) -> None:
    _, linked = look_up(client, tokens[DOCUMENT], image="link")
    _, inlined = look_up(client, tokens[DOCUMENT], image="inline")
    assert inlined.pop("image") == {**linked.pop("image"), "isVerified": True, "error": None}
    assert inlined == linked


@pytest.mark.parametrize("image", ["both", "https://169.254.169.254/", "INLINE"])
def test_another_choice_of_image_is_refused(
    client: Client, tokens: Mapping[str, str], image: str
) -> None:
    status, answer = look_up(client, tokens[DOCUMENT], image=image)
    assert (status, answer["error"]["code"]) == (400, "invalid_parameter")


def test_a_url_in_place_of_a_contract_is_no_route(client: Client) -> None:
    status, answer = look_up(client, "https%3A%2F%2F169.254.169.254%2F")
    assert (status, answer["error"]["code"]) == (400, "invalid_address")


def test_without_a_node_no_chain_is_supported(stack: RunningStack) -> None:
    client = Client(stack.site)
    status, answer = look_up(client, f"0x{'1' * 40}", on=1)
    assert (status, answer["error"]["code"]) == (400, "unsupported_chain")
