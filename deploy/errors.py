"""Why a deploy tool stopped: each error has a stable code and says what to do in one sentence.

DeployError
├── AwsRefusalError              aws_error
│   ├── NoCredentialsError       no_credentials
│   ├── ExpiredCredentialsError  expired_credentials
│   ├── NoRegionError            no_region
│   └── AccessDeniedError        access_denied
├── StackError
│   ├── NoSuchStackError         no_such_stack
│   ├── StackNotReadyError       stack_not_ready
│   ├── NotAGalleryError         not_a_gallery
│   └── BadOutputError           bad_output
├── PreflightError
│   ├── NotDeployableError       not_deployable
│   └── BadStackNameError        bad_stack_name
├── SiteError
│   ├── NotBuiltError            not_built
│   ├── UnknownContentTypeError  unknown_content_type
│   └── ForeignBucketError       foreign_bucket
├── DestroyError
│   ├── NotConfirmedError        not_confirmed
│   ├── StackProtectedError      stack_protected
│   ├── UsersProtectedError      users_protected
│   └── DeletionFailedError      deletion_failed
└── SmokeFailedError             smoke_failed
"""

from __future__ import annotations


class DeployError(Exception):
    """`str()` is the sentence for the terminal, without keys, tokens or signatures."""

    code = "deploy_error"


class AwsRefusalError(DeployError):
    code = "aws_error"


class NoCredentialsError(AwsRefusalError):
    code = "no_credentials"


class ExpiredCredentialsError(AwsRefusalError):
    code = "expired_credentials"


class NoRegionError(AwsRefusalError):
    code = "no_region"


class AccessDeniedError(AwsRefusalError):
    code = "access_denied"


class StackError(DeployError):
    """The stack is not what the tool needs."""


class NoSuchStackError(StackError):
    code = "no_such_stack"


class StackNotReadyError(StackError):
    code = "stack_not_ready"


class NotAGalleryError(StackError):
    code = "not_a_gallery"


class BadOutputError(StackError):
    code = "bad_output"


class PreflightError(DeployError):
    """Nothing was made: a look beforehand found what would fail."""


class NotDeployableError(PreflightError):
    code = "not_deployable"


class BadStackNameError(PreflightError):
    code = "bad_stack_name"


class SiteError(DeployError):
    """The built dApp, or the bucket it goes to, is not what the tool needs."""


class NotBuiltError(SiteError):
    code = "not_built"


class UnknownContentTypeError(SiteError):
    code = "unknown_content_type"


class ForeignBucketError(SiteError):
    code = "foreign_bucket"


class DestroyError(DeployError):
    """Nothing more was deleted."""


class NotConfirmedError(DestroyError):
    code = "not_confirmed"


class StackProtectedError(DestroyError):
    code = "stack_protected"


class UsersProtectedError(DestroyError):
    code = "users_protected"


class DeletionFailedError(DestroyError):
    code = "deletion_failed"


class SmokeFailedError(DeployError):
    code = "smoke_failed"
