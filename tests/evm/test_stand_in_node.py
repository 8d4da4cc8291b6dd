"""The stand-in node judges contract wallets as our validator does, of which it runs no code."""

from __future__ import annotations

import pytest

from ethereum.address import Address
from ethereum.contract_wallet import check_verdict
from ethereum.errors import SignatureError
from stand_ins.contract_wallets import FACTORY, Wrapped, factory_call, wallet_of, wrap
from stand_ins.node.wallets import judge
from tests.evm.chain import ERC6492_SUFFIX, call_data
from tests.evm.test_counterfactual_wallets import MALFORMED
from tests.evm.world import ACCEPTED, HASH, OTHER, OWNER, SIGNED, World, sign

CURVE_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
NOBODY = Address("0x" + "cd" * 20)


def stand_in_verdict(wallet: str, signature: bytes, *deployed: str) -> str:
    """`accepted` or the code of the refusal, where these are wallets of OWNER."""
    owners = {address.lower(): OWNER.address.lower() for address in deployed}
    try:
        check_verdict(judge(wallet.lower(), HASH, signature, owners=owners))
    except SignatureError as refusal:
        return refusal.code
    return ACCEPTED


def of_the_other_half(signature: bytes) -> bytes:
    """The same signature with its greater s, which a chain accepts too."""
    s = CURVE_ORDER - int.from_bytes(signature[32:64])
    return signature[:32] + s.to_bytes(32) + bytes([55 - signature[64]])


def unpadded(signature: bytes, length: int) -> bytes:
    """A wrapper whose last bytes end where they end."""
    heads = b"".join(number.to_bytes(32) for number in (int(NOBODY, 16), 96, 128, 0, length))
    return heads + signature + ERC6492_SUFFIX


SIGNATURES = {
    "the owner's": SIGNED,
    "another's": sign(OTHER),
    "nothing": b"",
    "64 bytes": SIGNED[:64],
    "66 bytes": SIGNED + b"\0",
    "with v of 0 or 1": SIGNED[:64] + bytes([SIGNED[64] - 27]),
    "with v of the other key": SIGNED[:64] + bytes([55 - SIGNED[64]]),
    "with v of 29": SIGNED[:64] + bytes([29]),
    "of the other half": of_the_other_half(SIGNED),
    "zeros": bytes(65),
    "r and s of zero": bytes(64) + b"\x1b",
    "r and s beyond the curve": b"\xff" * 64 + b"\x1b",
    "wrapped for nobody": wrap(Wrapped(NOBODY, b"", SIGNED)),
    "another's wrapped for nobody": wrap(Wrapped(NOBODY, b"", sign(OTHER))),
    "wrapped twice": wrap(Wrapped(NOBODY, b"", wrap(Wrapped(NOBODY, b"", SIGNED)))),
    "with more behind it": SIGNED + wrap(Wrapped(NOBODY, b"", SIGNED)),
    "wrapped without padding": unpadded(SIGNED, len(SIGNED)),
    "wrapped with a byte too few": unpadded(SIGNED[:-1], len(SIGNED)),
    "wrapped with a byte too many": unpadded(SIGNED + b"\1", len(SIGNED)),
    **{f"malformed: {name}": body + ERC6492_SUFFIX for name, body in MALFORMED.items()},
}


@pytest.fixture(scope="module")
def deployed(world: World) -> Address:
    return world.deploy("OwnedWallet", OWNER.address)


@pytest.mark.parametrize("signature", SIGNATURES.values(), ids=SIGNATURES)
def test_a_deployed_wallet_is_judged_alike(
    world: World, deployed: Address, signature: bytes
) -> None:
    on_chain = world.verdict(deployed, signature)
    assert stand_in_verdict(deployed, signature, deployed) == on_chain


@pytest.mark.parametrize("signature", SIGNATURES.values(), ids=SIGNATURES)
def test_an_address_without_a_contract_is_judged_alike(world: World, signature: bytes) -> None:
    assert stand_in_verdict(NOBODY, signature) == world.verdict(NOBODY, signature)


@pytest.mark.parametrize("signature", [SIGNED, sign(OTHER), b"", of_the_other_half(SIGNED)])
def test_a_wallet_still_to_come_is_judged_alike(world: World, signature: bytes) -> None:
    wallet, factory, call = world.counterfactual()
    mine, my_call = wallet_of(OWNER.address, 7).address, factory_call(OWNER.address, 7)
    on_chain = world.verdict(wallet, wrap(Wrapped(factory, call, signature)))
    assert stand_in_verdict(mine, wrap(Wrapped(FACTORY, my_call, signature))) == on_chain


def test_another_owners_call_makes_no_wallet_at_the_address_here_or_there(world: World) -> None:
    wallet, factory, _ = world.counterfactual()
    call = call_data("deploy(address,bytes32)", OTHER.address, bytes(32))
    on_chain = world.verdict(wallet, wrap(Wrapped(factory, call, sign(OTHER))))
    mine, others = wallet_of(OWNER.address, 7).address, factory_call(OTHER.address, 7)
    assert stand_in_verdict(mine, wrap(Wrapped(FACTORY, others, sign(OTHER)))) == on_chain
