"""A fetcher that trusts the test's CA and finds names on loopback addresses."""

import ssl
from collections.abc import Callable, Mapping, Sequence

import pytest

from fetch.strict_fetcher import StrictFetcher
from tests.fixtures.fetching import Names, is_loopback_of_the_test
from tests.fixtures.tls_site import authority


@pytest.fixture(scope="session")
def tls() -> ssl.SSLContext:
    return authority().trusting()


@pytest.fixture
def fetcher(tls: ssl.SSLContext) -> Callable[..., StrictFetcher]:
    """Build one for a port: `fetcher(port, {"site.example": ["127.0.0.1"]})`."""

    def build(port: int, hosts: Mapping[str, Sequence[str]] | None = None) -> StrictFetcher:
        names = {"site.example": ["127.0.0.1"]} if hosts is None else hosts
        return StrictFetcher(
            resolve=Names({name: [answers] for name, answers in names.items()}),
            is_allowed=is_loopback_of_the_test,
            tls=tls,
            ports=frozenset({port}),
        )

    return build
