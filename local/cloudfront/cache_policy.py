"""A CachePolicy of CloudFront: what is in a cache key, and how long an answer is cached.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-the-cache-key.html
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import unquote_plus

from local.errors import UnsupportedError

ERROR_SECONDS = 10.0
"""CloudFront's own time for an error, where no CustomErrorResponse says another."""

_UNLESS_FORBIDDEN = frozenset({404, 410, 414, 501})
_WHATEVER_IT_SAYS = frozenset({500, 502, 503, 504})
_IF_IT_HAS_AN_AGE = frozenset({400, 403, 405, 412, 415})
_FORBIDDEN = frozenset({"no-cache", "no-store", "private"})
_NO_COOKIES = {"CookieBehavior": "none"}
_NO_HEADERS = {"HeaderBehavior": "none"}


class CacheTimes(NamedTuple):
    """Seconds in which an answer is fresh, and in which it stands for an error after that."""

    fresh: float
    stale_if_error: float = 0.0


@dataclass(frozen=True)
class CachePolicy:
    """`parameters` of the query are in the key, and no others reach the origin."""

    parameters: frozenset[str]
    least: float
    default: float
    most: float

    def query(self, given: str) -> str:
        """What is left of a query string, as it is spelled and in its order."""
        pairs = [pair for pair in given.split("&") if pair]
        return "&".join(pair for pair in pairs if _name(pair) in self.parameters)

    def times(self, status: int, cache_control: str | None) -> CacheTimes:
        """Of an answer with this status and header of the origin; 0 is not cached at all."""
        said = _directives(cache_control or "")
        if status < 400:
            return self._of_success(said)
        forbidden = bool(_FORBIDDEN & set(said))
        age = _age(said)
        if status in _WHATEVER_IT_SAYS or (status in _UNLESS_FORBIDDEN and not forbidden):
            return CacheTimes(max(ERROR_SECONDS, min(age or 0.0, self.most)))
        if status in _IF_IT_HAS_AN_AGE and age is not None and not forbidden:
            return CacheTimes(max(ERROR_SECONDS, min(age, self.most)))
        return CacheTimes(0.0)

    def _of_success(self, said: Mapping[str, str]) -> CacheTimes:
        if _FORBIDDEN & set(said):
            return CacheTimes(self.least)
        age = _age(said)
        fresh = min(max(self.default if age is None else age, self.least), self.most)
        return CacheTimes(fresh, min(_seconds(said, "stale-if-error") or 0.0, self.most))


def read_cache_policy(config: Mapping[str, Any]) -> CachePolicy:
    """Of a resolved CachePolicyConfig; raises UnsupportedError for other keys than the query."""
    key = config["ParametersInCacheKeyAndForwardedToOrigin"]
    query = key["QueryStringsConfig"]
    if key["CookiesConfig"] != _NO_COOKIES or key["HeadersConfig"] != _NO_HEADERS:
        raise UnsupportedError("CachePolicy: the local stack models neither cookies nor headers")
    if query["QueryStringBehavior"] != "whitelist":
        raise UnsupportedError("CachePolicy: the local stack models a whitelist of the query only")
    return CachePolicy(
        parameters=frozenset(query["QueryStrings"]),
        least=float(config["MinTTL"]),
        default=float(config["DefaultTTL"]),
        most=float(config["MaxTTL"]),
    )


def _name(pair: str) -> str:
    return unquote_plus(pair.partition("=")[0])


def _directives(cache_control: str) -> dict[str, str]:
    parts = (part.strip().lower().partition("=") for part in cache_control.split(","))
    return {name: value.strip('"') for name, _, value in parts if name}


def _age(said: Mapping[str, str]) -> float | None:
    shared = _seconds(said, "s-maxage")
    return _seconds(said, "max-age") if shared is None else shared


def _seconds(said: Mapping[str, str], name: str) -> float | None:
    text = said.get(name, "")
    return float(text) if re.fullmatch(r"[0-9]{1,9}", text) else None
