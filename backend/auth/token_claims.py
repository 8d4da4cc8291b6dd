"""What an ID token says besides what Cognito writes: whose wallet, and which chain was signed for.

`wallet` is the user name in EIP-55. A user gets tokens after a signature by that address only.

`chain_id` is there only where one chain is allowed. Nothing else would be proved: Cognito shows
this trigger neither the challenge nor its answer, and `clientMetadata` is whatever the client
writes, unchecked, anew at each refresh. With one chain allowed the verifier takes no other, so the
setting says what was signed. With several the claim is left out: read its absence as "not known".
A setting changed from one chain to another does not end the sign-ins made before; nor does this
claim tell them apart. Who drops a chain signs its users out (AdminUserGlobalSignOut).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auth.errors import TokenSourceError, TokenUserError
from ethereum.address import Address, is_canonical_address, to_checksum_address

if TYPE_CHECKING:
    from collections.abc import Sequence

_SOURCES = ("TokenGeneration_Authentication", "TokenGeneration_RefreshTokens")


def claims_to_add(
    *, trigger_source: str, user_name: str, chain_ids: Sequence[int]
) -> dict[str, str]:
    """Claims of an ID token for a signed-in wallet, strings as Cognito wants them.

    Raises:
        TokenRefusedError: the sign-in was not by our challenge, or the user is no wallet.
    """
    if trigger_source not in _SOURCES:
        raise TokenSourceError
    if not is_canonical_address(user_name):
        raise TokenUserError
    claims = {"wallet": to_checksum_address(Address(user_name))}
    return {**claims, "chain_id": str(chain_ids[0])} if len(chain_ids) == 1 else claims
