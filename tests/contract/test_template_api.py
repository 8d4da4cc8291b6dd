"""What the API promises: its routes, who may call them, and all that leaves for a provider."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from local.template.stack_template import StackTemplate
from tests.contract.conftest import CANARIES, deployed_with
from tests.contract.production import EVERYTHING
from tests.contract.reading import (
    body_of,
    integration_of,
    method_settings,
    operations,
    routes_of,
    variables_of,
)
from tools.artifacts import artifact_of


class Promise(NamedTuple):
    """Who may call a route, what is behind it, its limit's parameter, and whether it is cached."""

    authorizer: str
    integration: str
    limit: str = "StageRps"
    is_cached: bool = False


CONTRACT = "/chains/{chainId}/contracts/{contractAddress}"
OF_NODES = Promise("Sigv4", "aws_proxy", "ChainReadRps", is_cached=True)
OF_PROVIDERS = Promise("Sigv4", "aws_proxy", "LookupRps", is_cached=True)
ROUTES = {
    "/health": Promise("NONE", "mock"),
    "/getNFTsCollectionAlchemy": Promise("Sigv4", "http", "AlchemyRps", is_cached=True),
    "/getNFTsAlchemy": Promise("CognitoUserPool", "http", "AlchemyRps", is_cached=True),
    "/getNFTsMoralis": Promise("CognitoUserPool", "http", "MoralisRps", is_cached=True),
    "/getNFTsAlchemyLambda": Promise("CognitoUserPool", "aws_proxy", "AlchemyRps", is_cached=True),
    "/getNFTsMoralisLambda": Promise("CognitoUserPool", "aws_proxy", "MoralisRps", is_cached=True),
    "/chains": Promise("NONE", "aws_proxy", is_cached=True),
    CONTRACT: OF_PROVIDERS,
    f"{CONTRACT}/nfts": OF_PROVIDERS,
    f"{CONTRACT}/nfts/{{tokenId}}": OF_PROVIDERS,
    "/chains/{chainId}/owners/{owner}/nfts": OF_PROVIDERS,
    "/me/nfts": OF_PROVIDERS._replace(authorizer="CognitoUserPool"),
    "/gate/{chainId}/{contractAddress}": Promise("CognitoUserPool", "aws_proxy", "LookupRps"),
    "/names/{name}": OF_NODES,
    "/addresses/{address}/name": OF_NODES,
    "/me/name": OF_NODES._replace(authorizer="CognitoUserPool"),
    f"{CONTRACT}/nfts/{{tokenId}}/metadata": OF_NODES,
}
"""Every GET route, and no other verb while there are no webhooks."""
SENT_BY_PAGES = {
    *("authorization", "content-type"),
    *("x-amz-content-sha256", "x-amz-date", "x-amz-security-token"),  # SigV4
    *("amz-sdk-invocation-id", "amz-sdk-request", "x-amz-user-agent"),  # AWS SDK 3, beside it
}
WALLET_NAMES = {"owner", "address", "wallet"}
HTTP_PATHS = [path for path, promise in ROUTES.items() if promise.integration == "http"]
FROM_ALCHEMY = {
    "header.Authorization": f"'Bearer {CANARIES['AlchemyApiKey']}'",
    "querystring.withMetadata": "'true'",
}
SUBJECT = "context.authorizer.claims.sub"
"""For the cache's key; the template writes the wallet over it."""
FROM_MORALIS = {
    "path.address": SUBJECT,
    "querystring.format": "'decimal'",
    "querystring.media_items": "'true'",
    "querystring.normalizeMetadata": "'true'",
}
WEB3, WEB3_SECONDS = "requirements/names.txt", 5
"""The lock with web3, and the longest that its first import takes."""
WALLET = "cognito:username"
READ = re.compile(
    r"\$input\.params\(\)\.querystring\.get\('(\w+)'\)|\$context\.authorizer\.claims\['([\w:]+)'\]"
)
WRITTEN = re.compile(r"#set\(\$context\.requestOverride\.([\w.-]+) =")
OWN_NAME = re.compile(r"#set\(\$(\w+) =")
ANY_NAME = re.compile(r"\$!?\{?(\w+)")
GUARD = re.compile(r"!\$(\w+)\.matches\('([^']+)'\)\)#set\(\$\1 = 'invalid'\)#end")
ANSWER_HEADERS = {
    "Access-Control-Expose-Headers": "'Retry-After,x-amzn-ErrorType,x-amzn-RequestId'",
    "Cache-Control": "'no-store'",
    "Vary": "'Origin'",
    "X-Content-Type-Options": "'nosniff'",
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
    promised = {("get", path): promise[:2] for path, promise in ROUTES.items()}
    assert served == promised


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
    for (_, path), operation in operations(stack).items():
        declared = [p for p in operation.get("parameters", []) if p["in"] == "path"]
        if declared or operation["x-amazon-apigateway-integration"]["type"] != "mock":
            assert {p["name"] for p in declared} == set(re.findall(r"\{(\w+)\}", path))
        assert all(p["required"] for p in declared)


def test_an_owner_is_named_in_a_path_only_and_never_by_a_wallet(stack: StackTemplate) -> None:
    """A wallet is asked about by its token alone; what anybody may ask about is in the open."""
    for operation in operations(stack).values():
        places = {p["name"].lower(): p["in"] for p in operation.get("parameters", [])}
        is_wallets = {"CognitoUserPool": []} in operation.get("security", [])
        named = {place for name, place in places.items() if name in WALLET_NAMES}
        assert named <= (set() if is_wallets else {"path"}), operation["operationId"]


@pytest.mark.parametrize("path", HTTP_PATHS)
def test_no_upstream_failure_leaves_as_success(stack: StackTemplate, path: str) -> None:
    answers = operations(stack)["get", path]["x-amazon-apigateway-integration"]["responses"]
    successes = [pattern for pattern, answer in answers.items() if answer["statusCode"] == "200"]
    assert successes == ["200"]
    fallback = answers["default"]["responseTemplates"]["application/json"]
    assert "responseOverride.status = 502" in fallback


@pytest.mark.parametrize("path", HTTP_PATHS)
def test_each_status_code_has_one_integration_response(stack: StackTemplate, path: str) -> None:
    answers = operations(stack)["get", path]["x-amazon-apigateway-integration"]["responses"]
    codes = [answer["statusCode"] for answer in answers.values()]
    assert len(codes) == len(set(codes))


def test_an_id_token_of_another_client_is_no_ticket(stack: StackTemplate) -> None:
    scheme = body_of(stack)["components"]["securitySchemes"]["CognitoUserPool"]
    client = stack.only("AWS::Cognito::UserPoolClient").physical_id
    assert scheme["x-amazon-apigateway-authorizer"] == {
        "type": "cognito_user_pools",
        "providerARNs": [stack.only("AWS::Cognito::UserPool").arn],
        "identityValidationExpression": f"^{client}$",
    }


@pytest.mark.parametrize(
    ("path", "uri", "mapped"),
    [
        (
            "/getNFTsCollectionAlchemy",
            "https://eth-mainnet.g.alchemy.com/nft/v3/getNFTsForContract",
            FROM_ALCHEMY,
        ),
        (
            "/getNFTsAlchemy",
            "https://eth-mainnet.g.alchemy.com/nft/v3/getNFTsForOwner",
            {**FROM_ALCHEMY, "querystring.owner": SUBJECT},
        ),
        (
            "/getNFTsMoralis",
            "https://deep-index.moralis.io/api/v2.2/{address}/nft",
            FROM_MORALIS,
        ),
    ],
)
def test_http_routes_map_constants_and_the_tokens_subject_only(
    stack: StackTemplate, path: str, uri: str, mapped: dict[str, str]
) -> None:
    integration = integration_of(stack, path)
    assert (integration["httpMethod"], integration["uri"]) == ("GET", uri)
    assert integration["passthroughBehavior"] == "never"
    assert integration["requestParameters"] == {
        f"integration.request.{target}": source for target, source in mapped.items()
    }


@pytest.mark.parametrize(
    ("path", "read", "written"),
    [
        (
            "/getNFTsCollectionAlchemy",
            {"contractAddress", "pageKey"},
            {"querystring.contractAddress", "querystring.startToken"},
        ),
        ("/getNFTsAlchemy", {WALLET, "pageKey"}, {"querystring.owner", "querystring.pageKey"}),
        (
            "/getNFTsMoralis",
            {WALLET, "chain", "cursor"},
            {"header.X-API-Key", "path.address", "querystring.chain", "querystring.cursor"},
        ),
    ],
)
def test_a_request_template_reads_nothing_of_the_caller_but_these(
    stack: StackTemplate, path: str, read: set[str], written: set[str]
) -> None:
    templates = integration_of(stack, path)["requestTemplates"]
    assert list(templates) == ["application/json"]
    template = templates["application/json"]
    assert {name or claim for name, claim in READ.findall(template)} == read
    assert set(WRITTEN.findall(template)) == written
    rest = WRITTEN.sub("", READ.sub("", template))
    assert set(ANY_NAME.findall(rest)) - set(OWN_NAME.findall(rest)) == set()
    assert not {"input", "context", "util", "stageVariables"} & set(OWN_NAME.findall(rest))


@pytest.mark.parametrize("path", HTTP_PATHS)
def test_whatever_the_caller_sends_must_match_plain_letters_first(
    stack: StackTemplate, path: str
) -> None:
    template = integration_of(stack, path)["requestTemplates"]["application/json"]
    declared = operations(stack)["get", path]["parameters"]
    parameters = [parameter for parameter in declared if parameter["in"] == "query"]
    guards = GUARD.findall(template)
    assert len(guards) == len(parameters)
    for _, pattern in guards:
        for hostile in ("x&owner=0x1", "a#b", "a%26b", 'a"b', "$a", "a\nb"):
            assert re.fullmatch(pattern, hostile) is None


@pytest.mark.parametrize(
    ("path", "claimed"),
    [("/getNFTsAlchemy", "querystring.owner"), ("/getNFTsMoralis", "path.address")],
)
def test_the_owner_asked_for_is_the_wallet_of_the_verified_token(
    stack: StackTemplate, path: str, claimed: str
) -> None:
    template = integration_of(stack, path)["requestTemplates"]["application/json"]
    wallet = "$context.authorizer.claims['cognito:username']"
    assert f"#set($context.requestOverride.{claimed} = {wallet})" in template.splitlines()
    assert template.count(f"requestOverride.{claimed}") == 1


def test_a_mock_takes_nothing_from_the_request(stack: StackTemplate) -> None:
    mocks = [
        operation["x-amazon-apigateway-integration"]["requestTemplates"]["application/json"]
        for operation in operations(stack).values()
        if operation["x-amazon-apigateway-integration"]["type"] == "mock"
    ]
    preflights = sum(verb == "options" for verb, _ in operations(stack))
    assert sorted(mocks) == ['{"statusCode":200}', *['{"statusCode":204}'] * preflights]


def test_a_page_may_ask_what_it_may_send_to_every_route_that_has_a_caller(
    stack: StackTemplate,
) -> None:
    asked = {path for verb, path in operations(stack) if verb == "options"}
    assert asked == {path for verb, path in operations(stack) if verb == "get"} - {"/health"}


def test_every_preflight_lets_through_what_the_signers_of_aws_add(stack: StackTemplate) -> None:
    preflights = [one for (verb, _), one in operations(stack).items() if verb == "options"]
    for one in preflights:
        sent = one["x-amazon-apigateway-integration"]["responses"]["default"]["responseParameters"]
        listed = sent["method.response.header.Access-Control-Allow-Headers"].strip("'").split(",")
        assert {name.lower() for name in listed} == SENT_BY_PAGES


@pytest.mark.parametrize("path", HTTP_PATHS)
def test_every_answer_is_unstored_and_unsniffed(stack: StackTemplate, path: str) -> None:
    declared = operations(stack)["get", path]["responses"]
    for answer in integration_of(stack, path)["responses"].values():
        code = answer["statusCode"]
        wait = {"Retry-After": "integration.response.header.Retry-After"} if code == "429" else {}
        sent = {f"method.response.header.{n}": v for n, v in (ANSWER_HEADERS | wait).items()}
        assert answer["responseParameters"] == sent
        assert set(ANSWER_HEADERS | wait) <= set(declared[code]["headers"])


def test_a_function_gives_up_before_its_route_does(stack: StackTemplate) -> None:
    for (verb, path), function in routes_of(stack).items():
        integration = operations(stack)[verb, path]["x-amazon-apigateway-integration"]
        upstream = float(variables_of(function)["UPSTREAM_TIMEOUT_SECONDS"])
        loading = WEB3_SECONDS if artifact_of(function.logical_id).lock == WEB3 else 0
        timeout = function.properties["Timeout"]
        assert upstream + loading < timeout < integration["timeoutInMillis"] / 1000 < 29, path


@pytest.mark.parametrize("path", HTTP_PATHS)
def test_an_http_route_waits_no_longer_than_api_gateway_may(
    stack: StackTemplate, path: str
) -> None:
    # longer than a function waits for its provider, within API Gateway's own limit
    waits = {
        variables["UPSTREAM_TIMEOUT_SECONDS"]
        for function in routes_of(stack).values()
        if "RPC_URLS" not in (variables := variables_of(function))
    }
    assert waits == {"8"}
    assert 8000 < integration_of(stack, path)["timeoutInMillis"] <= 29_000


RATES = {"AlchemyRps": 5, "MoralisRps": 10, "ChainReadRps": 5, "LookupRps": 100, "StageRps": 100}


@pytest.mark.parametrize("rates", [RATES, {name: 7 + i for i, name in enumerate(RATES)}])
def test_throttles_follow_the_parameters(rates: dict[str, int]) -> None:
    given = {name: str(rate) for name, rate in rates.items() if rate != RATES[name]}
    rows = method_settings(deployed_with(**given))
    for path, promise in ROUTES.items():
        row = rows.get(("GET", path), rows["*", "*"])
        limit = (int(row["ThrottlingRateLimit"]), int(row["ThrottlingBurstLimit"]))
        assert limit == (rates[promise.limit],) * 2, path


def test_a_route_without_a_row_is_throttled_and_never_cached() -> None:
    row = method_settings(deployed_with(CacheSizeGb="1.6"))["*", "*"]
    assert (row["ThrottlingRateLimit"], row["ThrottlingBurstLimit"]) == ("100", "100")
    assert (row["CachingEnabled"], row["CacheDataEncrypted"]) == (False, True)


@pytest.mark.parametrize("given", [{}, EVERYTHING], ids=["dev", "everything"])
def test_a_row_is_of_a_route_that_is_there(given: dict[str, str]) -> None:
    stack = deployed_with(**given)
    served = {(verb.upper(), path) for verb, path in operations(stack)}
    assert set(method_settings(stack)) <= {("*", "*"), *served}
