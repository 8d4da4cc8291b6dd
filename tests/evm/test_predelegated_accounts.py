"""ERC-8010: accounts that signed a delegation and did not send it, judged right on two EVMs."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from eth_abi.abi import encode
from eth_account import Account

from ethereum.address import Address
from tests.evm.chain import call_data, code_at, transact, wrap
from tests.evm.world import (
    ACCEPTED,
    OTHER,
    OWNER,
    SIGNED,
    World,
    send_delegations,
    send_raw,
    sign,
)

MAGIC = bytes.fromhex("8010" * 16)
AUTHORIZATION = "(uint256,address,uint256,uint8,uint256,uint256)"


class Predelegated(NamedTuple):
    """An account without code, and the delegate its key has signed for."""

    account: Any
    delegate: Address

    @property
    def address(self) -> Address:
        return Address(self.account.address.lower())

    def signature(
        self,
        world: World,
        inner: bytes = SIGNED,
        *,
        signer: Any = None,
        chain_id: int | None = None,
        nonce: int = 0,
        to: str | None = None,
        data: bytes = b"",
    ) -> bytes:
        chain = world.chain.chain_id if chain_id is None else chain_id
        fields = {"chainId": chain, "address": self.delegate, "nonce": nonce}
        signed = (signer or self.account).sign_authorization(fields)
        authorization = (chain, self.delegate, nonce, signed.y_parity, signed.r, signed.s)
        return wrap_predelegated(inner, authorization, to or self.address, data)


def wrap_predelegated(inner: bytes, authorization: Any, to: str, data: bytes) -> bytes:
    """https://eips.ethereum.org/EIPS/eip-8010"""
    context = encode([AUTHORIZATION, "address", "bytes"], [authorization, to, data])
    return inner + context + len(context).to_bytes(32) + MAGIC


SET_OWNER = call_data("setOwner(address)", OWNER.address)


@pytest.fixture
def predelegated(world: World) -> Predelegated:
    """The delegate's owner is in the account's own storage: none, until it is initialised."""
    return Predelegated(Account.create(), world.deploy("OwnedWallet", OTHER.address))


def accepting(world: World) -> Predelegated:
    return Predelegated(Account.create(), world.deploy("AcceptingWallet"))


def test_accepts_what_the_delegate_accepts_and_leaves_the_account_without_code(
    world: World,
) -> None:
    account = accepting(world)
    assert world.verdict(account.address, account.signature(world)) == ACCEPTED
    assert world.verdict(account.address, account.signature(world, b"")) == ACCEPTED
    assert code_at(world.chain, account.address) == "0x"
    assert world.verdict(account.address, SIGNED) == "no_contract"


@pytest.mark.parametrize("name", ["RejectingWallet", "RevertingWallet", "DirtyWallet"])
def test_refuses_what_the_delegate_refuses(world: World, name: str) -> None:
    account = Predelegated(Account.create(), world.deploy(name))
    verdict = world.verdict(account.address, account.signature(world))
    assert verdict == "contract_signature_refused"


def test_initialises_the_account_before_it_asks(world: World, predelegated: Predelegated) -> None:
    address = predelegated.address
    without = predelegated.signature(world)
    assert world.verdict(address, without) == "contract_signature_refused"
    initialised = predelegated.signature(world, data=SET_OWNER)
    assert world.verdict(address, initialised) == ACCEPTED
    refused = predelegated.signature(world, sign(OTHER), data=SET_OWNER)
    assert world.verdict(address, refused) == "contract_signature_refused"


def test_a_failing_initialisation_changes_nothing(world: World, predelegated: Predelegated) -> None:
    failing = world.deploy("FailingFactory")
    account = accepting(world)
    signature = account.signature(world, to=failing, data=b"\1\2\3\4")
    assert world.verdict(account.address, signature) == ACCEPTED
    signature = predelegated.signature(world, to=failing, data=SET_OWNER)
    assert world.verdict(predelegated.address, signature) == "contract_signature_refused"


