"""Tokens of a stack with other parameters: how long they live, and what they claim."""

from __future__ import annotations

from pathlib import Path

from eth_account import Account

from tests.black_box.test_sessions import claims_of
from tests.e2e.client import Client
from tests.e2e.conftest import HOLDS_3, start_stack


def test_with_several_chains_no_chain_is_claimed_and_tokens_live_as_long_as_set(
    tmp_path: Path,
) -> None:
    (tmp_path / "prod.parameters").write_text("ChainIds=1,137\nIdTokenMinutes=5\n")
    running = start_stack(tmp_path)
    try:
        client = Client(running.site)
        tokens = client.sign_in(HOLDS_3)
        claims = claims_of(tokens["IdToken"])
        assert claims["wallet"] == Account.from_key(HOLDS_3).address
        assert "chain_id" not in claims
        for token in (tokens["IdToken"], tokens["AccessToken"]):
            assert claims_of(token)["exp"] - claims_of(token)["iat"] == 5 * 60
    finally:
        running.stop()
