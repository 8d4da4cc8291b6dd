"""What a token's URI may be: https, ipfs, ar (Arweave) or data, and nothing else.

Addresses of IPFS gateways are read as the `ipfs:` URI that they serve, so that a gateway which is
gone, as many are, takes no token along.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from fetch.errors import MalformedUriError, UnsupportedSchemeError
from fetch.https_url import HttpsUrl
from metadata.cid import Cid
from metadata.data_uri import DataUri

MAX_URI_LENGTH = 4096
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_TRANSACTION = re.compile(r"[A-Za-z0-9_-]{43}")
_BARE_CID = re.compile(r"(?:Qm[1-9A-HJ-NP-Za-km-z]{44}|bafy[a-z2-7]{55}|bafk[a-z2-7]{55})(?=/|$)")
_ID = "{id}"


@dataclass(frozen=True)
class IpfsUri:
    """`path` is empty or begins with a slash, percent-encoded."""

    cid: Cid
    path: str


@dataclass(frozen=True)
class ArweaveUri:
    """`path` as in IpfsUri. https://docs.arweave.org"""

    transaction: str
    path: str


type TokenUri = HttpsUrl | IpfsUri | ArweaveUri | DataUri


def with_token_id(uri: str, token_id: int) -> str:
    """ERC-1155's `{id}`: 64 hex digits, lower case, without 0x.

    https://eips.ethereum.org/EIPS/eip-1155#metadata
    """
    return uri.replace(_ID, f"{token_id:064x}")


def parse_uri(text: str) -> TokenUri:
    """Raises MalformedUriError or UnsupportedSchemeError."""
    text = text.strip()
    if not _is_unicode(text):
        raise MalformedUriError("half a character")
    if text[:5].lower() == "data:":
        return DataUri.parse(text)
    if len(text) > MAX_URI_LENGTH:
        raise MalformedUriError("too long")
    if _BARE_CID.match(text):
        return _ipfs(text)
    scheme = _SCHEME.match(text)
    if scheme is None:
        raise UnsupportedSchemeError("no scheme")
    rest = text[scheme.end() :].removeprefix("//")
    match scheme[1].lower():
        case "ipfs":
            return _ipfs(rest.removeprefix("ipfs/"))
        case "ar":
            return _arweave(rest)
        case "https":
            return _https(text)
        case _:
            raise UnsupportedSchemeError("not https, ipfs, ar or data")


def _is_unicode(text: str) -> bool:
    """JSON can hold lone surrogates, which no encoding takes."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _ipfs(rest: str) -> IpfsUri:
    cid, path = _split(rest)
    return IpfsUri(Cid.parse(cid), path)


def _arweave(rest: str) -> ArweaveUri:
    transaction, path = _split(rest)
    if _TRANSACTION.fullmatch(transaction) is None:
        raise MalformedUriError("not an Arweave transaction")
    return ArweaveUri(transaction, path)


def _https(text: str) -> HttpsUrl | IpfsUri:
    """https://host/ipfs/CID/path and https://CID.ipfs.host/path are IPFS."""
    url = HttpsUrl.parse(text)
    label, _, parent = url.host.partition(".")
    if url.target.startswith("/ipfs/"):
        return _ipfs_or(url, url.target.removeprefix("/ipfs/"))
    if parent.startswith("ipfs."):
        return _ipfs_or(url, label + url.target)
    return url


def _ipfs_or(url: HttpsUrl, rest: str) -> HttpsUrl | IpfsUri:
    try:
        return _ipfs(rest)
    except MalformedUriError:
        return url


def _split(rest: str) -> tuple[str, str]:
    """The first segment, and the path below it without query; no step upwards, in any disguise."""
    try:
        parts = urlsplit(f"https://host/{rest}")
    except ValueError:
        raise MalformedUriError("not a path") from None
    first, slash, below = parts.path.removeprefix("/").partition("/")
    plain = unquote(below)
    if any(step in (".", "..") for step in re.split(r"[/\\]", plain)) or "\0" in plain:
        raise MalformedUriError("a path that leads elsewhere")
    return first, slash + quote(plain) if below else ""
