"""What the gateway refuses when it is built, with the place in the body."""

from typing import Any

import pytest

from local.api_gateway.errors import DefinitionError, InvalidDefinitionError, UnsupportedError

INTEGRATION = "x-amazon-apigateway-integration"


def refusal(gateway: Any, error: Any = DefinitionError) -> str:
    with pytest.raises(error) as caught:
        gateway.build()
    return str(caught.value.path)


@pytest.mark.parametrize(
    "key",
    [
        "x-amazon-apigateway-policy",
        "x-amazon-apigateway-binary-media-types",
        "x-amazon-apigateway-api-key-source",
        "x-amazon-apigateway-minimum-compression-size",
        "x-amazon-apigateway-endpoint-configuration",
        "x-amazon-apigateway-cors",
        "webhooks",
    ],
)
def test_refuses_an_unknown_key_of_the_body(gateway: Any, key: Any) -> None:
    gateway.body[key] = {}
    assert refusal(gateway, UnsupportedError) == f"$.{key}"


ENDPOINT = "x-amazon-apigateway-endpoint-configuration"


def test_takes_a_server_that_is_switched_off_on_aws(gateway: Any) -> None:
    gateway.body["servers"] = [{ENDPOINT: {"disableExecuteApiEndpoint": True}}]
    assert gateway.get("/health").status_code == 200


@pytest.mark.parametrize(
    ("servers", "place"),
    [
        ({}, "$.servers"),
        ([{"url": "https://x"}], "$.servers[0].url"),
        ([{}], "$.servers[0]"),
        ([{ENDPOINT: {"vpcEndpointIds": []}}], "$.servers[0]"),
        ([{ENDPOINT: {"disableExecuteApiEndpoint": "yes"}}], "$.servers[0]"),
    ],
)
def test_refuses_any_other_server(gateway: Any, servers: Any, place: str) -> None:
    gateway.body["servers"] = servers
    assert refusal(gateway).startswith(place)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("requestBody", {}),
        ("callbacks", {}),
        ("deprecated", True),
        ("x-amazon-apigateway-api-key-required", True),
        ("x-amazon-apigateway-auth", {"type": "CUSTOM"}),
        ("security", [{"Wallet": ["scope"]}]),
        ("security", [{"Wallet": []}, {"Other": []}]),
    ],
)
def test_refuses_what_an_operation_may_not_have(gateway: Any, key: Any, value: Any) -> None:
    gateway.body["paths"]["/getNFTsAlchemy"]["get"][key] = value
    assert refusal(gateway, UnsupportedError).startswith(f"$.paths['/getNFTsAlchemy'].get.{key}")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("type", "http_proxy"),
        ("type", "aws"),
        ("type", "HTTP_PROXY"),
        ("connectionType", "VPC_LINK"),
        ("connectionId", "x"),
        ("contentHandling", "CONVERT_TO_TEXT"),
        ("credentials", "arn:role"),
        ("tlsConfig", {}),
        ("httpMethod", "ANY"),
        ("responseTransferMode", "STREAM"),
    ],
)
def test_refuses_what_an_integration_may_not_have(gateway: Any, key: Any, value: Any) -> None:
    gateway.integration[key] = value
    assert (
        refusal(gateway, UnsupportedError) == f"$.paths['/getNFTsAlchemy'].get.{INTEGRATION}.{key}"
    )


def test_names_http_proxy_with_its_reason(gateway: Any) -> None:
    gateway.integration["type"] = "http_proxy"
    with pytest.raises(UnsupportedError, match="forward the caller's token"):
        gateway.build()


@pytest.mark.parametrize("path", ["/{proxy+}", "no-slash", "/a b", "/a//b"])
def test_refuses_a_path_it_does_not_model(gateway: Any, path: Any) -> None:
    gateway.body["paths"][path] = {}
    assert refusal(gateway, UnsupportedError).startswith("$.paths")


def test_refuses_any_method(gateway: Any) -> None:
    gateway.body["paths"]["/health"]["x-amazon-apigateway-any-method"] = {}
    assert refusal(gateway, UnsupportedError).endswith("x-amazon-apigateway-any-method")


