"""Secrets of Secrets Manager, read through Powertools; `runtime.cached_secret` caches them."""

import json
from collections.abc import Callable

from aws_lambda_powertools.utilities.parameters import SecretsProvider
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError
from botocore.config import Config
from botocore.exceptions import ClientError

from runtime.cached_secret import UnreadableSecretError

type GetSecret = Callable[[str], object]
"""Secret ARN -> SecretString."""

type ReadVersion = Callable[[str], str | None]
"""AWSCURRENT or AWSPREVIOUS -> that version's text, None where there is none.

Raises UnreadableSecretError.
"""


def secrets_provider(*, read_timeout: float) -> SecretsProvider:
    """Two tries, each of 1 s to connect and `read_timeout` seconds to read.

    Region and endpoint are as botocore finds them.
    """
    retries = {"total_max_attempts": 2, "mode": "standard"}
    config = Config(connect_timeout=1, read_timeout=read_timeout, retries=retries)  # type: ignore[arg-type]
    return SecretsProvider(boto_config=config)


def secrets_manager(provider: SecretsProvider) -> GetSecret:
    """Read past Powertools' own cache."""
    return lambda secret_arn: provider.get(secret_arn, force_fetch=True)


def secret_version(secret_arn: str, provider: SecretsProvider) -> ReadVersion:
    """Read one version of a secret, past Powertools' own cache."""

    def read(stage: str) -> str | None:
        try:
            text = provider.get(secret_arn, force_fetch=True, VersionStage=stage)
        except GetParameterError as error:
            failure = _failure_of(error)
            if stage == "AWSPREVIOUS" and failure == "ResourceNotFoundException":
                return None
            raise UnreadableSecretError(f"the secret cannot be read: {failure}") from None
        return text if isinstance(text, str) else None

    return read


def read_document(get_secret: GetSecret, secret_arn: str) -> object:
    """The JSON value of a secret, None for one that is no text. Raises UnreadableSecretError."""
    try:
        text = get_secret(secret_arn)
    except GetParameterError as error:
        raise UnreadableSecretError(f"the secret cannot be read: {_failure_of(error)}") from None
    try:
        return json.loads(text) if isinstance(text, str) else None
    except ValueError:  # json's error carries the whole document
        raise UnreadableSecretError("the secret is not JSON") from None


def _failure_of(error: GetParameterError) -> str:
    """AWS's error code, such as AccessDeniedException; the name of anything else."""
    cause = error.__cause__ or error.__context__
    if isinstance(cause, ClientError):
        return str(cause.response.get("Error", {}).get("Code", "ClientError"))
    return type(cause).__name__
