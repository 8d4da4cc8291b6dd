"""Call a Lambda trigger the way Cognito does: envelope, permission, time limit, retries, errors.

https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from local.aws_lambda.errors import (
    FunctionError,
    FunctionTimeoutError,
    InvocationError,
    InvokeDeniedError,
)
from local.cognito_idp.errors import (
    InvalidLambdaResponseError,
    UnexpectedLambdaError,
    UserLambdaValidationError,
)
from local.cognito_idp.user_pool import UserPool

PRINCIPAL = "cognito-idp.amazonaws.com"
TIMEOUT_SECONDS = 5.0
ATTEMPTS = 3
type Event = dict[str, object]


class Invoke(Protocol):
    """`local.aws_lambda.functions.Functions.invoke`."""

    async def __call__(
        self, function_arn: str, event: Mapping[str, object], *, principal: str, source_arn: str
    ) -> object: ...


@dataclass(frozen=True)
class Trigger:
    """`name` is the key of LambdaConfig, `response` the fields the trigger may fill."""

    name: str
    source: str
    response: tuple[str, ...]


PRE_SIGN_UP = Trigger(
    "PreSignUp", "PreSignUp_SignUp", ("autoConfirmUser", "autoVerifyEmail", "autoVerifyPhone")
)
DEFINE_AUTH_CHALLENGE = Trigger(
    "DefineAuthChallenge",
    "DefineAuthChallenge_Authentication",
    ("challengeName", "issueTokens", "failAuthentication"),
)
CREATE_AUTH_CHALLENGE = Trigger(
    "CreateAuthChallenge",
    "CreateAuthChallenge_Authentication",
    ("publicChallengeParameters", "privateChallengeParameters", "challengeMetadata"),
)
VERIFY_AUTH_CHALLENGE_RESPONSE = Trigger(
    "VerifyAuthChallengeResponse",
    "VerifyAuthChallengeResponse_Authentication",
    ("answerCorrect",),
)


class Triggers:
    """Runs triggers; `timeout_seconds` is per attempt, 5 in AWS."""

    def __init__(self, invoke: Invoke, *, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self._invoke = invoke
        self._timeout_seconds = timeout_seconds

    async def call(
        self,
        trigger: Trigger,
        *,
        pool: UserPool,
        client_id: str,
        username: str,
        request: Mapping[str, object],
    ) -> Mapping[str, object]:
        """The `response` of the trigger, its fields not yet checked.

        Raises UserLambdaValidationError, UnexpectedLambdaError, InvalidLambdaResponseError.
        """
        event = _event(trigger, pool, client_id, username, request)
        try:
            answer = await self._attempt(trigger, pool, event)
        except FunctionError as error:
            raise _raised(trigger, error.error_message) from error
        except FunctionTimeoutError as error:
            raise _raised(trigger, str(error)) from error
        except InvokeDeniedError as error:
            raise _not_invoked(trigger, "AccessDeniedException") from error
        except InvocationError as error:
            raise _not_invoked(trigger, "ServiceException") from error
        return _response_of(answer, event, trigger)

    async def _attempt(self, trigger: Trigger, pool: UserPool, event: Event) -> object:
        for _ in range(ATTEMPTS):
            try:
                async with asyncio.timeout(self._timeout_seconds):
                    return await self._invoke(
                        pool.triggers[trigger.name], event, principal=PRINCIPAL, source_arn=pool.arn
                    )
            except TimeoutError:
                continue
        raise _not_invoked(trigger, "Socket timeout while invoking Lambda function")


def _event(
    trigger: Trigger,
    pool: UserPool,
    client_id: str,
    username: str,
    request: Mapping[str, object],
) -> Event:
    return {
        "version": "1",
        "region": pool.region,
        "userPoolId": pool.id,
        "userName": username,
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": client_id},
        "triggerSource": trigger.source,
        "request": dict(request),
        "response": blank_response(trigger),
    }


def blank_response(trigger: Trigger) -> dict[str, object]:
    """What Cognito sends as `response`: false for PreSignUp, null for the others."""
    return dict.fromkeys(trigger.response, False if trigger.name == "PreSignUp" else None)


def _response_of(answer: object, event: Event, trigger: Trigger) -> Mapping[str, object]:
    if not isinstance(answer, dict) or set(answer) != set(event):
        raise unrecognizable_lambda_output()
    response = answer["response"]
    if not isinstance(response, dict) or not set(response) <= set(trigger.response):
        raise unrecognizable_lambda_output()
    return response


def unrecognizable_lambda_output() -> InvalidLambdaResponseError:
    return InvalidLambdaResponseError("Unrecognizable lambda output")


def _raised(trigger: Trigger, text: str) -> UserLambdaValidationError:
    return UserLambdaValidationError(f"{trigger.name} failed with error {text}.")


def _not_invoked(trigger: Trigger, error: str) -> UnexpectedLambdaError:
    return UnexpectedLambdaError(f"{trigger.name} invocation failed due to error {error}.")
