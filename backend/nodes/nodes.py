"""The nodes RPC_URLS names, by chain, for whoever reads contracts: names and token metadata.

Sign-in does not load this; it asks its nodes in a budget of its own (`auth.contract_wallets`).
"""

import time
from collections.abc import Mapping

from nodes.endpoint import RpcEndpoint
from nodes.failover import Nodes
from nodes.key import AlchemyKey
from nodes.urls import RpcUrl, rpc_urls_from_environment
from runtime.https import open_connection
from runtime.secrets_manager import SecretsManager
from runtime.settings import required
from runtime.traces import Traces, traced

MAX_ANSWER_BYTES = 512 * 1024


def nodes_from_environment(
    environment: Mapping[str, str], *, traces: Traces
) -> Mapping[int, Nodes]:
    """By chain id; a chain without a node is absent.

    Nothing is opened or read before a contract is asked. Every request to a node is traced.

    Raises:
        SettingError: RPC_URLS is malformed, or PROVIDER_KEYS_SECRET_ARN is missing.
    """
    key = AlchemyKey(
        required(environment, "PROVIDER_KEYS_SECRET_ARN"),
        get_secret=SecretsManager(environment, read_seconds=1.0, tries=1),
        monotonic=time.monotonic,
    )
    return {
        chain_id: Nodes(
            [traced(traces, "node", _endpoint(url, key).send) for url in listed],
            chain_id=chain_id,
        )
        for chain_id, listed in rpc_urls_from_environment(environment).items()
    }


def _endpoint(url: RpcUrl, key: AlchemyKey) -> RpcEndpoint:
    return RpcEndpoint(
        url, read_key=key.read, connect=open_connection, max_answer_bytes=MAX_ANSWER_BYTES
    )
