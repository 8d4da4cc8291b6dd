"""What a path of the gallery's API wants from its caller; paths have no leading slash here."""

from __future__ import annotations

import re

from nft_gallery_client.schema import PUBLIC_ROUTES, ROUTES, Authorizer

_ROUTES = tuple(
    (re.compile(re.sub(r"\{\w+\}", "[^/]+", template.removeprefix("/"))), template)
    for template in ROUTES
)


def authorizer_of(path: str) -> Authorizer:
    """A signature, where the path is no known route."""
    template = _template_of(path)
    return "sigv4" if template is None else ROUTES[template]


def is_public(path: str) -> bool:
    """Whether a gallery with `publicUrl` answers it there, to anybody."""
    return _template_of(path) in PUBLIC_ROUTES


def _template_of(path: str) -> str | None:
    found = (template for pattern, template in _ROUTES if pattern.fullmatch(path))
    return next(found, None)
