"""Both profiles run on this machine: what production adds takes nothing away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from deploy.content_security_policy import WALLET_CONNECT_RELAY
from tests.contract.production import EVERYTHING
from tests.e2e.client import Client
from tests.e2e.conftest import HOLDS_3, RunningStack, start_stack

CONTRACT = "0xbc4ca0eda7647a8ab7c2061c2e118a18a936f13d"


@pytest.fixture(scope="module", params=["prod", "everything"])
def production(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningStack]:
    folder: Path = tmp_path_factory.mktemp(request.param)
    given = EVERYTHING if request.param == "everything" else {"Profile": "prod"}
    lines = [f"{name}={value}\n" for name, value in given.items()]
    (folder / "prod.parameters").write_text("".join(lines))
    running = start_stack(folder)
    yield running
    running.stop()


def test_wallets_and_guests_are_served_in_production_too(production: RunningStack) -> None:
    client = Client(production.site)
    tokens = client.sign_in(HOLDS_3)
    assert client.get("getNFTsAlchemy", token=tokens["IdToken"]).status_code == 200
    looked_up = client.signed_get(
        "getNFTsCollectionAlchemy", client.credentials(), {"contractAddress": CONTRACT}
    )
    assert looked_up.status_code == 200


def test_a_session_is_refreshed_in_either_plan(production: RunningStack) -> None:
    client = Client(production.site)
    token = client.sign_in(HOLDS_3)["RefreshToken"]
    refreshed = client.user_pool(
        "GetTokensFromRefreshToken",
        ClientId=client.config["userPoolClientId"],
        RefreshToken=token,
    )
    assert refreshed["AuthenticationResult"]["IdToken"]


def test_guests_look_up_at_the_site_where_that_is_on(production: RunningStack) -> None:
    client = Client(production.site)
    public = client.config.get("publicUrl")
    assert (public is not None) is ("everything" in production.output_file.parent.name)
    if public is None:
        return
    for expected in ("Miss", "Hit"):
        answer = httpx.get(f"{public}/chains/1/contracts/{CONTRACT}/nfts?limit=2&x={expected}")
        assert (answer.status_code, len(answer.json()["items"])) == (200, 2)
        assert answer.headers["x-cache"] == f"{expected} from cloudfront"
    assert httpx.get(f"{public}/me/nfts").json() == {"message": "Missing Authentication Token"}
    direct = httpx.get(f"{client.config['apiEndpoint']}/public/chains")
    assert (direct.status_code, direct.json()) == (403, {"message": "Forbidden"})


def test_the_page_may_reach_the_api_under_whatever_name(production: RunningStack) -> None:
    client = Client(production.site)
    page = httpx.get(production.site).headers
    project = client.config["walletConnectProjectId"]
    hosts = [production.api, *([WALLET_CONNECT_RELAY] if project else [])]
    assert f"connect-src 'self' {' '.join(hosts)};" in page["content-security-policy"]
    assert client.config["apiEndpoint"] == f"{production.api}/prod"
