"""The template's functions and roles, as `local.aws_lambda` and `local.iam` take them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence

from local.aws_lambda.function import Function, Permission
from local.aws_lambda.functions import Functions
from local.aws_lambda.pool import StartWorker
from local.aws_lambda.worker_process import start_worker
from local.configuration import ROOT, Configuration
from local.errors import UnsupportedError
from local.iam.policy import Role
from local.iam.sessions import Sessions
from local.template.stack_template import Resource, StackTemplate

_WEEK_SECONDS = 7 * 24 * 3600.0


def _role(resource: Resource, attached: Sequence[Resource]) -> Role:
    """A role with the policies in it and those of its own AWS::IAM::Policy resources."""
    inline = [p["PolicyDocument"] for p in resource.properties.get("Policies", [])]
    more = [
        policy.properties["PolicyDocument"]
        for policy in attached
        if resource.physical_id in policy.properties["Roles"]
    ]
    policies = (*inline, *more)
    trust = resource.properties["AssumeRolePolicyDocument"]
    return Role(resource.physical_id, resource.arn, trust, policies)


def read_roles(template: StackTemplate) -> dict[str, Role]:
    """Every IAM role of the template, by ARN."""
    attached = template.of_type("AWS::IAM::Policy")
    roles = [_role(resource, attached) for resource in template.of_type("AWS::IAM::Role")]
    return {role.arn: role for role in roles}


def build_functions(
    template: StackTemplate,
    roles: Mapping[str, Role],
    sessions: Sessions,
    configuration: Configuration,
    *,
    before: Functions | None = None,
    start_worker: StartWorker = start_worker,
) -> Functions:
    """Workers and permissions of every function; refuses a runtime that is not this Python."""
    functions = [
        Function(
            arn=resource.arn,
            name=resource.physical_id,
            handler=_handler(resource),
            code=ROOT / resource.properties["Code"]["S3Key"],
            timeout_seconds=float(resource.properties["Timeout"]),
            memory_mb=int(resource.properties["MemorySize"]),
            environment=_environment(resource, roles, sessions, template, configuration),
            deployed=resource.properties,
        )
        for resource in template.of_type("AWS::Lambda::Function")
    ]
    permissions = [
        Permission(p["FunctionName"], p["Principal"], p["SourceArn"])
        for p in (resource.properties for resource in template.of_type("AWS::Lambda::Permission"))
        if p["Action"] == "lambda:InvokeFunction"
    ]
    return Functions(functions, permissions, before=before, start_worker=start_worker)


def _handler(function: Resource) -> str:
    runtime = function.properties.get("Runtime")
    if runtime != f"python{sys.version_info.major}.{sys.version_info.minor}":
        raise UnsupportedError(f"{function.logical_id}: this Python does not run {runtime}")
    return str(function.properties["Handler"])


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
        session = sessions.issue(
            role, function.physical_id, lifetime_seconds=_WEEK_SECONDS, is_kept=False
        )
        return {
            "AWS_ACCESS_KEY_ID": session.access_key_id,
            "AWS_SECRET_ACCESS_KEY": session.secret_access_key,
            "AWS_SESSION_TOKEN": session.session_token,
            "AWS_REGION": template.place.region,
            "AWS_DEFAULT_REGION": template.place.region,
            "AWS_LAMBDA_FUNCTION_NAME": function.physical_id,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.properties["MemorySize"]),
            "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER": (
                f"http://127.0.0.1:{configuration.api_port}/cognito-idp"
            ),
            "AWS_ENDPOINT_URL_SECRETS_MANAGER": (
                f"http://127.0.0.1:{configuration.api_port}/secretsmanager"
            ),
            "AWS_ENDPOINT_URL_DYNAMODB": f"http://127.0.0.1:{configuration.api_port}/dynamodb",
            "LANG": "en_US.UTF-8",
            "PATH": os.environ["PATH"],
            "TZ": ":UTC",
            **own,
        }

    return environment
