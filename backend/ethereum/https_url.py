"""An https URL as strictly read as it is later used: one parser, one meaning.

Hosts are names. An address, in any of the spellings that getaddrinfo would accept (2130706433,
0x7f.1, 127.1), is refused, as the URL standard does for what "ends in a number"; what a name
resolves to is checked elsewhere. https://url.spec.whatwg.org/#host-parsing
"""

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import quote, urljoin, urlsplit

from ethereum.errors import UriError

MAX_URL_LENGTH = 8192
"""Longer ones are refused by most servers."""

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# Left alone by quote(): what RFC 3986 gives a meaning, and what is encoded already.
_RESERVED = "!$%&'()*+,/:;=?@[]~"


@dataclass(frozen=True)
class HttpsUrl:
    """`host` is ASCII and lower case, `target` the path with its query, percent-encoded.

    `fragment` is for a browser: no server is told.
    """

    host: str
    port: int
    target: str
    fragment: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises UriError."""
        _refuse_what_parsers_disagree_on(text)
        try:
            parts = urlsplit(text)
            port = 443 if parts.port is None else parts.port
        except ValueError:
            raise UriError("not a URL") from None
        if parts.scheme != "https":
            raise UriError("not https")
        if "@" in parts.netloc or not parts.hostname:
            raise UriError("user information, or no host")
        path = quote(parts.path or "/", safe=_RESERVED)
        query = f"?{quote(parts.query, safe=_RESERVED)}" if parts.query else ""
        return cls(_host(parts.hostname), port, path + query, quote(parts.fragment, safe=_RESERVED))

    def redirected(self, location: str) -> Self:
        """Where a Location header leads from here. Raises as `parse` does."""
        _refuse_what_parsers_disagree_on(location)
        return self.parse(urljoin(str(self), location))

    @property
    def authority(self) -> str:
        return self.host if self.port == 443 else f"{self.host}:{self.port}"

    def __str__(self) -> str:
        fragment = f"#{self.fragment}" if self.fragment else ""
        return f"https://{self.authority}{self.target}{fragment}"


def _refuse_what_parsers_disagree_on(text: str) -> None:
    """Control characters, which urlsplit drops in silence, and backslashes, which browsers turn."""
    if len(text) > MAX_URL_LENGTH:
        raise UriError("too long")
    if "\\" in text or any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 for char in text):
        raise UriError("control character or backslash")


def _host(name: str) -> str:
    host = (name if name.isascii() else _to_ascii(name)).lower().removesuffix(".")
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise UriError("not a host name")
    if len(labels) < 2 or _NUMBER.fullmatch(labels[-1]):
        raise UriError("an address, or a name without a dot")
    return host


def _to_ascii(name: str) -> str:
    """https://www.unicode.org/reports/tr46/"""
    import idna  # here: sign-in has this module in its artifact, and neither idna nor a use for it

    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise UriError("not a host name") from None
