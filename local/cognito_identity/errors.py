"""Errors of the identity pool API, each sent under AWS's name (`XError` as `XException`).

AwsJsonError (local/aws_json.py)
├── InvalidParameterError, SerializationError, UnknownOperationError
└── CognitoIdentityError
    ├── NotAuthorizedError                       guest not allowed, or a login that is refused
    ├── ResourceNotFoundError                    no such identity pool or identity
    └── InvalidIdentityPoolConfigurationError    no role attached, or its trust policy refuses

https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/CommonErrors.html
"""

from local.aws_json import AwsJsonError


class CognitoIdentityError(AwsJsonError):
    """Base of the errors only the identity pool API has."""


class NotAuthorizedError(CognitoIdentityError):
    """The caller is refused."""


class ResourceNotFoundError(CognitoIdentityError):
    """No such identity pool or identity."""


class InvalidIdentityPoolConfigurationError(CognitoIdentityError):
    """The pool cannot give credentials to this caller."""


def logins_do_not_match() -> NotAuthorizedError:
    return NotAuthorizedError(
        "Logins don't match. Please include at least one valid login for this identity or "
        "identity pool."
    )
