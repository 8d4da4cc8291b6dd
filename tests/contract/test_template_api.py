"""What the API promises: its routes, who may call them, and all that leaves for a provider."""

from __future__ import annotations

import re

import pytest

from local.template.stack_template import StackTemplate
from tests.contract.conftest import CANARIES, deployed_with
from tests.contract.reading import body_of, by_id, integration_of, operations

ROUTES = {
    ("get", "/health"): ("NONE", "mock"),
    ("get", "/getNFTsCollectionAlchemy"): ("Sigv4", "http"),
    ("get", "/getNFTsAlchemy"): ("CognitoUserPool", "http"),
    ("get", "/getNFTsMoralis"): ("CognitoUserPool", "http"),
    ("get", "/getNFTsAlchemyLambda"): ("CognitoUserPool", "aws_proxy"),
    ("get", "/getNFTsMoralisLambda"): ("CognitoUserPool", "aws_proxy"),
    ("get", "/chains"): ("NONE", "aws_proxy"),
    ("get", "/chains/{chainId}/contracts/{contractAddress}"): ("Sigv4", "aws_proxy"),
    ("get", "/chains/{chainId}/contracts/{contractAddress}/nfts"): ("Sigv4", "aws_proxy"),
    ("get", "/chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}"): ("Sigv4", "aws_proxy"),
    ("get", "/chains/{chainId}/owners/{owner}/nfts"): ("Sigv4", "aws_proxy"),
    ("get", "/me/nfts"): ("CognitoUserPool", "aws_proxy"),
    ("get", "/gate/{chainId}/{contractAddress}"): ("CognitoUserPool", "aws_proxy"),
    ("get", "/names/{name}"): ("Sigv4", "aws_proxy"),
    ("get", "/addresses/{address}/name"): ("Sigv4", "aws_proxy"),
    ("get", "/chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}/metadata"): (
        "Sigv4",
        "aws_proxy",
    ),
}
OF_ANYBODY = "/chains/{chainId}/owners/{owner}/nfts"
FUNCTIONS = {
    "/getNFTsAlchemyLambda": "GetNFTsAlchemy",
    "/getNFTsMoralisLambda": "GetNFTsMoralis",
    "/chains": "GetChains",
    "/chains/{chainId}/contracts/{contractAddress}": "GetContract",
    "/chains/{chainId}/contracts/{contractAddress}/nfts": "GetContractNfts",
    "/chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}": "GetNft",
    "/me/nfts": "GetMyNfts",
    "/gate/{chainId}/{contractAddress}": "GetGate",
}
TOKEN = "/chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}/metadata"
LOOKUPS = ["/names/{name}", "/addresses/{address}/name", TOKEN]
HTTP_PATHS = [path for (_, path), (_, integration) in ROUTES.items() if integration == "http"]
FROM_ALCHEMY = {
    "header.Authorization": f"'Bearer {CANARIES['AlchemyApiKey']}'",
    "querystring.withMetadata": "'true'",
}
FROM_MORALIS = {
    "path.address": "'0x0000000000000000000000000000000000000000'",  # the template writes over it
    "querystring.format": "'decimal'",
    "querystring.media_items": "'true'",
    "querystring.normalizeMetadata": "'true'",
}
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
    for (_, path), operation in operations(stack).items():
        declared = [p for p in operation.get("parameters", []) if p["in"] == "path"]
        if declared or operation["x-amazon-apigateway-integration"]["type"] != "mock":
            assert {p["name"] for p in declared} == set(re.findall(r"\{(\w+)\}", path))
        assert all(p["required"] for p in declared)


OF_OTHERS = ("/health", OF_ANYBODY, *LOOKUPS)


