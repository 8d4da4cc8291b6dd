"""`make start` takes changed parameters while it runs, with its users, sessions and keys."""

from __future__ import annotations

import time
from pathlib import Path

import httpx

from tests.e2e.client import Client
from tests.e2e.conftest import HOLDS_3, RunningStack, start_stack

OTHER = "http://localhost:5173"


def wait_for(running: RunningStack, text: str) -> None:
    while text not in running.output:  # or pytest-timeout ends this
        time.sleep(0.05)


def allowed_for(client: Client, origin: str) -> str:
    url = f"{client.config['apiEndpoint']}/getNFTsAlchemy"
    asked = {"Origin": origin, "Access-Control-Request-Method": "GET"}
    headers = httpx.options(url, headers=asked).headers
    return str(headers.get("access-control-allow-origin", ""))


def test_changed_parameters_are_live_and_every_session_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "prod.parameters"
    file.write_text("AlchemyRps=100\n")
    running = start_stack(tmp_path)
    try:
        client = Client(running.site)
        tokens = client.sign_in(HOLDS_3)
        assert allowed_for(client, OTHER) != OTHER
        file.write_text("AlchemyRps=100 and more\n")
        wait_for(running, "prod.parameters changed and cannot be run; as before: ")
        assert client.get("getNFTsAlchemy", token=tokens["IdToken"]).status_code == 200
        file.write_text(f"AlchemyRps=100\nAllowedOrigins={OTHER}\n")
        wait_for(running, "prod.parameters changed: the stack is updated")
        assert allowed_for(client, OTHER) == OTHER
        assert client.get("getNFTsAlchemy", token=tokens["IdToken"]).status_code == 200
        client_id = client.config["userPoolClientId"]
        refreshed = client.user_pool(
            "GetTokensFromRefreshToken", ClientId=client_id, RefreshToken=tokens["RefreshToken"]
        )["AuthenticationResult"]
        assert client.get("getNFTsAlchemy", token=refreshed["IdToken"]).status_code == 200
        assert client.sign_in(HOLDS_3)["IdToken"]
    finally:
        running.stop()