@pytest.mark.parametrize(
    "scheme",
    [
        {"type": "oauth2"},
        {"type": "apiKey", "in": "query", "name": "Authorization"},
        {"type": "apiKey", "in": "header", "name": "X-Token"},
        {"type": "apiKey", "in": "header", "name": "Authorization"},
        {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "x-amazon-apigateway-authtype": "custom",
        },
    ],
)
def test_refuses_a_security_scheme_it_does_not_model(gateway: Any, scheme: Any) -> None:
    gateway.body["components"]["securitySchemes"]["Wallet"] = scheme
    assert refusal(gateway).startswith("$.components.securitySchemes.Wallet")


def test_refuses_a_security_scheme_that_does_not_exist(gateway: Any) -> None:
    gateway.body["paths"]["/health"]["get"]["security"] = [{"Walet": []}]
    refusal(gateway, InvalidDefinitionError)


def test_refuses_an_authorizer_without_a_user_pool(gateway: Any) -> None:
    scheme = gateway.body["components"]["securitySchemes"]["Wallet"]
    scheme["x-amazon-apigateway-authorizer"]["providerARNs"] = []
    refusal(gateway, InvalidDefinitionError)


def test_refuses_an_unresolved_intrinsic(gateway: Any) -> None:
    gateway.integration["uri"] = {"Fn::Sub": "https://x.example"}
    assert refusal(gateway).endswith(f"{INTEGRATION}.uri")


def test_refuses_body_validation(gateway: Any) -> None:
    validators = gateway.body["x-amazon-apigateway-request-validators"]
    validators["parameters"]["validateRequestBody"] = True
    refusal(gateway, UnsupportedError)


def test_refuses_a_validator_that_does_not_exist(gateway: Any) -> None:
    gateway.body["paths"]["/health"]["get"]["x-amazon-apigateway-request-validator"] = "all"
    refusal(gateway, InvalidDefinitionError)


def test_refuses_a_response_header_that_the_method_does_not_declare(gateway: Any) -> None:
    parameters = gateway.integration["responses"]["200"]["responseParameters"]
    parameters["method.response.header.X-New"] = "'1'"
    assert refusal(gateway, InvalidDefinitionError).endswith(
        ".responses['200'].responseParameters['method.response.header.X-New']"
    )


def test_refuses_a_response_status_that_the_method_does_not_declare(gateway: Any) -> None:
    gateway.integration["responses"]["default"]["statusCode"] = "503"
    assert refusal(gateway, InvalidDefinitionError).endswith(".responses.default.statusCode")


def test_refuses_two_responses_with_one_status_because_aws_keeps_one(gateway: Any) -> None:
    gateway.integration["responses"]["503"] = dict(gateway.integration["responses"]["429"])
    refusal(gateway, InvalidDefinitionError)


def test_refuses_overlapping_selection_patterns(gateway: Any) -> None:
    gateway.integration["responses"]["4.."] = gateway.integration["responses"].pop("400")
    with pytest.raises(UnsupportedError, match="two selection patterns match 40"):
        gateway.build()


@pytest.mark.parametrize(
    ("destination", "source", "error"),
    [
        ("querystring.owner", "method.request.querystring.owner", InvalidDefinitionError),
        ("querystring.owner", "method.request.header.Authorization", InvalidDefinitionError),
        ("querystring.owner", "context.authorizer.claims.cognito:username", InvalidDefinitionError),
        ("querystring.owner", "context.authoriser.claims.wallet", UnsupportedError),
        ("querystring.owner", "static", InvalidDefinitionError),
        ("querystring.owner", "'unbalanced", InvalidDefinitionError),
        ("querystring.owner", "method.request.body", UnsupportedError),
        ("querystring.owner", "method.request.multivaluequerystring.a", UnsupportedError),
        ("querystring.owner", "integration.response.header.A", InvalidDefinitionError),
        ("querystring.owner", "method.request.querystring.", UnsupportedError),
        ("body.owner", "'x'", UnsupportedError),
        ("header.A B", "'x'", InvalidDefinitionError),
        ("header.", "'x'", InvalidDefinitionError),
        ("path.address", "'x'", InvalidDefinitionError),
    ],
)
def test_refuses_a_mapping_that_aws_refuses(
    gateway: Any, destination: Any, source: Any, error: Any
) -> None:
    gateway.integration["requestParameters"] = {f"integration.request.{destination}": source}
    refusal(gateway, error)


