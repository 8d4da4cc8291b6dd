"""`make monitoring`: what the alarms are told of a gallery, and that they go before it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deploy.clients import Clients
from deploy.errors import NoSuchStackError, StackProtectedError
from deploy.leftovers import leftovers
from deploy.monitoring import ALARM_PARAMETERS, monitoring_parameters
from deploy.stack import find_stack
from local.template.document import load_document
from tests.deploy.conftest import CONFIG, Deploy
from tests.deploy.test_commands import run
from tests.deploy.test_destroy import destroy_it

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = load_document(ROOT / "stacks" / "monitoring.yaml")
NAME = "Gallery-monitoring"
MAIL = {"AlarmEmail": "ops@gallery.example"}
OFF = dict.fromkeys(("AccessLogs", "PublicLookups", "Waf", "Webhooks", "UnprovenUsers"), "off")


def watch(clients: Clients, words: dict[str, str], *, protected: bool = False) -> None:
    """What SAM does with the template, of which moto can make the topic only."""
    resources = {"AlarmTopic": TEMPLATE["Resources"]["AlarmTopic"]}
    clients.cloudformation.create_stack(
        StackName=NAME,
        TemplateBody=json.dumps({**TEMPLATE, "Resources": resources}),
        Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in words.items()],
        EnableTerminationProtection=protected,
    )


def words_of(text: str) -> dict[str, str]:
    return dict(word.split("=", 1) for word in text.split())


def test_the_stack_of_alarms_is_told_the_gallerys_ids_options_and_where_alarms_go(
    deploy: Deploy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deployment = deploy()
    file = tmp_path / "parameters"
    file.write_text("AlchemyApiKey=canary\nAlarmEmail=ops@gallery.example\n")
    run("monitoring", parameters=str(file))
    assert words_of(capsys.readouterr().out) == {
        "StackName": "Gallery",
        "UserPoolId": CONFIG["userPoolId"],
        "UserPoolClientId": CONFIG["userPoolClientId"],
        "DistributionId": deployment.stack.outputs["DistributionId"],
        **OFF,
        "AlarmEmail": "ops@gallery.example",
    }


def test_an_option_is_on_where_its_resource_is_there(deploy: Deploy) -> None:
    resources = {"AccessLogGroup", "WebAcl", "WebhookLogGroup"}
    found = monitoring_parameters(deploy().stack, resources, {})
    assert {name for name in OFF if found[name] == "on"} == {"AccessLogs", "Waf", "Webhooks"}
    assert resources <= set(load_document(ROOT / "template.yaml")["Resources"])


def test_all_words_are_parameters_of_the_template_and_none_is_missing(deploy: Deploy) -> None:
    given = dict.fromkeys(ALARM_PARAMETERS, "")
    assert set(monitoring_parameters(deploy().stack, (), given)) == set(TEMPLATE["Parameters"])


@pytest.mark.parametrize(("profile", "is_told"), [("", True), ("dev", True), ("prod", False)])
def test_nothing_is_said_of_a_stack_of_another_profile(
    deploy: Deploy, profile: str, is_told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    deploy()
    run("monitoring", only_profile=profile)
    assert bool(capsys.readouterr().out) is is_told


def test_there_are_no_alarms_without_a_gallery(clients: Clients) -> None:
    with pytest.raises(NoSuchStackError):
        run("monitoring")


def test_the_alarms_go_before_the_gallery(
    deploy: Deploy, capsys: pytest.CaptureFixture[str]
) -> None:
    clients = deploy().clients
    run("monitoring")
    watch(clients, words_of(capsys.readouterr().out))
    said = destroy_it(clients)
    assert f"  the stack {NAME}, with everything in it" in said
    ended = [line for line in said if line.endswith("DELETE_COMPLETE")]
    assert ended == [f"{NAME}: DELETE_COMPLETE", "Gallery: DELETE_COMPLETE"]
    assert find_stack(clients.cloudformation, NAME) is None


def test_a_stack_that_only_has_the_name_of_the_alarms_is_left_alone(deploy: Deploy) -> None:
    clients = deploy().clients
    body = json.dumps({"Description": "NFT Gallery: a wallet", "Resources": {}})
    clients.cloudformation.create_stack(StackName=NAME, TemplateBody=body)
    destroy_it(clients)
    assert find_stack(clients.cloudformation, NAME)


def test_protected_alarms_stop_the_deletion_of_the_gallery(deploy: Deploy) -> None:
    deployment = deploy()
    watch(deployment.clients, monitoring_parameters(deployment.stack, (), MAIL), protected=True)
    with pytest.raises(StackProtectedError, match=NAME):
        destroy_it(deployment.clients)
    assert find_stack(deployment.clients.cloudformation, "Gallery")


def test_alarms_without_their_gallery_are_listed_as_what_remains(deploy: Deploy) -> None:
    deployment = deploy()
    watch(deployment.clients, monitoring_parameters(deployment.stack, (), MAIL))
    deployment.clients.cloudformation.delete_stack(StackName="Gallery")
    assert leftovers(deployment.clients, "Gallery") == [
        f"stack {NAME} (`make destroy STACK={NAME}`)"
    ]
    destroy_it(deployment.clients, typed=NAME, name=NAME)
    assert find_stack(deployment.clients.cloudformation, NAME) is None
