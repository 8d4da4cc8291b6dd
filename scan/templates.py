"""What is scanned: each template with the sets of parameters it is meant to be deployed with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

KEYS = {"AlchemyApiKey": "scanned-alchemy-key", "MoralisApiKey": "scanned-moralis-key"}

TEMPLATES: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "template.yaml": (KEYS,),
    "deploy/bootstrap.yaml": ({"GitHubRepository": "owner/repository"},),
}
WORKFLOWS = Path(__file__).resolve().parent.parent / ".github" / "workflows"
