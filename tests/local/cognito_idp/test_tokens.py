import base64
import json
from typing import Any

import jwt
import pytest
from jwt.algorithms import RSAAlgorithm

from local.cognito_idp.errors import InvalidLambdaResponseError
from local.cognito_idp.signing_keys import TokenUse
from local.cognito_idp.tokens import TokenError, TokenExpiredError, sign
from local.cognito_idp.user_pools import UserPools
from tests.local.cognito_idp.calls import refresh, register, sign_in
from tests.local.cognito_idp.fakes import (
    CLIENT_ID,
    ISSUER,
    OTHER_POOL_ARN,
    POOL_ARN,
    POOL_ID,
    START,
    WALLET,
    FakeClock,
    FakeTriggers,
    make_user_pools,
    pool_properties,
)

pytestmark = pytest.mark.anyio


def _claims(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    decoded: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=="))
    return decoded


async def test_an_id_token_has_cognitos_claims(pools: UserPools) -> None:
    sub = (await register(pools, UserAttributes=[{"Name": "nickname", "Value": "Al"}]))["UserSub"]
    claims = _claims((await sign_in(pools))["IdToken"])
    assert claims == {
        "sub": sub,
        "aud": CLIENT_ID,
        "iss": ISSUER,
        "token_use": "id",
        "cognito:username": WALLET,
        "nickname": "Al",
        "auth_time": int(START),
        "iat": int(START),
        "exp": int(START) + 600,
        "jti": claims["jti"],
        "origin_jti": claims["origin_jti"],
        "event_id": claims["event_id"],
    }


async def test_an_access_token_has_cognitos_claims(pools: UserPools) -> None:
    sub = (await register(pools))["UserSub"]
    tokens = await sign_in(pools)
    claims, id_claims = _claims(tokens["AccessToken"]), _claims(tokens["IdToken"])
    assert claims == {
        "sub": sub,
        "client_id": CLIENT_ID,
        "username": WALLET,
        "iss": ISSUER,
        "token_use": "access",
        "scope": "aws.cognito.signin.user.admin",
        "auth_time": int(START),
        "iat": int(START),
        "exp": int(START) + 1200,
        "jti": claims["jti"],
        "origin_jti": id_claims["origin_jti"],
        "event_id": id_claims["event_id"],
    }
    assert claims["jti"] != id_claims["jti"]


async def test_the_two_tokens_are_signed_by_different_keys_of_the_jwks(pools: UserPools) -> None:
    await register(pools)
    tokens = await sign_in(pools)
    jwks = pools.jwks(POOL_ID)
    assert jwks is not None
    keys = {key["kid"]: key for key in jwks["keys"]}
    kids = []
    for name in ("IdToken", "AccessToken"):
        header = jwt.get_unverified_header(tokens[name])
        assert header == {"alg": "RS256", "kid": header["kid"]}
        public: Any = RSAAlgorithm.from_jwk(keys[header["kid"]])
        jwt.decode(
            tokens[name],
            public,
            algorithms=["RS256"],
            options={"verify_aud": False, "verify_exp": False, "verify_iat": False},
        )
        kids.append(header["kid"])
    assert len(set(kids)) == 2
    assert all(set(key) == {"alg", "e", "kid", "kty", "n", "use"} for key in jwks["keys"])


async def test_verifies_an_id_token_until_it_expires(pools: UserPools, clock: FakeClock) -> None:
    await register(pools)
    token = (await sign_in(pools))["IdToken"]
    clock.advance(599)
    assert pools.verify_id_token(POOL_ARN, token)["cognito:username"] == WALLET
    clock.advance(1)
    with pytest.raises(TokenExpiredError):
        pools.verify_id_token(POOL_ARN, token)


async def test_a_signed_out_id_token_still_verifies_as_it_does_on_aws(pools: UserPools) -> None:
    await register(pools)
    token = (await sign_in(pools))["IdToken"]
    pools.refresh_tokens.revoke_all(POOL_ID, WALLET)
    claims = pools.verify_id_token(POOL_ARN, token)
    assert pools.is_revoked(claims)


async def test_refuses_an_access_token_as_an_id_token(pools: UserPools) -> None:
    await register(pools)
    with pytest.raises(TokenError):
        pools.verify_id_token(POOL_ARN, (await sign_in(pools))["AccessToken"])


async def test_refuses_a_token_of_another_pool(pools: UserPools) -> None:
    await register(pools)
    token = (await sign_in(pools))["IdToken"]
    for arn in (OTHER_POOL_ARN, POOL_ARN.replace("123456789012", "999999999999"), "nonsense"):
        with pytest.raises(TokenError):
            pools.verify_id_token(arn, token)


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Elsewhere"},
        {"aud": "someone-else"},
        {"aud": None},
        {"token_use": "access"},
        {"token_use": None},
        {"exp": None},
        {"exp": "1900000000"},
        {"sub": None},
    ],
)
async def test_refuses_a_genuinely_signed_token_with_one_wrong_claim(
    pools: UserPools, change: dict[str, object]
) -> None:
    await register(pools)
    claims = _claims((await sign_in(pools))["IdToken"])
    changed = {name: value for name, value in {**claims, **change}.items() if value is not None}
    key = pools.keys.find(POOL_ID, "id")
    assert pools.verify_id_token(POOL_ARN, sign(claims, key)) == claims
    with pytest.raises(TokenError) as refused:
        pools.verify_id_token(POOL_ARN, sign(changed, key))
    assert not isinstance(refused.value, TokenExpiredError)


