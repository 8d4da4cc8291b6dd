"""Where contract wallets are asked about: JSON-RPC endpoints by chain, in order of failover.

Settings only: what opens connections is imported when a contract wallet signs in.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from runtime.settings import InvalidSettingError

_LOOPBACK = frozenset({"localhost", "127.0.0.1"})
_ITEM = re.compile(
    r"(?P<chain_id>[1-9][0-9]{0,18})="
    r"(?P<scheme>https?)://(?P<host>[a-z0-9](?:[a-z0-9.\-]*[a-z0-9])?)"
    r"(?::(?P<port>[1-9][0-9]{0,4}))?(?P<path>(?:/[A-Za-z0-9._~\-]*)*)"
)


class RpcUrl(NamedTuple):
    """A node endpoint. Its path may hold a provider's key: never log it."""

    scheme: str
    host: str
    port: int | None
    path: str

    @property
    def takes_alchemy_key(self) -> bool:
        """Alchemy's own endpoints take the API key as a bearer token; nobody else gets it."""
        return self.scheme == "https" and self.host.endswith(".g.alchemy.com")


type RpcUrls = Mapping[int, tuple[RpcUrl, ...]]
"""By chain id; a chain that is absent has no contract wallets."""


def rpc_urls_from_environment(environment: Mapping[str, str]) -> RpcUrls:
    """Read RPC_URLS: a comma list of `CHAINID=https://host[:port]/path`; empty or absent is off.

    Plain http is for the loopback host only.

    Raises:
        SettingError: something else is in it; the text does not quote it.
    """
    urls: dict[int, tuple[RpcUrl, ...]] = {}
    items = environment.get("RPC_URLS", "").split(",")
    for item in filter(None, map(str.strip, items)):
        chain_id, url = _read_item(item)
        urls[chain_id] = (*urls.get(chain_id, ()), url)
    return urls


def _read_item(item: str) -> tuple[int, RpcUrl]:
    match = _ITEM.fullmatch(item)
    if match is None:
        raise InvalidSettingError(
            "RPC_URLS", "holds something that is not CHAINID=https://host/path"
        )
    port = int(match["port"]) if match["port"] else None
    if port is not None and port > 65535:
        raise InvalidSettingError("RPC_URLS", "holds an impossible port")
    if match["scheme"] == "http" and match["host"] not in _LOOPBACK:
        raise InvalidSettingError("RPC_URLS", "holds plain http to another machine")
    return int(match["chain_id"]), RpcUrl(match["scheme"], match["host"], port, match["path"])
