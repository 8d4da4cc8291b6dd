"""The patches of the deployed copy: each changes something, and the template of the build stays."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.template import read_template
from tests.oracle.patches import PATCHES, Patch, StalePatchError, Template, patched

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def template() -> Template:
    """As `sam build` writes it: long forms, no merge keys."""
    document = read_template(ROOT / "template.yaml", given={}).document
    text = yaml.safe_dump(dict(document))
    found: Template = yaml.load(text, Loader=yaml.CSafeLoader)
    return found


def test_every_patch_is_named_once_and_says_what_is_wrong_and_where_that_is_seen() -> None:
    assert len({patch.name for patch in PATCHES}) == len(PATCHES)
    for patch in PATCHES:
        assert patch.deviation
        assert patch.source.startswith("https://")


def test_the_built_template_is_left_as_it_is(template: Template) -> None:
    before = copy.deepcopy(template)
    patched(template)
    assert template == before


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.name)
def test_a_patch_with_nothing_to_change_is_stale(patch: Patch) -> None:
    with pytest.raises((StalePatchError, KeyError)):
        patched({"Resources": {}}, (patch,))


def test_pre_sign_up_is_called_without_the_sub_that_cognito_does_not_send(
    template: Template,
) -> None:
    changed, files = patched(template)
    properties = changed["Resources"]["PreSignUpFunction"]["Properties"]
    assert properties["Handler"] == "without_sub.handler"
    handler = loaded(files["PreSignUpFunction/without_sub.py"], lambda event, _: event)
    event = {"request": {"userAttributes": {"sub": "1", "email": "kept"}}}
    assert handler(event, None) == {"request": {"userAttributes": {"email": "kept"}}}


def test_a_route_names_the_request_in_its_answer_as_api_gateway_does(template: Template) -> None:
    changed, files = patched(template)
    wrapped = {path.split("/")[0] for path in files if path.endswith("with_one_id.py")}
    assert wrapped == {
        *("GetNFTsAlchemyFunction", "GetNFTsMoralisFunction", "GalleryFunction"),
        "PublicGalleryFunction",
        *("OwnersFunction", "NamesFunction", "MetadataFunction", "WebhooksFunction"),
    }
    assert changed["Resources"]["OwnersFunction"]["Properties"]["Handler"] == "with_one_id.handler"
    handler = loaded(
        files["OwnersFunction/with_one_id.py"],
        lambda *_: {"statusCode": 200, "headers": {"Vary": "Origin"}},
    )
    answer = handler({"requestContext": {"requestId": "r-1"}}, None)
    assert answer["headers"] == {"Vary": "Origin", "x-amzn-requestid": "r-1"}


def test_no_secret_is_left_to_be_called_by_its_name(template: Template) -> None:
    changed, _ = patched(template)
    names = [
        name
        for name, each in changed["Resources"].items()
        if each["Type"] == "AWS::SecretsManager::Secret"
    ]
    assert names
    text = yaml.safe_dump(changed["Resources"])
    assert [name for name in names if f"Ref: {name}\n" in text] == []


def loaded(text: str, answer: Any) -> Any:
    """The wrapper's handler around a function of ours."""
    body = "\n".join(line for line in text.splitlines() if not line.startswith("from "))
    names: dict[str, Any] = {"answer": answer}
    exec(compile(body, "wrapper", "exec"), names)  # noqa: S102
    return names["handler"]
