"""The dApp on its own origin, as CloudFront serves it from the private bucket.

Two things exist only here: config.json carries the local endpoints, and the page may get HTML
into its head.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from local.cloudfront.behaviour import Behaviour, refused_method
from local.cloudfront.distribution import check_distribution
from local.cloudfront.functions import Rewrite
from local.cloudfront.security_headers import ResponseHeaders
from local.errors import ConfigurationError


class Site:
    """Answers GET and HEAD from a folder, by the rules of a resolved DistributionConfig.

    `config_json` gives the text of that file to a page of an origin.
    """

    def __init__(
        self,
        folder: Path,
        distribution: Mapping[str, Any],
        headers: ResponseHeaders,
        config_json: Callable[[str], str],
        *,
        head: str = "",
        rewrite: Rewrite = lambda uri: uri,
        behaviours: Sequence[Behaviour] = (),
    ) -> None:
        check_distribution(distribution)
        if not (folder / distribution["DefaultRootObject"]).is_file():
            raise ConfigurationError(f"{folder} holds no built dApp; `make start` builds it")
        self._folder = folder.resolve()
        self._root_object = distribution["DefaultRootObject"]
        self._errors = {e["ErrorCode"]: e for e in distribution.get("CustomErrorResponses", [])}
        self._methods = distribution["DefaultCacheBehavior"]["AllowedMethods"]
        self._headers = headers
        self._config_json = config_json
        self._head = head.encode()
        self._rewrite = rewrite
        self._behaviours = behaviours

    async def handle(self, request: Request) -> Response:
        for behaviour in self._behaviours:
            if request.url.path.startswith(behaviour.prefix):
                return await behaviour.handle(request)
        response = self._answer(request)
        response.headers["cache-control"] = "no-cache"
        self._headers.put(response, None)
        return response

    def _answer(self, request: Request) -> Response:
        path = request.url.path
        if request.method not in self._methods:
            return refused_method()
        if path == "/config.json":
            text = self._config_json(str(request.base_url).rstrip("/"))
            return Response(text, media_type="application/json")
        key = self._rewrite(path).removeprefix("/") or self._root_object
        return self._object(key) or self._missing()

    def _object(self, key: str, status: int = 200) -> Response | None:
        file = self._file(key)
        if file is None:
            return None
        content = file.read_bytes()
        if key == self._root_object:
            content = content.replace(b"<head>", b"<head>" + self._head, 1)
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return Response(content, status, media_type=kind)

    def _file(self, key: str) -> Path | None:
        """The file of a key, unless it is hidden, outside the folder, or no file name at all."""
        try:
            file = (self._folder / key).resolve()
            hidden = any(part.startswith((".", "/")) for part in Path(key).parts)
            found = file.is_relative_to(self._folder) and file.is_file() and not hidden
        except (OSError, ValueError):
            return None
        return file if found else None

    def _missing(self) -> Response:
        """A private bucket's 403 for what it does not hold, or the page set for that error."""
        error = self._errors.get(403)
        page = error and self._object(error["ResponsePagePath"].lstrip("/"), error["ResponseCode"])
        return page or PlainTextResponse("AccessDenied", 403)
