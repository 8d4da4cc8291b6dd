"""The handlers as Lambda calls them: settings from the environment, once."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from runtime.settings import MissingSettingError
from tests.fixtures.deliveries import (
    ALCHEMY_KEY,
    MORALIS_KEY,
    NOW,
    alchemy_delivery,
    alchemy_signature,
    moralis_delivery,
    moralis_signature,
    proxy_event,
)
from tests.fixtures.secrets_manager import Vault, secrets_endpoint, stored, vault
from webhooks.settings import WebhookSettings

__all__ = ["secrets_endpoint", "vault"]

BACKEND = Path(__file__).parents[3] / "backend"
ENVIRONMENT = {
    "WEBHOOK_KEYS_SECRET_ARN": "webhook-keys",
    "INVALIDATION_TABLE_NAME": "invalidations",
    "POWERTOOLS_SERVICE_NAME": "webhooks",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
}
# The moment of the deliveries stands still: the one thing of the deployed edge that is replaced.
CALL = """
import dataclasses, json, sys
import boto3
from moto import mock_aws
from webhooks.routes import deployed_router, handler
resource, events, now = json.load(sys.stdin)
class Context:
    aws_request_id = "function-request-1"
    def get_remaining_time_in_millis(self):
        return 10_000
with mock_aws():
    boto3.client("dynamodb").create_table(
        TableName="invalidations",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    router = deployed_router()
    then = dataclasses.replace(router.service, clock=lambda: now)
    for event in events:
        answer = dataclasses.replace(router, service=then)
        print("ANSWER" + json.dumps(answer({**event, "resource": resource}, Context())))
    print("ANSWER" + json.dumps(handler({"resource": resource}, Context())))
"""


def call(vault: Vault, resource: str, *events: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", CALL],
        cwd=BACKEND,
        env={"PATH": os.environ["PATH"], **ENVIRONMENT, **vault.environment},
        input=json.dumps([resource, events, NOW.timestamp()]),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def answers(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    lines = done.stdout.splitlines()
    return [json.loads(line.removeprefix("ANSWER")) for line in lines if line.startswith("ANSWER")]


def test_the_deployed_parts_fit_together(vault: Vault) -> None:
    secret = json.dumps({"AlchemySigningKeys": ALCHEMY_KEY, "MoralisStreamSecrets": MORALIS_KEY})
    stored(vault, secret, name="webhook-keys")
    body = json.dumps(alchemy_delivery())
    event = proxy_event(body, **{"X-Alchemy-Signature": alchemy_signature(body.encode())})
    done = call(vault, "/webhooks/alchemy", event, event)
    first, second, unsigned = answers(done)
    assert (first["body"], second["body"]) == (
        '{"outcome": "invalidated"}',
        '{"outcome": "duplicate"}',
    )
    assert unsigned["statusCode"] == 401
    assert '"service":"webhooks"' in done.stdout


def test_a_handler_answers_in_the_one_shape_when_its_secret_cannot_be_read(
    vault: Vault,
) -> None:
    body = json.dumps(moralis_delivery())
    event = proxy_event(body, **{"x-signature": moralis_signature(body.encode())})
    done = call(vault, "/webhooks/moralis", event)
    for answer in answers(done):
        assert answer["statusCode"] == 500
        assert json.loads(answer["body"])["error"]["code"] == "internal_error"
    assert "the secret cannot be read: ResourceNotFoundException" in done.stdout


@pytest.mark.parametrize("missing", ["WEBHOOK_KEYS_SECRET_ARN", "INVALIDATION_TABLE_NAME"])
def test_nothing_starts_without_a_setting(missing: str) -> None:
    with pytest.raises(MissingSettingError, match=f"{missing} is not set"):
        WebhookSettings.from_environment({**ENVIRONMENT, missing: ""})
