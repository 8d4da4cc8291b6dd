import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auth.relying_party import RelyingParty, relying_party_from_environment

EVENTS = Path(__file__).parents[2] / "events"
ENVIRONMENT = {
    "ALLOWED_ORIGINS": "https://gallery.example,http://localhost:3000",
    "CHAIN_IDS": "1,137",
    "STATEMENT": "Sign in to NFT Gallery.",
}

LoadEvent = Callable[[str], Any]


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """The triggers' environment, as the template sets it."""
    return dict(ENVIRONMENT)


@pytest.fixture(scope="session")
def relying_party() -> RelyingParty:
    return relying_party_from_environment(ENVIRONMENT)


@pytest.fixture(scope="session")
def load_event() -> LoadEvent:
    """An event as Cognito sends it: `load_event("PreSignUp")`."""

    def load(name: str) -> Any:
        return copy.deepcopy(json.loads((EVENTS / f"cognito{name}Event.json").read_text()))

    return load
