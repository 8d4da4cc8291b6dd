"""The content behind a token's URI: in the URI itself, fetched, or fetched from gateways."""

from dataclasses import dataclass

from fetch.content_type import Kind, kind_of
from fetch.errors import FetchError, FetchTimeoutError, TooLargeError
from fetch.https_url import HttpsUrl
from fetch.strict_fetcher import Fetch, Fetched, FetchRequest
from metadata.cid import Check
from metadata.data_uri import DataUri
from metadata.uri import ArweaveUri, IpfsUri, TokenUri
from runtime.deadline import Deadline


@dataclass(frozen=True)
class Gateways:
    """What serves ipfs: and ar: URIs over https, best first; each ends in a slash."""

    ipfs: tuple[str, ...] = (
        "https://ipfs.io/ipfs/",
        "https://dweb.link/ipfs/",
        "https://gateway.pinata.cloud/ipfs/",
    )
    arweave: tuple[str, ...] = ("https://arweave.net/",)

    def urls(self, uri: HttpsUrl | IpfsUri | ArweaveUri) -> list[str]:
        """Where what `uri` names is to be had over https, best first."""
        match uri:
            case IpfsUri():
                return [f"{gateway}{uri.cid.text}{uri.path}" for gateway in self.ipfs]
            case ArweaveUri():
                return [f"{gateway}{uri.transaction}{uri.path}" for gateway in self.arweave]
            case _:
                return [str(uri)]


@dataclass(frozen=True)
class Content:
    """`is_verified`: proven to be what the URI names; a data: URI is its own proof."""

    kind: Kind
    body: bytes
    is_verified: bool


@dataclass(frozen=True)
class Wanted:
    """Kinds, and bytes at most, of what is loaded."""

    accept: frozenset[Kind]
    max_bytes: int


class ContentLoader:
    def __init__(self, fetch: Fetch, *, gateways: Gateways = Gateways()) -> None:
        self._fetch = fetch
        self._gateways = gateways

    def load(
        self, uri: TokenUri, wanted: Wanted, deadline: Deadline, *, spared: float = 0.0
    ) -> Content:
        """All gateways share `deadline`.

        Gateways asked in vain leave the part `spared` of the time to what comes after; the last one
        may use up all there is. Content of IPFS without a path is checked, and another gateway
        asked where it is wrong.

        Raises:
            FetchError: of the last gateway where there are several.
        """
        if isinstance(uri, DataUri):
            return _from_data_uri(uri, wanted)
        failure: FetchError = FetchTimeoutError("no time left")
        sooner, urls = deadline.less(deadline.left() * spared), self._gateways.urls(uri)
        for left, url in zip(range(len(urls), 0, -1), urls, strict=True):
            share = deadline if left == 1 else sooner.share(left)
            try:
                request = FetchRequest(url, wanted.accept, wanted.max_bytes)
                return _checked(uri, self._fetch(request, share))
            except FetchError as error:
                failure = error
        raise failure


def _checked(uri: TokenUri, fetched: Fetched) -> Content:
    """Raises ContentMismatchError."""
    is_verified = (
        isinstance(uri, IpfsUri) and not uri.path and uri.cid.check(fetched.body) is Check.VERIFIED
    )
    return Content(fetched.kind, fetched.body, is_verified)


def _from_data_uri(uri: DataUri, wanted: Wanted) -> Content:
    if len(uri.body) > wanted.max_bytes:
        raise TooLargeError(f"over {wanted.max_bytes} bytes")
    kind = kind_of(uri.body, declared=uri.media_type, accept=wanted.accept)
    return Content(kind, uri.body, is_verified=True)
