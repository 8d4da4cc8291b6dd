"""Secrets of AWS Secrets Manager, read by one signed request; `runtime.cached_secret` caches them.

https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html

Why: ARCHITECTURE.md, runtime.
"""

import json
from collections.abc import Callable

from runtime.cached_secret import UnreadableSecretError

type GetSecret = Callable[[str], object]
"""Secret ARN -> SecretString. Raises UnreadableSecretError."""

type ReadVersion = Callable[[str], str | None]
"""AWSCURRENT or AWSPREVIOUS -> that version's text, None where there is none.

Raises UnreadableSecretError.
"""


def read_document(get_secret: GetSecret, secret_arn: str) -> object:
    """The JSON value of a secret, None for one that is no text. Raises UnreadableSecretError."""
    text = get_secret(secret_arn)
    try:
        return json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):  # json's error carries the whole document
        raise UnreadableSecretError("the secret is not JSON") from None
