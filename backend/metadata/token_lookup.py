"""From contract and token id to the response, within one deadline: chain first, then the web."""

import json
from collections.abc import Mapping

from ethereum.address import Address
from fetch.request import Fetch
from metadata.content import Content, ContentLoader
from metadata.token_contract import ReadContract
from metadata.token_image import ImageChoice, inlined_image
from metadata.token_metadata import MAX_IMAGE_BYTES, load_image, load_metadata
from metadata.token_response import TokenResponse, token_response
from nodes.failover import Nodes
from runtime.deadline import Deadline
from runtime.errors import UnsupportedChainError

NODE_SECONDS = 4.0
"""For each of the two questions a contract is asked, so that there is time left to fetch."""

IMAGE_SHARE = 1 / 3
"""Of the time for the web: left to an image by gateways that do not answer for the document."""

MAX_ANSWER_BYTES = 6_000_000
"""Lambda answers 6,291,556 bytes at most, headers and escapes counted.

https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""


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
            max_bytes = image_bytes_beside(response)
            return load_image(metadata, loader=self._loader, deadline=deadline, max_bytes=max_bytes)

        return {**response, "image": inlined_image(response["image"], load)}


def _reading(nodes: Nodes, deadline: Deadline) -> ReadContract:
    return lambda to, data: nodes.read(to, data, deadline.at_most(NODE_SECONDS))


def image_bytes_beside(response: TokenResponse) -> int:
    """What an image may have beside the rest, which Lambda escapes a second time, as text in JSON.

    In base64 four bytes stand for three.
    """
    rest = len(json.dumps(json.dumps(response)))
    return max(0, min(MAX_IMAGE_BYTES, (MAX_ANSWER_BYTES - rest) * 3 // 4))
