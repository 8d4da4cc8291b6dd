"""What botocore raises, as errors of this room: the one place that maps them.

Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonErrors.html
"""

from __future__ import annotations

from botocore import exceptions

from deploy.errors import (
    AccessDeniedError,
    AwsRefusalError,
    ExpiredCredentialsError,
    NoCredentialsError,
    NoRegionError,
)

_EXPIRED = {"ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"}
_DENIED = {"403", "AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}
_UNKNOWN_CALLER = {"InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId"}
_NO_CREDENTIALS = (
    exceptions.NoCredentialsError,
    exceptions.PartialCredentialsError,
    exceptions.CredentialRetrievalError,
    exceptions.ProfileNotFound,
)
_EXPIRED_LOGINS = (
    exceptions.SSOTokenLoadError,
    exceptions.TokenRetrievalError,
    exceptions.UnauthorizedSSOTokenError,
)


def explained(error: exceptions.BotoCoreError | exceptions.ClientError) -> AwsRefusalError:
    """One sentence of ours, with AWS's own error code where it gave one."""
    if isinstance(error, exceptions.ClientError):
        return _refused(error)
    if isinstance(error, _EXPIRED_LOGINS):
        return ExpiredCredentialsError("your AWS login is over: log in again, then run this again")
    if isinstance(error, _NO_CREDENTIALS):
        return NoCredentialsError("no AWS credentials: run `aws configure`, or set AWS_PROFILE")
    if isinstance(error, exceptions.NoRegionError):
        return NoRegionError("no AWS region: add REGION=us-east-1, or set AWS_REGION")
    return AwsRefusalError(f"AWS cannot be asked: {type(error).__name__}")


def _refused(error: exceptions.ClientError) -> AwsRefusalError:
    code, operation = error.response["Error"]["Code"], error.operation_name
    if code in _EXPIRED:
        return ExpiredCredentialsError("your AWS credentials are expired: get new ones")
    if code in _UNKNOWN_CALLER:
        return NoCredentialsError(f"AWS does not know your credentials ({code})")
    if code in _DENIED:
        return AccessDeniedError(f"your AWS identity may not call {operation} here")
    return AwsRefusalError(f"AWS refused {operation}: {code}")