@pytest.mark.parametrize("path", [p for (_, p) in ROUTES if p not in OF_OTHERS])
def test_no_other_route_takes_an_owner_from_the_caller(stack: StackTemplate, path: str) -> None:
    operation = operations(stack)["get", path]
    names = {parameter["name"].lower() for parameter in operation["parameters"]}
    assert not names & {"owner", "address", "wallet"}


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
            FROM_ALCHEMY,
        ),
        (
            "/getNFTsMoralis",
            "https://deep-index.moralis.io/api/v2.2/{address}/nft",
            FROM_MORALIS,
        ),
    ],
)
def test_http_routes_map_constants_only(
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
    assert sorted(mocks) == ['{"statusCode":200}', *['{"statusCode":204}'] * 15]


@pytest.mark.parametrize("path", HTTP_PATHS)
def test_every_answer_is_unstored_and_unsniffed(stack: StackTemplate, path: str) -> None:
    declared = operations(stack)["get", path]["responses"]
    for answer in integration_of(stack, path)["responses"].values():
        code = answer["statusCode"]
        wait = {"Retry-After": "'1'"} if code == "429" else {}
        sent = {f"method.response.header.{n}": v for n, v in (ANSWER_HEADERS | wait).items()}
        assert answer["responseParameters"] == sent
        assert set(ANSWER_HEADERS | wait) <= set(declared[code]["headers"])


@pytest.mark.parametrize(("path", "function"), FUNCTIONS.items())
def test_a_function_gives_up_before_its_route_does(
    stack: StackTemplate, path: str, function: str
) -> None:
    integration, called = integration_of(stack, path), by_id(stack, f"{function}Function")
    invoked = f"lambda:path/2015-03-31/functions/{called.arn}/invocations"
    assert integration["uri"] == f"arn:aws:apigateway:us-east-1:{invoked}"
    upstream = called.properties["Environment"]["Variables"]["UPSTREAM_TIMEOUT_SECONDS"]
    budgets = [float(upstream), called.properties["Timeout"], integration["timeoutInMillis"] / 1000]
    assert upstream == "8"
    assert sorted({*budgets, 29}) == [*budgets, 29]


@pytest.mark.parametrize(
    ("path", "function", "loading"),
    [
        (LOOKUPS[0], "GetNameFunction", 5),  # web3
        (LOOKUPS[1], "GetAddressNameFunction", 5),
        (OF_ANYBODY, "GetOwnerNftsFunction", 5),  # of a name
        (TOKEN, "GetTokenMetadataFunction", 0),
    ],
)
def test_a_lookup_on_chain_has_time_to_load_and_gives_up_before_its_route_does(
    stack: StackTemplate, path: str, function: str, loading: int
) -> None:
    integration, called = integration_of(stack, path), by_id(stack, function)
    assert f"functions/{called.arn}/invocations" in integration["uri"]
    upstream = float(called.properties["Environment"]["Variables"]["UPSTREAM_TIMEOUT_SECONDS"])
    timeout = called.properties["Timeout"]
    assert upstream + loading < timeout < integration["timeoutInMillis"] / 1000 < 29


@pytest.mark.parametrize("path", HTTP_PATHS)
def test_an_http_route_waits_no_longer_than_api_gateway_may(
    stack: StackTemplate, path: str
) -> None:
    # longer than a function waits for its provider, within API Gateway's own limit
    assert 8000 < integration_of(stack, path)["timeoutInMillis"] <= 29_000


@pytest.mark.parametrize(
    ("given", "alchemy", "moralis", "chain"),
    [({}, 5, 10, 5), ({"AlchemyRps": "7", "MoralisRps": "9", "ChainReadRps": "3"}, 7, 9, 3)],
)
def test_throttles_follow_the_parameters(
    given: dict[str, str], alchemy: int, moralis: int, chain: int
) -> None:
    settings = deployed_with(**given).only("AWS::ApiGateway::Stage").properties["MethodSettings"]
    limits: dict[tuple[str, str], tuple[int, int]] = {
        (s["HttpMethod"], s["ResourcePath"]): (
            int(s["ThrottlingRateLimit"]),
            int(s["ThrottlingBurstLimit"]),
        )
        for s in settings
    }
    # CloudFormation writes the `/` of a path as `~1`, after a `/` of its own
    assert limits == {
        ("*", "/*"): (100, 200),
        ("GET", "/~1getNFTsCollectionAlchemy"): (alchemy, alchemy),
        ("GET", "/~1getNFTsAlchemy"): (alchemy, alchemy),
        ("GET", "/~1getNFTsAlchemyLambda"): (alchemy, alchemy),
        ("GET", "/~1getNFTsMoralis"): (moralis, moralis),
        ("GET", "/~1getNFTsMoralisLambda"): (moralis, moralis),
        ("GET", "/~1chains"): (100, 200),
        ("GET", "/~1me~1nfts"): (alchemy, alchemy),
        ("GET", "/~1gate~1{chainId}~1{contractAddress}"): (alchemy, alchemy),
        ("GET", "/~1chains~1{chainId}~1owners~1{owner}~1nfts"): (alchemy, alchemy),
        **{
            ("GET", f"/~1chains~1{{chainId}}~1contracts~1{{contractAddress}}{rest}"): (
                alchemy,
                alchemy,
            )
            for rest in ("", "~1nfts", "~1nfts~1{tokenId}")
        },
        ("GET", "/~1names~1{name}"): (chain, chain),
        ("GET", "/~1addresses~1{address}~1name"): (chain, chain),
        ("GET", f"/{TOKEN.replace('/', '~1')}"): (chain, chain),
    }
