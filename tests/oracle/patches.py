"""What the deployed copy of the built stack changes, because ministack is not AWS there.

The one table is PATCHES: functions over a copy of the built template, and the files that they put
into what was built. What no patch can mend is in `deviations.py`.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

type Template = dict[str, Any]
type Files = Mapping[str, str]
"""Path below the build folder -> text."""

MINISTACK = "https://github.com/ministackorg/ministack/blob/main/ministack"


class StalePatchError(Exception):
    """The template no longer has what the patch changes: take the patch away, or mend it."""


@dataclass(frozen=True, kw_only=True)
class Patch:
    name: str
    deviation: str
    """What ministack does in AWS's place."""
    source: str
    apply: Callable[[Template], Files]
    """Changes the template that it is given. Raises StalePatchError where nothing is to change."""


_WITHOUT_SUB = '''\
"""The PreSignUp trigger, called with the event that Cognito would send."""

from {module} import {function} as answer


def handler(event, context):
    event["request"]["userAttributes"].pop("sub", None)
    return answer(event, context)
'''
_WITH_ONE_ID = '''\
"""A route, whose answer names the request as API Gateway does."""

from {module} import {function} as answer


def handler(event, context):
    response = answer(event, context)
    request_id = event["requestContext"]["requestId"]
    return {{**response, "headers": {{**response["headers"], "x-amzn-requestid": request_id}}}}
'''


def _send_no_sub(template: Template) -> Files:
    return _wrap(template, "PreSignUpFunction", "without_sub", _WITHOUT_SUB)


def _name_requests(template: Template) -> Files:
    routes = [name for name in _functions(template) if name not in _not_routes(template)]
    files: dict[str, str] = {}
    for name in routes:
        files |= _wrap(template, name, "with_one_id", _WITH_ONE_ID)
    return files


def _wrap(template: Template, logical_id: str, module: str, text: str) -> Files:
    """Call a function through a module of ours beside it."""
    properties = template["Resources"][logical_id]["Properties"]
    ours, _, function = properties["Handler"].rpartition(".")
    properties["Handler"] = f"{module}.handler"
    return {f"{logical_id}/{module}.py": text.format(module=ours, function=function)}


def _functions(template: Template) -> list[str]:
    return _of_type(template, "AWS::Serverless::Function")


def _not_routes(template: Template) -> set[str]:
    """Functions that Cognito or a schedule invokes."""
    handlers = {
        name: template["Resources"][name]["Properties"]["Handler"] for name in _functions(template)
    }
    return {
        name
        for name, handler in handlers.items()
        if handler.split(".")[0] in ("auth", "users", "without_sub")
    }


def _name_secrets_by_arn(template: Template) -> Files:
    _replace_refs(template["Resources"], set(_of_type(template, "AWS::SecretsManager::Secret")))
    return {}


def _of_type(template: Template, kind: str) -> list[str]:
    return [name for name, each in template["Resources"].items() if each["Type"] == kind]


def _replace_refs(node: Any, names: set[str]) -> None:
    """`Ref` becomes `Fn::GetAtt` of Id, which is the same on AWS."""
    if isinstance(node, list):
        for each in node:
            _replace_refs(each, names)
    elif isinstance(node, dict):
        if set(node) == {"Ref"} and node["Ref"] in names:
            node["Fn::GetAtt"] = [node.pop("Ref"), "Id"]
        for each in node.values():
            _replace_refs(each, names)


PATCHES = (
    Patch(
        name="no sub in PreSignUp",
        deviation="PreSignUp's event has a `sub` among userAttributes; our trigger refuses any",
        source=f"{MINISTACK}/services/cognito.py (_sign_up)",
        apply=_send_no_sub,
    ),
    Patch(
        name="a secret's Ref is its ARN",
        deviation="Ref of a secret gives its name, so that no policy that names it allows a thing",
        source=f"{MINISTACK}/services/cloudformation/provisioners.py (_sm_secret_create); AWS: "
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/"
        "aws-resource-secretsmanager-secret.html#aws-resource-secretsmanager-secret-return-values",
        apply=_name_secrets_by_arn,
    ),
    Patch(
        name="one id for a request",
        deviation="x-amzn-RequestId is another id than requestContext.requestId",
        source=f"{MINISTACK}/services/apigateway_v1.py (_build_lambda_event_v1) and app.py",
        apply=_name_requests,
    ),
)


def patched(template: Template, patches: tuple[Patch, ...] = PATCHES) -> tuple[Template, Files]:
    """A patched copy and its files. Raises StalePatchError where a patch changes nothing."""
    result = copy.deepcopy(template)
    files: dict[str, str] = {}
    for patch in patches:
        before = copy.deepcopy(result)
        files |= patch.apply(result)
        if result == before:
            raise StalePatchError(f"{patch.name}: nothing to change")
    return result, files
