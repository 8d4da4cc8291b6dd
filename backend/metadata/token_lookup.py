"""From contract and token id to the response, within one deadline: chain first, then the web."""

import json
from collections.abc import Mapping

from ethereum.address import Address
from fetch.content import Content, ContentLoader
from fetch.picture import picture_bytes_beside
from fetch.request import Fetch
from metadata.token_contract import ReadContract
from metadata.token_image import ImageChoice, inlined_image
from metadata.token_metadata import load_image, load_metadata
from metadata.token_response import TokenResponse, token_response
from nodes.failover import Nodes
from runtime.deadline import Deadline
from runtime.errors import UnsupportedChainError

NODE_SECONDS = 4.0
"""For each of the two questions a contract is asked, so that there is time left to fetch."""

IMAGE_SHARE = 1 / 3
"""Of the time for the web: left to an image by gateways that do not answer for the document."""


class TokenLookup:
    """`nodes` by chain id: a chain without one is not supported."""

    def __init__(self, nodes: Mapping[int, Nodes], fetch: Fetch) -> None:
        self._nodes = nodes
        self._loader = ContentLoader(fetch)

    def read_chain(self, text: str) -> int:
        """A chain id that `find` takes. Raises UnsupportedChainError."""
        for chain_id in self._nodes:
            if text == str(chain_id):
                return chain_id
        raise UnsupportedChainError("RPC_URLS names no node of this chain")

    def find(
        self,
        chain_id: int,
        contract: Address,
        token_id: int,
        *,
        image: ImageChoice,
        deadline: Deadline,
    ) -> TokenResponse:
        """Raises RouteError; an image that cannot be had is data of the response."""
        metadata = load_metadata(
            contract,
            token_id,
            read=_reading(self._nodes[chain_id], deadline),
            loader=self._loader,
            deadline=deadline,
            spared=IMAGE_SHARE if image == "inline" else 0.0,
        )
        response = token_response(chain_id, contract, metadata)
        if image == "link":
            return response

        def load() -> Content:
            max_bytes = picture_bytes_beside(json.dumps(response))
            return load_image(metadata, loader=self._loader, deadline=deadline, max_bytes=max_bytes)

        return {**response, "image": inlined_image(response["image"], load)}


def _reading(nodes: Nodes, deadline: Deadline) -> ReadContract:
    return lambda to, data: nodes.read(to, data, deadline.at_most(NODE_SECONDS))
