"""What each trigger may answer; anything else is "Unrecognizable lambda output"."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from local.cognito_idp.triggers import unrecognizable_lambda_output

CUSTOM_CHALLENGE = "CUSTOM_CHALLENGE"
type Response = Mapping[str, object]


class Decision(Enum):
    """What DefineAuthChallenge decided."""

    ISSUE_TOKENS = "issueTokens"
    FAIL_AUTHENTICATION = "failAuthentication"
    CUSTOM_CHALLENGE = "CUSTOM_CHALLENGE"


@dataclass(frozen=True)
class CreatedChallenge:
    """What CreateAuthChallenge made."""

    public_parameters: Mapping[str, str]
    private_parameters: Mapping[str, str]
    metadata: str | None


def read_decision(response: Response) -> Decision:
    """Fail wins over issue. A challenge other than CUSTOM_CHALLENGE is not modelled."""
    issue, fail = _boolean(response, "issueTokens"), _boolean(response, "failAuthentication")
    if fail:
        return Decision.FAIL_AUTHENTICATION
    if issue:
        return Decision.ISSUE_TOKENS
    if response.get("challengeName") == CUSTOM_CHALLENGE:
        return Decision.CUSTOM_CHALLENGE
    raise unrecognizable_lambda_output()


def read_created_challenge(response: Response) -> CreatedChallenge:
    metadata = response.get("challengeMetadata")
    if metadata is not None and not isinstance(metadata, str):
        raise unrecognizable_lambda_output()
    return CreatedChallenge(
        public_parameters=_strings(response, "publicChallengeParameters"),
        private_parameters=_strings(response, "privateChallengeParameters"),
        metadata=metadata,
    )


def read_answer_correct(response: Response) -> bool:
    return _boolean(response, "answerCorrect")


def read_auto_confirm(response: Response) -> bool:
    """`autoConfirmUser`; the two others must be booleans too."""
    _boolean(response, "autoVerifyEmail")
    _boolean(response, "autoVerifyPhone")
    return _boolean(response, "autoConfirmUser")


def _boolean(response: Response, name: str) -> bool:
    value = response.get(name)
    if not isinstance(value, bool):
        raise unrecognizable_lambda_output()
    return value


def _strings(response: Response, name: str) -> dict[str, str]:
    value = response.get(name)
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise unrecognizable_lambda_output()
    return value
