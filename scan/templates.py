"""What is scanned: each template with the sets of parameters it is meant to be deployed with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

KEYS = {"AlchemyApiKey": "scanned-alchemy-key", "MoralisApiKey": "scanned-moralis-key"}
CONNECTION = (
    "arn:aws:codeconnections:us-east-1:123456789012:connection/01234567-89ab-cdef-0123-456789abcdef"
)

TEMPLATES: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "template.yaml": (KEYS,),
    "deploy/bootstrap.yaml": ({"GitHubRepository": "owner/repository"},),
    "codepipeline.yaml": ({"ConnectionArn": CONNECTION, "Repository": "owner/repository"},),
}
WORKFLOWS = Path(__file__).resolve().parent.parent / ".github" / "workflows"
