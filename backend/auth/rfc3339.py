"""Times as EIP-4361 and our marks write them: 2026-01-31T23:59:59Z."""

from time import gmtime, strftime


def rfc3339(epoch_seconds: float) -> str:
    """UTC, whole seconds."""
    return strftime("%Y-%m-%dT%H:%M:%SZ", gmtime(epoch_seconds))
