"""What the stack promises, read from the template as SAM transforms it."""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from local.template.stack_template import StackTemplate
from tests.contract.conftest import CANARIES
from tests.contract.reading import functions, operations, variables_of
from tools.artifacts import artifact_of


def test_is_serverless_through_and_through(stack: StackTemplate) -> None:
    services = {resource.type.split("::")[1] for resource in stack.resources}
    assert services == {
        *("ApiGateway", "CloudFront", "Cognito", "DynamoDB", "IAM", "Lambda", "Logs", "S3"),
        "SecretsManager",
    }


def test_the_template_stays_small_enough_to_be_read(document: dict[str, Any], root: Path) -> None:
    assert len((root / "template.yaml").read_text().splitlines()) <= 2700
    assert len(document["Parameters"]) <= 44


def test_the_keys_are_in_no_url_and_no_output(stack: StackTemplate) -> None:
    integrations = [o["x-amazon-apigateway-integration"] for o in operations(stack).values()]
    visible = json.dumps([[i.get("uri", "") for i in integrations], dict(stack.outputs)])
    visible += json.dumps(
        [f.properties["Environment"] for f in functions(stack) if "Environment" in f.properties]
    )
    assert not [key for key in CANARIES.values() if key in visible]


def test_key_parameters_are_not_echoed(document: dict[str, Any]) -> None:
    declared = document["Parameters"]
    assert {name for name in declared if declared[name].get("NoEcho")} == {
        *CANARIES,
        *("AlchemyWebhookSigningKeys", "MoralisStreamSecrets"),
    }


def test_the_parameters_example_names_exactly_what_has_no_default(
    document: dict[str, Any], root: Path
) -> None:
    needed = [name for name, rules in document["Parameters"].items() if "Default" not in rules]
    lines = (root / "prod.parameters.example").read_text().splitlines()
    assert [line.split("=")[0] for line in lines] == needed
    assert not [line for line in lines if set(line) & set(" \"'$`\\;&|<>#*?(){}")]


def test_every_handler_is_there(stack: StackTemplate) -> None:
    modules = [f.properties["Handler"].rpartition(".")[0] for f in functions(stack)]
    assert [module for module in modules if find_spec(module) is None] == []


def test_runtime_is_the_python_of_this_repository(stack: StackTemplate, root: Path) -> None:
    version = (root / ".python-version").read_text().strip()
    assert {f.properties["Runtime"] for f in functions(stack)} == {f"python{version}"}
    assert {tuple(f.properties["Architectures"]) for f in functions(stack)} == {("arm64",)}


def test_a_trigger_is_given_as_long_as_cognito_waits(stack: StackTemplate) -> None:
    """That a route's budgets nest is held by test_template_api."""
    named = stack.only("AWS::Cognito::UserPool").properties["LambdaConfig"].values()
    triggers = {f.arn: f.properties for f in functions(stack) if f.arn in named}
    assert set(triggers) == set(named)
    assert {properties["Timeout"] for properties in triggers.values()} == {5}


def test_each_log_group_is_the_stacks_own_and_forgets(stack: StackTemplate) -> None:
    groups = {g.physical_id: g.properties for g in stack.of_type("AWS::Logs::LogGroup")}
    assert all(int(properties["RetentionInDays"]) <= 30 for properties in groups.values())
    assert {f.properties["LoggingConfig"]["LogGroup"] for f in functions(stack)} == set(groups)


def test_no_node_is_asked_unless_a_parameter_names_one(
    stack: StackTemplate, document: dict[str, Any]
) -> None:
    assert document["Parameters"]["RpcUrls"]["Default"] == ""
    given = {f.logical_id: v for f in functions(stack) if "RPC_URLS" in (v := variables_of(f))}
    assert {variables["RPC_URLS"] for variables in given.values()} == {""}
    assert [name for name in given if "nodes" not in artifact_of(name).rooms] == []


