"""The page's own Content-Security-Policy, with the exact hosts it may call.

CloudFront's header allows every API host of the region. A browser enforces header and `<meta>`
both, so publishing narrows it here; on an IPFS gateway, which sends no header of ours, this is the
whole policy.
Source: https://www.w3.org/TR/CSP3/#meta-element
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from deploy.errors import BadOutputError, NotBuiltError

WALLET_CONNECT_RELAY = "wss://relay.walletconnect.org"
"""The one host that WalletConnect needs here: the dApp loads none of its windows or pictures."""

_PICTURE_HOSTS = Path(__file__).parents[1] / "dapp" / "src" / "nft" / "pictureHosts.json"
_ANCHOR = b'<meta charset="utf-8" />'
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]+)?")
_API_HOST = re.compile(r"[a-z0-9]+\.execute-api\.[a-z0-9-]+\.(?P<suffix>amazonaws\.com(\.cn)?)")


def page_policy(config: Mapping[str, Any]) -> str:
    """The policy for a config.json. What `<meta>` cannot say (frame-ancestors) stays a header's."""
    origins = [_user_pool(config), _identity_pool(config), _origin(config["apiEndpoint"])]
    relays = [WALLET_CONNECT_RELAY] if config.get("walletConnectProjectId") else []
    if config.get("publicUrl"):
        origins.append(_origin(config["publicUrl"]))  # of the site, where the page is elsewhere
    pictures = f"'self' data: blob: {' '.join(picture_hosts())}"
    directives = [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        f"img-src {pictures}",
        f"media-src {pictures}",
        "font-src 'self'",
        f"connect-src 'self' {' '.join([*dict.fromkeys(origins), *relays])}",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
    if all(origin.startswith("https://") for origin in origins):
        directives.append("upgrade-insecure-requests")
    return "; ".join(directives)


def picture_hosts() -> list[str]:
    """Where the dApp lets pictures be loaded from, as URLs that end in a slash."""
    listed = json.loads(_PICTURE_HOSTS.read_text())
    return [*listed["providers"], *listed["ipfs"], *listed["arweave"]]


def with_policy(html: bytes, policy: str) -> bytes:
    """index.html with the policy before everything it governs."""
    head, found, rest = html.partition(_ANCHOR)
    if not found or b"<script" in head or b"<link" in head:
        raise NotBuiltError("index.html does not begin as this dApp's does: build it again")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}" />'
    return head + found + b"\n    " + meta.encode() + rest


def _user_pool(config: Mapping[str, Any]) -> str:
    return _cognito(config, "userPoolEndpoint", "cognito-idp")


def _identity_pool(config: Mapping[str, Any]) -> str:
    return _cognito(config, "identityPoolEndpoint", "cognito-identity")


def _cognito(config: Mapping[str, Any], override: str, service: str) -> str:
    """AWS's regional endpoint, or the one config.json names in its place (the local stack's)."""
    if config.get(override):
        return _origin(config[override])
    api = _API_HOST.fullmatch(urlsplit(config["apiEndpoint"]).netloc)
    suffix = api["suffix"] if api else "amazonaws.com"
    return _origin(f"https://{service}.{config['region']}.{suffix}")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    if not _ORIGIN.fullmatch(origin):
        raise BadOutputError("the dApp's configuration has an address that is no https origin")
    return origin
