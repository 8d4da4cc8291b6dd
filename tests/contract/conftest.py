"""The template as deployed with canary keys, and as written."""

from __future__ import annotations

import pickle
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from deploy.monitoring import monitoring_parameters
from deploy.stack import Stack
from local.template.document import load_document
from local.template.resource_types import Place
from local.template.stack_template import StackTemplate, load_stack_template

ROOT = Path(__file__).resolve().parents[2]
MONITORING = ROOT / "stacks" / "monitoring.yaml"
CANARIES = {"AlchemyApiKey": "canary-alchemy-4f1d", "MoralisApiKey": "canary-moralis-9b2e"}


def deployed_with(**parameters: str) -> StackTemplate:
    """template.yaml as SAM transforms it, with canary keys and these parameters; the caller's own.

    A set of parameters is transformed once in a session.
    """
    template: StackTemplate = pickle.loads(_pickled(frozenset(parameters.items())))  # noqa: S301
    return template


@cache
def _pickled(parameters: frozenset[tuple[str, str]]) -> bytes:
    place = Place("us-east-1", "123456789012", "gallery", "d111111abcdef8.cloudfront.net")
    given = {**CANARIES, **dict(parameters)}
    return pickle.dumps(load_stack_template(ROOT / "template.yaml", given, place))


def monitoring_of(gallery: StackTemplate, **alarms: str) -> StackTemplate:
    """stacks/monitoring.yaml as `make monitoring` deploys it beside a gallery."""
    place, made = gallery.place, {resource.logical_id for resource in gallery.resources}
    stack = Stack(place.stack_name, "", "CREATE_COMPLETE", "", False, gallery.outputs, {})
    beside = replace(place, stack_name=f"{place.stack_name}-monitoring")
    return load_stack_template(MONITORING, monitoring_parameters(stack, made, alarms), beside)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def document() -> dict[str, Any]:
    """template.yaml as written, intrinsics unresolved."""
    return load_document(ROOT / "template.yaml")


@pytest.fixture(scope="session")
def stack() -> StackTemplate:
    """template.yaml as SAM transforms it, with its defaults and canary keys."""
    return deployed_with()
