"""What a gallery's `config.json` says, read strictly: endpoints decide who gets tokens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from nft_gallery_client.errors import ConfigError

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_SHAPES = {
    "region": re.compile(r"[a-z]{2}(-[a-z0-9]+)+"),
    "userPoolId": re.compile(r"[\w-]+_[0-9a-zA-Z]+", re.ASCII),
    "userPoolClientId": re.compile(r"[\w+]+", re.ASCII),
    "identityPoolId": re.compile(r"[\w-]+:[0-9a-f-]+", re.ASCII),
}


@dataclass(frozen=True)
class Config:
    """Endpoints have no trailing slash; `api_endpoint` ends with the stage.

    `public_url` is where everybody's look-ups are answered unsigned, if the gallery has that.
    """

    region: str
    user_pool_id: str
    user_pool_client_id: str
    identity_pool_id: str
    api_endpoint: str
    user_pool_endpoint: str
    identity_pool_endpoint: str
    public_url: str | None = None

    @property
    def provider_name(self) -> str:
        """The user pool as the identity pool calls it."""
        return f"cognito-idp.{self.region}.{_suffix(self.region)}/{self.user_pool_id}"

    @property
    def issuer(self) -> str:
        """`iss` of the pool's tokens, wherever its endpoint is."""
        return f"https://{self.provider_name}"

    @property
    def jwks_url(self) -> str:
        return f"{self.user_pool_endpoint}/{self.user_pool_id}/.well-known/jwks.json"


def read_config(raw: Mapping[str, object] | Config) -> Config:
    """Keys that are not known here are left alone.

    Raises:
        ConfigError: names the key that is missing or cannot be used.
    """
    if isinstance(raw, Config):
        return raw
    region = _shaped(raw, "region")
    return Config(
        region=region,
        user_pool_id=_shaped(raw, "userPoolId"),
        user_pool_client_id=_shaped(raw, "userPoolClientId"),
        identity_pool_id=_shaped(raw, "identityPoolId"),
        api_endpoint=_endpoint("apiEndpoint", _text(raw, "apiEndpoint")),
        user_pool_endpoint=_aws_endpoint(raw, "userPoolEndpoint", "cognito-idp", region),
        identity_pool_endpoint=_aws_endpoint(
            raw, "identityPoolEndpoint", "cognito-identity", region
        ),
        public_url=_optional_endpoint(raw, "publicUrl"),
    )


def read_origin(text: str) -> str:
    """A web origin as a browser writes it: `https://host[:port]`, `http://` on loopback only.

    Raises:
        ConfigError: anything else, such as a path.
    """
    origin = _endpoint("origin", text)
    if not re.fullmatch(r"https?://[^/?#@\s\\]+", origin) or origin != origin.lower():
        raise ConfigError("origin")
    default = {"https": ":443", "http": ":80"}[urlsplit(origin).scheme]
    return origin.removesuffix(default)


def _shaped(raw: Mapping[str, object], key: str) -> str:
    text = _text(raw, key)
    if not _SHAPES[key].fullmatch(text):
        raise ConfigError(key)
    return text


def _text(raw: Mapping[str, object], key: str) -> str:
    value = raw.get(key)
    if not isinstance(value, str) or not value:
        raise ConfigError(key)
    return value


def _aws_endpoint(raw: Mapping[str, object], key: str, service: str, region: str) -> str:
    """AWS's own unless the configuration names one, as the local stack's does."""
    return _optional_endpoint(raw, key) or f"https://{service}.{region}.{_suffix(region)}"


def _optional_endpoint(raw: Mapping[str, object], key: str) -> str | None:
    return None if raw.get(key) is None else _endpoint(key, _text(raw, key))


def _endpoint(key: str, text: str) -> str:
    try:
        url = urlsplit(text)
        is_safe = url.scheme == "https" or (url.scheme == "http" and url.hostname in _LOOPBACK)
        is_whole = bool(url.hostname) and not (url.query or url.fragment or url.username)
        _ = url.port
    except ValueError:
        raise ConfigError(key) from None
    if not is_safe or not is_whole or re.search(r"[\s\\]", text):
        raise ConfigError(key)
    return text.rstrip("/")


def _suffix(region: str) -> str:
    return "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
