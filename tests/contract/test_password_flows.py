"""Records that strangers sign up carry strangers' passwords: no client may ever take one.

Checked as written, so that no condition, parameter or profile opens what the defaults close.
"""

from __future__ import annotations

import copy
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from local.template.document import load_document
from scan.templates import TEMPLATES
from tests.contract.conftest import ROOT, deployed_with
from tests.contract.production import EVERYTHING

type Document = dict[str, Any]

OPEN_FLOWS = {"ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"}
"""The second takes the refresh token of a sign-in; only a plan without rotation has it."""
COGNITO_TYPES = {
    *("AWS::Cognito::UserPool", "AWS::Cognito::UserPoolClient"),
    *("AWS::Cognito::IdentityPool", "AWS::Cognito::IdentityPoolRoleAttachment"),
}
"""No domain and no provider: the hosted pages take passwords, whatever the client's flows."""
OF_THE_HOSTED_PAGES = {
    *("AllowedOAuthFlows", "AllowedOAuthFlowsUserPoolClient", "AllowedOAuthScopes"),
    *("CallbackURLs", "DefaultRedirectURI", "LogoutURLs", "SupportedIdentityProviders"),
}
OTHER_WAYS_INTO_A_POOL = {
    *("AliasAttributes", "UsernameAttributes", "AutoVerifiedAttributes", "MfaConfiguration"),
    *("EnabledMfas", "WebAuthnRelyingPartyID", "WebAuthnUserVerification"),
}
ADMIN_ONLY = {"RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}]}
CHANGES_A_CLIENT_OR_A_PASSWORD = re.compile(
    r"\bALLOW_(?!CUSTOM_AUTH|REFRESH)\w+_AUTH\b|\bADMIN_(?:NO_SRP|USER_PASSWORD)_AUTH\b"
    r"|(?:create|update).?user.?pool.?(?:client|domain)|set.?user.?pool.?mfa.?config"
    r"|admin.?(?:set.?user.?password|initiate.?auth|create.?user|reset.?user.?password)\b",
    re.IGNORECASE,
)
OF_CLOUDFORMATION = {"CreateUserPoolClient", "UpdateUserPoolClient", "SetUserPoolMfaConfig"}
"""What deploy/bootstrap.yaml lets CloudFormation call, to make what a template says."""


def opened_by(document: Document) -> list[str]:
    """What of a template, as written, would let in anything but an answered challenge."""
    return [
        f"{name}: {fault}"
        for name, resource in document["Resources"].items()
        if str(resource["Type"]).startswith("AWS::Cognito::")
        for fault in faults_of(resource["Type"], resource.get("Properties", {}))
    ]


def written_in(value: object) -> Iterator[str]:
    """The words of a list in every case of its conditions; `?` for what is computed."""
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from written_in(item)
        case {"Fn::If": [_, *cases]}:
            yield from written_in(cases)
        case {"Ref": "AWS::NoValue"}:
            return
        case _:
            yield "?"


def faults_of(kind: str, properties: Document) -> Iterator[str]:
    if kind not in COGNITO_TYPES:
        yield kind
    if kind == "AWS::Cognito::UserPoolClient":
        flows = properties.get("ExplicitAuthFlows")
        # left out, or in one of its cases, Cognito takes SRP
        named = isinstance(flows, list) and "ALLOW_CUSTOM_AUTH" in flows
        if not (named and set(written_in(flows)) <= OPEN_FLOWS):
            yield "ExplicitAuthFlows"
        yield from sorted(OF_THE_HOSTED_PAGES & set(properties))
    if kind == "AWS::Cognito::UserPool":
        if set(properties.get("Policies", {})) - {"PasswordPolicy"}:
            yield "SignInPolicy"  # its first factor is always the password
        if "UserMigration" in properties.get("LambdaConfig", {}):
            yield "UserMigration"
        if properties.get("AccountRecoverySetting") != ADMIN_ONLY:
            yield "AccountRecoverySetting"
        yield from sorted(OTHER_WAYS_INTO_A_POOL & set(properties))


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_lets_a_password_in_whatever_its_parameters(name: str) -> None:
    assert opened_by(load_document(ROOT / name)) == []


def test_the_template_has_a_client_to_look_at_and_makes_no_other_by_a_parameter() -> None:
    for given in ({}, {"UserPoolTier": "LITE"}, EVERYTHING):
        client = deployed_with(**given).only("AWS::Cognito::UserPoolClient").properties
        assert "ALLOW_CUSTOM_AUTH" in client["ExplicitAuthFlows"]
        assert set(client["ExplicitAuthFlows"]) <= OPEN_FLOWS


def adds(logical_id: str, **properties: object) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        document["Resources"][logical_id]["Properties"] |= properties

    return change


def adds_resource(kind: str, **properties: object) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        document["Resources"]["Later"] = {"Type": kind, "Properties": properties}

    return change


def leaves_the_flows_out(document: Document) -> None:
    del document["Resources"]["UserPoolClient"]["Properties"]["ExplicitAuthFlows"]


CUSTOM, NONE = "ALLOW_CUSTOM_AUTH", {"Ref": "AWS::NoValue"}
FLOWS = [
    *("ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"),
    *("ALLOW_USER_AUTH", "ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH", "CUSTOM_AUTH_FLOW_ONLY"),
]
MISTAKES: dict[str, Callable[[Document], None]] = {
    **{flow: adds("UserPoolClient", ExplicitAuthFlows=[CUSTOM, flow]) for flow in FLOWS},
    "no flows named": leaves_the_flows_out,
    "a flow by a condition": adds(
        "UserPoolClient", ExplicitAuthFlows=[CUSTOM, {"Fn::If": ["IsProd", NONE, FLOWS[0]]}]
    ),
    "flows in one case only": adds(
        "UserPoolClient", ExplicitAuthFlows={"Fn::If": ["IsProd", [CUSTOM], NONE]}
    ),
    "a flow by a parameter": adds("UserPoolClient", ExplicitAuthFlows=[CUSTOM, {"Ref": "Flow"}]),
    "flows by a parameter": adds("UserPoolClient", ExplicitAuthFlows={"Ref": "Flows"}),
    "a hosted page": adds("UserPoolClient", AllowedOAuthFlows=["code"]),
    "an identity provider": adds("UserPoolClient", SupportedIdentityProviders=["Google"]),
    "a second client": adds_resource(
        "AWS::Cognito::UserPoolClient", ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"]
    ),
    "a second client with Cognito's flows": adds_resource("AWS::Cognito::UserPoolClient"),
    "a domain": adds_resource("AWS::Cognito::UserPoolDomain", Domain="wallets"),
    "a user with a password": adds_resource("AWS::Cognito::UserPoolUser"),
    "a choice of first factors": adds(
        "UserPool",
        Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}},
    ),
    "passkeys": adds("UserPool", WebAuthnRelyingPartyID="gallery.example"),
    "a migration of users": adds("UserPool", LambdaConfig={"UserMigration": "arn"}),
    "recovery by mail": adds(
        "UserPool",
        AccountRecoverySetting={"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]},
    ),
    "sign-in by an e-mail address": adds("UserPool", AliasAttributes=["email"]),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_later_mistake_is_named(document: Document, mistake: str) -> None:
    changed = copy.deepcopy(document)
    MISTAKES[mistake](changed)
    assert opened_by(changed)


def sources() -> list[str]:
    """Every file of the repository that is run, deployed or followed; not the tests, not locks."""
    command = ["git", "ls-files", "--", ":!tests", ":!local", ":!*lock*", ":!requirements/*.txt"]
    done = subprocess.run(  # noqa: S603
        command, cwd=ROOT, capture_output=True, check=True, text=True
    )
    return [name for name in done.stdout.splitlines() if Path(name).suffix != ".png"]


def test_no_target_tool_workflow_or_page_opens_a_flow_or_sets_a_password() -> None:
    found = {
        name: set(
            CHANGES_A_CLIENT_OR_A_PASSWORD.findall((ROOT / name).read_text("utf-8", "replace"))
        )
        for name in sources()
    }
    assert {name: words for name, words in found.items() if words} == {
        "deploy/bootstrap.yaml": OF_CLOUDFORMATION
    }