def test_data_goes_to_the_target_that_is_named(world: World, predelegated: Predelegated) -> None:
    elsewhere = world.deploy("IdleFactory")
    signature = predelegated.signature(world, to=elsewhere, data=SET_OWNER)
    assert world.verdict(predelegated.address, signature) == "contract_signature_refused"


def test_takes_an_authorization_for_every_chain(world: World) -> None:
    account = accepting(world)
    assert world.verdict(account.address, account.signature(world, chain_id=0)) == ACCEPTED


@pytest.mark.parametrize("data", [b"", b"\1"])
def test_refuses_an_authorization_that_the_evm_does_not_apply(world: World, data: bytes) -> None:
    account = accepting(world)
    wrong = {
        "another key": account.signature(world, signer=OTHER, data=data),
        "another chain": account.signature(world, chain_id=world.chain.chain_id + 1, data=data),
        "a nonce to come": account.signature(world, nonce=1, data=data),
    }
    verdicts = {why: world.verdict(account.address, sent) for why, sent in wrong.items()}
    assert verdicts == dict.fromkeys(wrong, "undeployable_wallet")


def test_refuses_an_authorization_that_the_account_has_outlived(world: World) -> None:
    """Its nonce has moved on: that is how an owner takes an authorization back."""
    account = accepting(world)
    transact(world.chain, account.address, value=10**18)
    signature = account.signature(world)
    assert world.verdict(account.address, signature) == ACCEPTED
    spend(world, account.account)
    assert world.verdict(account.address, signature) == "undeployable_wallet"


def test_a_delegation_to_nothing_is_no_wallet(world: World) -> None:
    nobody = Predelegated(Account.create(), Address("0x" + "00" * 20))
    assert world.verdict(nobody.address, nobody.signature(world)) == "undeployable_wallet"
    identity = Predelegated(Account.create(), Address("0x" + "00" * 19 + "04"))
    verdict = world.verdict(identity.address, identity.signature(world))
    assert verdict == "contract_signature_refused"


def test_an_account_that_was_delegated_since_is_asked_as_it_is(world: World) -> None:
    account = accepting(world)
    transact(world.chain, account.address, value=10**18)
    send_delegation(world, account)
    assert code_at(world.chain, account.address) == "0xef0100" + account.delegate[2:]
    assert world.verdict(account.address, account.signature(world)) == ACCEPTED


def test_an_authorization_gives_no_code_to_a_contract(world: World) -> None:
    wallet, account = world.deploy("RejectingWallet"), accepting(world)
    verdict = world.verdict(wallet, account.signature(world))
    assert verdict == "contract_signature_refused"


def test_what_is_inside_goes_to_the_account_as_it_is(world: World) -> None:
    """No wrapper inside a wrapper is opened: that is for the account's own code."""
    account = Predelegated(Account.create(), world.deploy("SignatureHashWallet"))
    for inner in (wrap(account.delegate, b"\1", SIGNED), account.signature(world)):
        told = call_data("expect(bytes)", inner)
        signature = account.signature(world, inner, data=told)
        assert world.verdict(account.address, signature) == ACCEPTED
        signature = account.signature(world, SIGNED, data=told)
        assert world.verdict(account.address, signature) == "contract_signature_refused"


def spend(world: World, account: Any) -> None:
    """One transaction of the account's own."""
    transaction = {"to": world.chain.funded, "value": 0, "data": b"", "gas": 30_000, "nonce": 0}
    transaction |= {"chainId": world.chain.chain_id, "gasPrice": 10**10}
    send_raw(world, account.sign_transaction(transaction))


def send_delegation(world: World, account: Predelegated) -> None:
    """By somebody else, as ERC-8010 means it: the account's own nonce is the authorization's."""
    payer = Account.create()
    transact(world.chain, payer.address, value=10**18)
    chain_id = world.chain.chain_id
    fields = {"chainId": chain_id, "address": account.delegate, "nonce": 0}
    send_delegations(world, payer, [account.account.sign_authorization(fields)])
