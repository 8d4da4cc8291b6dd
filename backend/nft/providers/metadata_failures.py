"""Why a token has no metadata, in our codes. Alchemy says it in words, Moralis not at all.

https://www.alchemy.com/docs/reference/nft-api-faq
"""

from typing import Literal

from nft.model import MetadataFailure

type _Known = tuple[str, str, bool]
_FAILED: dict[Literal["fetch", "slow", "broken", "gone"], str] = {
    "fetch": "The token's metadata could not be fetched.",
    "slow": "The token's metadata took too long to fetch.",
    "broken": "The token's metadata is broken.",
    "gone": "The token does not exist.",
}
# By how Alchemy's words begin.
_KNOWN: tuple[tuple[str, _Known], ...] = (
    ("token uri responded with a non 200", ("token_uri_failed", _FAILED["fetch"], True)),
    ("throttled token uri", ("token_uri_throttled", _FAILED["fetch"], True)),
    ("ipfs gateway timed out", ("gateway_timeout", _FAILED["slow"], True)),
    ("centralized gateway timed out", ("gateway_timeout", _FAILED["slow"], True)),
    ("arweave gateway timed out", ("gateway_timeout", _FAILED["slow"], True)),
    ("internal service", ("provider_failed", _FAILED["fetch"], True)),
    ("token does not exist", ("token_not_found", _FAILED["gone"], False)),
    ("malformed token uri", ("token_uri_malformed", _FAILED["broken"], False)),
    ("failed to get token uri", ("token_uri_missing", _FAILED["fetch"], False)),
    ("contract does not have any code", ("no_contract", _FAILED["gone"], False)),
    ("contract returned a broken token uri", ("token_uri_broken", _FAILED["broken"], False)),
    ("bad token uri", ("token_uri_malformed", _FAILED["broken"], False)),
)
UNREADABLE = MetadataFailure("metadata_unreadable", _FAILED["broken"], retryable=False)
NOT_FETCHED = MetadataFailure("metadata_unavailable", _FAILED["fetch"], retryable=False)
STILL_FETCHING = MetadataFailure("metadata_pending", "The metadata is still being fetched.", True)


def alchemy_failure(words: str) -> MetadataFailure:
    """Alchemy's `raw.error` in our codes; words nobody documented count as permanent."""
    for beginning, (code, message, retryable) in _KNOWN:
        if words.lower().startswith(beginning):
            return MetadataFailure(code, message, retryable)
    return NOT_FETCHED
