"""What the stack promises, read from the template as SAM transforms it."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from local.template.stack_template import Resource, StackTemplate
from tests.contract.conftest import CANARIES

ROUTES = {
    ("get", "/health"): ("NONE", "mock"),
    ("get", "/getNFTsCollectionAlchemy"): ("Sigv4", "http"),
    ("get", "/getNFTsAlchemy"): ("CognitoUserPool", "http"),
    ("get", "/getNFTsMoralis"): ("CognitoUserPool", "http"),
    ("get", "/getNFTsAlchemyLambda"): ("CognitoUserPool", "aws_proxy"),
    ("get", "/getNFTsMoralisLambda"): ("CognitoUserPool", "aws_proxy"),
}


def body_of(stack: StackTemplate) -> dict[str, Any]:
    body: dict[str, Any] = stack.only("AWS::ApiGateway::RestApi").properties["Body"]
    return body


def operations(stack: StackTemplate) -> dict[tuple[str, str], dict[str, Any]]:
    paths = body_of(stack)["paths"].items()
    return {(verb, path): operation for path, item in paths for verb, operation in item.items()}


def by_id(stack: StackTemplate, logical_id: str) -> Resource:
    return next(resource for resource in stack.resources if resource.logical_id == logical_id)


def test_is_serverless_through_and_through(stack: StackTemplate) -> None:
    services = {resource.type.split("::")[1] for resource in stack.resources}
    assert services == {
        *("ApiGateway", "CloudFront", "Cognito", "IAM", "Lambda", "Logs", "S3", "SecretsManager"),
    }


def test_has_exactly_the_promised_routes(stack: StackTemplate) -> None:
    served = {
        key: (
            next(iter(operation.get("security", [{"NONE": []}])[0])),
            operation["x-amazon-apigateway-integration"]["type"],
        )
        for key, operation in operations(stack).items()
        if key[0] != "options"
    }
    assert served == ROUTES


def test_operation_ids_carry_the_names_of_the_design(stack: StackTemplate) -> None:
    ids = {path: item["get"]["operationId"] for path, item in body_of(stack)["paths"].items()}
    assert ids["/getNFTsAlchemy"] == "GetNFTsAlchemyGETMethod"
    assert ids["/getNFTsMoralis"] == "GetNFTsMoralisGETMethod"


def test_required_parameters_are_validated(stack: StackTemplate) -> None:
    body = body_of(stack)
    validator = body["x-amazon-apigateway-request-validators"][
        body["x-amazon-apigateway-request-validator"]
    ]
    assert validator["validateRequestParameters"] is True
    collection = operations(stack)["get", "/getNFTsCollectionAlchemy"]["parameters"]
    assert [p["name"] for p in collection if p["required"]] == ["contractAddress"]


@pytest.mark.parametrize("path", [path for (_, path) in ROUTES if path != "/health"])
def test_no_route_takes_an_owner_from_the_caller(stack: StackTemplate, path: str) -> None:
    operation = operations(stack)["get", path]
    names = {parameter["name"].lower() for parameter in operation["parameters"]}
    assert not names & {"owner", "address", "wallet"}


@pytest.mark.parametrize(
    "path", ["/getNFTsCollectionAlchemy", "/getNFTsAlchemy", "/getNFTsMoralis"]
)
def test_http_routes_forward_nothing_of_the_callers_headers(
    stack: StackTemplate, path: str
) -> None:
    integration = operations(stack)["get", path]["x-amazon-apigateway-integration"]
    assert integration["passthroughBehavior"] == "never"
    mapped = integration["requestParameters"].values()
    assert not [source for source in mapped if source.startswith("method.request.header")]


@pytest.mark.parametrize(
    "path", ["/getNFTsCollectionAlchemy", "/getNFTsAlchemy", "/getNFTsMoralis"]
)
def test_no_upstream_failure_leaves_as_success(stack: StackTemplate, path: str) -> None:
    answers = operations(stack)["get", path]["x-amazon-apigateway-integration"]["responses"]
    successes = [pattern for pattern, answer in answers.items() if answer["statusCode"] == "200"]
    assert successes == ["200"]
    fallback = answers["default"]["responseTemplates"]["application/json"]
    assert "responseOverride.status = 502" in fallback


@pytest.mark.parametrize(
    "path", ["/getNFTsCollectionAlchemy", "/getNFTsAlchemy", "/getNFTsMoralis"]
)
def test_each_status_code_has_one_integration_response(stack: StackTemplate, path: str) -> None:
    answers = operations(stack)["get", path]["x-amazon-apigateway-integration"]["responses"]
    codes = [answer["statusCode"] for answer in answers.values()]
    assert len(codes) == len(set(codes))


def test_the_keys_are_in_no_url_and_no_output(stack: StackTemplate) -> None:
    integrations = [o["x-amazon-apigateway-integration"] for o in operations(stack).values()]
    visible = json.dumps([[i.get("uri", "") for i in integrations], dict(stack.outputs)])
    visible += json.dumps(
        [f.properties["Environment"] for f in functions(stack) if "Environment" in f.properties]
    )
    assert not [key for key in CANARIES.values() if key in visible]


def test_key_parameters_are_not_echoed(document: dict[str, Any]) -> None:
    declared = document["Parameters"]
    assert [name for name in declared if declared[name].get("NoEcho")] == list(CANARIES)


def test_the_parameters_example_names_exactly_what_has_no_default(
    document: dict[str, Any], root: Path
) -> None:
    needed = [name for name, rules in document["Parameters"].items() if "Default" not in rules]
    lines = (root / "prod.parameters.example").read_text().splitlines()
    assert [line.split("=")[0] for line in lines] == needed
    assert not [line for line in lines if set(line) & set(" \"'$`\\;&|<>#*?(){}")]


def functions(stack: StackTemplate) -> list[Resource]:
    return stack.of_type("AWS::Lambda::Function")


def test_every_handler_is_there(stack: StackTemplate) -> None:
    modules = [f.properties["Handler"].rpartition(".")[0] for f in functions(stack)]
    assert len(set(modules)) == 7
    assert [module for module in modules if find_spec(module) is None] == []


def test_runtime_is_the_python_of_this_repository(stack: StackTemplate, root: Path) -> None:
    version = (root / ".python-version").read_text().strip()
    assert {f.properties["Runtime"] for f in functions(stack)} == {f"python{version}"}
    assert {tuple(f.properties["Architectures"]) for f in functions(stack)} == {("arm64",)}


def test_time_budgets_nest(stack: StackTemplate) -> None:
    by_handler = {f.properties["Handler"]: f.properties for f in functions(stack)}
    triggers = [p for handler, p in by_handler.items() if handler.startswith("auth.triggers.")]
    assert [p["Timeout"] for p in triggers] == [5] * 5
    for handler in ("nft.routes.get_nfts_alchemy.handler", "nft.routes.get_nfts_moralis.handler"):
        properties = by_handler[handler]
        upstream = float(properties["Environment"]["Variables"]["UPSTREAM_TIMEOUT_SECONDS"])
        assert upstream < properties["Timeout"] < 29


def test_each_log_group_is_the_stacks_own_and_forgets(stack: StackTemplate) -> None:
    groups = {g.physical_id: g.properties for g in stack.of_type("AWS::Logs::LogGroup")}
    assert all(int(properties["RetentionInDays"]) <= 30 for properties in groups.values())
    assert {f.properties["LoggingConfig"]["LogGroup"] for f in functions(stack)} == set(groups)


def test_only_custom_auth_is_open(stack: StackTemplate) -> None:
    client = stack.only("AWS::Cognito::UserPoolClient").properties
    assert client["ExplicitAuthFlows"] == ["ALLOW_CUSTOM_AUTH"]
    assert client["GenerateSecret"] is False
    assert client["PreventUserExistenceErrors"] == "ENABLED"


def test_refresh_tokens_rotate_and_can_be_revoked(stack: StackTemplate) -> None:
    client = stack.only("AWS::Cognito::UserPoolClient").properties
    assert client["RefreshTokenRotation"]["Feature"] == "ENABLED"
    assert 0 < client["RefreshTokenRotation"]["RetryGracePeriodSeconds"] <= 10
    assert client["EnableTokenRevocation"] is True


def test_no_setting_lets_a_token_outlive_a_sign_out_by_more_than_fifteen_minutes(
    stack: StackTemplate, document: dict[str, Any]
) -> None:
    rules = document["Parameters"]["IdTokenMinutes"]
    assert (rules["MinValue"], rules["MaxValue"]) == (5, 15)
    client = stack.only("AWS::Cognito::UserPoolClient").properties
    written = document["Resources"]["UserPoolClient"]["Properties"]
    for token in ("IdToken", "AccessToken"):
        assert client["TokenValidityUnits"][token] == "minutes"
        assert written[f"{token}Validity"] == {"Ref": "IdTokenMinutes"}
        assert int(client[f"{token}Validity"]) == rules["Default"]


def test_one_wallet_is_one_user(stack: StackTemplate) -> None:
    pool = stack.only("AWS::Cognito::UserPool").properties
    assert pool["UsernameConfiguration"] == {"CaseSensitive": False}
    assert set(pool["LambdaConfig"]) == {
        *("PreSignUp", "DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"),
        "PreTokenGeneration",
    }


def test_identity_pool_has_guests_but_no_classic_flow(stack: StackTemplate) -> None:
    pool = stack.only("AWS::Cognito::IdentityPool").properties
    assert pool["AllowUnauthenticatedIdentities"] is True
    assert pool["AllowClassicFlow"] is False
    assert pool["CognitoIdentityProviders"][0]["ServerSideTokenCheck"] is True


@pytest.mark.parametrize(
    ("role", "amr"),
    [("CognitoAuthorizedRole", "authenticated"), ("CognitoUnAuthorizedRole", "unauthenticated")],
)
def test_pool_roles_trust_this_pool_only_and_may_call_one_route(
    stack: StackTemplate, role: str, amr: str
) -> None:
    properties = by_id(stack, role).properties
    (trust,) = properties["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Federated": "cognito-identity.amazonaws.com"}
    pool = stack.only("AWS::Cognito::IdentityPool").physical_id
    assert trust["Condition"] == {
        "StringEquals": {"cognito-identity.amazonaws.com:aud": pool},
        "ForAnyValue:StringEquals": {"cognito-identity.amazonaws.com:amr": amr},
    }
    ((allowed,),) = [policy["PolicyDocument"]["Statement"] for policy in properties["Policies"]]
    api = stack.only("AWS::ApiGateway::RestApi").physical_id
    arn = f"arn:aws:execute-api:us-east-1:123456789012:{api}/prod/GET/getNFTsCollectionAlchemy"
    assert allowed == {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": arn}
    assert properties["RoleName"] == f"gallery-{role}"


def test_no_role_is_allowed_a_wildcard(stack: StackTemplate) -> None:
    for role in stack.of_type("AWS::IAM::Role"):
        statements = [
            s for p in role.properties["Policies"] for s in p["PolicyDocument"]["Statement"]
        ]
        for statement in statements:
            actions = statement["Action"]
            assert "*" not in "".join([actions] if isinstance(actions, str) else actions)
            assert not statement["Resource"].endswith(("/*", "::*"))
            assert statement["Resource"] != "*"


def statements_of(stack: StackTemplate, role: str) -> list[dict[str, Any]]:
    policies = by_id(stack, role).properties["Policies"]
    return [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]


def test_of_the_triggers_only_verify_may_read_the_keys_and_nothing_else(
    stack: StackTemplate,
) -> None:
    arns = {role.logical_id: role.arn for role in stack.of_type("AWS::IAM::Role")}
    triggers = {
        f.properties["Handler"]: f.properties["Role"]
        for f in functions(stack)
        if f.properties["Handler"].startswith("auth.triggers.")
    }
    verify = triggers.pop("auth.triggers.verify_auth_challenge_response.handler")
    assert (verify, set(triggers.values())) == (arns["VerifyRole"], {arns["TriggerRole"]})
    logs = {
        "Effect": "Allow",
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource": by_id(stack, "TriggerLogGroup").arn,
    }
    keys = {
        "Effect": "Allow",
        "Action": "secretsmanager:GetSecretValue",
        "Resource": by_id(stack, "ProviderKeys").physical_id,
    }
    assert statements_of(stack, "TriggerRole") == [logs]
    assert statements_of(stack, "VerifyRole") == [logs, keys]


def test_no_node_is_asked_unless_a_parameter_names_one(
    stack: StackTemplate, document: dict[str, Any]
) -> None:
    assert document["Parameters"]["RpcUrls"]["Default"] == ""
    given = {
        f.properties["Handler"]: f.properties["Environment"]["Variables"]["RPC_URLS"]
        for f in functions(stack)
        if "RPC_URLS" in f.properties.get("Environment", {}).get("Variables", {})
    }
    assert given == {"auth.triggers.verify_auth_challenge_response.handler": ""}


def test_two_stacks_do_not_share_a_name(stack: StackTemplate) -> None:
    named = ("RoleName", "LogGroupName", "UserPoolName", "Name", "FunctionName", "BucketName")
    given = [r.properties[key] for r in stack.resources for key in named if key in r.properties]
    assert given
    assert [name for name in given if "gallery" not in name] == []


def test_the_bucket_is_private_and_read_by_one_distribution_over_tls(stack: StackTemplate) -> None:
    bucket = stack.only("AWS::S3::Bucket").properties
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    allow, deny = stack.only("AWS::S3::BucketPolicy").properties["PolicyDocument"]["Statement"]
    distribution = stack.only("AWS::CloudFront::Distribution").physical_id
    source = f"arn:aws:cloudfront::123456789012:distribution/{distribution}"
    assert allow["Condition"] == {"StringEquals": {"AWS:SourceArn": source}}
    assert (allow["Action"], deny["Effect"]) == ("s3:GetObject", "Deny")
    assert deny["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_the_site_is_https_only_with_deep_links(stack: StackTemplate) -> None:
    config = stack.only("AWS::CloudFront::Distribution").properties["DistributionConfig"]
    assert config["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "redirect-to-https"
    pages = {
        e["ErrorCode"]: (e["ResponseCode"], e["ResponsePagePath"])
        for e in config["CustomErrorResponses"]
    }
    assert pages == {403: (200, "/index.html"), 404: (200, "/index.html")}


def test_the_content_security_policy_allows_nothing_unsafe(stack: StackTemplate) -> None:
    policy = stack.only("AWS::CloudFront::ResponseHeadersPolicy").properties
    headers = policy["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    csp = headers["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    directives = dict(part.strip().partition(" ")[::2] for part in csp.split(";"))
    assert "unsafe" not in csp
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == "'self'"
    assert directives["frame-ancestors"] == "'none'"
    assert directives["require-trusted-types-for"] == "'script'"
    api_hosts = "https://*.execute-api.us-east-1.amazonaws.com"
    assert "*" not in directives["connect-src"].replace(api_hosts, "")


def test_the_outputs_hold_all_the_dapp_needs(stack: StackTemplate) -> None:
    config = json.loads(stack.outputs["DappConfig"])
    assert config == {
        "region": stack.outputs["Region"],
        "userPoolId": stack.outputs["UserPoolId"],
        "userPoolClientId": stack.outputs["UserPoolClientId"],
        "identityPoolId": stack.outputs["IdentityPoolId"],
        "apiEndpoint": stack.outputs["ApiEndpoint"],
    }
    assert set(stack.outputs) >= {"DappBucketName", "DistributionId", "DappUrl"}


def test_throttles_follow_the_parameters(stack: StackTemplate) -> None:
    settings = stack.only("AWS::ApiGateway::Stage").properties["MethodSettings"]
    rates = {s["ResourcePath"]: int(s["ThrottlingRateLimit"]) for s in settings}
    for _, path in ROUTES:
        if path != "/health":
            assert rates[path] == (5 if "Alchemy" in path else 10)
