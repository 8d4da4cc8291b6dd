"""The API against its own OpenAPI document: requests nobody would write, right ones and wrong ones.

Whatever is asked, no answer is a fault of ours, none has a status or a body that the document does
not tell of.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from botocore.credentials import Credentials
from eth_account import Account
from hypothesis import HealthCheck, settings
from requests.auth import AuthBase
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from nft_gallery_client import WalletAuth
from nft_gallery_client.signing import signed_headers
from tests.e2e.client import Client
from tests.e2e.conftest import HOLDS_250, start_stack

FILE = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"
ON_CHAIN = {
    "/names/{name}",
    "/addresses/{address}/name",
    "/me/name",
    "/chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}/metadata",
}
"""This stack has no node: what these answer with one is in test_names and test_token_metadata."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
SCHEMA = schemathesis.openapi.from_dict(json.loads(FILE.read_text()))
# The same requests each time: a red run can be looked at, and a green one means something.
TRIED = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


class Signed(AuthBase):
    """Signature Version 4 over the request as it is about to leave."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        url, now = str(request.url), time.time()
        signed = signed_headers(
            url, self._credentials, region="us-east-1", now=now, method=str(request.method)
        )
        request.headers.update(signed)
        return request


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A stack whose throttles let everything through: a 429 would say nothing of the routes."""
    folder = tmp_path_factory.mktemp("openapi")
    (folder / "prod.parameters").write_text(
        "AlchemyRps=10000\nMoralisRps=10000\nChainReadRps=10000\nLookupRps=10000\nStageRps=10000\nRpcUrls=\n"
    )
    running = start_stack(folder)
    yield Client(running.site)
    running.stop()


@pytest.fixture(scope="module")
def guest(client: Client) -> AuthBase:
    return Signed(client.credentials())


@pytest.fixture(scope="module")
def wallet(client: Client) -> AuthBase:
    """What a signed-in wallet shows: the client knows which route wants a token."""
    session = WalletAuth.from_site(client.site).sign_in(Account.from_key(HOLDS_250))
    return session.requests_auth()


@pytest.fixture(scope="module")
def told() -> set[tuple[str, int]]:
    """(path, status) of what a wallet was told."""
    return set()


def ask(case: schemathesis.Case[Any], client: Client, auth: AuthBase | None) -> Any:
    return case.call(base_url=client.config["apiEndpoint"], auth=auth, timeout=30)


@SCHEMA.parametrize()
@TRIED
def test_a_guest_gets_what_the_document_tells(
    case: schemathesis.Case[Any], client: Client, guest: AuthBase
) -> None:
    case.validate_response(ask(case, client, guest), checks=CHECKS)


@SCHEMA.parametrize()
@TRIED
def test_a_wallet_gets_what_the_document_tells(
    case: schemathesis.Case[Any],
    client: Client,
    wallet: AuthBase,
    told: set[tuple[str, int]],
) -> None:
    answer = ask(case, client, wallet)
    if case.method == "GET":
        told.add((case.operation.path, answer.status_code))
    case.validate_response(answer, checks=CHECKS)


def test_among_all_these_every_route_had_right_and_wrong_requests(
    told: set[tuple[str, int]],
) -> None:
    """What was refused throughout would have proved nothing of the bodies."""
    paths = set(json.loads(FILE.read_text())["paths"])
    paths -= ON_CHAIN
    assert {path for path, status in told if status in (200, 204)} == paths
    parameterised = {path for path in paths if "{" in path}
    assert {path for path, status in told if status in (400, 403, 404)} >= parameterised
