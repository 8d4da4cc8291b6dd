"""The dApp's files as they are published: which, with what headers, in what order."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from deploy.content_security_policy import page_policy, with_policy
from deploy.errors import NotBuiltError, UnknownContentTypeError

ONE_YEAR = "public, max-age=31536000, immutable"
ALWAYS_ASK = "no-cache"
CONTENT_TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
}
# https://ogp.me: a preview of a link takes no relative address
_PICTURE = b'content="./open-graph.png"'
_HASHED = re.compile(r"assets/.+-[A-Za-z0-9_-]{8}\.[a-z0-9]+")


@dataclass(frozen=True)
class SiteFile:
    key: str
    content: bytes

    @property
    def content_type(self) -> str:
        suffix = PurePosixPath(self.key).suffix
        if suffix not in CONTENT_TYPES:
            raise UnknownContentTypeError(
                f"{self.key}: no content type is set for {suffix!r} files"
            )
        return CONTENT_TYPES[suffix]

    @property
    def cache_control(self) -> str:
        """A name that changes with its content is kept; every other is asked for again."""
        return ONE_YEAR if _HASHED.fullmatch(self.key) else ALWAYS_ASK

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def read_site(
    folder: Path, config: Mapping[str, Any], *, site_url: str | None = None
) -> list[SiteFile]:
    """The built dApp with its config.json and policy, in the order that is safe to upload.

    Until index.html, which comes last, nothing is named that is not there yet. `site_url` is where
    the page will be, without a slash; None where nobody knows, as on IPFS.
    """
    if not (folder / "index.html").is_file():
        raise NotBuiltError(f"{folder} holds no built dApp: `make dapp` builds it")
    files = [SiteFile(key, (folder / key).read_bytes()) for key in _visible(folder)]
    files = [file for file in files if file.key not in ("index.html", "config.json")]
    index = with_policy((folder / "index.html").read_bytes(), page_policy(config))
    if site_url is not None:
        index = index.replace(_PICTURE, f'content="{site_url}/open-graph.png"'.encode())
    text = json.dumps(config, indent=2, sort_keys=True) + "\n"
    files += [SiteFile("config.json", text.encode()), SiteFile("index.html", index)]
    for file in files:
        _ = file.content_type  # refuses what it does not know before anything is uploaded
    return sorted(files, key=_turn)


def _visible(folder: Path) -> list[str]:
    names = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    return [n.as_posix() for n in names if not any(part.startswith(".") for part in n.parts)]


def _turn(file: SiteFile) -> tuple[int, str]:
    if file.cache_control == ONE_YEAR:
        return 0, file.key
    last = {"config.json": 2, "index.html": 3}
    return last.get(file.key, 1), file.key
