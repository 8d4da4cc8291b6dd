"""What of a token's URIs a browser may load: https, or an image in a data: URI.

https://docs.ipfs.tech/how-to/address-ipfs-on-web/  https://docs.arweave.org
"""

import re
from dataclasses import dataclass

from ethereum.cid import is_cid
from ethereum.data_uri import DataUri, shown_data_uri
from ethereum.errors import UriError
from ethereum.https_url import HttpsUrl
from ethereum.svg import is_svg, svg_as_uri
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
_PLAIN_HTTPS = re.compile(
    r"https://(?:(?!-)[a-z0-9-]{1,63}(?<!-)\.){1,3}[a-z]{2,63}/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]{,2000}"
)
_PLAIN_IPFS = re.compile(r"ipfs://(?P<cid>[A-Za-z0-9]{46,59})(?:/[A-Za-z0-9_-]++(?:\.[a-z0-9]+)?)?")
"""URLs that need no parsing, as most of a page's do: that takes a fifth of the time."""


def remote_url(text: str, token_id: int | None = None) -> str | None:
    """The https form of a URI, a token's `{id}` replaced; None where it has none."""
    if _is_plain_https(text):
        return text
    if (plain := _PLAIN_IPFS.fullmatch(text)) and is_cid(plain["cid"]):
        return GATEWAYS.ipfs[0] + text.removeprefix("ipfs://")
    uri = _linked(text, token_id)
    return None if uri is None else GATEWAYS.urls(uri)[0]


def shown_url(text: str, token_id: int | None = None) -> str | None:
    """As `remote_url`, and a data: URI, or SVG markup as one, where an <img> shows it."""
    text = text.strip()
    if is_data_uri(text):
        return shown_data_uri(text)
    if text.startswith("<"):
        return svg_as_uri(text) if is_svg(text) else None
    return remote_url(text, token_id)


def named_uri(text: str) -> str | None:
    """The URI as it is written, a gateway's over http as ipfs:; None where no https form is."""
    text = text.strip()
    if _is_plain_https(text) or ((plain := _PLAIN_IPFS.fullmatch(text)) and is_cid(plain["cid"])):
        return text
    uri = _linked(text, None)
    return str(uri) if text[:5].lower() == "http:" and uri else text if uri else None


def _linked(text: str, token_id: int | None) -> HttpsUrl | IpfsUri | ArweaveUri | None:
    if is_data_uri(text):
        return None
    try:
        uri = parse_token_uri(text if token_id is None else with_token_id(text, token_id))
    except UriError:
        return None
    return None if isinstance(uri, DataUri) else uri


def _is_plain_https(text: str) -> bool:
    return "ipfs" not in text and "%7" not in text and _PLAIN_HTTPS.fullmatch(text) is not None
