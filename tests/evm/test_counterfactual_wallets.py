"""ERC-6492: wallets still to come, deployed since, or only pretended; judged right on two EVMs."""

from __future__ import annotations

import pytest

from ethereum.address import Address
from tests.evm.chain import (
    ERC6492_SUFFIX,
    call_data,
    code_at,
    transact,
    wrap,
)
from tests.evm.world import ACCEPTED, OTHER, OWNER, SIGNED, World, sign


def test_accepts_a_wallet_not_yet_deployed_and_does_not_deploy_it(world: World) -> None:
    wallet, factory, deployment = world.counterfactual()
    assert world.verdict(wallet, wrap(factory, deployment, SIGNED)) == ACCEPTED
    assert code_at(world.chain, wallet) == "0x"
    refused = wrap(factory, deployment, sign(OTHER))
    assert world.verdict(wallet, refused) == "contract_signature_refused"
    assert world.verdict(wallet, SIGNED) == "no_contract"
    assert code_at(world.chain, wallet) == "0x"


def test_accepts_a_wrapped_signature_of_a_wallet_deployed_since(world: World) -> None:
    wallet, factory, deployment = world.counterfactual()
    transact(world.chain, factory, deployment)
    assert code_at(world.chain, wallet) != "0x"
    assert world.verdict(wallet, wrap(factory, deployment, SIGNED)) == ACCEPTED
    assert world.verdict(wallet, SIGNED) == ACCEPTED
    refused = wrap(factory, deployment, sign(OTHER))
    assert world.verdict(wallet, refused) == "contract_signature_refused"


def test_a_factory_cannot_deploy_another_owners_wallet_at_the_address(world: World) -> None:
    wallet, factory, _ = world.counterfactual()
    others = call_data("deploy(address,bytes32)", OTHER.address, b"\0" * 32)
    assert world.verdict(wallet, wrap(factory, others, sign(OTHER))) == "undeployable_wallet"


@pytest.mark.parametrize(
    "name", ["FailingFactory", "IdleFactory", "BurningFactory", "AnsweringFactory"]
)
def test_refuses_a_wallet_its_factory_does_not_deploy(world: World, name: str) -> None:
    (wallet, _, deployment), factory = world.counterfactual(), world.deploy(name)
    assert world.verdict(wallet, wrap(factory, deployment, SIGNED)) == "undeployable_wallet"
    nobody = Address("0x" + "cd" * 20)
    assert world.verdict(wallet, wrap(nobody, deployment, SIGNED)) == "undeployable_wallet"


@pytest.mark.parametrize("name", ["FailingFactory", "BurningFactory"])
def test_a_failing_factory_does_not_matter_where_the_wallet_is_deployed(
    world: World, name: str
) -> None:
    wallet, factory = world.deploy("OwnedWallet", OWNER.address), world.deploy(name)
    assert world.verdict(wallet, wrap(factory, b"", SIGNED)) == ACCEPTED
    refused = wrap(factory, b"", sign(OTHER))
    assert world.verdict(wallet, refused) == "contract_signature_refused"


def test_asks_a_deployed_wallet_again_after_its_preparation(world: World) -> None:
    wallet = world.deploy("UnpreparedWallet")
    assert world.verdict(wallet, SIGNED) == "contract_signature_refused"
    prepared = wrap(wallet, call_data("prepare()"), SIGNED)
    assert world.verdict(wallet, prepared) == ACCEPTED
    assert world.verdict(wallet, SIGNED) == "contract_signature_refused"


def word(number: int) -> bytes:
    return number.to_bytes(32)


HUGE = 2**256 - 1
MALFORMED = {
    "nothing but the suffix": b"",
    "a signature and the suffix": SIGNED,
    "two words": word(1) + word(64),
    "a factory of more than 20 bytes": word(2**160) + word(96) + word(96) + word(0),
    "an offset beyond the end": word(1) + word(96) + word(128) + word(0),
    "a huge offset": word(1) + word(HUGE) + word(96) + word(0),
    "a huge second offset": word(1) + word(96) + word(HUGE - 31) + word(0),
    "a length beyond the end": word(1) + word(96) + word(96) + word(1),
    "a huge length": word(1) + word(96) + word(96) + word(HUGE),
    "a length that takes in the suffix": word(1) + word(96) + word(96) + word(32),
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
def test_refuses_a_malformed_wrapper_even_of_a_wallet_that_accepts_all(
    world: World, body: bytes
) -> None:
    wallet = world.deploy("AcceptingWallet")
    assert world.verdict(wallet, body + ERC6492_SUFFIX) == "malformed_wrapper"


def test_takes_a_wrapper_of_the_least_size(world: World) -> None:
    wallet = world.deploy("AcceptingWallet")
    body = word(1) + word(96) + word(96) + word(0)
    assert world.verdict(wallet, body + ERC6492_SUFFIX) == ACCEPTED
