"""The content behind a token's URI: in the URI itself, fetched, or fetched from gateways."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from metadata.cid import Check
from metadata.content_type import Kind, kind_of
from metadata.data_uri import DataUri
from metadata.errors import DeadlineError, FetchError, TooLargeError
from metadata.fetch import Fetch, Fetched, FetchRequest
from metadata.uri import ArweaveUri, IpfsUri, TokenUri


@dataclass(frozen=True)
class Gateways:
    """What serves ipfs: and ar: URIs over https, best first; each ends in a slash."""

    ipfs: tuple[str, ...] = (
        "https://ipfs.io/ipfs/",
        "https://dweb.link/ipfs/",
        "https://gateway.pinata.cloud/ipfs/",
    )
    arweave: tuple[str, ...] = ("https://arweave.net/",)


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
    def __init__(
        self,
        fetch: Fetch,
        *,
        gateways: Gateways = Gateways(),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._fetch = fetch
        self._gateways = gateways
        self._monotonic = monotonic

    def load(self, uri: TokenUri, wanted: Wanted, seconds: float) -> Content:
        """Within `seconds`, all gateways together.

        Raises:
            FetchError: of the last gateway where there are several.
        """
        match uri:
            case DataUri():
                return _from_data_uri(uri, wanted)
            case IpfsUri():
                return self._from_ipfs(uri, wanted, seconds)
            case ArweaveUri():
                path = f"{uri.transaction}{uri.path}"
                urls = [f"{gateway}{path}" for gateway in self._gateways.arweave]
            case _:
                urls = [str(uri)]
        return self._first(urls, wanted, seconds, _unverified)

    def _from_ipfs(self, uri: IpfsUri, wanted: Wanted, seconds: float) -> Content:
        """Without a path the content is checked, and another gateway asked where it is wrong."""

        def checked(fetched: Fetched) -> Content:
            check = Check.NOT_POSSIBLE if uri.path else uri.cid.check(fetched.body)
            return Content(fetched.kind, fetched.body, check is Check.VERIFIED)

        urls = [f"{gateway}{uri.cid.text}{uri.path}" for gateway in self._gateways.ipfs]
        return self._first(urls, wanted, seconds, checked)

    def _first(
        self,
        urls: Sequence[str],
        wanted: Wanted,
        seconds: float,
        accept: Callable[[Fetched], Content],
    ) -> Content:
        deadline = self._monotonic() + seconds
        failure: FetchError = DeadlineError("no time left")
        for index, url in enumerate(urls):
            share = (deadline - self._monotonic()) / (len(urls) - index)
            try:
                request = FetchRequest(url, wanted.accept, wanted.max_bytes)
                return accept(self._fetch(request, share))
            except FetchError as error:
                failure = error
        raise failure


def _unverified(fetched: Fetched) -> Content:
    return Content(fetched.kind, fetched.body, is_verified=False)


def _from_data_uri(uri: DataUri, wanted: Wanted) -> Content:
    if len(uri.body) > wanted.max_bytes:
        raise TooLargeError(f"over {wanted.max_bytes} bytes")
    kind = kind_of(uri.body, declared=uri.media_type, accept=wanted.accept)
    return Content(kind, uri.body, is_verified=True)
