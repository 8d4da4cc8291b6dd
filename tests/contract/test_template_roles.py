"""What each role may do, and who may invoke each function."""

from __future__ import annotations

from typing import Any

from local.template.stack_template import StackTemplate
from tests.contract.reading import (
    by_id,
    functions,
    lookup_arns,
    policies_of,
    statements_of,
)


def may_log_to(stack: StackTemplate, group: str) -> dict[str, Any]:
    actions = ["logs:CreateLogStream", "logs:PutLogEvents"]
    return {"Effect": "Allow", "Action": actions, "Resource": by_id(stack, group).arn}


def may_read_the_keys(stack: StackTemplate) -> dict[str, Any]:
    secret = by_id(stack, "ProviderKeys").physical_id
    return {
        "Effect": "Allow",
        "Action": "secretsmanager:GetSecretValue",
        "Resource": secret,
    }


def test_no_role_is_allowed_a_wildcard(stack: StackTemplate) -> None:
    for role in stack.of_type("AWS::IAM::Role"):
        for statement in statements_of(stack, role.logical_id):
            actions = statement["Action"]
            assert "*" not in "".join([actions] if isinstance(actions, str) else actions)
            resource = statement["Resource"]
            resources = {resource} if isinstance(resource, str) else set(resource)
            # of these each star is a path parameter
            for named in resources - set(lookup_arns(stack)):
                assert not named.endswith(("/*", "::*"))
                assert named != "*"


def test_each_trigger_may_log_and_two_of_them_one_thing_more(stack: StackTemplate) -> None:
    arns = {role.logical_id: role.arn for role in stack.of_type("AWS::IAM::Role")}
    triggers = {
        f.properties["Handler"]: f.properties["Role"]
        for f in functions(stack)
        if f.properties["Handler"].startswith("auth.triggers.")
    }
    verify = triggers.pop("auth.triggers.verify_auth_challenge_response.handler")
    tokens = triggers.pop("auth.triggers.pre_token_generation.handler")
    assert (verify, tokens) == (arns["VerifyRole"], arns["TokenRole"])
    assert set(triggers.values()) == {arns["TriggerRole"]}
    mark = {
        "Effect": "Allow",
        "Action": "cognito-idp:AdminUpdateUserAttributes",
        "Resource": stack.only("AWS::Cognito::UserPool").arn,
    }
    logs, keys = may_log_to(stack, "TriggerLogGroup"), may_read_the_keys(stack)
    assert statements_of(stack, "TriggerRole") == [logs]
    assert statements_of(stack, "VerifyRole") == [logs, keys]
    assert statements_of(stack, "TokenRole") == [logs, mark]


def test_four_roles_may_read_secrets_and_functions_only_take_them(stack: StackTemplate) -> None:
    readers = {
        role.logical_id
        for role in stack.of_type("AWS::IAM::Role")
        if "secretsmanager" in str(policies_of(stack, role))
    }
    assert readers == {"VerifyRole", "RouteRole", "GalleryRole", "ChainReadRole"}
    for reader in readers:
        (trust,) = by_id(stack, reader).properties["AssumeRolePolicyDocument"]["Statement"]
        assert trust == {
            "Effect": "Allow",
            "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }


def test_a_routes_role_writes_its_logs_and_reads_the_keys(stack: StackTemplate) -> None:
    raw, gallery = (by_id(stack, name).arn for name in ("RouteRole", "GalleryRole"))
    taken = {
        f.logical_id.removesuffix("Function"): f.properties["Role"]
        for f in functions(stack)
        if f.properties["Handler"].startswith("nft.routes.")
    }
    assert taken == {
        **dict.fromkeys(("GetNFTsAlchemy", "GetNFTsMoralis"), raw),
        **dict.fromkeys(("GetContract", "GetContractNfts", "GetNft", "GetOwnerNfts"), gallery),
        **dict.fromkeys(("GetMyNfts", "GetGate", "GetChains"), gallery),
    }
    logs, keys = may_log_to(stack, "RouteLogGroup"), may_read_the_keys(stack)
    both = [keys["Resource"], by_id(stack, "CursorKey").physical_id]
    assert statements_of(stack, "RouteRole") == [logs, keys]
    assert statements_of(stack, "GalleryRole") == [logs, {**keys, "Resource": both}]


def test_who_reads_the_chain_writes_its_logs_and_reads_the_keys(stack: StackTemplate) -> None:
    arn = by_id(stack, "ChainReadRole").arn
    rooms = ("names.routes.", "metadata.routes.")
    readers = [f for f in functions(stack) if f.properties["Handler"].startswith(rooms)]
    assert [f.properties["Role"] for f in readers] == [arn] * 3
    logs, keys = may_log_to(stack, "RouteLogGroup"), may_read_the_keys(stack)
    assert statements_of(stack, "ChainReadRole") == [logs, keys]


def test_a_function_is_invoked_by_its_one_route_or_the_one_user_pool(stack: StackTemplate) -> None:
    api = stack.only("AWS::ApiGateway::RestApi").physical_id
    prod = f"arn:aws:execute-api:us-east-1:123456789012:{api}/prod/GET"
    pool = ("cognito-idp.amazonaws.com", stack.only("AWS::Cognito::UserPool").arn)
    expected = {f.arn: pool for f in functions(stack)} | {
        by_id(stack, f"{route}Function").arn: ("apigateway.amazonaws.com", f"{prod}/{path}")
        for route, path in {
            "GetNFTsAlchemy": "getNFTsAlchemyLambda",
            "GetNFTsMoralis": "getNFTsMoralisLambda",
            "GetChains": "chains",
            "GetContract": "chains/*/contracts/*",
            "GetContractNfts": "chains/*/contracts/*/nfts",
            "GetNft": "chains/*/contracts/*/nfts/*",
            "GetOwnerNfts": "chains/*/owners/*/nfts",
            "GetMyNfts": "me/nfts",
            "GetGate": "gate/*/*",
            "GetName": "names/*",
            "GetAddressName": "addresses/*/name",
            "GetTokenMetadata": "chains/*/contracts/*/nfts/*/metadata",
        }.items()
    }
    permissions = [p.properties for p in stack.of_type("AWS::Lambda::Permission")]
    allowed = {p["FunctionName"]: (p["Principal"], p["SourceArn"]) for p in permissions}
    assert (allowed, len(permissions)) == (expected, 17)
    assert {p["Action"] for p in permissions} == {"lambda:InvokeFunction"}
