"""What stops `make verify`. Each class has a stable code."""

from __future__ import annotations

from deploy.errors import DeployError


class VerifyError(DeployError):
    """`str()` is one sentence for the person at the terminal."""

    code = "verify_failed"


class BadTargetError(VerifyError):
    """The target's description is missing something or names something unknown."""

    code = "bad_target"


class NotAnsweringError(VerifyError):
    """Nothing answers at the site."""

    code = "not_answering"


class ProductionError(VerifyError):
    """The stack is a production one, and nobody typed its name."""

    code = "is_production"


class UpdateFailedError(VerifyError):
    """CloudFormation did not take other parameters."""

    code = "update_failed"


class NotRestoredError(VerifyError):
    """Something that the run made or changed is still so; the message says what to do."""

    code = "not_restored"
