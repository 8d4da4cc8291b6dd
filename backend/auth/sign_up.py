"""Who may have a user record: a wallet, named by its canonical address, with nothing attached.

A record proves nothing: anyone can make one for any address. Only a signed challenge does.
"""

from collections.abc import Mapping

from auth.errors import SignUpSourceError, UserAttributesError, UserNameError
from ethereum.address import is_canonical_address


def check_sign_up(
    *, trigger_source: str, user_name: str, user_attributes: Mapping[str, str] | None
) -> None:
    """Let a wallet's own sign-up pass.

    Raises:
        SignUpRefusedError: another way of making users, a name that is no lower-case address,
            or attributes.
    """
    if trigger_source != "PreSignUp_SignUp":
        raise SignUpSourceError
    if not is_canonical_address(user_name):
        raise UserNameError
    if user_attributes:
        raise UserAttributesError
