"""Puts the running parts together from the resources of the template."""

from __future__ import annotations

import json
import os
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from local.api_gateway.rest_api import RestApi
from local.cloudfront.security_headers import response_headers
from local.cloudfront.site import Site
from local.cognito_identity.identity_pools import IdentityPools
from local.cognito_idp.state import State
from local.cognito_idp.user_pools import UserPools
from local.configuration import ROOT, STAND_IN_KEYS, Configuration
from local.functions import Function, Functions, Permission
from local.gateway_ports import GatewayPorts
from local.iam.policy import Role
from local.iam.sessions import Sessions
from local.stand_ins.app import StandIns, build_stand_ins
from local.template.stack_template import Resource, StackTemplate

_WEEK_SECONDS = 7 * 24 * 3600.0


@dataclass(frozen=True)
class Stack:
    functions: Functions
    user_pools: UserPools
    identity_pools: IdentityPools
    sessions: Sessions
    secrets: Mapping[str, str]
    rest_api: RestApi
    stand_ins: StandIns
    site: Site
    http: httpx.AsyncClient

    async def close(self) -> None:
        await self.functions.close()
        await self.http.aclose()


def build_stack(template: StackTemplate, configuration: Configuration) -> Stack:
    """Every part, ready to serve; raises LocalStackError for what cannot be run here."""
    state = State(configuration.state_dir / "state.json")
    roles = {role.arn: role for role in map(_role, template.of_type("AWS::IAM::Role"))}
    sessions = Sessions(roles=roles.values(), state=state, now=time.time, random_bytes=os.urandom)
    functions = _functions(template, roles, sessions, configuration)
    user_pools = _user_pools(template, functions, state)
    http = httpx.AsyncClient(trust_env=False, follow_redirects=False)
    return Stack(
        functions=functions,
        user_pools=user_pools,
        identity_pools=_identity_pools(template, roles, user_pools, sessions, state),
        sessions=sessions,
        secrets={
            secret.physical_id: secret.properties["SecretString"]
            for secret in template.of_type("AWS::SecretsManager::Secret")
        },
        rest_api=_rest_api(
            template, GatewayPorts(functions, user_pools, sessions, template.place), http
        ),
        stand_ins=build_stand_ins(
            alchemy_key=STAND_IN_KEYS["alchemy"],
            moralis_key=STAND_IN_KEYS["moralis"],
            now=time.time,
        ),
        site=_site(template, configuration),
        http=http,
    )


def _role(resource: Resource) -> Role:
    policies = tuple(p["PolicyDocument"] for p in resource.properties.get("Policies", []))
    trust = resource.properties["AssumeRolePolicyDocument"]
    return Role(resource.physical_id, resource.arn, trust, policies)


def _functions(
    template: StackTemplate,
    roles: Mapping[str, Role],
    sessions: Sessions,
    configuration: Configuration,
) -> Functions:
    functions = [
        Function(
            arn=resource.arn,
            name=resource.physical_id,
            handler=resource.properties["Handler"],
            code=ROOT / resource.properties["Code"]["S3Key"],
            timeout_seconds=float(resource.properties["Timeout"]),
            memory_mb=int(resource.properties["MemorySize"]),
            environment=_environment(resource, roles, sessions, template, configuration),
        )
        for resource in template.of_type("AWS::Lambda::Function")
    ]
    permissions = [
        Permission(p["FunctionName"], p["Principal"], p["SourceArn"])
        for p in (resource.properties for resource in template.of_type("AWS::Lambda::Permission"))
        if p["Action"] == "lambda:InvokeFunction"
    ]
    return Functions(functions, permissions)


