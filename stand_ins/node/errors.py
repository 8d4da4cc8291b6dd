"""What the node answers in the place of a result.

RpcError                  code
├── InvalidRequestError   -32600   no request
├── MethodNotFoundError   -32601
├── InvalidParamsError    -32602
├── NoEvmError            -32000   code of the caller's own
└── RevertedError         3        what a contract reverts with is the error's `data`

https://www.jsonrpc.org/specification#error_object
"""

from typing import ClassVar

from eth_abi.abi import encode
from eth_utils.abi import function_signature_to_4byte_selector as selector


class RpcError(Exception):
    code: ClassVar[int]

    def as_json(self) -> dict[str, object]:
        return {"code": self.code, "message": str(self)}


class InvalidRequestError(RpcError):
    code = -32600


class MethodNotFoundError(RpcError):
    code = -32601


class InvalidParamsError(RpcError):
    code = -32602


class NoEvmError(RpcError):
    code = -32000


class RevertedError(RpcError):
    code = 3

    def __init__(self, data: bytes = b"") -> None:
        super().__init__("execution reverted")
        self.data = data

    def as_json(self) -> dict[str, object]:
        return {**super().as_json(), "data": f"0x{self.data.hex()}"}


def reverted_with(signature: str, *arguments: object) -> RevertedError:
    """As Solidity's `revert Name(...)`; `signature` is Name(types)."""
    types = signature.partition("(")[2].removesuffix(")").split(",")
    return RevertedError(selector(signature) + encode(types, arguments))
