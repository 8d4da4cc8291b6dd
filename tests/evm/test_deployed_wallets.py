"""Wallets with code, honest and hostile, and addresses without: each judged right on two EVMs."""

from __future__ import annotations

from typing import Any

import pytest
from eth_account import Account

from auth.contract_wallets import verify_on_node
from ethereum.address import Address
from ethereum.contract_wallet import CALLER, MAX_SIGNATURE_BYTES
from ethereum.signature import recover_signer
from nodes.errors import WrongChainError
from tests.evm.chain import (
    ARBITRUM_PRECOMPILE,
    ORIGIN_ONE,
    RpcFailedError,
    call_data,
    code_at,
    request,
    transact,
    wrap,
)
from tests.evm.world import (
    ACCEPTED,
    HASH,
    MESSAGE,
    OTHER,
    OWNER,
    SIGNED,
    World,
    send_delegations,
    sign,
)

DEPLOYED = {
    "AcceptingWallet": ACCEPTED,
    "RejectingWallet": "contract_signature_refused",
    "RevertingWallet": "contract_signature_refused",
    "RevertingWithMagicWallet": "contract_signature_refused",
    "BooleanWallet": "contract_signature_refused",
    "DirtyWallet": "contract_signature_refused",
    "RightAlignedWallet": "contract_signature_refused",
    "ShortWallet": "contract_signature_refused",
    "OneByteWallet": "contract_signature_refused",
    "SilentWallet": "contract_signature_refused",
    "LongWallet": "contract_signature_refused",
    "MegabyteWallet": "contract_signature_refused",
    "EchoingWallet": "contract_signature_refused",
    "BurningWallet": "contract_signature_refused",
    "OriginTrustingWallet": "contract_signature_refused",
    "WritingWallet": "contract_signature_refused",
}


@pytest.mark.parametrize(("name", "verdict"), DEPLOYED.items(), ids=DEPLOYED)
def test_judges_a_deployed_wallet(world: World, name: str, verdict: str) -> None:
    wallet = world.deploy(name)
    assert world.verdict(wallet, SIGNED) == verdict
    assert world.verdict(wallet, b"") == verdict


@pytest.mark.parametrize(
    "name", [name for name, verdict in DEPLOYED.items() if verdict != ACCEPTED]
)
def test_no_wrapper_makes_a_deployed_wallet_accept(world: World, name: str) -> None:
    wallet, factory = world.deploy(name), world.deploy("IdleFactory")
    assert world.verdict(wallet, wrap(factory, b"", SIGNED)) == "contract_signature_refused"


def test_accepts_the_owner_of_a_wallet_and_nobody_else(world: World) -> None:
    wallet = world.deploy("OwnedWallet", OWNER.address)
    assert world.verdict(wallet, SIGNED) == ACCEPTED
    assert world.verdict(wallet, sign(OTHER)) == "contract_signature_refused"
    assert world.verdict(wallet, SIGNED[:-1]) == "contract_signature_refused"
    assert world.verdict(wallet, b"") == "contract_signature_refused"


def test_refuses_the_old_owner_of_a_wallet_that_changed_hands(world: World) -> None:
    wallet = world.deploy("OwnedWallet", OWNER.address)
    assert world.verdict(wallet, SIGNED) == ACCEPTED
    transact(world.chain, wallet, call_data("setOwner(address)", OTHER.address))
    assert world.verdict(wallet, SIGNED) == "contract_signature_refused"
    assert world.verdict(wallet, sign(OTHER)) == ACCEPTED


def test_a_safe_like_wallet_answers_to_an_empty_signature_once_it_approved(world: World) -> None:
    wallet = world.deploy("SafeLikeWallet")
    assert world.verdict(wallet, b"") == "contract_signature_refused"
    transact(world.chain, wallet, call_data("approve(bytes32)", HASH))
    assert world.verdict(wallet, b"") == ACCEPTED
    assert world.verdict(wallet, SIGNED) == "contract_signature_refused"


def test_takes_a_signature_as_long_as_we_read(world: World) -> None:
    wallet = world.deploy("AcceptingWallet")
    assert world.verdict(wallet, b"\xff" * MAX_SIGNATURE_BYTES) == ACCEPTED


