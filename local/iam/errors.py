"""Errors of the local IAM.

TemplateError (local/errors.py)
└── PolicyError                   a policy that cannot be loaded
    ├── UnsupportedPolicyError    uses something the local stack does not model
    └── InvalidPolicyError        IAM itself would refuse to save it
SigV4Error                        a request whose signature is refused, with AWS's type and text
"""

from local.errors import TemplateError, UnsupportedError


class PolicyError(TemplateError):
    """A policy document that cannot be loaded."""


class UnsupportedPolicyError(PolicyError, UnsupportedError):
    """A policy uses an element, operator or variable the local stack does not model."""


class InvalidPolicyError(PolicyError):
    """A policy that IAM would refuse to save."""


class SigV4Error(Exception):
    """A refused signature: `error_type` is x-amzn-ErrorType, `message` AWS's own text."""

    def __init__(self, error_type: str, message: str) -> None:
        super().__init__(f"{error_type}: {message}")
        self.error_type = error_type
        self.message = message