def test_two_stacks_do_not_share_a_name(stack: StackTemplate) -> None:
    named = ("RoleName", "LogGroupName", "UserPoolName", "Name", "FunctionName", "BucketName")
    given = [r.properties[key] for r in stack.resources for key in named if key in r.properties]
    assert given
    assert [name for name in given if "gallery" not in name] == []


def test_the_outputs_hold_all_the_dapp_needs(stack: StackTemplate) -> None:
    config = json.loads(stack.outputs["DappConfig"])
    assert config == {
        "region": stack.outputs["Region"],
        "userPoolId": stack.outputs["UserPoolId"],
        "userPoolClientId": stack.outputs["UserPoolClientId"],
        "identityPoolId": stack.outputs["IdentityPoolId"],
        "apiEndpoint": stack.outputs["ApiEndpoint"],
        "sessionDays": stack.only("AWS::Cognito::UserPoolClient").properties[
            "RefreshTokenValidity"
        ],
        "walletConnectProjectId": "",
    }
    assert set(stack.outputs) >= {"DappBucketName", "DistributionId", "DappUrl"}


def test_the_defaults_name_mainnet_and_the_providers_own_addresses(
    document: dict[str, Any],
) -> None:
    defaults = {
        name: document["Parameters"][name]["Default"]
        for name in ("AlchemyNetworksUrl", "MoralisUrl", "ChainIds", "AllowedOrigins")
    }
    assert defaults == {
        "AlchemyNetworksUrl": "https://{network}.g.alchemy.com/nft/v3",
        "MoralisUrl": "https://deep-index.moralis.io/api/v2.2",
        "ChainIds": "1",
        "AllowedOrigins": "",
    }


def test_every_function_that_reads_a_default_is_given_it(stack: StackTemplate) -> None:
    expected = {
        "ALCHEMY_NETWORKS_URL": "https://{network}.g.alchemy.com/nft/v3",
        "MORALIS_URL": "https://deep-index.moralis.io/api/v2.2",
        "CHAIN_IDS": "1",
        "ALLOWED_ORIGINS": "https://d111111abcdef8.cloudfront.net",
    }
    given = [f.properties.get("Environment", {}).get("Variables", {}) for f in functions(stack)]
    for name, value in expected.items():
        assert {variables[name] for variables in given if name in variables} == {value}


@pytest.mark.parametrize(
    "origin",
    [
        *("https://gallery.example", "https://a.b-c.example", "https://gallery.example:8443"),
        *("http://localhost", "http://localhost:3000", "http://127.0.0.1:3000", ""),
        *("https://gallery.example:80", "http://localhost:443", "http://localhost:65535"),
        *("https://gallery.example:4430", "http://localhost:8080", "http://localhost:60000"),
    ],
)
def test_an_origin_may_be_https_or_this_machine(document: dict[str, Any], origin: str) -> None:
    assert re.fullmatch(document["Parameters"]["AllowedOrigins"]["AllowedPattern"], origin)


@pytest.mark.parametrize(
    "origin",
    [
        *("*", "null", "gallery.example", "//gallery.example", "https://", "https://*.example"),
        *("http://gallery.example", "http://localhost.gallery.example", "http://127.0.0.2"),
        *("https://Gallery.example", "https://gallery.example/", "https://gallery.example/a"),
        *("https://gallery.example:443", "http://localhost:80", "http://127.0.0.1:80"),
        *("https://gallery.example:65536", "http://localhost:70000", "http://localhost:0"),
        *("https://user@gallery.example", "https://gallery.example:", "https://gallery.example:a"),
        *("https://gallery.example?a", "https://gallery.example#a", "https://gallery.example'"),
        *("javascript:alert(1)", "https://a.example https://b.example", " https://gallery.example"),
    ],
)
def test_nothing_else_is_an_origin(document: dict[str, Any], origin: str) -> None:
    pattern = document["Parameters"]["AllowedOrigins"]["AllowedPattern"]
    assert re.search(pattern, origin) is None
