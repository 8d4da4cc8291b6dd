"""Webhooks: nothing of them by default, and with a key what one provider needs and no more."""

from __future__ import annotations

import json
from typing import Any

import pytest

from local.template.stack_template import Resource, StackTemplate
from tests.contract.conftest import deployed_with, monitoring_of
from tests.contract.production import PROD, strings_in
from tests.contract.reading import by_id, functions, operations, routes_of, statements_of
from tests.contract.test_template_monitoring import alarm_metrics

KEYS = {
    "AlchemyWebhookSigningKeys": "whsec_canary4f1dcanary,whsec_canaryNext12345",
    "MoralisStreamSecrets": "canary9b2e-moralis-streams",
}
ROUTES = {
    "AlchemyWebhookSigningKeys": "/webhooks/alchemy",
    "MoralisStreamSecrets": "/webhooks/moralis",
}
each = pytest.mark.parametrize("parameter", KEYS)


@pytest.fixture(scope="module")
def both() -> StackTemplate:
    return deployed_with(**PROD, **KEYS)


def posts(stack: StackTemplate) -> set[str]:
    return {path for verb, path in operations(stack) if verb == "post"}


def receiver_of(stack: StackTemplate) -> Resource:
    """The one function of the room webhooks."""
    (function,) = (f for f in functions(stack) if f.properties["Handler"].startswith("webhooks."))
    return function


def test_by_default_there_is_none(stack: StackTemplate) -> None:
    assert posts(stack) == set()
    tables = [table.logical_id for table in stack.of_type("AWS::DynamoDB::Table")]
    assert tables == ["ProviderBudgets"]
    names = [resource.logical_id for resource in stack.resources]
    assert not [name for name in names if "Webhook" in name or "Stream" in name]
    secrets = {secret.logical_id for secret in stack.of_type("AWS::SecretsManager::Secret")}
    assert secrets == {"ProviderKeys", "CursorKey"}


@each
def test_a_key_of_one_provider_opens_its_route_only(parameter: str) -> None:
    stack, path = deployed_with(**{parameter: KEYS[parameter]}), ROUTES[parameter]
    assert posts(stack) == {path}
    assert receiver_of(stack).logical_id == routes_of(stack)["post", path].logical_id
    assert by_id(stack, "InvalidationTable")


def test_both_routes_share_one_function_that_nothing_but_their_posts_may_call(
    both: StackTemplate,
) -> None:
    function = receiver_of(both)
    served = {path for (_, path), one in routes_of(both).items() if one == function}
    assert served == posts(both) == set(ROUTES.values())
    api = both.only("AWS::ApiGateway::RestApi").physical_id
    permission = by_id(both, "WebhooksPermission").properties
    assert permission["FunctionName"] == function.arn
    source = f"arn:aws:execute-api:us-east-1:123456789012:{api}/prod/POST/webhooks/*"
    assert permission["SourceArn"] == source


@each
def test_a_receiver_is_open_and_throttled(both: StackTemplate, parameter: str) -> None:
    path = ROUTES[parameter]
    operation, function = operations(both)["post", path], routes_of(both)["post", path]
    assert "security" not in operation
    integration = operation["x-amazon-apigateway-integration"]
    assert function.properties["Timeout"] < integration["timeoutInMillis"] / 1000 < 29
    settings = both.only("AWS::ApiGateway::Stage").properties["MethodSettings"]
    (limits,) = [s for s in settings if s["ResourcePath"] == f"/{path.replace('/', '~1')}"]
    assert (limits["HttpMethod"], limits["ThrottlingRateLimit"]) == ("POST", 50)
    assert "CachingEnabled" not in limits


def test_the_role_writes_its_logs_reads_its_keys_and_marks_changes(both: StackTemplate) -> None:
    assert statements_of(both, "WebhookRole") == [
        {
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": by_id(both, "WebhookLogGroup").arn,
        },
        {
            "Effect": "Allow",
            "Action": "secretsmanager:GetSecretValue",
            "Resource": by_id(both, "WebhookKeys").physical_id,
        },
        {
            "Effect": "Allow",
            "Action": ["dynamodb:GetItem", "dynamodb:PutItem"],
            "Resource": by_id(both, "InvalidationTable").arn,
        },
    ]
    roles = {f.properties["Role"] for f in functions(both) if "webhooks." in str(f.properties)}
    assert roles == {by_id(both, "WebhookRole").arn}


def test_the_keys_are_in_their_secret_and_nowhere_else(both: StackTemplate) -> None:
    secret = by_id(both, "WebhookKeys")
    assert json.loads(secret.properties["SecretString"]) == {
        "AlchemySigningKeys": KEYS["AlchemyWebhookSigningKeys"],
        "MoralisStreamSecrets": KEYS["MoralisStreamSecrets"],
    }
    others = [r.properties for r in both.resources if r.logical_id != "WebhookKeys"]
    text = json.dumps(sorted(strings_in([others, dict(both.outputs)])))
    assert "canary4f1d" not in text
    assert "canary9b2e-moralis-streams" not in text


def test_the_table_forgets_and_goes_with_the_stack(
    both: StackTemplate, document: dict[str, Any]
) -> None:
    table = by_id(both, "InvalidationTable").properties
    assert table["KeySchema"] == [{"AttributeName": "pk", "KeyType": "HASH"}]
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert document["Resources"]["InvalidationTable"]["DeletionPolicy"] == "Delete"


def test_its_errors_and_throttles_are_watched(both: StackTemplate) -> None:
    metrics = alarm_metrics(monitoring_of(both))["WebhookErrorsAlarm"]
    read = {(metric, dict(dimensions)["FunctionName"]) for _, metric, dimensions in metrics}
    name = receiver_of(both).physical_id
    assert read == {("Errors", name), ("Throttles", name)}


@each
@pytest.mark.parametrize(
    "key", ["short", "with space in it 0123", "a" * 600, "x" * 16 + ",", '"' * 20]
)
def test_a_key_that_could_be_guessed_or_misread_is_refused(parameter: str, key: str) -> None:
    with pytest.raises(Exception, match=parameter):
        deployed_with(**{parameter: key})
