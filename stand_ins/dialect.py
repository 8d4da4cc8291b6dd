"""How a provider words a refusal, and what stands before each of its endpoints."""

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

type Endpoint = Callable[[Request], Awaitable[Response]]
type Sentence = str | list[str]
"""Moralis words some refusals as a list."""


class RefusedError(Exception):
    """The provider does not take this request."""

    def __init__(self, sentence: Sentence, status: int = 400) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


@dataclass(frozen=True)
class Dialect:
    """How one provider words its errors: `error` wraps a sentence into its body."""

    error: Callable[[int, Sentence], object]
    sentences: dict[int, str]
    quota_status: int
    quota_sentence: str

    def refusing(self, endpoint: Endpoint) -> Endpoint:
        """A RefusedError of the endpoint becomes the provider's answer."""

        async def refusing(request: Request) -> Response:
            try:
                return await endpoint(request)
            except RefusedError as refusal:
                return self._refusal(refusal.status, refusal.sentence)

        return refusing

    def requiring(self, header: str, value: Callable[[], str], endpoint: Endpoint) -> Endpoint:
        """Only a request with `value()` in the header reaches the endpoint."""

        async def requiring(request: Request) -> Response:
            given = request.headers.get(header, "")
            if hmac.compare_digest(given.encode(), value().encode()):
                return await endpoint(request)
            return self._refusal(401, self.sentences[401])

        return requiring

    def _refusal(self, status: int, sentence: Sentence) -> Response:
        return JSONResponse(self.error(status, sentence), status_code=status)
