"""Page cursors: where a walk stands, sealed so that nobody else can write or redirect one.

    base64url(payload JSON) "." base64url(HMAC-SHA256(key, payload part))

The payload holds a version, the expiry, a digest of what the cursor is bound to (route, chain,
query and, on /me routes, the caller) and the Position. It is signed, not encrypted: it says
nothing its holder did not ask for. A cursor is bound to one provider, since tokens do not cross.

Why: ARCHITECTURE.md, nft.
"""

import base64
import hmac
import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from nft.errors import ExpiredCursorError
from runtime.cached_secret import Secret
from runtime.errors import InvalidCursorError
from runtime.event import MAX_CURSOR_LENGTH

VERSION = 2
LIFETIME_SECONDS = 24 * 3600
_BESIDE_THE_TOKEN = 272  # bytes of JSON, at most
_SEALED = 44  # letters of the signature and the dot before it
MAX_TOKEN_BYTES = (MAX_CURSOR_LENGTH - _SEALED) * 3 // 4 - _BESIDE_THE_TOKEN
"""Of a page token in JSON."""
_PURPOSE = b"nft-gallery page cursor v1"


@dataclass(frozen=True)
class Position:
    """Where a walk stands at one provider.

    `token` opens the next page, None the first. `first` and `recent` are digests of the walk's
    first token and of the last ones given out, newest last. While `seeking`, everything up to
    the newest of `recent` that still exists has been given out already. `given` counts the pages
    given out; `pages` are digests of the last ones, `anchor` is one of an earlier one.

    Since something new was given out last, `searches` for the place have begun, the last of
    which `passed` so many pages, and `idle` pages in a row had nothing new outside a search.
    """

    provider: str
    size: int
    token: str | None = None
    first: str | None = None
    recent: tuple[str, ...] = ()
    seeking: bool = False
    given: int = 0
    anchor: str | None = None
    pages: tuple[str, ...] = ()
    searches: int = 0
    passed: int = 0
    idle: int = 0


def carries(token: str) -> bool:
    """Whether a cursor with this page token is one that `open_cursor` takes."""
    return len(json.dumps(token)) <= MAX_TOKEN_BYTES


def seal(position: Position, *, key: Secret, bound_to: str, now: float) -> str:
    """`now` in seconds of Unix time. A token must be one that `carries` says yes to."""
    payload = {"v": VERSION, "exp": int(now) + LIFETIME_SECONDS, "for": bound_to}
    document = json.dumps({**payload, "at": astuple(position)}, separators=(",", ":"))
    body = _encode(document.encode())
    return f"{body}.{_signature(body, key)}"


def open_cursor(
    cursor: str, *, keys: Sequence[Secret], expected_binding: str, now: float
) -> Position:
    """Raises InvalidCursorError (forged, malformed, foreign) or ExpiredCursorError."""
    if len(cursor) > MAX_CURSOR_LENGTH or not cursor.isascii():
        raise InvalidCursorError("not a cursor by its form")
    if not is_signed(cursor, keys):
        raise InvalidCursorError("the signature is not ours")
    payload = json.loads(_decode(cursor.partition(".")[0]))
    if payload["v"] != VERSION or payload["for"] != expected_binding:
        raise InvalidCursorError("made for another request")
    if now >= payload["exp"]:
        raise ExpiredCursorError("too old")
    place: list[Any] = [tuple(one) if isinstance(one, list) else one for one in payload["at"]]
    return Position(*place)


def is_signed(cursor: str, keys: Sequence[Secret]) -> bool:
    body, _, signature = cursor.partition(".")
    given = signature.encode("utf-8", "replace")
    return any(hmac.compare_digest(given, _signature(body, key).encode()) for key in keys)


def _signature(body: str, key: Secret) -> str:
    derived = hmac.digest(key.reveal().encode(), _PURPOSE, "sha256")
    return _encode(hmac.digest(derived, body.encode("utf-8", "replace"), "sha256"))


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
