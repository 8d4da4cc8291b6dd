"""What the two raw routes share: a page token in, and a provider's own JSON text out."""

import json
from dataclasses import dataclass

from nft.errors import InvalidCursorError, UpstreamUnavailableError
from nft.providers.http import UpstreamReply, is_json
from runtime.event import ProxyEvent, query_parameter
from runtime.responses import MAX_ESCAPED_BYTES, fits
from runtime.traces import Traces

PAGE_SIZE = 100
MAX_PAGE_TOKEN_LENGTH = 2048


@dataclass(frozen=True)
class RawLookups[Client]:
    client: Client
    traces: Traces


def page_token(event: ProxyEvent, name: str) -> str | None:
    """Opaque text of the provider, passed on only where it looks like one.

    Raises InvalidCursorError when it is too long or not printable ASCII without spaces.
    """
    token = query_parameter(event, name)
    if token is None:
        return None
    printable = token.isascii() and token.isprintable() and " " not in token
    if not printable or len(token) > MAX_PAGE_TOKEN_LENGTH:
        raise InvalidCursorError(f"{name} is not a page token")
    return token


def json_text(reply: UpstreamReply, *, required_list: str) -> str:
    """The reply's text, unchanged, once it is a JSON object holding the list `required_list`.

    Raises UpstreamUnavailableError for anything else, and for a text too long for Lambda.
    """
    if not is_json(reply.content_type):
        raise UpstreamUnavailableError("not JSON by its content type", upstream_status=reply.status)
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
