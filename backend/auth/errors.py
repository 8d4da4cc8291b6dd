"""What can be wrong with a sign-up, a challenge answer or our own settings.

AuthError
├── SignUpRefusedError          sign_up_refused
│   ├── SignUpSourceError       sign_up_not_supported
│   ├── UserNameError           user_name_not_an_address
│   └── UserAttributesError     user_attributes_not_allowed
├── TokenRefusedError           token_refused
│   ├── TokenSourceError        token_source_not_supported
│   └── TokenUserError          token_user_not_a_wallet
└── ChallengeAnswerError        challenge_answer_refused
    ├── UnknownUserError        unknown_user
    ├── MalformedAnswerError    malformed_answer
    ├── MalformedChallengeError malformed_challenge
    ├── ExpiredChallengeError   expired_challenge
    ├── UnlistedOriginError     unlisted_origin
    ├── RpcUnavailableError     rpc_unavailable      (what nodes fail by: `nodes.errors`)
    ├── RepeatedContractError   contract_answer_repeated
    ├── KeyRequiredError        key_required
    ├── MarksNotShownError      marks_not_shown
    └── MarksUnavailableError   marks_unavailable

What is wrong with the message or signature inside an answer is in `ethereum.errors`.
Cognito shows the text of a refused sign-up or token to the client: it is the code, nothing else.
"""

from ethereum.errors import CodedError


class AuthError(CodedError):
    """Base of the tree."""

    code = "auth_error"


class SignUpRefusedError(AuthError):
    """No user is made."""

    code = "sign_up_refused"


class SignUpSourceError(SignUpRefusedError):
    """Made by an administrator or an identity provider; only wallets sign up, by themselves."""

    code = "sign_up_not_supported"


class UserNameError(SignUpRefusedError):
    """The user name is not a canonical (lower-case) address."""

    code = "user_name_not_an_address"


class UserAttributesError(SignUpRefusedError):
    """A wallet brings no attributes."""

    code = "user_attributes_not_allowed"


class TokenRefusedError(AuthError):
    """No token is made; Cognito shows the code to the client."""

    code = "token_refused"


class TokenSourceError(TokenRefusedError):
    """The tokens would follow something else than an answered challenge or its refresh."""

    code = "token_source_not_supported"


class TokenUserError(TokenRefusedError):
    """The user's name is not a canonical (lower-case) address."""

    code = "token_user_not_a_wallet"


class ChallengeAnswerError(AuthError):
    """A wrong answer."""

    code = "challenge_answer_refused"


class UnknownUserError(ChallengeAnswerError):
    """There is no such user, or its name is no address: nothing can be the right answer."""

    code = "unknown_user"


class MalformedAnswerError(ChallengeAnswerError):
    """Too long, or neither a signature nor JSON with exactly `message` and `signature`."""

    code = "malformed_answer"


class MalformedChallengeError(ChallengeAnswerError):
    """The private challenge parameters are not those CreateAuthChallenge wrote."""

    code = "malformed_challenge"


class ExpiredChallengeError(ChallengeAnswerError):
    """The answer came too late."""

    code = "expired_challenge"


class UnlistedOriginError(ChallengeAnswerError):
    """The message's URI is not one of our origins."""

    code = "unlisted_origin"


class RpcUnavailableError(ChallengeAnswerError):
    """Too few nodes could say in time whether a contract wallet signed. Says nothing about it."""

    code = "rpc_unavailable"


class RepeatedContractError(ChallengeAnswerError):
    """Only the first answer of a session may be a contract wallet's: nodes are asked once."""

    code = "contract_answer_repeated"


class KeyRequiredError(ChallengeAnswerError):
    """A key opened the account, or a contract on another chain: one host's word does not."""

    code = "key_required"


class MarksNotShownError(ChallengeAnswerError):
    """Cognito did not show the trigger the marks that say who opened the account."""

    code = "marks_not_shown"


class MarksUnavailableError(ChallengeAnswerError):
    """The marks that say who opened the account could not be read, written or cleared."""

    code = "marks_unavailable"
