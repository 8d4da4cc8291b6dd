"""The five Cognito trigger events, as far as we read or write them. Names are AWS's.

https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
"""

from typing import NotRequired, TypedDict


class CallerContext(TypedDict):
    awsSdkVersion: str
    clientId: str


class TriggerEvent(TypedDict):
    """Parameters common to all triggers."""

    version: str
    triggerSource: str
    region: str
    userPoolId: str
    userName: str
    callerContext: CallerContext


class PreSignUpRequest(TypedDict):
    userAttributes: dict[str, str] | None
    validationData: dict[str, str] | None
    clientMetadata: NotRequired[dict[str, str] | None]


class PreSignUpResponse(TypedDict):
    autoConfirmUser: bool
    autoVerifyEmail: bool
    autoVerifyPhone: bool


class PreSignUpEvent(TriggerEvent):
    """https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html"""

    request: PreSignUpRequest
    response: PreSignUpResponse


class ChallengeResult(TypedDict):
    """One round of the sign-in so far; an element of `session`."""

    challengeName: str
    challengeResult: bool
    challengeMetadata: str | None


class DefineAuthChallengeRequest(TypedDict):
    userAttributes: dict[str, str]
    session: list[ChallengeResult]
    clientMetadata: NotRequired[dict[str, str] | None]
    userNotFound: NotRequired[bool]


class DefineAuthChallengeResponse(TypedDict):
    """`challengeName` is left out where none follows: Cognito refuses an explicit null."""

    challengeName: NotRequired[str]
    issueTokens: bool
    failAuthentication: bool


class DefineAuthChallengeEvent(TriggerEvent):
    """https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-define-auth-challenge.html"""

    request: DefineAuthChallengeRequest
    response: DefineAuthChallengeResponse


class CreateAuthChallengeRequest(TypedDict):
    userAttributes: dict[str, str]
    challengeName: str
    session: list[ChallengeResult]
    clientMetadata: NotRequired[dict[str, str] | None]
    userNotFound: NotRequired[bool]


class CreateAuthChallengeResponse(TypedDict):
    publicChallengeParameters: dict[str, str]
    privateChallengeParameters: dict[str, str]
    challengeMetadata: str


class CreateAuthChallengeEvent(TriggerEvent):
    """https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-create-auth-challenge.html"""

    request: CreateAuthChallengeRequest
    response: CreateAuthChallengeResponse


class VerifyAuthChallengeResponseRequest(TypedDict):
    userAttributes: dict[str, str]
    privateChallengeParameters: dict[str, str]
    challengeAnswer: str
    clientMetadata: NotRequired[dict[str, str] | None]
    userNotFound: NotRequired[bool]


class VerifyAuthChallengeResponseResponse(TypedDict):
    answerCorrect: bool


class VerifyAuthChallengeResponseEvent(TriggerEvent):
    """https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-verify-auth-challenge-response.html"""

    request: VerifyAuthChallengeResponseRequest
    response: VerifyAuthChallengeResponseResponse


class GroupConfiguration(TypedDict):
    groupsToOverride: list[str]
    iamRolesToOverride: list[str]
    preferredRole: str | None


class PreTokenGenerationRequest(TypedDict):
    userAttributes: dict[str, str]
    groupConfiguration: GroupConfiguration
    clientMetadata: NotRequired[dict[str, str] | None]


class ClaimsOverrideDetails(TypedDict):
    claimsToAddOrOverride: dict[str, str]


class PreTokenGenerationResponse(TypedDict):
    claimsOverrideDetails: ClaimsOverrideDetails | None


class PreTokenGenerationEvent(TriggerEvent):
    """https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html"""

    request: PreTokenGenerationRequest
    response: PreTokenGenerationResponse
