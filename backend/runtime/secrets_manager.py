"""GetSecretValue of AWS Secrets Manager.

https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html

Why: ARCHITECTURE.md, runtime.
"""

import time
from collections.abc import Mapping

from runtime.aws_service import CONNECT_SECONDS, SECRETS_MANAGER, AwsService, AwsServiceError
from runtime.cached_secret import UnreadableSecretError
from runtime.deadline import Deadline
from runtime.secrets import ReadVersion


class SecretsManagerError(UnreadableSecretError):
    """`code` is that of AwsServiceError."""

    def __init__(self, code: str) -> None:
        super().__init__(f"the secret cannot be read: {code}")
        self.code = code


class SecretsManager:
    """`tries` of at most 1 s to connect and `read_seconds` to read."""

    def __init__(
        self, environment: Mapping[str, str], *, read_seconds: float, tries: int = 2
    ) -> None:
        self._service = AwsService(SECRETS_MANAGER, environment)
        self._seconds = CONNECT_SECONDS + read_seconds
        self._tries = tries

    def __call__(self, secret_arn: str) -> object:
        """SecretString of the current version, None for a binary secret.

        Raises UnreadableSecretError.
        """
        return self.version(secret_arn, "AWSCURRENT")

    def version(self, secret_arn: str, stage: str) -> str | None:
        """SecretString of the version with that label, None for a binary secret.

        Raises SecretsManagerError.
        """
        left = self._tries
        while True:
            left -= 1
            try:
                return self._ask({"SecretId": secret_arn, "VersionStage": stage})
            except AwsServiceError as error:
                if not error.may_pass or not left:
                    raise SecretsManagerError(error.code) from None

    def versions_of(self, secret_arn: str) -> ReadVersion:
        """Reads one version of a secret; a previous one need not be there."""

        def read(stage: str) -> str | None:
            try:
                return self.version(secret_arn, stage)
            except SecretsManagerError as error:
                if stage == "AWSPREVIOUS" and error.code == "ResourceNotFoundException":
                    return None
                raise

        return read

    def _ask(self, request: Mapping[str, str]) -> str | None:
        deadline = Deadline.after(self._seconds, time.monotonic)
        text = self._service.ask("GetSecretValue", request, deadline).get("SecretString")
        return text if isinstance(text, str) else None
