"""The content behind a token's URI: in the URI itself, fetched, or fetched from gateways."""

from dataclasses import dataclass

from ethereum.cid import Check, Cid
from ethereum.data_uri import DataUri
from ethereum.errors import LongUriError, UriError
from ethereum.shown_url import GATEWAYS, Gateways
from ethereum.token_uri import IpfsUri, TokenUri, parse_token_uri
from fetch.content_type import Kind, kind_of
from fetch.errors import (
    ContentMismatchError,
    FetchError,
    FetchTimeoutError,
    TooLargeError,
    UnsupportedUriError,
)
from fetch.request import Fetch, Fetched, FetchRequest
from runtime.deadline import Deadline


@dataclass(frozen=True)
class Content:
    """`is_verified`: proven to be what the URI names; a data: URI is its own proof."""

    kind: Kind
    body: bytes
    is_verified: bool


class ContentLoader:
    def __init__(self, fetch: Fetch, *, gateways: Gateways = GATEWAYS) -> None:
        self._fetch = fetch
        self._gateways = gateways

    def load(
        self,
        uri: TokenUri,
        deadline: Deadline,
        *,
        accept: frozenset[Kind],
        max_bytes: int,
        spared: float = 0.0,
    ) -> Content:
        """What `uri` names, of a kind in `accept`.

        All gateways share `deadline`.

        Gateways asked in vain leave the part `spared` of the time to what comes after; the last one
        may use up all there is. Content of IPFS without a path is checked, and another gateway
        asked where it is wrong.

        Raises:
            FetchError: of the last gateway where there are several.
        """
        if isinstance(uri, DataUri):
            return _from_data_uri(uri, accept, max_bytes)
        failure: FetchError = FetchTimeoutError("no time left")
        sooner, urls = deadline.less(deadline.left() * spared), self._gateways.urls(uri)
        for left, url in zip(range(len(urls), 0, -1), urls, strict=True):
            share = deadline if left == 1 else sooner.share(left)
            try:
                request = FetchRequest(url, accept, max_bytes)
                return _checked(uri, self._fetch(request, share))
            except FetchError as error:
                failure = error
        raise failure


def read_uri(text: str) -> TokenUri:
    """Raises UnsupportedUriError or TooLargeError."""
    try:
        return parse_token_uri(text)
    except LongUriError as error:
        raise TooLargeError(str(error)) from None
    except UriError as error:
        raise UnsupportedUriError(str(error)) from None


def _checked(uri: TokenUri, fetched: Fetched) -> Content:
    """Raises ContentMismatchError."""
    check = Check.NOT_POSSIBLE
    if isinstance(uri, IpfsUri) and not uri.path:
        check = Cid.parse(uri.cid).check(fetched.body)
    if check is Check.MISMATCH:
        raise ContentMismatchError("another hash than its CID")
    return Content(fetched.kind, fetched.body, check is Check.VERIFIED)


def _from_data_uri(uri: DataUri, accept: frozenset[Kind], max_bytes: int) -> Content:
    if len(uri.body) > max_bytes:
        raise TooLargeError(f"over {max_bytes} bytes")
    kind = kind_of(uri.body, declared=uri.media_type, accept=accept)
    return Content(kind, uri.body, is_verified=True)
