"""Who is asking: the wallet in the caller's verified ID token, and nothing else.

The Cognito authorizer puts the token's claims at requestContext.authorizer.claims:
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
"""

import re

from nft.errors import OwnerMalformedError, OwnerMissingError
from runtime.event import ProxyEvent, in_context

_CLAIM = "cognito:username"
_CANONICAL_ADDRESS = re.compile(r"0x[0-9a-f]{40}")


def owner_of(event: ProxyEvent) -> str:
    """The caller's canonical (lower-case, 0x) address.

    Raises OwnerMissingError without the claim, OwnerMalformedError when it is no address.
    """
    value = in_context(event, "authorizer", "claims", _CLAIM)
    if value is None:
        raise OwnerMissingError("no wallet claim in the request context")
    if not isinstance(value, str) or not _CANONICAL_ADDRESS.fullmatch(value):
        raise OwnerMalformedError("the wallet claim is not a canonical address")
    return value
