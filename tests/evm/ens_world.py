"""ENS on py-evm: the Universal Resolver where it is everywhere, a registry, and names in it."""

from __future__ import annotations

import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eth_abi.abi import encode

from ethereum.address import Address
from fetch.strict_fetcher import StrictFetcher
from names.ens_lookup import EnsLookup
from names.ens_name import namehash
from names.universal_resolver import UNIVERSAL_RESOLVER
from nodes.failover import Nodes
from tests.evm.chain import Chain, call_data, code_at, deploy, transact
from tests.evm.py_evm import PyEvm
from tests.fixtures.fetching import Names, is_loopback_of_the_test

GATEWAY = "gateway.example"


@dataclass
class EnsWorld:
    chain: Chain
    contracts: Mapping[str, str]
    registry: Address

    def deploy(self, contract: str, types: Sequence[str] = (), *arguments: object) -> Address:
        code = bytes.fromhex(self.contracts[contract]) + encode(types, arguments)
        return deploy(self.chain, code)

    def give_resolver(self, name: str, resolver: Address) -> None:
        self._send(self.registry, "setResolver(bytes32,address)", namehash(name), resolver)

    def give_address(self, name: str, address: str) -> None:
        """A resolver of its own, with an address on chain."""
        resolver = self.deploy("TestResolver")
        self._send(resolver, "setAddr(bytes32,address)", namehash(name), address)
        self.give_resolver(name, resolver)

    def give_reverse_record(self, address: str, name: str) -> None:
        reverse, resolver = f"{address[2:].lower()}.addr.reverse", self.deploy("TestResolver")
        self._send(resolver, "setName(bytes32,string)", namehash(reverse), name)
        self.give_resolver(reverse, resolver)

    def keep_elsewhere(self, name: str, urls: Sequence[str], rounds: int = 1) -> Address:
        types = ["string[]", "uint256"]
        resolver = self.deploy("TestOffchainResolver", types, list(urls), rounds)
        self.give_resolver(name, resolver)
        return resolver

    def lookup(self, tls: ssl.SSLContext, ports: Sequence[int] = ()) -> EnsLookup:
        """Reaches gateways on loopback, at these ports, as GATEWAY."""
        hosts = {GATEWAY: [["127.0.0.1"]], "private.example": [["10.0.0.1"]]}
        fetcher = StrictFetcher(
            resolve=Names(hosts),
            is_allowed=is_loopback_of_the_test,
            tls=tls,
            ports=frozenset(ports),
        )
        return EnsLookup(self.nodes, fetcher)

    @property
    def nodes(self) -> Nodes:
        sends = [lambda batch, deadline: self.chain.send(batch)]
        return Nodes(sends, chain_id=self.chain.chain_id)

    def _send(self, to: Address, signature: str, *arguments: object) -> None:
        transact(self.chain, to, call_data(signature, *arguments))


def build_ens_world(contracts: Mapping[str, str]) -> EnsWorld:
    """Deployed once to learn its code; then a chain that has the code where ENS has it."""
    draft = PyEvm()
    creation_code = bytes.fromhex(contracts["TestUniversalResolver"])
    code = bytes.fromhex(code_at(draft, deploy(draft, creation_code))[2:])
    chain = PyEvm({UNIVERSAL_RESOLVER: code})
    registry = deploy(chain, bytes.fromhex(contracts["TestRegistry"]))
    transact(chain, UNIVERSAL_RESOLVER, call_data("setRegistry(address)", registry))
    return EnsWorld(chain, contracts, registry)
