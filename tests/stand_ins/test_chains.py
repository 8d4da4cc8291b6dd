"""A chain is one row of the backend's table: both stand-ins answer for each, in their spelling."""

from __future__ import annotations

import subprocess
import sys

import pytest
from httpx import Client

from ethereum.chains import CHAINS, Chain
from local.configuration import ROOT
from stand_ins.holdings import WALLET_WITH_3
from tests.stand_ins.conftest import BASE

each_chain = pytest.mark.parametrize("chain", CHAINS.values(), ids=lambda chain: chain.name)


def tokens_on(chain: Chain) -> int:
    """How many tokens of the wallet are on the chain: all of them are on Ethereum."""
    return 3 if chain.chain_id == 1 else 0


@each_chain
def test_alchemy_answers_on_the_network_of_every_chain(alchemy: Client, chain: Chain) -> None:
    url = f"{BASE}/alchemy/{chain.alchemy}/nft/v3/getNFTsForOwner"
    answer = alchemy.get(url, params={"owner": WALLET_WITH_3})
    assert (answer.status_code, answer.json()["totalCount"]) == (200, tokens_on(chain))


@each_chain
def test_moralis_answers_for_every_chain_by_name_and_by_id(moralis: Client, chain: Chain) -> None:
    for spelling in (chain.moralis, hex(chain.chain_id)):
        answer = moralis.get(f"{WALLET_WITH_3}/nft", params={"chain": spelling})
        assert (answer.status_code, len(answer.json()["result"])) == (200, tokens_on(chain))


def test_alchemy_has_no_other_network(alchemy: Client) -> None:
    url = f"{BASE}/alchemy/other-mainnet/nft/v3/getNFTsForOwner"
    assert alchemy.get(url, params={"owner": WALLET_WITH_3}).status_code == 404


def test_the_stand_ins_find_the_table_without_the_backend_on_the_path() -> None:
    command = [sys.executable, "-c", "import stand_ins.app"]
    subprocess.run(command, check=True, cwd=ROOT, env={})  # noqa: S603
