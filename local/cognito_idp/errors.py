"""Errors of the user pool API, each sent under AWS's name (`XError` as `XException`).

AwsJsonError
├── InvalidParameterError, SerializationError, UnknownOperationError   (local/aws_json.py)
└── CognitoIdpError
    ├── NotAuthorizedError            refused: wrong answer, session, token or client
    ├── AccessDeniedError             refused: the role allows no such call on the pool
    ├── RefreshTokenReuseError        refused: a refresh token that another has replaced
    ├── ResourceNotFoundError         no such client
    ├── UserNotFoundError             only where PreventUserExistenceErrors is LEGACY
    ├── UserNotConfirmedError
    ├── UsernameExistsError
    ├── InvalidPasswordError
    ├── UnauthorizedError             RevokeToken by another client
    ├── UnsupportedTokenTypeError     RevokeToken of a JWT
    ├── UserLambdaValidationError     a trigger raised
    ├── UnexpectedLambdaError         a trigger could not be run
    └── InvalidLambdaResponseError    a trigger answered nonsense

https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/CommonErrors.html
"""

from local.aws_json import AwsJsonError


class CognitoIdpError(AwsJsonError):
    """Base of the errors only the user pool API has."""


class NotAuthorizedError(CognitoIdpError):
    """The caller is refused."""


class AccessDeniedError(CognitoIdpError):
    """IAM does not allow a signed call."""


class RefreshTokenReuseError(CognitoIdpError):
    """The refresh token was rotated, and its grace period is over."""


class ResourceNotFoundError(CognitoIdpError):
    """No such user pool client."""


class UserNotFoundError(CognitoIdpError):
    """No such user, disclosed."""


class UserNotConfirmedError(CognitoIdpError):
    """The user signed up and was never confirmed."""


class UsernameExistsError(CognitoIdpError):
    """Somebody has this user name; SignUp always discloses that."""


class InvalidPasswordError(CognitoIdpError):
    """The password does not fit the pool's policy."""


class UnauthorizedError(CognitoIdpError):
    """The token belongs to another client."""


class UnsupportedTokenTypeError(CognitoIdpError):
    """Only refresh tokens can be revoked."""


class UserLambdaValidationError(CognitoIdpError):
    """A trigger raised an error."""


class UnexpectedLambdaError(CognitoIdpError):
    """A trigger could not be invoked."""


class InvalidLambdaResponseError(CognitoIdpError):
    """A trigger's answer could not be understood."""


def incorrect_username_or_password() -> NotAuthorizedError:
    """The one answer for an unknown user and for a failed sign-in."""
    return NotAuthorizedError("Incorrect username or password.")