@pytest.mark.parametrize("signature", [SIGNED, b"", SIGNED * 3], ids=["key's", "empty", "long"])
def test_refuses_an_address_without_code(world: World, signature: bytes) -> None:
    assert world.verdict(Address(OWNER.address.lower()), signature) == "no_contract"
    assert world.verdict(Address("0x" + "ab" * 20), signature) == "no_contract"


@pytest.mark.parametrize("number", [*range(12), 0x64, 0x100, 0x800, 0xFFFF])
def test_refuses_a_precompile(world: World, number: int) -> None:
    precompile = Address(f"0x{number:040x}")
    signatures = (SIGNED, b"", wrap(precompile, SIGNED, SIGNED))
    verdicts = {world.verdict(precompile, signature) for signature in signatures}
    assert verdicts == {"no_contract"}


def test_refuses_a_precompile_that_was_given_code(world: World) -> None:
    question = call_data("isValidSignature(bytes32,bytes)", HASH, SIGNED)
    call = {"from": CALLER, "to": ARBITRUM_PRECOMPILE, "data": "0x" + question.hex()}
    answer = request(world.chain, "eth_call", {**call, "gas": hex(100_000)}, "latest")
    assert answer == "0x1626ba7e" + "00" * 28
    assert world.verdict(ARBITRUM_PRECOMPILE, SIGNED) == "no_contract"


def test_trust_in_tx_origin_is_what_our_caller_avoids(world: World) -> None:
    """The trap is real: the same call from 0x…01 is accepted."""
    wallet = world.deploy("OriginTrustingWallet")

    def send_from_one(batch: list[dict[str, Any]]) -> Any:
        batch[1]["params"][0]["from"] = ORIGIN_ONE
        return world.chain.send(batch)

    chain_id = world.chain.chain_id
    verify_on_node(wallet, HASH, SIGNED, send_from_one, chain_id=chain_id)
    assert world.verdict(wallet, SIGNED) == "contract_signature_refused"


def test_a_7702_account_is_judged_by_its_key_or_else_by_its_delegate(world: World) -> None:
    """What its key signed is recovered before any node is asked; see `tests/unit/auth` too."""
    account = Account.create()
    transact(world.chain, account.address, value=10**18)
    delegate(world, account, world.deploy("OwnedWallet", OWNER.address))
    address = Address(account.address.lower())
    assert code_at(world.chain, address).startswith("0xef0100")
    # The delegate's owner is in the delegate's storage, not in the account's: 0x0 owns this one.
    assert world.verdict(address, SIGNED) == "contract_signature_refused"
    assert world.verdict(address, sign(account)) == "contract_signature_refused"
    assert recover_signer(MESSAGE, "0x" + sign(account).hex()) == address
    transact(world.chain, address, call_data("setOwner(address)", OWNER.address))
    assert world.verdict(address, SIGNED) == ACCEPTED


def delegate(world: World, account: Any, to: Address) -> None:
    """Sent by the account itself."""
    chain_id = world.chain.chain_id
    authorization = account.sign_authorization({"chainId": chain_id, "address": to, "nonce": 1})
    send_delegations(world, account, [authorization])


def test_refuses_an_answer_of_another_chain(world: World) -> None:
    wallet = world.deploy("AcceptingWallet")
    assert world.verdict(wallet, SIGNED, world.chain.chain_id + 1) == WrongChainError.code
    assert world.verdict(wallet, SIGNED, 1) == WrongChainError.code


def test_the_chain_under_test_runs_what_it_is_asked(world: World) -> None:
    """A Chain that reports nothing but success would pass none of the refusals, but be sure."""
    wallet = world.deploy("RevertingWallet")
    call = {"from": CALLER, "to": wallet, "gas": hex(100_000)}
    data = "0x" + call_data("isValidSignature(bytes32,bytes)", HASH, SIGNED).hex()
    with pytest.raises(RpcFailedError):
        request(world.chain, "eth_call", {**call, "data": data}, "latest")
