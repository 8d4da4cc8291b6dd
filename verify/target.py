"""What the black-box suite is tried on: where it answers, and what cannot be tried there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import boto3

from verify.errors import BadTargetError

NEEDS = {
    "rotation": "refresh tokens that rotate: UserPoolTier=ESSENTIALS",
    "clock": "time has to pass, or the local stack's clock to be moved",
    "stand_in": "upstream failures on demand, and wallets whose tokens are known",
    "updates": "other parameters for the same users",
    "webhooks": "a webhook's signing key",
}
"""What a test can ask for by the marker `needs_NAME`, and why not every target has it."""
_CONFIG = {
    "region": "region",
    "userPoolId": "user_pool_id",
    "userPoolClientId": "user_pool_client_id",
    "identityPoolId": "identity_pool_id",
    "apiEndpoint": "api_endpoint",
    "userPoolEndpoint": "user_pool_endpoint",
    "identityPoolEndpoint": "identity_pool_endpoint",
}


@dataclass(frozen=True, kw_only=True)
class Target:
    """A running gallery. URLs have no slash at the end."""

    name: str
    """Of its snapshot: `local`, `aws`, an emulator's."""
    site: str
    region: str
    user_pool_id: str
    user_pool_client_id: str
    identity_pool_id: str
    api_endpoint: str
    """With the stage."""
    user_pool_endpoint: str
    identity_pool_endpoint: str
    chain_read_rps: int = 5
    """The parameter ChainReadRps: how fast a flood of names may be answered."""
    patience_seconds: float = 15
    """The longest that one test may wait for time to pass."""
    webhook_keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Signing keys by provider; none where webhooks are off."""
    skips: Mapping[str, str] = field(default_factory=dict)
    """A need, a file or a test (`test_a.py::test_b`) to leave out -> why."""

    @property
    def config(self) -> dict[str, str]:
        """The dApp's config.json, with the endpoints of Cognito in it."""
        return {name: getattr(self, attribute) for name, attribute in _CONFIG.items()}

    @property
    def left_out(self) -> dict[str, str]:
        """`skips`, and what follows from the rest."""
        webhooks = {} if self.webhook_keys else {"webhooks": "no signing key of a webhook is known"}
        return {**webhooks, **self.skips}

    def client(self, service: str) -> Any:
        """A boto3 client; AWS_ENDPOINT_URL sends it to an emulator."""
        return boto3.client(service, region_name=self.region)  # type: ignore[call-overload]


def target_of_config(config: Mapping[str, Any], **more: Any) -> Target:
    """Of a config.json, `more` being other fields. Cognito is AWS's own where it names none.

    Raises BadTargetError.
    """
    found = {attribute: config[name] for name, attribute in _CONFIG.items() if config.get(name)}
    given = {**found, **more}
    for service, endpoint in (
        ("cognito-idp", "user_pool_endpoint"),
        ("cognito-identity", "identity_pool_endpoint"),
    ):
        if endpoint not in given and "region" in given:
            given[endpoint] = cognito_endpoint(service, given["region"])
    return target_of_fields(given)


def target_of_fields(given: Mapping[str, Any]) -> Target:
    """Raises BadTargetError where a field is missing or unknown."""
    known = {each.name for each in fields(Target)}
    if unknown := sorted(set(given) - known):
        raise BadTargetError(f"a target has no {', '.join(unknown)}")
    try:
        return Target(**given)
    except TypeError as error:
        raise BadTargetError(f"the target is not whole: {error}") from error


def cognito_endpoint(service: str, region: str) -> str:
    """Where boto3 would ask, so AWS_ENDPOINT_URL counts."""
    client = boto3.client(service, region_name=region)  # type: ignore[call-overload]
    return str(client.meta.endpoint_url).rstrip("/")


def read_target(file: Path) -> Target:
    """A JSON object of Target's fields, or of a config.json's in `config` beside others."""
    try:
        given = json.loads(file.read_text())
    except (OSError, ValueError) as error:
        raise BadTargetError(f"{file} is no target: {type(error).__name__}") from error
    if not isinstance(given, dict):
        raise BadTargetError(f"{file} is no JSON object")
    return target_of_config(given.pop("config", {}), **given)


def written(target: Target) -> str:
    """What `read_target` reads, webhook keys and all."""
    return json.dumps(asdict(target), indent=2, sort_keys=True) + "\n"
