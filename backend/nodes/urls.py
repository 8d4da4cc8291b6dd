"""Where contract wallets are asked about: JSON-RPC endpoints by chain, in order of failover.

Settings only: what opens connections is imported when a contract wallet signs in.
"""

from collections.abc import Mapping

from runtime.settings import (
    HttpUrl,
    InvalidSettingError,
    comma_list,
    http_url,
    optional,
    whole_number,
)


class RpcUrl(HttpUrl):
    """A node endpoint. Its path may hold a provider's key: never log it."""

    __slots__ = ()

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
    for item in filter(None, comma_list(optional(environment, "RPC_URLS"))):
        chain_id, url = _read_item(item)
        urls[chain_id] = (*urls.get(chain_id, ()), url)
    return urls


def _read_item(item: str) -> tuple[int, RpcUrl]:
    chain_id, separator, url = item.partition("=")
    if not separator:
        raise InvalidSettingError("RPC_URLS", "must be a comma list of CHAINID=https://host/path")
    return whole_number("RPC_URLS", chain_id), RpcUrl(*http_url("RPC_URLS", url))
