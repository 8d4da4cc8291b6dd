"""Did the provider send these bytes? Pure: bytes, header and keys in, a verdict out.

Alchemy: X-Alchemy-Signature is the hex HMAC-SHA256 of the body under the webhook's signing key.
https://www.alchemy.com/docs/reference/notify-api-quickstart
Moralis: x-signature is `0x` and the hex keccak-256 of the body followed by the streams secret.
https://docs.moralis.com/streams/security-and-reliability/webhook-security

Neither signs a header, so neither signs when it was sent: see `deliveries` for replays.
"""

import hmac
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from runtime.cached_secret import Secret
from webhooks.errors import InvalidSignatureError

_SPELLINGS = re.compile(r"(0x)?[0-9a-f]{64}")


@dataclass(frozen=True)
class VerifiedBody:
    """`key_number` counts from 0: once no delivery uses an old key, it may go from the secret."""

    body: bytes
    key_number: int


def verify_alchemy_signature(
    body: bytes, signature: str | None, *, expected_keys: Sequence[Secret]
) -> VerifiedBody:
    """`body` is what was sent, byte for byte. Raises InvalidSignatureError."""
    return _verify(body, signature, expected_keys, _alchemy_signature)


def verify_moralis_signature(
    body: bytes, signature: str | None, *, expected_keys: Sequence[Secret]
) -> VerifiedBody:
    """`body` is what was sent, byte for byte. Raises InvalidSignatureError."""
    return _verify(body, signature, expected_keys, _moralis_signature)


def _verify(
    body: bytes,
    signature: str | None,
    expected_keys: Sequence[Secret],
    sign: Callable[[bytes, bytes], str],
) -> VerifiedBody:
    if signature is None or _SPELLINGS.fullmatch(signature) is None:
        raise InvalidSignatureError("no signature, or none of the provider's form")
    expected = [sign(body, key.reveal().encode()) for key in expected_keys]
    matches = [hmac.compare_digest(signature, one) for one in expected]  # all, whichever fits
    if True not in matches:
        raise InvalidSignatureError("no key made this signature")
    return VerifiedBody(body, matches.index(True))


def _alchemy_signature(body: bytes, key: bytes) -> str:
    return hmac.digest(key, body, "sha256").hex()


def _moralis_signature(body: bytes, key: bytes) -> str:
    from sha3 import keccak_256  # type: ignore[import-untyped]  # Alchemy's route loads none of it

    return f"0x{keccak_256(body + key).hexdigest()}"
