"""One JSON-RPC endpoint over http.client: bounded in time and size, its connection used again."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from http.client import HTTPResponse

from nodes.errors import RefusedKeyError, RpcEndpointError
from nodes.urls import RpcUrl
from runtime.deadline import Deadline, OpenSockets, within
from runtime.https import Connect
from runtime.kept_connection import KeptConnection, Post

MAX_ANSWER_BYTES = 64 * 1024
"""Two short results, or an error with what a wallet reverted with."""

type ReadKey = Callable[[str | None], str]
"""None, or a key that was just refused -> the key, a newer one if there is by now."""

_HEADERS = {"Content-Type": "application/json", "Accept": "application/json"}
_REFUSED = (401, 403)


class RpcEndpoint:
    """`read_key` is called for Alchemy's hosts only: before each request, and after a refusal."""

    def __init__(
        self,
        url: RpcUrl,
        *,
        read_key: ReadKey,
        connect: Connect,
        max_answer_bytes: int = MAX_ANSWER_BYTES,
    ) -> None:
        self._url = url
        self._read_key = read_key
        read = partial(_read, max_bytes=max_answer_bytes)
        self._connection = KeptConnection(url, connect=connect, read=read)

    def send(self, batch: list[dict[str, object]], deadline: Deadline) -> object:
        """The answer to a JSON-RPC batch; calls change nothing, so it may be sent twice.

        Raises:
            RpcEndpointError: no answer in time, another status than 200, too long, or no JSON.
        """
        text = self._answer_of(json.dumps(batch).encode("ascii"), deadline)
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise RpcEndpointError("not JSON") from None

    def close(self) -> None:
        """Close the idle connection; the next `send` opens one."""
        self._connection.close()

    def _answer_of(self, body: bytes, deadline: Deadline) -> bytes:
        try:
            return within(deadline, lambda opened: self._ask(body, deadline, opened), name="rpc")
        except RpcEndpointError:
            raise
        except TimeoutError:
            raise RpcEndpointError("timed out") from None
        except Exception as error:  # its text may hold the URL or a header: the name only
            raise RpcEndpointError(type(error).__name__) from None

    def _ask(self, body: bytes, deadline: Deadline, opened: OpenSockets) -> bytes:
        """One POST, or two where a key was refused and there is a newer one."""

        def post(headers: Mapping[str, str]) -> bytes:
            path = self._url.path or "/"
            return self._connection.post(Post(path, body, headers, deadline, opened))

        if not self._url.takes_alchemy_key:
            return post(_HEADERS)
        key = self._read_key(None)
        try:
            return post(_headers(key))
        except RefusedKeyError:
            newer = self._read_key(key)
            if newer == key:
                raise
        return post(_headers(newer))


def _headers(key: str) -> dict[str, str]:
    return {**_HEADERS, "Authorization": f"Bearer {key}"}


def _read(response: HTTPResponse, max_bytes: int) -> bytes:
    if response.status in _REFUSED:
        raise RefusedKeyError(f"status {response.status}")
    if response.status != 200:  # a redirect is not followed: it could lead anywhere
        raise RpcEndpointError(f"status {response.status}")
    answer = response.read(max_bytes + 1)
    if len(answer) > max_bytes:
        raise RpcEndpointError("too long")
    return answer
