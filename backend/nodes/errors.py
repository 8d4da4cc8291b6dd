"""What can go wrong with a JSON-RPC node.

RpcEndpointError        rpc_endpoint_failed        one endpoint; the next one is asked
└── RefusedKeyError     rpc_key_refused            status 401 or 403
NodeUnavailableError    upstream_unavailable  502  a RouteError: no node of the chain could say

`code` is stable and safe to log; no text holds a URL or a key.
"""

from runtime.errors import RouteError


class NodeUnavailableError(RouteError):
    code, status, message = "upstream_unavailable", 502, "The chain could not be read."


class RpcEndpointError(Exception):
    """One node endpoint gave no JSON; the reason says how, and nothing of its URL."""

    code: str = "rpc_endpoint_failed"

    def __init__(self, reason: str | None = None) -> None:
        super().__init__(reason or self.code)


class RefusedKeyError(RpcEndpointError):
    """The endpoint does not accept the key it was given."""

    code = "rpc_key_refused"
