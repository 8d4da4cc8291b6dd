"""What ministack gets wrong, by the test that fails for it. The list is exact: see `judge.py`.

Where our local stack and ministack differ, AWS's documents decide; each source says which. What
the deployed copy can be patched for is in `patches.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_MINISTACK = "https://github.com/ministackorg/ministack/blob/main/ministack/services"
_AWS = "https://docs.aws.amazon.com"


@dataclass(frozen=True, kw_only=True)
class Deviation:
    reason: str
    """What ministack does in AWS's place."""
    source: str
    """Where that is to be seen, and AWS's document that says otherwise."""
    tests: Mapping[str, str]
    """`file::test` for all its parameters, or `file::test[parameter]` -> pattern of the failure."""


_FAULTS = ("400", "401", "403", "404", "429", "500", "503", "redirect")
_HTTP = {"getNFTsAlchemy": "'code'", "getNFTsMoralis": "'error'"}


def _of(file: str, tests: Mapping[str, str]) -> dict[str, str]:
    return {f"{file}::test_{name}": seen for name, seen in tests.items()}


DEVIATIONS = (
    Deviation(
        reason="an HTTP integration passes the request on as it came: no mapping template, no "
        "header or query of the template's, and the answer as it came too",
        source=f"{_MINISTACK}/apigateway_v1.py (_import_operation, _invoke_http_proxy_v1); AWS: "
        f"{_AWS}/apigateway/latest/developerguide/rest-api-data-transformations.html",
        tests={
            **_of(
                "test_authorizers.py",
                {
                    "a_wallets_own_route_answers_its_id_token[/getNFTsAlchemy]": "401",
                    "a_wallets_own_route_answers_its_id_token[/getNFTsMoralis]": "401",
                    "a_signed_route_answers_guests_and_wallets[/getNFTsCollectionAlchemy]": "Must",
                },
            ),
            **_of(
                "test_raw_routes.py",
                {
                    "guests_and_wallets_look_up_a_collection": "401 == 200",
                    "a_collection_needs_a_contract_address": "'code'",
                    "all_four_routes_walk_the_same_tokens": "'ownedNfts'",
                    "a_caller_cannot_name_another_owner[getNFTsAlchemy]": "'ownedNfts'",
                    "a_caller_cannot_name_another_owner[getNFTsMoralis]": "'ownedNfts'",
                    "a_failing_collection_lookup_is_a_typed_error": "'code'",
                    "a_silent_provider_is_a_typed_error_on_every_route": "'code'",
                    "a_rate_limit_says_when_to_come_back_as_the_provider_does": "'retry-after'",
                    "an_unknown_chain_is_refused_on_both_moralis_routes": "'error'",
                    "a_content_type_cannot_skip_the_mapping_template": "'code'",
                },
            ),
            **_of(
                "test_raw_routes.py",
                {
                    "a_failing_provider_is_a_typed_error_and_gives_nothing_away"
                    f"[{route}-fault-{fault}]": seen
                    for route, seen in _HTTP.items()
                    for fault in _FAULTS
                },
            ),
            **_of(
                "test_sessions.py",
                {"at_the_api_a_signed_out_id_token_lives_fifteen_minutes_at_most": "401 == 200"},
            ),
        },
    ),
    Deviation(
        reason="a mock of the OpenAPI body loses its responses, with their headers and templates",
        source=f"{_MINISTACK}/apigateway_v1.py (_import_operation); AWS: "
        f"{_AWS}/apigateway/latest/developerguide/how-to-mock-integration.html",
        tests={
            **_of(
                "test_authorizers.py",
                {"preflights_follow_the_allow_list": "'access-control-allow-origin'"},
            ),
            **_of("test_raw_routes.py", {"health_is_open_to_anyone": r"\(200, \{\}\)"}),
        },
    ),
    Deviation(
        reason="the import drops x-amazon-apigateway-gateway-responses",
        source=f"{_MINISTACK}/apigateway_v1.py (_import_rest_api); AWS: {_AWS}/apigateway/latest/"
        "developerguide/api-gateway-swagger-extensions-gateway-responses.html",
        tests=_of(
            "test_authorizers.py",
            {
                "every_page_can_read_an_error_of_the_gateway_itself": (
                    "'access-control-allow-origin'"
                )
            },
        ),
    ),
    Deviation(
        reason="an authorizer without scopes takes an access token; our functions then refuse it",
        source=f"{_MINISTACK}/apigateway_v1.py (_validate_cognito_authorizer); AWS: "
        f"{_AWS}/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html",
        tests={
            **_of(
                "test_authorizers.py",
                {"a_wallets_own_route_wants_an_id_token_and_nothing_else": r"\(401, '', "},
            ),
            **_of(
                "test_gallery_routes.py",
                {"what_is_a_wallets_own_takes_its_id_token": r"\(401, '\{\"erro"},
            ),
        },
    ),
    Deviation(
        reason="the refusal of an unknown access key ends without a full stop",
        source="https://github.com/ministackorg/ministack/blob/main/ministack/core/"
        "iam_evaluator.py; AWS: "
        "https://repost.aws/knowledge-center/api-gateway-troubleshoot-403-forbidden",
        tests=_of("test_authorizers.py", {"credentials_of_nobody_are_refused": 'is invalid"'}),
    ),
    Deviation(
        reason="refresh tokens do not rotate, whatever the app client says",
        source=f"{_MINISTACK}/cognito.py (_get_tokens_from_refresh_token); AWS: {_AWS}/cognito/"
        "latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html",
        tests=_of(
            "test_sessions.py",
            {
                "a_refresh_gives_another_refresh_token_of_the_same_session": "'RefreshToken'",
                "a_rotated_refresh_token_is_refused_as_reused_after_its_grace": "DID NOT RAISE",
                "signing_out_here_ends_what_was_refreshed_before": "'RefreshToken'",
            },
        ),
    ),
    Deviation(
        reason="refresh by InitiateAuth works without ALLOW_REFRESH_TOKEN_AUTH",
        source=f"{_MINISTACK}/cognito.py (_initiate_auth); AWS: {_AWS}/"
        "cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html",
        tests=_of(
            "test_sessions.py", {"the_refresh_flow_that_cannot_rotate_is_closed": "DID NOT RAISE"}
        ),
    ),
    Deviation(
        reason="an unknown user is told so, whatever PreventUserExistenceErrors says",
        source=f"{_MINISTACK}/cognito.py (_initiate_auth); AWS: {_AWS}/cognito/latest/"
        "developerguide/cognito-user-pool-managing-errors.html",
        tests=_of(
            "test_sessions.py",
            {"a_wallet_that_nobody_signed_up_is_asked_as_any_other": "UserNotFoundException"},
        ),
    ),
    Deviation(
        reason="a user name goes to PreSignUp as the client wrote it, and the pool tells capitals "
        "apart, whatever UsernameConfiguration says",
        source=f"{_MINISTACK}/cognito.py (_sign_up); AWS: {_AWS}/cognito/latest/developerguide/"
        "user-pool-case-sensitivity.html",
        tests=_of(
            "test_sessions.py",
            {"a_name_in_capitals_is_the_same_wallet": "user_name_not_an_address"},
        ),
    ),
    Deviation(
        reason="no answer is compressed",
        source=f"{_MINISTACK}/apigateway_v1.py (_create_rest_api keeps no "
        f"minimumCompressionSize); AWS: {_AWS}/apigateway/latest/developerguide/"
        "api-gateway-gzip-compression-decompression.html",
        tests=_of(
            "test_gallery_routes.py",
            {"a_page_of_100_is_small_on_the_wire": "'content-encoding'"},
        ),
    ),
    Deviation(
        reason="the identity pool asks nobody whether the user has signed out everywhere",
        source=f"{_MINISTACK}/cognito.py (_identity_logins_error); AWS: {_AWS}/"
        "cognitoidentity/latest/APIReference/API_CognitoIdentityProvider.html",
        tests=_of(
            "test_sessions.py",
            {
                "signing_out_everywhere_ends_every_session_of_the_wallet_and_of_no_other": (
                    "DID NOT RAISE"
                )
            },
        ),
    ),
)

SKIPS = {
    "updates": "ministack has no stage cache and no HTTP integration whose key could be seen to "
    "change, and takes a minute for an update",
    "test_throttles.py::test_a_flood_is_refused_above_the_routes_rate": "ministack unpacks the "
    "function anew for each request at the same time, so that a flood does not arrive as one",
}
"""What is not tried there: a need or a test of the suite -> why."""
