"""A user pool as its AWS::Cognito::UserPool resource configures it.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpool.html
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from local.cognito_idp.password_policy import PasswordPolicy, read_password_policy
from local.cognito_idp.properties import InvalidPropertyError, Properties

TRIGGERS = (
    "PreSignUp",
    "DefineAuthChallenge",
    "CreateAuthChallenge",
    "VerifyAuthChallengeResponse",
    "PreTokenGeneration",
)
ROTATING_TIERS = ("ESSENTIALS", "PLUS")
"""https://docs.aws.amazon.com/cognito/latest/developerguide/feature-plans-features-essentials.html"""
_ACCEPTED_BUT_INERT = (
    "UserPoolName",
    "UserPoolTags",
    "DeletionProtection",
    "AccountRecoverySetting",
)


@dataclass(frozen=True)
class UserPool:
    """`triggers` maps a name of TRIGGERS to the ARN of its function."""

    arn: str
    case_sensitive: bool
    sign_up_allowed: bool
    password_policy: PasswordPolicy
    triggers: Mapping[str, str]
    has_rotation: bool = True
    """Whether its feature plan lets a client rotate refresh tokens."""
    custom_attributes: frozenset[str] = frozenset()
    """Names as in a user's attributes, such as custom:plan."""

    @property
    def id(self) -> str:
        return self.arn.rpartition("/")[2]

    @property
    def region(self) -> str:
        return self.arn.split(":")[3]

    @property
    def provider_name(self) -> str:
        """The key of `Logins` in identity pools."""
        return f"cognito-idp.{self.region}.amazonaws.com/{self.id}"

    @property
    def issuer(self) -> str:
        return f"https://{self.provider_name}"

    def canonical_username(self, username: str) -> str:
        """The spelling a user is known by."""
        return username if self.case_sensitive else username.lower()


def read_user_pool(arn: str, resolved: Mapping[str, object]) -> UserPool:
    """Raises PropertyError naming what is wrong or not modelled."""
    properties = Properties(f"AWS::Cognito::UserPool {arn}", resolved)
    policies = properties.nested("Policies")
    policies.nested("SignInPolicy").only("AllowedFirstAuthFactors", ["PASSWORD"])
    administration = properties.nested("AdminCreateUserConfig")
    names = properties.nested("UsernameConfiguration")
    pool = UserPool(
        arn=arn,
        case_sensitive=names.boolean("CaseSensitive", True),
        sign_up_allowed=not administration.boolean("AllowAdminCreateUserOnly", False),
        password_policy=read_password_policy(policies),
        triggers=_read_triggers(properties.nested("LambdaConfig")),
        has_rotation=_read_tier(properties) in ROTATING_TIERS,
        custom_attributes=frozenset(map(_read_attribute, properties.objects("Schema"))),
    )
    properties.nested("UserPoolAddOns").only("AdvancedSecurityMode", "OFF")
    properties.only("MfaConfiguration", "OFF")
    properties.inert(*_ACCEPTED_BUT_INERT)
    properties.close()
    return pool


def _read_tier(properties: Properties) -> str:
    tier = properties.string("UserPoolTier", "ESSENTIALS")
    if tier not in ("LITE", *ROTATING_TIERS):
        raise properties.invalid("UserPoolTier", tier)
    return tier


def _read_attribute(schema: Properties) -> str:
    """A mutable custom attribute of strings; standard ones are there without being declared."""
    schema.only("AttributeDataType", "String")
    schema.only("Mutable", True, "true")
    schema.only("Required", False, "false")
    schema.inert("StringAttributeConstraints")  # nobody but the stack's own functions writes it
    return f"custom:{schema.string('Name')}"


def _read_triggers(config: Properties) -> dict[str, str]:
    triggers = {name: config.string(name) for name in TRIGGERS if name in config.names()}
    if "PreTokenGenerationConfig" in config.names():
        generation = config.nested("PreTokenGenerationConfig")
        generation.only("LambdaVersion", "V1_0")
        triggers["PreTokenGeneration"] = generation.string("LambdaArn")
    for name, arn in triggers.items():
        if re.search(r":function:[^:]+:\d+$", arn):
            raise InvalidPropertyError(f"{name}: a trigger may not be a function version: {arn}")
    return triggers
