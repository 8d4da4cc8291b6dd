"""The parts together, in one process: what the roles of the template let a caller do."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from local.configuration import ROOT, Configuration, stack_parameters
from local.errors import UnsupportedError
from local.server import api_app
from local.stack import build_stack
from local.template.resource_types import Place
from local.template.stack_template import Resource, StackTemplate, load_stack_template

PLACE = Place("us-east-1", "123456789012", "nft-gallery", "localhost:3000")
LOOKUP = "/prod/getNFTsCollectionAlchemy"


@dataclass
class Caller:
    """Calls the API of a stack without a socket, with the credentials of a guest."""

    app: Any
    template: StackTemplate

    def post(self, service: str, target: str, body: dict[str, object]) -> dict[str, Any]:
        headers = {"x-amz-target": target, "content-type": "application/x-amz-json-1.1"}
        answer = self.send("POST", f"/{service}/", headers, json.dumps(body))
        found: dict[str, Any] = answer.json()
        return found

    def guest(self) -> Credentials:
        service, target = "cognito-identity", "AWSCognitoIdentityService."
        pool = self.template.only("AWS::Cognito::IdentityPool").physical_id
        identity = self.post(service, f"{target}GetId", {"IdentityPoolId": pool})
        given = self.post(service, f"{target}GetCredentialsForIdentity", identity)["Credentials"]
        return Credentials(given["AccessKeyId"], given["SecretKey"], given["SessionToken"])

    def signed_get(self, path: str, service: str = "execute-api") -> httpx.Response:
        request = AWSRequest("GET", f"http://localhost:3001{path}")
        SigV4Auth(self.guest(), service, PLACE.region).add_auth(request)
        return self.send("GET", path, dict(request.headers))

    def send(
        self, method: str, path: str, headers: dict[str, str], body: str = ""
    ) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(
                transport=transport, base_url="http://localhost:3001"
            ) as client:
                return await client.request(method, path, headers=headers, content=body)

        return asyncio.run(send())


def with_guest_route(template: StackTemplate, route: str) -> StackTemplate:
    """The template with another route in the guests' role."""

    def changed(resource: Resource) -> Resource:
        if resource.logical_id != "CognitoUnAuthorizedRole":
            return resource
        text = json.dumps(resource.properties).replace("getNFTsCollectionAlchemy", route)
        return replace(resource, properties=json.loads(text))

    return replace(template, resources=tuple(map(changed, template.resources)))


@pytest.fixture
def template(tmp_path: Path) -> StackTemplate:
    parameters = stack_parameters(configuration(tmp_path))
    return load_stack_template(ROOT / "template.yaml", parameters, PLACE)


def configuration(folder: Path) -> Configuration:
    return Configuration(3000, 3001, folder / "none.parameters", folder)


@pytest.fixture
def caller(template: StackTemplate, tmp_path: Path) -> Iterator[Caller]:
    """A stack whose guests may call a route that is not the lookup."""
    changed = with_guest_route(template, "somethingElse")
    stack = build_stack(changed, configuration(tmp_path))
    yield Caller(api_app(stack, PLACE, "prod"), changed)
    asyncio.run(stack.close())


def test_a_guest_outside_its_role_is_refused_in_the_words_of_iam(caller: Caller) -> None:
    answer = caller.signed_get(f"{LOOKUP}?contractAddress=0x00")
    api = caller.template.only("AWS::ApiGateway::RestApi").physical_id
    assert answer.status_code == 403
    assert answer.headers["x-amzn-errortype"] == "AccessDeniedException"
    assert answer.json() == {
        "Message": (
            "User: arn:aws:sts::123456789012:assumed-role/nft-gallery-CognitoUnAuthorizedRole/"
            "CognitoIdentityCredentials is not authorized to perform: execute-api:Invoke on "
            f"resource: arn:aws:execute-api:us-east-1:********9012:{api}/prod/GET/"
            "getNFTsCollectionAlchemy because no identity-based policy allows the "
            "execute-api:Invoke action"
        )
    }


def test_a_signature_for_another_service_opens_nothing(caller: Caller) -> None:
    answer = caller.signed_get(f"{LOOKUP}?contractAddress=0x00", service="s3")
    assert answer.status_code == 403
    assert "Message" not in answer.json()


def test_guests_cannot_read_the_provider_keys(caller: Caller) -> None:
    secret, _ = caller.template.of_type("AWS::SecretsManager::Secret")
    body = json.dumps({"SecretId": secret.physical_id})
    request = AWSRequest(
        "POST",
        "http://localhost:3001/secretsmanager/",
        data=body,
        headers={"X-Amz-Target": "secretsmanager.GetSecretValue"},
    )
    SigV4Auth(caller.guest(), "secretsmanager", PLACE.region).add_auth(request)
    answer = caller.send("POST", "/secretsmanager/", dict(request.headers), body)
    assert answer.status_code == 400
    assert answer.json()["__type"] == "AccessDeniedException"
    assert "stand-in" not in answer.text


def test_a_stage_that_is_not_there_is_forbidden(caller: Caller) -> None:
    answer = caller.send("GET", "/other/health", {})
    assert (answer.status_code, answer.json()) == (403, {"message": "Forbidden"})


def with_property(
    template: StackTemplate, logical_id: str, name: str, value: object
) -> StackTemplate:
    resources = [
        replace(resource, properties={**resource.properties, name: value})
        if resource.logical_id == logical_id
        else resource
        for resource in template.resources
    ]
    return replace(template, resources=tuple(resources))


@pytest.mark.parametrize(
    ("logical_id", "name", "value", "named"),
    [
        ("PreSignUpFunction", "Runtime", "nodejs22.x", "nodejs22.x"),
        ("GalleryApi", "EndpointConfiguration", {"Types": ["PRIVATE"]}, "REGIONAL"),
    ],
)
def test_what_would_run_otherwise_on_aws_is_refused(
    template: StackTemplate, tmp_path: Path, logical_id: str, name: str, value: object, named: str
) -> None:
    with pytest.raises(UnsupportedError, match=named):
        build_stack(with_property(template, logical_id, name, value), configuration(tmp_path))


def test_building_a_stack_is_quick(template: StackTemplate, tmp_path: Path) -> None:
    started = time.process_time()  # of this process alone: others cannot lengthen it
    asyncio.run(build_stack(template, configuration(tmp_path)).close())
    assert time.process_time() - started < 5
