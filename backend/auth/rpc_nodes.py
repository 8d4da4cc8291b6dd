"""The nodes RPC_URLS names, by chain, for whoever reads contracts: names and token metadata.

Sign-in does not load this; it asks its nodes in a budget of its own (`auth.rpc`).
"""

import time
from collections.abc import Callable, Mapping

from auth.errors import RpcEndpointError
from auth.rpc_endpoint import RpcEndpoint, open_connection
from auth.rpc_key import AlchemyKey, get_secret_from_secrets_manager
from auth.rpc_urls import RpcUrl, RpcUrls
from ethereum.errors import NodeAnswerError
from ethereum.nodes import Nodes, SendWithin

MAX_ANSWER_BYTES = 512 * 1024


def nodes_by_chain(
    urls: RpcUrls,
    *,
    provider_keys_secret_arn: str,
    around: Callable[[SendWithin], SendWithin],
) -> Mapping[int, Nodes]:
    """A chain without a node is absent. Nothing is opened or read before a contract is asked.

    `around` is put around every request to a node.
    """
    key = AlchemyKey(
        provider_keys_secret_arn,
        get_secret=get_secret_from_secrets_manager,
        monotonic=time.monotonic,
    )
    return {
        chain_id: Nodes(
            [around(_sending(url, key)) for url in listed],
            chain_id=chain_id,
            monotonic=time.monotonic,
        )
        for chain_id, listed in urls.items()
    }


def _sending(url: RpcUrl, key: AlchemyKey) -> SendWithin:
    endpoint = RpcEndpoint(
        url,
        read_key=key.read,
        monotonic=time.monotonic,
        connect=open_connection,
        max_answer_bytes=MAX_ANSWER_BYTES,
    )

    def send(batch: list[dict[str, object]], seconds: float) -> object:
        try:
            return endpoint.send(batch, seconds)
        except RpcEndpointError as error:
            raise NodeAnswerError(str(error)) from None

    return send
