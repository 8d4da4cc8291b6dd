"""The password policy of a user pool.

https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
"""

from dataclasses import dataclass

from local.cognito_idp.errors import InvalidPasswordError
from local.cognito_idp.properties import Properties

_SYMBOLS = frozenset("^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ")


@dataclass(frozen=True)
class PasswordPolicy:
    """Minimum length in characters, and the kinds of character a password must have."""

    minimum_length: int
    require_uppercase: bool
    require_lowercase: bool
    require_numbers: bool
    require_symbols: bool

    def check(self, password: str) -> None:
        """Raises InvalidPasswordError with the first rule that does not hold."""
        if len(password) < self.minimum_length:
            raise _does_not_conform("Password not long enough")
        ascii_only = [character for character in password if character.isascii()]
        for required, present, kind in (
            (self.require_uppercase, any(c.isupper() for c in ascii_only), "uppercase"),
            (self.require_lowercase, any(c.islower() for c in ascii_only), "lowercase"),
            (self.require_numbers, any(c.isdigit() for c in ascii_only), "numeric"),
            (self.require_symbols, any(c in _SYMBOLS for c in password), "symbol"),
        ):
            if required and not present:
                raise _does_not_conform(f"Password must have {kind} characters")


def read_password_policy(policies: Properties) -> PasswordPolicy:
    """From `Policies`; without a PasswordPolicy AWS demands 8 characters of all four kinds."""
    strict = "PasswordPolicy" not in policies.names()
    properties = policies.nested("PasswordPolicy")
    properties.inert("TemporaryPasswordValidityDays")
    return PasswordPolicy(
        minimum_length=properties.integer("MinimumLength", 8),
        require_uppercase=properties.boolean("RequireUppercase", strict),
        require_lowercase=properties.boolean("RequireLowercase", strict),
        require_numbers=properties.boolean("RequireNumbers", strict),
        require_symbols=properties.boolean("RequireSymbols", strict),
    )


def _does_not_conform(rule: str) -> InvalidPasswordError:
    return InvalidPasswordError(f"Password did not conform with policy: {rule}")
