"""A connection of http.client: straight to its host, and one TLS context for whoever needs it."""

import ssl
from collections.abc import Callable
from functools import cache
from http.client import HTTPConnection, HTTPSConnection

from runtime.settings import HttpUrl

type Connect = Callable[[HttpUrl, float], HTTPConnection]
"""(URL, time-out of its socket in seconds) -> a connection that opens itself when used."""


def open_connection(url: HttpUrl, timeout: float) -> HTTPConnection:
    """http.client reads no proxy settings."""
    if url.scheme == "https":
        return HTTPSConnection(url.host, url.port, timeout=timeout, context=trusting_public_cas())
    return HTTPConnection(url.host, url.port, timeout=timeout)


@cache
def trusting_public_cas() -> ssl.SSLContext:
    """Reads the machine's certificates, which takes 20 ms: once an instance."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])  # as http.client does with a context of its own
    return context
