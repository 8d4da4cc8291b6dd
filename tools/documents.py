"""Writes the generated documents: `python -m tools.documents`, with backend/ on the path."""

from __future__ import annotations

import json
from collections.abc import Callable

from local.configuration import ROOT
from tools.api_reference import api_reference
from tools.client_types import client_types
from tools.openapi_document import openapi_document
from tools.parameter_reference import parameter_reference
from tools.python_schema import python_schema


def openapi_json() -> str:
    return json.dumps(openapi_document(), indent=1, ensure_ascii=False) + "\n"


DOCUMENTS: dict[str, Callable[[], str]] = {
    "docs/api.md": api_reference,
    "docs/parameters.md": parameter_reference,
    "docs/openapi.json": openapi_json,
    "clients/python/src/nft_gallery_client/schema.py": python_schema,
    "clients/js/src/generated.ts": client_types,
}
"""File -> what is to stand in it."""


if __name__ == "__main__":
    for name, text in DOCUMENTS.items():
        (ROOT / name).write_text(text())
