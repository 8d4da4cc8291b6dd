"""From path parameters to a token's metadata, within one deadline: chain first, then the web."""

import json
from collections.abc import Mapping

from fetch.strict_fetcher import Fetch
from metadata.content import Content, ContentLoader, Gateways
from metadata.token_answer import TokenAnswer, describe_token
from metadata.token_image import ImageChoice, inlined_image
from metadata.token_metadata import TokenMetadataReader
from metadata.token_uri import ReadContract
from nodes.failover import Nodes
from runtime.deadline import Deadline
from runtime.errors import UnsupportedChainError
from runtime.parameters import read_address, read_token_id

NODE_SECONDS = 4.0
"""For each of the two questions a contract is asked, so that there is time left to fetch."""

IMAGE_SHARE = 1 / 3
"""Of the time for the web: left to an image by gateways that do not answer for the document."""

MAX_IMAGE_BYTES = 4 * 1024 * 1024
"""5.6 MB in base64, which leaves 400 KB to the rest of the answer; a longer rest takes from it."""

MAX_ANSWER_BYTES = 6_000_000
"""Lambda answers 6,291,556 bytes at most, headers and escapes counted.

https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""


class TokenLookup:
    """`nodes` by chain id: a chain without one is not supported."""

    def __init__(self, nodes: Mapping[int, Nodes], fetch: Fetch) -> None:
        self._nodes = nodes
        self._gateways = Gateways()
        self._loader = ContentLoader(fetch, gateways=self._gateways)

    def find(
        self,
        chain_id: str,
        contract_address: str,
        token_id: str,
        *,
        image: ImageChoice,
        deadline: Deadline,
    ) -> TokenAnswer:
        """Raises RouteError; an image that cannot be had is told in the answer."""
        chain, nodes = self._chain(chain_id)
        contract, number = read_address(contract_address), int(read_token_id(token_id))
        reader = TokenMetadataReader(_reading(nodes, deadline), self._loader)
        spared = IMAGE_SHARE if image == "inline" else 0.0
        found = reader.metadata(contract, number, deadline, spared=spared)
        answer = describe_token(chain, contract, found, self._gateways)
        if image == "link":
            return answer

        def load() -> Content:
            return reader.image(found, deadline, max_bytes=image_bytes_beside(answer))

        return {**answer, "image": inlined_image(answer["image"], load)}

    def _chain(self, text: str) -> tuple[int, Nodes]:
        for chain_id, nodes in self._nodes.items():
            if text == str(chain_id):
                return chain_id, nodes
        raise UnsupportedChainError("RPC_URLS names no node of this chain")


def _reading(nodes: Nodes, deadline: Deadline) -> ReadContract:
    return lambda to, data: nodes.read(to, data, deadline.at_most(NODE_SECONDS))


def image_bytes_beside(answer: TokenAnswer) -> int:
    """What an image may have beside the rest, which Lambda escapes a second time, as text in JSON.

    In base64 four bytes stand for three.
    """
    rest = len(json.dumps(json.dumps(answer)))
    return max(0, min(MAX_IMAGE_BYTES, (MAX_ANSWER_BYTES - rest) * 3 // 4))