def _environment(
    function: Resource,
    roles: Mapping[str, Role],
    sessions: Sessions,
    template: StackTemplate,
    configuration: Configuration,
) -> Callable[[], dict[str, str]]:
    """What Lambda puts into a function's environment, with AWS's endpoints on this machine."""
    role = roles[function.properties["Role"]]
    own: dict[str, str] = function.properties.get("Environment", {}).get("Variables", {})

    def environment() -> dict[str, str]:
        session = sessions.issue(role, function.physical_id, lifetime_seconds=_WEEK_SECONDS)
        return {
            "AWS_ACCESS_KEY_ID": session.access_key_id,
            "AWS_SECRET_ACCESS_KEY": session.secret_access_key,
            "AWS_SESSION_TOKEN": session.session_token,
            "AWS_REGION": template.place.region,
            "AWS_DEFAULT_REGION": template.place.region,
            "AWS_LAMBDA_FUNCTION_NAME": function.physical_id,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.properties["MemorySize"]),
            "AWS_ENDPOINT_URL_SECRETS_MANAGER": (
                f"http://127.0.0.1:{configuration.api_port}/secretsmanager"
            ),
            "LANG": "en_US.UTF-8",
            "PATH": os.environ["PATH"],
            "TZ": ":UTC",
            **own,
        }

    return environment


def _user_pools(template: StackTemplate, functions: Functions, state: State) -> UserPools:
    return UserPools(
        pools={r.arn: r.properties for r in template.of_type("AWS::Cognito::UserPool")},
        clients={
            r.physical_id: r.properties for r in template.of_type("AWS::Cognito::UserPoolClient")
        },
        invoke=functions.invoke,
        state=state,
        now=time.time,
        random_bytes=os.urandom,
    )


def _identity_pools(
    template: StackTemplate,
    roles: Mapping[str, Role],
    user_pools: UserPools,
    sessions: Sessions,
    state: State,
) -> IdentityPools:
    attachments = template.of_type("AWS::Cognito::IdentityPoolRoleAttachment")
    return IdentityPools(
        pools={r.physical_id: r.properties for r in template.of_type("AWS::Cognito::IdentityPool")},
        role_attachments=[r.properties for r in attachments],
        roles=roles,
        user_pools=user_pools,
        sessions=sessions,
        state=state,
        now=time.time,
        random_bytes=os.urandom,
    )


def _rest_api(template: StackTemplate, ports: GatewayPorts, http: httpx.AsyncClient) -> RestApi:
    api, stage = template.only("AWS::ApiGateway::RestApi"), template.only("AWS::ApiGateway::Stage")
    return RestApi(
        api_id=api.physical_id,
        stage_name=stage.physical_id,
        region=template.place.region,
        account_id=template.place.account_id,
        body=api.properties["Body"],
        stage_properties=stage.properties,
        invoke=ports.invoke,
        verify_iam=ports.verify_iam,
        authorize_iam=ports.authorize_iam,
        verify_id_token=ports.verify_id_token,
        http=http,
        now=time.time,
        new_request_id=lambda: str(uuid.uuid4()),
    )


def _site(template: StackTemplate, configuration: Configuration) -> Site:
    policy = template.only("AWS::CloudFront::ResponseHeadersPolicy").properties
    headers = response_headers(
        policy["ResponseHeadersPolicyConfig"],
        region=template.place.region,
        api_origin=configuration.api_origin,
    )
    distribution = template.only("AWS::CloudFront::Distribution").properties["DistributionConfig"]
    config = json.dumps(dapp_config(template, configuration))
    return Site(ROOT / "dapp" / "out", distribution, headers, config)


def dapp_config(template: StackTemplate, configuration: Configuration) -> dict[str, Any]:
    """The stack's DappConfig output with the local endpoints in it."""
    stage = template.only("AWS::ApiGateway::Stage").physical_id
    return {
        **json.loads(template.outputs["DappConfig"]),
        "apiEndpoint": f"{configuration.api_origin}/{stage}",
        "userPoolEndpoint": f"{configuration.api_origin}/cognito-idp",
        "identityPoolEndpoint": f"{configuration.api_origin}/cognito-identity",
    }