@pytest.mark.parametrize("use", ["access"])
async def test_refuses_an_id_token_signed_by_the_access_key(
    pools: UserPools, use: TokenUse
) -> None:
    await register(pools)
    claims = _claims((await sign_in(pools))["IdToken"])
    with pytest.raises(TokenError):
        pools.verify_id_token(POOL_ARN, sign(claims, pools.keys.find(POOL_ID, use)))


async def test_refuses_forged_tokens(pools: UserPools) -> None:
    await register(pools)
    token = (await sign_in(pools))["IdToken"]
    claims, key = _claims(token), pools.keys.find(POOL_ID, "id")
    header, payload, signature = token.split(".")
    forged = base64.urlsafe_b64encode(json.dumps({**claims, "sub": "x"}).encode()).decode()
    candidates = [
        f"{header}.{forged.rstrip('=')}.{signature}",
        f"{header}.{payload}.",
        jwt.encode(claims, "", algorithm="none", headers={"kid": key.kid}),
        jwt.encode(claims, "s" * 64, algorithm="HS256", headers={"kid": key.kid}),
        jwt.encode(claims, key.private_key, algorithm="RS512", headers={"kid": key.kid}),
        jwt.encode(claims, key.private_key, algorithm="RS256", headers={"kid": "another"}),
        jwt.encode(claims, key.private_key, algorithm="RS256"),
        "",
        "a.b.c",
        "Bearer " + token,
    ]
    for candidate in candidates:
        with pytest.raises(TokenError):
            pools.verify_id_token(POOL_ARN, candidate)


async def test_an_error_never_quotes_the_token(pools: UserPools) -> None:
    with pytest.raises(TokenError) as refused:
        pools.verify_id_token(POOL_ARN, "eyJhbGciOiJub25lIn0.e30.secret")
    assert "eyJ" not in str(refused.value)
    assert refused.value.__cause__ is None


def _with_token_generation(
    triggers: FakeTriggers, clock: FakeClock, details: object, **config: object
) -> UserPools:
    arn = "arn:aws:lambda:us-east-1:123456789012:function:PreTokenGeneration"
    lambda_config: Any = pool_properties()["LambdaConfig"]
    pool = {"LambdaConfig": {**lambda_config, **(config or {"PreTokenGeneration": arn})}}
    triggers.overrides["TokenGeneration"] = lambda event: {
        **event,
        "response": {"claimsOverrideDetails": details},
    }
    return make_user_pools(triggers, clock, pool=pool)


async def test_a_trigger_adds_and_suppresses_id_token_claims(
    triggers: FakeTriggers, clock: FakeClock
) -> None:
    details = {
        "claimsToAddOrOverride": {"wallet": WALLET, "sub": "evil", "cognito:username": "evil"},
        "claimsToSuppress": ["nickname", "aud"],
    }
    pools = _with_token_generation(triggers, clock, details)
    sub = (await register(pools, UserAttributes=[{"Name": "nickname", "Value": "Al"}]))["UserSub"]
    tokens = await sign_in(pools)
    claims = _claims(tokens["IdToken"])
    assert (claims["wallet"], claims["sub"], claims["cognito:username"]) == (WALLET, sub, WALLET)
    assert "nickname" not in claims
    assert claims["aud"] == CLIENT_ID
    assert "wallet" not in _claims(tokens["AccessToken"])

    refreshed = await refresh(pools, tokens["RefreshToken"])

    assert _claims(refreshed["IdToken"])["wallet"] == WALLET
    sources = [event["triggerSource"] for event in triggers.events]
    assert [source for source in sources if source.startswith("TokenGeneration")] == [
        "TokenGeneration_Authentication",
        "TokenGeneration_RefreshTokens",
    ]


async def test_a_trigger_may_change_nothing(triggers: FakeTriggers, clock: FakeClock) -> None:
    version_one = {"LambdaArn": "arn:aws:lambda:x:1:function:f", "LambdaVersion": "V1_0"}
    pools = _with_token_generation(triggers, clock, None, PreTokenGenerationConfig=version_one)
    await register(pools)
    assert "IdToken" in await sign_in(pools)


@pytest.mark.parametrize(
    "details",
    [
        "x",
        {"claimsToAddOrOverride": {"a": 1}},
        {"claimsToAddOrOverride": ["a"]},
        {"claimsToSuppress": "a"},
        {"claimsToSuppress": [1]},
        {"groupOverrideDetails": {"groupsToOverride": ["admins"]}},
    ],
)
async def test_refuses_claims_it_cannot_understand(
    triggers: FakeTriggers, clock: FakeClock, details: object
) -> None:
    pools = _with_token_generation(triggers, clock, details)
    await register(pools)
    with pytest.raises(InvalidLambdaResponseError):
        await sign_in(pools)
