"""Throttling: one token bucket per stage and method.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
"""

from local.api_gateway.definition import Method
from local.api_gateway.errors import GatewayError
from local.api_gateway.ports import Now
from local.api_gateway.stage import Stage
from local.token_bucket import TokenBucket


class Throttle:
    """The buckets of one stage."""

    def __init__(self, stage: Stage, now: Now) -> None:
        self._stage = stage
        self._now = now
        self._buckets: dict[tuple[str, str], TokenBucket] = {}

    def admit(self, method: Method) -> None:
        """Raises 429 THROTTLED when the method's bucket is empty."""
        key = (method.resource_path, method.http_method)
        now = self._now()
        bucket = self._buckets.get(key)
        if bucket is None:
            limit = self._stage.limit(*key)
            bucket = self._buckets[key] = TokenBucket.full(limit.rate, limit.burst, now)
        if not bucket.take(now):
            raise GatewayError("THROTTLED", reason=" ".join(key))
