"""RespondToAuthChallenge, for CUSTOM_CHALLENGE.

https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html
"""

from dataclasses import replace

from local.aws_json import (
    Fields,
    InvalidParameterError,
    required_string,
    string_map,
)
from local.cognito_idp.auth_sessions import ChallengeResult, OpenChallenge
from local.cognito_idp.custom_auth import Metadata, call_trigger, take_next_step
from local.cognito_idp.trigger_responses import CUSTOM_CHALLENGE, read_answer_correct
from local.cognito_idp.triggers import VERIFY_AUTH_CHALLENGE_RESPONSE
from local.cognito_idp.user_pools import UserPools
from local.state import StateNotSavedError


async def respond_to_auth_challenge(pools: UserPools, fields: Fields) -> dict[str, object]:
    """Answer a challenge; the answer is tokens or the next challenge. Spends the Session.

    Where nothing can be saved it is not spent: the same answer holds once there is room.
    """
    pool, client = pools.client(required_string(fields, "ClientId"))
    username, answer = _read_answer(fields)
    session = required_string(fields, "Session")
    challenge = pools.auth_sessions.claim(
        session, client_id=client.id, username=pool.canonical_username(username)
    )
    try:
        return await _judge(pools, challenge, answer, string_map(fields, "ClientMetadata"))
    except StateNotSavedError:
        pools.auth_sessions.give_back(session, challenge)
        raise


async def _judge(
    pools: UserPools, challenge: OpenChallenge, answer: str, metadata: Metadata
) -> dict[str, object]:
    request = {
        "privateChallengeParameters": dict(challenge.private_parameters),
        "challengeAnswer": answer,
    }
    correct = read_answer_correct(
        await call_trigger(
            pools, challenge.auth_round, VERIFY_AUTH_CHALLENGE_RESPONSE, request, metadata
        )
    )
    result = ChallengeResult(challenge.challenge_name, correct, challenge.challenge_metadata)
    auth_round = replace(challenge.auth_round, results=(*challenge.auth_round.results, result))
    return await take_next_step(pools, auth_round, metadata)


def _read_answer(fields: Fields) -> tuple[str, str]:
    challenge_name = required_string(fields, "ChallengeName")
    if challenge_name != CUSTOM_CHALLENGE:
        raise InvalidParameterError(f"the local stack does not model {challenge_name}")
    responses = string_map(fields, "ChallengeResponses")
    for name in ("USERNAME", "ANSWER"):
        if not responses.get(name):
            raise InvalidParameterError(f"Missing required parameter {name}")
    return responses["USERNAME"], responses["ANSWER"]