@pytest.mark.parametrize(
    "uri",
    [
        "alchemy.example/nft",
        "ftp://alchemy.example/",
        "https://user:password@alchemy.example/",
        "https://{host}/nft",
        "https://alchemy.example/nft#x",
        "https://${stageVariables.none}/nft",
    ],
)
def test_refuses_a_uri_that_is_no_fixed_endpoint(gateway: Any, uri: Any) -> None:
    gateway.integration["uri"] = uri
    refusal(gateway, InvalidDefinitionError)


@pytest.mark.parametrize("timeout", [49, 29_001, "soon"])
def test_refuses_a_timeout_out_of_bounds(gateway: Any, timeout: Any) -> None:
    gateway.integration["timeoutInMillis"] = timeout
    refusal(gateway, InvalidDefinitionError)


@pytest.mark.parametrize(
    "uri",
    [
        "arn:aws:apigateway:us-east-1:dynamodb:action/Query",
        "arn:aws:lambda:us-east-1:123456789012:function:f",
    ],
)
def test_refuses_a_proxy_to_anything_but_a_function(gateway: Any, uri: Any) -> None:
    operation = gateway.body["paths"]["/getNFTsAlchemyLambda"]["get"]
    operation[INTEGRATION]["uri"] = uri
    refusal(gateway, UnsupportedError)


def test_refuses_a_function_invoked_with_get(gateway: Any) -> None:
    operation = gateway.body["paths"]["/getNFTsAlchemyLambda"]["get"]
    operation[INTEGRATION]["httpMethod"] = "GET"
    refusal(gateway, InvalidDefinitionError)


@pytest.mark.parametrize(
    "stage",
    [
        {"CanarySetting": {}},
        {"ClientCertificateId": "x"},
        {"MethodSettings": [{"ResourcePath": "/*", "HttpMethod": "PUT", "CachingEnabled": True}]},
        {"MethodSettings": [{"ResourcePath": "/*", "HttpMethod": "*", "Unknown": True}]},
        {"MethodSettings": [{"ResourcePath": "/*", "HttpMethod": "*", "ThrottlingRateLimit": -1}]},
    ],
)
def test_refuses_a_stage_it_does_not_model(gateway: Any, stage: Any) -> None:
    gateway.stage = stage
    refusal(gateway, UnsupportedError)


@pytest.mark.parametrize(
    "stage",
    [
        {"CacheClusterEnabled": True, "CacheClusterSize": "1"},
        {"MethodSettings": [{"ResourcePath": "/*", "HttpMethod": "*", "CacheTtlInSeconds": 3601}]},
    ],
)
def test_refuses_a_cache_aws_does_not_sell(gateway: Any, stage: Any) -> None:
    gateway.stage = stage
    refusal(gateway, InvalidDefinitionError)


@pytest.mark.parametrize(
    "name",
    [
        "method.request.header.Authorization",
        "method.request.querystring.pagekey",
        "integration.request.querystring.owner",
        "context.authorizer.claims.sub",
    ],
)
def test_refuses_a_cache_key_that_is_neither_declared_nor_mapped(gateway: Any, name: str) -> None:
    gateway.integration["cacheKeyParameters"] = [name]
    where = f"$.paths['/getNFTsAlchemy'].get.{INTEGRATION}.cacheKeyParameters[0]"
    assert refusal(gateway, InvalidDefinitionError) == where


def test_accepts_the_inert_keys(gateway: Any) -> None:
    gateway.body["tags"] = []
    gateway.body["paths"]["/getNFTsAlchemy"]["get"] |= {"operationId": "x", "summary": "y"}
    gateway.integration["cacheKeyParameters"] = ["method.request.querystring.pageKey"]
    setting = {"ResourcePath": "/*", "HttpMethod": "*", "LoggingLevel": "ERROR"}
    gateway.stage = {
        "TracingEnabled": True,
        "MethodSettings": [setting],
        "CacheClusterEnabled": False,
    }
    assert gateway.get("/health").status_code == 200


@pytest.mark.parametrize("name", ["$context.authoriser", "$context.integration.status"])
def test_refuses_an_unknown_variable_in_a_gateway_response(gateway: Any, name: Any) -> None:
    gateway.body["x-amazon-apigateway-gateway-responses"]["DEFAULT_4XX"]["responseTemplates"] = {
        "application/json": f'{{"a":"{name}"}}'
    }
    refusal(gateway, UnsupportedError)
