"""Contract wallets sign in through the browser: deployed, still to come, and somebody else's."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from eth_account import Account
from eth_utils.address import to_checksum_address
from playwright.sync_api import Page, expect

from ethereum.address import Address
from tests.e2e.client import Client, RefusedError, sign_text
from tests.e2e.conftest import (
    HOLDS_3,
    HOLDS_250,
    RunningStack,
    Wallet,
    account_chip,
    connect,
    free_port,
    install,
    sign_in,
    sign_in_dialog,
    start_stack,
)
from tests.evm.anvil import Anvil
from tests.evm.chain import call_data, code_at, create2_address, deploy, transact, wrap
from tests.npm_tools import ToolsMissingError

OWNER = Account.from_key(HOLDS_3)
OTHER = Account.from_key(HOLDS_250)


@pytest.fixture(scope="module")
def anvil() -> Iterator[Anvil]:
    try:
        started = Anvil(free_port())
    except ToolsMissingError as error:
        pytest.skip(f"no anvil: {error}")
    yield started
    started.close()


@pytest.fixture(scope="module")
def stack(anvil: Anvil, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """A stack that takes Ethereum's and anvil's messages, and asks anvil about its own."""
    folder = tmp_path_factory.mktemp("contract-wallet")
    rpc = f"ChainIds=1,{anvil.chain_id}\nRpcUrls={anvil.chain_id}={anvil.url}\n"
    (folder / "prod.parameters").write_text(f"AlchemyRps=100\nMoralisRps=100\n{rpc}")
    running = start_stack(folder)
    yield running
    running.stop()


@dataclass(frozen=True)
class Deployment:
    """Where a wallet of OWNER is or will be, and how its factory puts it there."""

    wallet: Address
    factory: Address
    call: bytes

    def wrap(self, signature: str) -> str:
        return "0x" + wrap(self.factory, self.call, bytes.fromhex(signature[2:])).hex()


@pytest.fixture
def deployment(anvil: Anvil, contracts: Mapping[str, str]) -> Deployment:
    factory, salt = deploy(anvil, bytes.fromhex(contracts["WalletFactory"])), os.urandom(32)
    owner = bytes.fromhex(OWNER.address[2:]).rjust(32, b"\0")
    wallet = create2_address(factory, salt, bytes.fromhex(contracts["OwnedWallet"]) + owner)
    call = call_data("deploy(address,bytes32)", OWNER.address, salt)
    return Deployment(wallet, factory, call)


@dataclass
class ContractWallet(Wallet):
    """Shows a contract's account on anvil's chain; its owner's key signs."""

    account: str = ""
    chain_id: int = Anvil.chain_id
    code: str = "0x"
    wrapped_by: list[Deployment] = field(default_factory=list)

    @property
    def address(self) -> str:
        return str(to_checksum_address(self.account))

    def answer(self, method: str, params: list[Any]) -> dict[str, Any]:
        answered = super().answer(method, params)
        if method == "eth_chainId":
            return {"result": hex(self.chain_id)}
        if method == "eth_getCode":
            return {"result": self.code}
        if method == "personal_sign" and "result" in answered:
            for deployment in self.wrapped_by:
                answered = {"result": deployment.wrap(answered["result"])}
        return answered


def show(page: Page, deployment: Deployment, **more: Any) -> ContractWallet:
    wallet = ContractWallet(account=deployment.wallet, **more)
    install(page, wallet)
    return wallet


@pytest.mark.usefixtures("complaints")
def test_a_deployed_contract_wallet_signs_in_and_stays_signed_in(
    page: Page, stack: RunningStack, anvil: Anvil, deployment: Deployment
) -> None:
    transact(anvil, deployment.factory, deployment.call)
    assert code_at(anvil, deployment.wallet) != "0x"
    wallet = show(page, deployment)
    sign_in(page, stack, wallet)
    (params,) = [params for method, params in wallet.asked if method == "personal_sign"]
    lines = bytes.fromhex(params[0].removeprefix("0x")).decode().split("\n")
    assert lines[1] == wallet.address
    assert f"Chain ID: {anvil.chain_id}" in lines
    page.reload()
    expect(account_chip(page, wallet)).to_be_visible()


