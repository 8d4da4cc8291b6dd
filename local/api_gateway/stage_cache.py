"""The stage cache: answers of the integration, kept for a while.

An entry is found by the method's declared cache key and nothing else, so a key that lacks the
caller gives one caller's page to the next, here as on AWS. Modelled where AWS says nothing:

- An answer is kept as it left, whatever its status: users report cached 429s, and that API
  Gateway heeds no Cache-Control of an integration. Errors API Gateway makes itself are not kept.
- It is kept after its mapping templates ran, headers included: of the two readings the one under
  which more of the request has to be in the key.
- Of a full cache AWS says "best effort"; here nothing is lost before its time.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from local.api_gateway.client_request import ClientRequest
from local.api_gateway.definition import CacheKey
from local.api_gateway.invocation import Invocation, MethodResponse
from local.api_gateway.parameter_mapping import mapped_value
from local.api_gateway.ports import Now

INVALIDATE = "execute-api:InvalidateCache"
MAXIMUM_RESPONSE = 1_048_576
"""Bytes of a response that can be cached."""

_IGNORED = "199 Cache-control headers were ignored because the caller was unauthorized."

type _Key = tuple[str, tuple[tuple[str, str | None], ...]]


@dataclass(frozen=True, slots=True)
class _Entry:
    response: MethodResponse
    expires_at: float


class StageCache:
    """The entries of one stage; `now` gives epoch seconds."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._entries: dict[_Key, _Entry] = {}

    async def answer(
        self,
        call: Invocation,
        key: CacheKey,
        integrate: Callable[[], Awaitable[MethodResponse]],
        *,
        ttl_seconds: float,
        may_invalidate: Callable[[], bool],
    ) -> MethodResponse:
        """The kept answer, or a new one of `integrate`, kept for `ttl_seconds`.

        A caller who asks for a new one without permission gets the kept one and a warning:
        SUCCEED_WITH_RESPONSE_HEADER, what a stage has that CloudFormation made.
        """
        asked = _asks_for_a_new_answer(call.request)
        allowed = asked and may_invalidate()
        place = _place(call, key)
        response = None if allowed else self._find(place)
        if response is None:
            response = await integrate()
            self._keep(place, response, ttl_seconds)
        return _warned(response) if asked and not allowed else response

    def _find(self, place: _Key) -> MethodResponse | None:
        entry = self._entries.get(place)
        return entry.response if entry and self._now() < entry.expires_at else None

    def _keep(self, place: _Key, response: MethodResponse, ttl_seconds: float) -> None:
        now = self._now()
        self._entries = {k: e for k, e in self._entries.items() if now < e.expires_at}
        if len(response.body) <= MAXIMUM_RESPONSE:
            self._entries[place] = _Entry(response, now + ttl_seconds)


def _place(call: Invocation, key: CacheKey) -> _Key:
    data = call.mapping_input()
    values = ((name, mapped_value(source, data)) for name, source in key.parameters.items())
    return key.namespace, tuple(sorted(values))


def _asks_for_a_new_answer(request: ClientRequest) -> bool:
    # The one directive AWS documents; any other, no-cache too, changes nothing.
    values = ",".join(request.headers.get("cache-control", ()))
    return "max-age=0" in [directive.strip().lower() for directive in values.split(",")]


def _warned(response: MethodResponse) -> MethodResponse:
    return replace(response, headers=(*response.headers, ("Warning", _IGNORED)))
