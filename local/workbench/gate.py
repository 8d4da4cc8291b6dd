"""Who reaches `/_local/`: this machine's developer, and no page on the web.

A page of a stranger may send requests to 127.0.0.1, under a name of its own too (DNS rebinding).
So the host must be one of the site's own, and where a browser says whose page asks, it must be the
site's. A call that changes something bears a header that a browser sends for no other site's page
without asking first, and nobody is answered who asks.
https://fetch.spec.whatwg.org/#http-cors-protocol
https://www.w3.org/TR/fetch-metadata/
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.requests import Request

HEADER = "x-local"
_LOOPBACK = ("127.0.0.1", "::1")
_OF_A_PROXY = ("forwarded", "x-forwarded-for", "x-forwarded-host", "via", "x-real-ip")
"""A tunnel to this machine sends one: who is behind it is not known."""


class RefusedError(Exception):
    """The request is not from this machine's developer; the text says what is wrong."""


def admit(request: Request, site_origins: Collection[str]) -> None:
    """Raises RefusedError. `site_origins` such as http://localhost:3000."""
    hosts = {urlsplit(origin).netloc for origin in site_origins}
    if request.client is None or request.client.host not in _LOOPBACK:
        raise RefusedError("only this machine may ask")
    given = request.headers.getlist("host")
    if len(given) != 1 or given[0] not in hosts:
        raise RefusedError(f"the host must be {' or '.join(sorted(hosts))}")
    if any(name in request.headers for name in _OF_A_PROXY):
        raise RefusedError("no proxy may stand between")
    _refuse_other_pages(request, given[0], site_origins)
    if request.method not in ("GET", "HEAD", "POST"):
        raise RefusedError("GET and POST alone are answered")
    if request.method == "POST" and request.headers.getlist(HEADER) != ["1"]:
        raise RefusedError("a call that changes something needs the header X-Local: 1")


def _refuse_other_pages(request: Request, host: str, site_origins: Collection[str]) -> None:
    origins = request.headers.getlist("origin")
    if any(origin not in site_origins or urlsplit(origin).netloc != host for origin in origins):
        raise RefusedError("a page of another origin may not ask")
    if set(request.headers.getlist("sec-fetch-site")) - {"same-origin", "none"}:
        raise RefusedError("a page of another site may not ask")
    if set(request.headers.getlist("sec-fetch-dest")) - {*("document", "empty", "script", "style")}:
        raise RefusedError("it may not stand in a page")