@pytest.mark.usefixtures("complaints")
def test_a_contract_wallet_still_to_come_signs_in_and_is_not_deployed(
    page: Page, stack: RunningStack, anvil: Anvil, deployment: Deployment
) -> None:
    wallet = show(page, deployment, wrapped_by=[deployment])
    sign_in(page, stack, wallet)
    assert code_at(anvil, deployment.wallet) == "0x"


REFUSAL = "The signature was refused, so you are not signed in."


def refuse(page: Page, stack: RunningStack, wallet: ContractWallet) -> None:
    page.goto(stack.site)
    connect(page, wallet)
    expect(sign_in_dialog(page).get_by_role("alert")).to_contain_text(REFUSAL)


def test_another_owner_is_refused_deployed_or_not(
    page: Page, stack: RunningStack, anvil: Anvil, deployment: Deployment
) -> None:
    wallet = show(page, deployment, signing_key=HOLDS_250, wrapped_by=[deployment])
    refuse(page, stack, wallet)
    transact(anvil, deployment.factory, deployment.call)
    refuse(page, stack, wallet)
    wallet.wrapped_by.clear()
    refuse(page, stack, wallet)


def test_a_contract_wallet_is_refused_on_a_chain_without_a_node(
    page: Page, stack: RunningStack, anvil: Anvil, deployment: Deployment
) -> None:
    transact(anvil, deployment.factory, deployment.call)
    refuse(page, stack, show(page, deployment, chain_id=1, code="0x6080"))
    why = "Your account is a contract wallet"
    expect(sign_in_dialog(page).get_by_role("alert")).to_contain_text(why)


def answer_for(stack: RunningStack, wallet: Address, key: str) -> dict[str, Any]:
    """A sign-in through Cognito's own protocol, for anvil's chain."""
    client = Client(stack.site)
    try:
        client.sign_up(wallet)
    except RefusedError as error:
        assert error.args[0] == "UsernameExistsException"  # noqa: PT017
    challenge = client.start(wallet)
    text = challenge["ChallengeParameters"]["message"]
    text = text.replace("Chain ID: 1\n", f"Chain ID: {Anvil.chain_id}\n")
    answer = json.dumps({"message": text, "signature": sign_text(key, text)})
    return client.answer(challenge, wallet, answer)


def test_the_old_owner_of_a_wallet_is_refused_once_it_changed_hands(
    stack: RunningStack, anvil: Anvil, deployment: Deployment
) -> None:
    transact(anvil, deployment.factory, deployment.call)
    assert "AuthenticationResult" in answer_for(stack, deployment.wallet, HOLDS_3)
    transact(anvil, deployment.wallet, call_data("setOwner(address)", OTHER.address))
    assert "AuthenticationResult" not in answer_for(stack, deployment.wallet, HOLDS_3)
    assert "AuthenticationResult" in answer_for(stack, deployment.wallet, HOLDS_250)


def test_a_chain_that_is_down_locks_out_contract_wallets_only(
    anvil: Anvil, deployment: Deployment, tmp_path_factory: pytest.TempPathFactory
) -> None:
    transact(anvil, deployment.factory, deployment.call)
    folder = tmp_path_factory.mktemp("node-down")
    rpc = f"ChainIds=1,{anvil.chain_id}\nRpcUrls={anvil.chain_id}=http://127.0.0.1:{free_port()}\n"
    (folder / "prod.parameters").write_text(rpc)
    stack = start_stack(folder)
    try:
        refused = answer_for(stack, deployment.wallet, HOLDS_3)
        assert "AuthenticationResult" not in refused
        eoa = Address(OWNER.address.lower())
        assert "AuthenticationResult" in answer_for(stack, eoa, HOLDS_3)
        assert "rpc_unavailable" in stack.output
    finally:
        stack.stop()
