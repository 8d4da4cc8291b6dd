"""From path parameters to a token's metadata, within one deadline: chain first, then the web."""

import time
from collections.abc import Callable, Mapping

from ethereum.address import Address
from ethereum.nodes import Nodes
from metadata.content import ContentLoader, Gateways
from metadata.errors import UnsupportedChainError
from metadata.fetch import Fetch
from metadata.token_answer import describe_token
from metadata.token_metadata import TokenMetadataReader
from metadata.token_uri import parse_token

NODE_SECONDS = 4.0
"""For each of the two questions a contract is asked, so that there is time left to fetch."""


class TokenLookup:
    """`nodes` by chain id: a chain without one is not supported."""

    def __init__(
        self,
        nodes: Mapping[int, Nodes],
        fetch: Fetch,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._nodes = nodes
        self._gateways = Gateways()
        self._loader = ContentLoader(fetch, gateways=self._gateways, monotonic=monotonic)
        self._monotonic = monotonic

    def find(
        self, chain_id: str, contract_address: str, token_id: str, seconds: float
    ) -> dict[str, object]:
        """The answer as `token_answer` describes it. Raises MetadataError."""
        chain, nodes = self._chain(chain_id)
        contract, number = parse_token(contract_address, token_id)
        deadline = self._monotonic() + seconds

        def read(to: Address, data: bytes) -> bytes:
            remaining = deadline - self._monotonic()
            return nodes.read(to, data, min(NODE_SECONDS, remaining))

        reader = TokenMetadataReader(read, self._loader, monotonic=self._monotonic)
        found = reader.metadata(contract, number, seconds)
        return describe_token(chain, contract, number, found, self._gateways)

    def _chain(self, text: str) -> tuple[int, Nodes]:
        for chain_id, nodes in self._nodes.items():
            if text == str(chain_id):
                return chain_id, nodes
        raise UnsupportedChainError("RPC_URLS names no node of this chain")
