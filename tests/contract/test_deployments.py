"""When a deploy makes a new deployment of the API, and when it leaves the one that is live.

SAM names the deployment by a hash of the API as written, parameters not filled in:
https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-api.html
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from local.template.document import transform_document
from local.template.parameters import resolve_parameters
from tests.contract.conftest import CANARIES

type Document = dict[str, Any]


def deployment_of(document: Document, **given: str) -> str:
    parameters = resolve_parameters(document["Parameters"], {**CANARIES, **given})
    texts = {k: ",".join(v) if isinstance(v, list) else v for k, v in parameters.items()}
    resources = transform_document(document, texts, region="us-east-1")["Resources"]
    (found,) = (n for n, r in resources.items() if r["Type"] == "AWS::ApiGateway::Deployment")
    (stage,) = (r for r in resources.values() if r["Type"] == "AWS::ApiGateway::Stage")
    assert stage["Properties"]["DeploymentId"] == {"Ref": found}
    return str(found)


def paths(document: Document) -> Document:
    body: Document = document["Resources"]["GalleryApi"]["Properties"]["DefinitionBody"]
    return body["paths"]  # type: ignore[no-any-return]


def integration(document: Document, path: str) -> Document:
    return paths(document)[path]["get"]["x-amazon-apigateway-integration"]  # type: ignore[no-any-return]


def add_a_route(document: Document) -> None:
    paths(document)["/more"] = paths(document)["/health"]


def change_a_mapping_template(document: Document) -> None:
    integration(document, "/getNFTsAlchemy")["requestTemplates"]["application/json"] += " "


def change_who_may_call(document: Document) -> None:
    paths(document)["/getNFTsAlchemy"]["get"]["security"] = [{"Sigv4": []}]


def name_another_function(document: Document) -> None:
    other = integration(document, "/getNFTsMoralisLambda")["uri"]
    integration(document, "/getNFTsAlchemyLambda")["uri"] = other


def change_an_error(document: Document) -> None:
    body = document["Resources"]["GalleryApi"]["Properties"]["DefinitionBody"]
    body["x-amazon-apigateway-gateway-responses"]["THROTTLED"]["statusCode"] = 430


def change_a_function_only(document: Document) -> None:
    document["Resources"]["GetNFTsAlchemyFunction"]["Properties"]["Timeout"] = 14


def change_a_throttle(document: Document) -> None:
    settings = document["Resources"]["GalleryApi"]["Properties"]["MethodSettings"]
    settings[0]["ThrottlingRateLimit"] = 50


@pytest.mark.parametrize(
    "change",
    [
        add_a_route,
        change_a_mapping_template,
        change_who_may_call,
        name_another_function,
        change_an_error,
    ],
)
def test_what_changes_in_the_api_is_deployed(
    document: Document, change: Callable[[Document], None]
) -> None:
    changed = copy.deepcopy(document)
    change(changed)
    assert deployment_of(changed) != deployment_of(document)


@pytest.mark.parametrize("change", [change_a_function_only, change_a_throttle])
def test_what_is_live_without_a_deployment_makes_none(
    document: Document, change: Callable[[Document], None]
) -> None:
    changed = copy.deepcopy(document)
    change(changed)
    assert deployment_of(changed) == deployment_of(document)


def test_an_unchanged_api_is_not_deployed_again(document: Document) -> None:
    assert deployment_of(copy.deepcopy(document)) == deployment_of(document)


def test_a_parameter_in_the_body_makes_no_deployment_so_the_readme_names_the_command(
    document: Document,
) -> None:
    before = deployment_of(document)
    for given in (
        {"ProviderKeysVersion": "2"},
        {"AlchemyNetworksUrl": "https://{network}.nft.example/v3"},
    ):
        assert deployment_of(document, **given) == before
