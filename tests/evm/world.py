"""A chain, the contracts to deploy to it, and what our verifier says of a wallet there."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eth_account import Account
from eth_account.messages import encode_defunct

from auth.contract_wallets import verify_on_node
from ethereum.address import Address
from ethereum.contract_wallet import CALLER
from ethereum.errors import EthereumError
from ethereum.signature import hash_personal_message
from nodes.errors import NodeError
from tests.evm.chain import (
    Chain,
    call_data,
    code_at,
    create2_address,
    deploy,
    receipt,
    request,
)

MESSAGE = b"gallery.example wants you to sign in"
HASH = hash_personal_message(MESSAGE)
OWNER = Account.from_key("0x" + "11" * 32)
OTHER = Account.from_key("0x" + "22" * 32)
ACCEPTED = "accepted"


def sign(wallet: Any) -> bytes:
    return bytes(wallet.sign_message(encode_defunct(MESSAGE)).signature)


SIGNED = sign(OWNER)


@dataclass
class World:
    """A chain and the contracts that can be deployed to it."""

    chain: Chain
    contracts: Mapping[str, str]

    def creation_code(self, name: str, *words: str) -> bytes:
        arguments = b"".join(bytes.fromhex(word[2:]).rjust(32, b"\0") for word in words)
        return bytes.fromhex(self.contracts[name]) + arguments

    def deploy(self, name: str, *words: str) -> Address:
        return deploy(self.chain, self.creation_code(name, *words))

    def counterfactual(self) -> tuple[Address, Address, bytes]:
        """A wallet still to come, its factory, and the call that deploys it."""
        factory, salt = self.deploy("WalletFactory"), os.urandom(32)
        wallet_code = self.creation_code("OwnedWallet", OWNER.address)
        deployment = call_data("deploy(address,bytes32)", OWNER.address, salt)
        return create2_address(factory, salt, wallet_code), factory, deployment

    def verdict(self, address: Address, signature: bytes, chain_id: int | None = None) -> str:
        """`accepted` or the code of the refusal; the call must leave nothing behind."""
        before = self.traces(address)
        try:
            verify_on_node(
                address,
                HASH,
                signature,
                self.chain.send,
                chain_id=self.chain.chain_id if chain_id is None else chain_id,
            )
        except (EthereumError, NodeError) as refusal:
            return refusal.code
        finally:
            assert self.traces(address) == before
        return ACCEPTED

    def traces(self, address: Address) -> tuple[object, ...]:
        counts = [
            request(self.chain, "eth_getTransactionCount", who, "latest")
            for who in (CALLER, address)
        ]
        return code_at(self.chain, address), *counts


def send_delegations(world: World, sender: Any, authorizations: list[Any]) -> None:
    """A real EIP-7702 transaction (type 4), the first of `sender`."""
    transaction = {
        "type": 4,
        "chainId": world.chain.chain_id,
        "nonce": 0,
        "to": world.chain.funded,
        "value": 0,
        "data": b"",
        "gas": 200_000,
        "maxFeePerGas": 10**10,
        "maxPriorityFeePerGas": 10**9,
        "authorizationList": authorizations,
    }
    send_raw(world, sender.sign_transaction(transaction))


def send_raw(world: World, signed: Any) -> None:
    raw = "0x" + signed.raw_transaction.hex().removeprefix("0x")
    receipt(world.chain, request(world.chain, "eth_sendRawTransaction", raw))
