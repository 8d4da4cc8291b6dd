"""What the two raw routes share: their router, a provider's client, and its own JSON text."""

import json
from collections.abc import Callable, Mapping
from typing import NamedTuple

from nft.errors import UpstreamUnavailableError
from nft.providers.clients import ProviderClients
from nft.providers.http import UpstreamReply
from runtime.event import ProxyEvent, query_cursor, query_parameter
from runtime.logging import build_logger
from runtime.responses import MAX_ESCAPED_BYTES, fits
from runtime.route import Router, Routes
from runtime.traces import Traces, traces_from_environment

PAGE_SIZE = 100
MAX_PAGE_TOKEN_LENGTH = 2048
"""Of the provider's own tokens, which go into its URL."""


class RawLookups[Client](NamedTuple):
    client: Client
    traces: Traces


def raw_router[Client](
    routes: Routes[RawLookups[Client]],
    client_of: Callable[[ProviderClients], Client],
    *,
    environment: Mapping[str, str],
    provider: str,
) -> Router[RawLookups[Client]]:
    """`client_of` chooses the provider's client. Raises SettingError."""
    logger = build_logger()
    client = client_of(ProviderClients.from_environment(environment))
    lookups = RawLookups(client, traces_from_environment(environment))
    return Router.from_environment(
        routes, lookups, environment=environment, logger=logger, provider=provider
    )


def page_token(event: ProxyEvent, name: str) -> str | None:
    """The provider's own token; empty asks for the first page, as on the HTTP routes beside.

    Raises InvalidCursorError.
    """
    if not query_parameter(event, name):
        return None
    return query_cursor(event, name, max_length=MAX_PAGE_TOKEN_LENGTH)


def json_text(reply: UpstreamReply, *, required_list: str) -> str:
    """The reply's text, unchanged, once it is a JSON object holding the list `required_list`.

    Raises UpstreamUnavailableError for anything else, and for a text too long for Lambda.
    """
    try:
        text = reply.body.decode("utf-8")
        document = json.loads(text, parse_int=str, parse_float=str, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise UpstreamUnavailableError("invalid JSON", upstream_status=reply.status) from None
    if not isinstance(document, dict) or not isinstance(document.get(required_list), list):
        raise UpstreamUnavailableError("unexpected JSON", upstream_status=reply.status)
    if not fits(text, MAX_ESCAPED_BYTES):
        raise UpstreamUnavailableError("too large for Lambda", upstream_status=reply.status)
    return text


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is not JSON")
