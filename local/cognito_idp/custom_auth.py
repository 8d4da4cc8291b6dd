"""The custom authentication flow between two calls of the client.

DefineAuthChallenge decides; then tokens are issued, or sign-in fails, or CreateAuthChallenge makes
the next challenge. https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html
"""

from collections.abc import Mapping

from local.cognito_idp.auth_sessions import AuthRound, OpenChallenge
from local.cognito_idp.errors import (
    UserNotConfirmedError,
    incorrect_username_or_password,
)
from local.cognito_idp.identifiers import new_uuid
from local.cognito_idp.refresh_tokens import SignIn
from local.cognito_idp.token_generation import AUTHENTICATION, generate_tokens
from local.cognito_idp.trigger_responses import (
    CUSTOM_CHALLENGE,
    CreatedChallenge,
    Decision,
    read_created_challenge,
    read_decision,
)
from local.cognito_idp.triggers import CREATE_AUTH_CHALLENGE, DEFINE_AUTH_CHALLENGE, Trigger
from local.cognito_idp.user_pools import UserPools
from local.cognito_idp.users import User
from local.request_notes import notes

type Metadata = Mapping[str, str]


async def take_next_step(
    pools: UserPools, auth_round: AuthRound, metadata: Metadata
) -> dict[str, object]:
    """The answer of InitiateAuth and RespondToAuthChallenge: a challenge or tokens.

    Raises NotAuthorizedError when sign-in fails, or for any end of it without a user.
    """
    session = [result.as_event() for result in auth_round.results]
    decision = read_decision(
        await call_trigger(pools, auth_round, DEFINE_AUTH_CHALLENGE, {"session": session}, metadata)
    )
    if decision is Decision.FAIL_AUTHENTICATION:
        raise incorrect_username_or_password()
    if decision is Decision.ISSUE_TOKENS:
        return await _issue_tokens(pools, auth_round, metadata)
    fields = {"challengeName": CUSTOM_CHALLENGE, "session": session}
    created = read_created_challenge(
        await call_trigger(pools, auth_round, CREATE_AUTH_CHALLENGE, fields, metadata)
    )
    return _open_challenge(pools, auth_round, created)


async def call_trigger(
    pools: UserPools,
    auth_round: AuthRound,
    trigger: Trigger,
    fields: Mapping[str, object],
    metadata: Metadata,
) -> Mapping[str, object]:
    """Run a trigger of the flow; for an unknown user too, with userNotFound=true."""
    notes().set_wallet(auth_round.username)
    pool, client = pools.client(auth_round.client_id)
    user = find_user(pools, auth_round)
    request: dict[str, object] = {
        "userAttributes": user.trigger_attributes(client) if user else {},
        **fields,
        "userNotFound": user is None,
    }
    if metadata:
        request["clientMetadata"] = dict(metadata)
    return await pools.triggers.call(
        trigger, pool=pool, client_id=client.id, username=auth_round.username, request=request
    )


def find_user(pools: UserPools, auth_round: AuthRound) -> User | None:
    if auth_round.user_not_found:
        return None
    pool, _ = pools.client(auth_round.client_id)
    return pools.users.find(pool.id, auth_round.username)


def _open_challenge(
    pools: UserPools, auth_round: AuthRound, created: CreatedChallenge
) -> dict[str, object]:
    _, client = pools.client(auth_round.client_id)
    session = pools.auth_sessions.open(
        OpenChallenge(
            auth_round=auth_round,
            challenge_name=CUSTOM_CHALLENGE,
            challenge_metadata=created.metadata,
            private_parameters=created.private_parameters,
            expires_at=pools.now() + client.auth_session_seconds,
        )
    )
    return {
        "ChallengeName": CUSTOM_CHALLENGE,
        "Session": session,
        "ChallengeParameters": {**created.public_parameters, "USERNAME": auth_round.username},
    }


async def _issue_tokens(
    pools: UserPools, auth_round: AuthRound, metadata: Metadata
) -> dict[str, object]:
    pool, client = pools.client(auth_round.client_id)
    user = find_user(pools, auth_round)
    if user is None:
        raise incorrect_username_or_password()
    require_confirmed(user)
    sign_in = SignIn(
        origin_jti=new_uuid(pools.random_bytes),
        event_id=new_uuid(pools.random_bytes),
        user_pool_id=pool.id,
        client_id=client.id,
        username=user.username,
        auth_time=int(pools.now()),
        expires_at=pools.now() + client.refresh_token_seconds,
    )
    tokens = await generate_tokens(
        pools, pool, client, user, sign_in, source=AUTHENTICATION, client_metadata=metadata
    )
    refresh_token = pools.refresh_tokens.issue(sign_in)
    return {
        "ChallengeParameters": {},
        "AuthenticationResult": {**tokens, "RefreshToken": refresh_token},
    }


def require_confirmed(user: User) -> None:
    if not user.confirmed:
        raise UserNotConfirmedError("User is not confirmed.")
