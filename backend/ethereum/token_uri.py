"""What a token's URI may be: https, ipfs, ar (Arweave) or data, and nothing else.

Addresses of IPFS gateways are read as the `ipfs:` URI that they serve, so that a gateway which is
gone, as many are, takes no token along.
"""

import re
from typing import NamedTuple
from urllib.parse import quote, unquote

from ethereum.cid import is_cid
from ethereum.data_uri import MAX_DATA_URI_LENGTH, DataUri
from ethereum.errors import LongUriError, UriError
from ethereum.https_url import HttpsUrl

MAX_URI_LENGTH = 4096
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_TRANSACTION = re.compile(r"[A-Za-z0-9_-]{43}")
_BARE_CID = re.compile(
    r"(?:/?ipfs/)?(?:Qm[1-9A-HJ-NP-Za-km-z]{44}|baf[yk][a-z2-7]{55})(?=[/?#]|$)", re.ASCII
)
_IPFS_START = re.compile(r"/*(?:ipfs/+)*+", re.IGNORECASE)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_GATEWAY = re.compile(
    r"https?://(?:(?P<cid>[a-z0-9]+)\.ipfs\.[^/?#\\@]+|[^/?#\\@]+/ipfs/(?=[^/]))", re.IGNORECASE
)
_PLAIN_PATH = re.compile(r"(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*+(?:/|$))*+")
_ID = re.compile(r"\{id\}|%7[Bb]id%7[Dd]")


class IpfsUri(NamedTuple):
    """`cid` as it was written; `path` is empty or begins with a slash, percent-encoded."""

    cid: str
    path: str

    def __str__(self) -> str:
        return f"ipfs://{self.cid}{self.path}"


class ArweaveUri(NamedTuple):
    """`path` as in IpfsUri. https://docs.arweave.org"""

    transaction: str
    path: str

    def __str__(self) -> str:
        return f"ar://{self.transaction}{self.path}"


type TokenUri = HttpsUrl | IpfsUri | ArweaveUri | DataUri


def with_token_id(uri: str, token_id: int) -> str:
    """ERC-1155's `{id}`, also percent-encoded: 64 hex digits, lower case, without 0x.

    Content in a data: URI is no template. https://eips.ethereum.org/EIPS/eip-1155#metadata
    """
    if ("{id}" not in uri and "%7" not in uri) or is_data_uri(uri):
        return uri
    return _ID.sub(f"{token_id:064x}", uri)


def parse_token_uri(text: str) -> TokenUri:
    """Also of a document that stands there without a scheme, JSON or SVG. Raises UriError."""
    text = text.strip()
    if not text.isascii() and _SURROGATE.search(
        text
    ):  # JSON can hold half a character, which no encoding takes
        raise UriError("half a character")
    if is_data_uri(text):
        return DataUri.parse(text)
    if text.startswith(("{", "<")):
        return _bare_document(text)
    if len(text) > MAX_URI_LENGTH:
        raise UriError("too long")
    if _BARE_CID.match(text):
        return _ipfs(text)
    scheme = _SCHEME.match(text)
    if scheme is None:
        raise UriError("no scheme")
    rest = text[scheme.end() :].removeprefix("//")
    match scheme[1].lower():
        case "ipfs":
            return _ipfs(rest)
        case "ar":
            return _arweave(rest)
        case "https" | "http" if uri := _of_gateway(text):
            return uri
        case "https":
            return HttpsUrl.parse(text)
        case _:
            raise UriError("not https, ipfs, ar or data")


def is_data_uri(text: str) -> bool:
    return text[:5].lower() == "data:"


def _bare_document(text: str) -> DataUri:
    if len(text) > MAX_DATA_URI_LENGTH:
        raise LongUriError("a document that is too long")
    is_json = text.startswith("{")
    return DataUri("application/json" if is_json else "image/svg+xml", text.encode())


def _ipfs(rest: str) -> IpfsUri:
    cid, path = _split(_IPFS_START.sub("", rest, count=1))
    if not is_cid(cid):
        raise UriError("not a CID")
    return IpfsUri(cid, path)


def _arweave(rest: str) -> ArweaveUri:
    transaction, path = _split(rest)
    if _TRANSACTION.fullmatch(transaction) is None:
        raise UriError("not an Arweave transaction")
    return ArweaveUri(transaction, path)


def _of_gateway(text: str) -> IpfsUri | None:
    """https://host/ipfs/CID/path and https://CID.ipfs.host/path are IPFS; the host may be gone."""
    gateway = _GATEWAY.match(text)
    if gateway is None:
        return None
    try:
        return _ipfs((gateway["cid"] or "").lower() + text[gateway.end() :])
    except UriError:
        return None


def _split(rest: str) -> tuple[str, str]:
    """The first segment, and the path below it without query; no step upwards, in any disguise.

    A `#` below the first segment is part of a file's name.
    """
    first, slash, below = rest.removeprefix("/").partition("?")[0].partition("/")
    if _PLAIN_PATH.fullmatch(below):
        return first.partition("#")[0], slash + below if below else ""
    plain = unquote(below)
    if any(step in (".", "..") for step in re.split(r"[/\\]", plain)) or "\0" in plain:
        raise UriError("a path that leads elsewhere")
    return first.partition("#")[0], slash + quote(plain) if below else ""
