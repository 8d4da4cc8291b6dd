"""What of a token's URIs a browser may load: https, or an image in a data: URI.

https://docs.ipfs.tech/how-to/address-ipfs-on-web/  https://docs.arweave.org
"""

import re
from dataclasses import dataclass

from ethereum.cid import is_cid
from ethereum.data_uri import DataUri
from ethereum.errors import UriError
from ethereum.https_url import HttpsUrl
from ethereum.token_uri import ArweaveUri, IpfsUri, is_data_uri, parse_token_uri, with_token_id


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
                return [f"{gateway}{uri.cid}{uri.path}" for gateway in self.ipfs]
            case ArweaveUri():
                return [f"{gateway}{uri.transaction}{uri.path}" for gateway in self.arweave]
            case _:
                return [str(uri)]


GATEWAYS = Gateways()
_DATA_IMAGE = re.compile(r"data:image/[^,]{1,256},", re.IGNORECASE)
_PLAIN_HTTPS = re.compile(
    r"https://(?:(?!-)[a-z0-9-]{1,63}(?<!-)\.){1,3}[a-z]{2,63}/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]{,2000}"
)
_PLAIN_IPFS = re.compile(r"ipfs://(?P<cid>[A-Za-z0-9]{46,59})(?:/[A-Za-z0-9_-]++(?:\.[a-z0-9]+)?)?")
"""URLs that need no parsing, as most of a page's do: that takes a fifth of the time."""


def remote_url(text: str, token_id: int) -> str | None:
    """The https form of a URI, `{id}` replaced; None where it has none."""
    if is_data_uri(text):
        return None
    if "ipfs" not in text and _PLAIN_HTTPS.fullmatch(text):
        return text
    if (plain := _PLAIN_IPFS.fullmatch(text)) and is_cid(plain["cid"]):
        return GATEWAYS.ipfs[0] + text.removeprefix("ipfs://")
    try:
        uri = parse_token_uri(with_token_id(text, token_id))
    except UriError:
        return None
    return None if isinstance(uri, DataUri) else GATEWAYS.urls(uri)[0]


def shown_url(text: str, token_id: int) -> str | None:
    """As `remote_url`, and a data: URI as it is where it says to be an image."""
    if _DATA_IMAGE.match(text):
        return text
    return remote_url(text, token_id)
