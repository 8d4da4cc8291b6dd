"""What can go wrong with a JSON-RPC node.

NodeError                       node_error
├── ContractRevertError         contract_reverted       an answer: no other node is asked
└── NodeFailureError            node_failed             no answer: the next node is asked
    ├── RpcEndpointError        rpc_endpoint_failed
    │   └── RefusedKeyError     rpc_key_refused
    └── NodeAnswerError         unusable_node_answer
        └── WrongChainError     node_on_another_chain

NodeUnavailableError            upstream_unavailable    a RouteError, 502: no node could say

`code` is stable and safe to log; no text holds a URL or a key.
"""

from ethereum.errors import CodedError
from runtime.errors import UnavailableError


class NodeUnavailableError(UnavailableError):
    message = "The chain could not be read."


class NodeError(CodedError):
    """Base of the tree."""

    code = "node_error"


class ContractRevertError(NodeError):
    """The contract that was asked reverts; `data` is what it reverted with."""

    code = "contract_reverted"

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.data = data


class NodeFailureError(NodeError):
    """One node gave no answer that can be relied on."""

    code = "node_failed"


class RpcEndpointError(NodeFailureError):
    """The endpoint gave no JSON; the reason says how, and nothing of its URL."""

    code = "rpc_endpoint_failed"


class RefusedKeyError(RpcEndpointError):
    """The endpoint does not accept the key it was given: status 401 or 403."""

    code = "rpc_key_refused"


class NodeAnswerError(NodeFailureError):
    """The JSON is no answer to what was asked."""

    code = "unusable_node_answer"


class WrongChainError(NodeAnswerError):
    """The node serves another chain than the one that was asked about."""

    code = "node_on_another_chain"
