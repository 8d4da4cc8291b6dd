"""What each room says of its routes in docs/openapi.json: `backend/ROOM/openapi.yaml`.

    routes:      path -> {answer: schema of a 200,
                          parameters: those that differ on this path,
                          responses: status -> description, in place of the template's}
    parameters:  name -> schema, example and description, on every path that declares the name
    schemas:     name -> a schema of components.schemas

The template says which routes and parameters there are; it holds no schemas, because API Gateway
would make models of them (ARCHITECTURE.md, nft).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from local.configuration import ROOT


@dataclass(frozen=True)
class RoomDocuments:
    """The documents of all rooms as one."""

    routes: Mapping[str, Any]
    parameters: Mapping[str, Any]
    schemas: Mapping[str, Any]

    def answer(self, path: str) -> str | None:
        """The name of the schema of a 200."""
        name: str | None = self.routes.get(path, {}).get("answer")
        return name

    def parameter(self, path: str, name: str) -> Mapping[str, Any]:
        """What is known of a parameter beside what the template declares."""
        here: Mapping[str, Any] = self.routes.get(path, {}).get("parameters", {})
        known: Mapping[str, Any] = here.get(name) or self.parameters.get(name, {})
        return known

    def responses(self, path: str) -> Mapping[str, str]:
        """Descriptions by status, in place of the template's."""
        texts: Mapping[str, str] = self.routes.get(path, {}).get("responses", {})
        return texts


def read_rooms(backend: Path = ROOT / "backend") -> RoomDocuments:
    """Raises ValueError where two rooms say something of the same name."""
    merged: dict[str, dict[str, Any]] = {"routes": {}, "parameters": {}, "schemas": {}}
    for file in sorted(backend.glob("*/openapi.yaml")):
        for section, entries in yaml.safe_load(file.read_text()).items():
            if twice := set(entries) & set(merged[section]):
                raise ValueError(f"{file}: {', '.join(sorted(twice))} is another room's too")
            merged[section].update(entries)
    return RoomDocuments(**merged)
