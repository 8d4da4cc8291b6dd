"""The closed set of error codes: the server's own, and what only a client can say.

A code never changes its meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple, cast

type Code = Literal[
    "bad_request",
    "blocked",
    "chain_id_mismatch",
    "cursor_expired",
    "expired_challenge",
    "expired_token",
    "forbidden",
    "foreign_url",
    "internal_error",
    "invalid_address",
    "invalid_config",
    "invalid_cursor",
    "invalid_name",
    "invalid_parameter",
    "invalid_signature",
    "invalid_token",
    "invalid_token_id",
    "keys_unavailable",
    "list_broken",
    "malformed_delivery",
    "metadata_mismatch",
    "metadata_timeout",
    "metadata_too_large",
    "metadata_unavailable",
    "metadata_wrong_type",
    "missing_parameter",
    "name_unavailable",
    "no_node",
    "not_a_holder",
    "not_found",
    "not_signed_in",
    "payload_too_large",
    "providers_unavailable",
    "rate_limited",
    "refused_signature",
    "session_ended",
    "sign_up_not_supported",
    "sign_up_refused",
    "stale_delivery",
    "statement_mismatch",
    "store_unavailable",
    "token_refused",
    "token_source_not_supported",
    "token_user_not_a_wallet",
    "unauthorized",
    "unlisted_origin",
    "unreachable",
    "unreadable_challenge",
    "unreadable_response",
    "unsupported_chain",
    "unsupported_media_type",
    "unsupported_uri",
    "upstream_auth",
    "upstream_quota",
    "upstream_timeout",
    "upstream_unavailable",
    "user_attributes_not_allowed",
    "user_name_not_an_address",
    "user_rejected",
    "wallet_failed",
]


class Meaning(NamedTuple):
    """`is_retryable`: the same call may work later, with nothing changed."""

    text: str
    is_retryable: bool = False


_OF_THE_CLIENT: Mapping[Code, Meaning] = {
    "chain_id_mismatch": Meaning("the gallery takes no sign-in for this chain"),
    "expired_challenge": Meaning("signing took longer than the challenge lives", True),
    "expired_token": Meaning("the ID token has expired"),
    "forbidden": Meaning("API Gateway or IAM refused the request"),
    "foreign_url": Meaning("the URL is not of this gallery's API, so it gets no token"),
    "invalid_config": Meaning("the configuration or the origin cannot be used"),
    "invalid_token": Meaning("the text is no ID token of this gallery"),
    "keys_unavailable": Meaning("the user pool's public keys cannot be read", True),
    "unlisted_origin": Meaning("the gallery does not list this origin (AllowedOrigins)"),
    "session_ended": Meaning("the session is over: sign in again"),
    "refused_signature": Meaning("the signature is not taken for the account's"),
    "statement_mismatch": Meaning("the gallery asks for another statement than the expected one"),
    "unreadable_response": Meaning("the server sent what this version cannot read"),
    "unreachable": Meaning("no answer came", True),
    "unreadable_challenge": Meaning("the challenge lacks a field of EIP-4361"),
    "not_signed_in": Meaning("a guest has no ID token: sign in first"),
    "user_rejected": Meaning("the wallet's owner does not want to sign", True),
    "wallet_failed": Meaning("the wallet did not sign"),
}

_OF_THE_SERVER: Mapping[Code, Meaning] = {
    "bad_request": Meaning("the request is not valid"),
    "blocked": Meaning("the firewall stopped the request: wait some minutes"),
    "cursor_expired": Meaning("the cursor is over a day old: start the list again"),
    "internal_error": Meaning("something is wrong on the server's side"),
    "invalid_address": Meaning("the text is not an address, or its checksum is wrong"),
    "invalid_cursor": Meaning("the cursor belongs to another request: start the list again"),
    "invalid_name": Meaning("the text is not an ENS name"),
    "invalid_parameter": Meaning("a parameter has a value that is not allowed"),
    "invalid_signature": Meaning("the provider's key did not sign the delivery"),
    "invalid_token_id": Meaning("the token id is not a decimal number below 2^256"),
    "list_broken": Meaning("the list goes in a circle or stops: it may not be complete"),
    "malformed_delivery": Meaning("the delivery is not as documented"),
    "metadata_mismatch": Meaning("the content is not what its CID names"),
    "metadata_timeout": Meaning("the place the token's URI names took too long", True),
    "metadata_too_large": Meaning("the metadata or its image is too large"),
    "metadata_unavailable": Meaning("the token's URI leads nowhere", True),
    "metadata_wrong_type": Meaning("the metadata is neither JSON nor an image"),
    "missing_parameter": Meaning("a required parameter is missing"),
    "name_unavailable": Meaning("no gateway of the name answers correctly", True),
    "no_node": Meaning("the gallery has no node of Ethereum"),
    "not_a_holder": Meaning("the wallet holds no token of the contract"),
    "not_found": Meaning("nothing is known there"),
    "payload_too_large": Meaning("the delivery is too large"),
    "providers_unavailable": Meaning("no provider answers", True),
    "rate_limited": Meaning("the requests come too fast", True),
    "sign_up_not_supported": Meaning("users are made by their own sign-up only"),
    "sign_up_refused": Meaning("the user pool makes no user of this address"),
    "stale_delivery": Meaning("the delivery is too old, or from the future"),
    "store_unavailable": Meaning("nothing of the delivery was recorded", True),
    "token_refused": Meaning("the user pool makes no token"),
    "token_source_not_supported": Meaning("tokens follow an answered challenge only"),
    "token_user_not_a_wallet": Meaning("the user's name is no address"),
    "unauthorized": Meaning("the token names no wallet, or is not valid"),
    "user_attributes_not_allowed": Meaning("a wallet brings no attributes"),
    "user_name_not_an_address": Meaning("the user name is no lower-case address"),
    "unsupported_chain": Meaning("the chain is not on the gallery's list"),
    "unsupported_media_type": Meaning("the body is not JSON"),
    "unsupported_uri": Meaning("the token's URI is of a kind that is never read"),
    "upstream_auth": Meaning("the provider refuses the gallery's key"),
    "upstream_quota": Meaning("the provider's plan is used up"),
    "upstream_timeout": Meaning("the provider or ENS took too long", True),
    "upstream_unavailable": Meaning("the provider or the node is down", True),
}

CODES: Mapping[Code, Meaning] = MappingProxyType({**_OF_THE_CLIENT, **_OF_THE_SERVER})
"""Every code, with its meaning. A code that a newer server has is read as `unreadable_response`."""


def known_code(text: object) -> Code:
    """A server's code, or `unreadable_response` where this version does not know it."""
    is_known = isinstance(text, str) and text in CODES
    return cast("Code", text) if is_known else "unreadable_response"
