"""What is watched: access logs without people in them, alarms on what is the gallery's."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from local.template.resource_types import Place
from local.template.stack_template import StackTemplate, load_stack_template
from tests.contract.conftest import CANARIES, ROOT, deployed_with, monitoring_of
from tests.contract.metric_math import Metric, metrics_of
from tests.contract.production import EVERYTHING, PROD
from tests.contract.reading import by_id, functions

TOPIC = "arn:aws:sns:us-east-1:210987654321:on-call"
SEARCH = re.compile(
    r"SEARCH\('\{\"?(?P<namespace>[\w/-]+)\"?,(?P<dimensions>[\w,]+)\} MetricName=\"(?P<name>\w+)\""
    r"(?: (?P<key>\w+)=\((?P<values>[^)]+)\))?', "
)
LONGEST_SEARCH = 1024
"""https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html"""
COUNTED_BY_FUNCTIONS = {
    *("ProviderAuthFailed", "ProviderQuotaUsedUp", "ProviderFailed"),
    *("FailedOver", "StaleServed", "WalkResumed", "ListBroken", "ItemUnreadable"),
    *("ProviderLatency", "ProviderBudgetSpent", "ProviderBudgetUnknown"),
}
BY_PROVIDER = {"provider", "service"}


@dataclass(frozen=True)
class Watched:
    """A gallery, and the stack of its alarms and dashboard."""

    gallery: StackTemplate
    monitoring: StackTemplate


def watched(**given: str) -> Watched:
    gallery = deployed_with(**given)
    return Watched(gallery, monitoring_of(gallery))


@pytest.fixture(scope="module")
def prod() -> Watched:
    return watched(**PROD)


@pytest.fixture(scope="module")
def everything() -> Watched:
    return watched(**EVERYTHING)


def alarm_metrics(stack: StackTemplate) -> dict[str, list[Metric]]:
    """What each alarm reads."""
    alarms = stack.of_type("AWS::CloudWatch::Alarm")
    return {alarm.logical_id: metrics_of(alarm.properties) for alarm in alarms}


def widgets(stack: StackTemplate) -> list[dict[str, Any]]:
    body = stack.only("AWS::CloudWatch::Dashboard").properties["DashboardBody"]
    found: list[dict[str, Any]] = json.loads(body)["widgets"]
    return found


def dashboard_metrics(stack: StackTemplate) -> list[Metric]:
    """The same of every line of the dashboard; a search counts as each value that it names.

    One that names none counts as one metric, whose dimensions are stars.
    """
    lines = [line for widget in widgets(stack) for line in widget["properties"]["metrics"]]
    return [
        metric
        for line in lines
        for metric in (
            _searched(line[0]["expression"]) if isinstance(line[0], dict) else [_listed(line)]
        )
    ]


def searches(stack: StackTemplate) -> list[str]:
    lines = [line[0] for widget in widgets(stack) for line in widget["properties"]["metrics"]]
    return [line["expression"] for line in lines if isinstance(line, dict)]


def _listed(line: list[Any]) -> Metric:
    words = [word for word in line if isinstance(word, str)]
    return words[0], words[1], tuple(zip(words[2::2], words[3::2], strict=True))


def _searched(expression: str) -> list[Metric]:
    found = SEARCH.search(expression)
    assert found, expression
    namespace, name, dimensions = found["namespace"], found["name"], found["dimensions"].split(",")
    if found["key"] is None:
        return [(namespace, name, tuple((dimension, "*") for dimension in dimensions))]
    assert dimensions == [found["key"]]
    return [
        (namespace, name, ((found["key"], value.strip('"')),))
        for value in found["values"].split(" OR ")
    ]


def transformed(stack: StackTemplate) -> dict[str, list[dict[str, Any]]]:
    """Metrics that filters of this stack make, by name."""
    made: dict[str, list[dict[str, Any]]] = {}
    for resource in stack.of_type("AWS::Logs::MetricFilter"):
        for metric in resource.properties["MetricTransformations"]:
            made.setdefault(metric["MetricName"], []).append(metric)
    return made


def is_of(watched: Watched, metric: Metric) -> bool:
    """Whether a metric is made by these stacks, or by AWS about a resource of the gallery."""
    namespace, name, given = metric
    stack = watched.gallery
    dimensions = dict(given)
    if namespace == f"NFTGallery/{stack.place.stack_name}":
        if name in COUNTED_BY_FUNCTIONS:
            return set(dimensions) == BY_PROVIDER
        return name in transformed(watched.monitoring)
    api = stack.only("AWS::ApiGateway::RestApi").properties["Name"]
    web_acls = stack.of_type("AWS::WAFv2::WebACL")
    known: dict[str, list[dict[str, str]]] = {
        "AWS/Lambda": [{"FunctionName": f.physical_id} for f in functions(stack)],
        "AWS/ApiGateway": [{"ApiName": api, "Stage": "prod"}],
        "AWS/Cognito": [
            {
                "UserPool": stack.only("AWS::Cognito::UserPool").physical_id,
                "UserPoolClient": stack.only("AWS::Cognito::UserPoolClient").physical_id,
            }
        ],
        "AWS/WAFV2": [
            {
                "WebACL": w.properties["VisibilityConfig"]["MetricName"],
                "Region": "us-east-1",
                "Rule": "ALL",
            }
            for w in web_acls
        ],
        "AWS/Logs": [{"LogGroupName": g.physical_id} for g in stack.of_type("AWS::Logs::LogGroup")],
        "AWS/CloudFront": [
            {
                "DistributionId": stack.only("AWS::CloudFront::Distribution").physical_id,
                "Region": "Global",
            }
        ],
    }
    return dimensions in known[namespace]


def test_every_alarm_reads_metrics_of_the_gallery(prod: Watched) -> None:
    read = alarm_metrics(prod.monitoring)
    assert all(read.values())
    strangers = {a: m for a, metrics in read.items() for m in metrics if not is_of(prod, m)}
    assert strangers == {}


@pytest.mark.parametrize("switch", ["on", "off"])
def test_every_line_of_the_dashboard_is_of_the_gallery(switch: str) -> None:
    stacks = watched(**PROD, Waf=switch)
    assert [m for m in dashboard_metrics(stacks.monitoring) if not is_of(stacks, m)] == []
    titles = [w["properties"]["title"] for w in widgets(stacks.monitoring)]
    assert ("Firewall" in titles) is (switch == "on")


def test_every_filter_reads_a_log_of_the_gallery(everything: Watched) -> None:
    groups = {group.physical_id for group in everything.gallery.of_type("AWS::Logs::LogGroup")}
    filters = everything.monitoring.of_type("AWS::Logs::MetricFilter")
    read = {f.properties["LogGroupName"] for f in filters}
    assert {group.rpartition("-")[2] for group in read} == {"access", "routes", "triggers", "users"}
    assert read <= groups


@pytest.mark.parametrize("given", [{}, PROD, EVERYTHING], ids=["dev", "prod", "everything"])
def test_nothing_is_made_of_a_log_that_the_gallery_does_not_have(given: dict[str, str]) -> None:
    stacks = watched(**given)
    groups = {group.physical_id for group in stacks.gallery.of_type("AWS::Logs::LogGroup")}
    filters = stacks.monitoring.of_type("AWS::Logs::MetricFilter")
    assert [f.logical_id for f in filters if f.properties["LogGroupName"] not in groups] == []


def test_an_api_has_one_name_whichever_its_metrics_go_by(prod: Watched) -> None:
    api = prod.gallery.only("AWS::ApiGateway::RestApi").properties
    assert api["Name"] == api["Body"]["info"]["title"] == "gallery-api"


def test_the_alarms_cover_what_can_go_wrong(prod: Watched) -> None:
    watched = {
        (namespace, name)
        for metrics in alarm_metrics(prod.monitoring).values()
        for namespace, name, _ in metrics
    }
    assert watched == {
        ("NFTGallery/gallery", "SignInRefusals"),
        ("NFTGallery/gallery", "ProviderKeyRefusals"),
        ("NFTGallery/gallery", "ProviderAuthFailed"),
        ("NFTGallery/gallery", "ProviderQuotaUsedUp"),
        ("NFTGallery/gallery", "ApiThrottles"),
        *(("AWS/Lambda", name) for name in ("Errors", "Throttles", "Duration")),
        *(("AWS/ApiGateway", name) for name in ("Count", "5XXError", "Latency")),
        *(
            ("AWS/Cognito", name)
            for name in ("SignUpThrottles", "SignInThrottles", "TokenRefreshThrottles")
        ),
        ("AWS/WAFV2", "BlockedRequests"),
    }


def functions_read(metrics: Iterable[Metric], name: str) -> set[str]:
    return {dict(d)["FunctionName"] for ns, n, d in metrics if (ns, n) == ("AWS/Lambda", name)}


@pytest.mark.parametrize("name", ["Errors", "Throttles"])
def test_every_function_is_watched(everything: Watched, name: str) -> None:
    on_schedule = {"gallery-delete-unproven-users"} if name == "Throttles" else set()
    metrics = [m for found in alarm_metrics(everything.monitoring).values() for m in found]
    every = {f.physical_id for f in functions(everything.gallery)}
    assert functions_read(metrics, name) == every - on_schedule


@pytest.mark.parametrize("name", ["Throttles", "Duration", "Invocations"])
def test_every_function_of_sign_in_and_lookups_is_on_the_dashboard(
    prod: Watched, name: str
) -> None:
    every = {f.physical_id for f in functions(prod.gallery)}
    assert functions_read(dashboard_metrics(prod.monitoring), name) == every


def test_a_search_is_no_longer_than_cloudwatch_takes_it() -> None:
    place = Place("us-east-1", "123456789012", "s" * 40, "d111111abcdef8.cloudfront.net")
    gallery = load_stack_template(ROOT / "template.yaml", {**CANARIES, **EVERYTHING}, place)
    found = searches(monitoring_of(gallery))
    assert found
    assert max(map(len, found)) <= LONGEST_SEARCH


def test_a_sum_of_metrics_leaves_none_out_and_is_there_without_one(prod: Watched) -> None:
    for alarm in prod.monitoring.of_type("AWS::CloudWatch::Alarm"):
        parts = alarm.properties.get("Metrics", [])
        shown = [part for part in parts if part.get("ReturnData", True)]
        assert len(shown) == (1 if parts else 0)
        for part in parts:
            if "MetricStat" in part:
                expression = shown[0]["Expression"]
                assert re.search(rf"\b{part['Id']}\b", expression), alarm.logical_id
                is_filled = f"FILL({part['Id']},0)" in expression
                assert is_filled or expression.startswith("IF("), alarm.logical_id


def test_an_alarm_adds_up_no_more_than_cloudwatch_lets_it(everything: Watched) -> None:
    """https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create-alarm-on-metric-math-expression.html"""
    metrics = alarm_metrics(everything.monitoring)
    assert {alarm: len(read) for alarm, read in metrics.items() if len(read) > 10} == {}


def test_alarms_read_what_the_functions_count_and_where_they_count_it(
    prod: Watched, root: Path
) -> None:
    """The routes' own metrics: by the real writer, in the environment the template gives it."""
    counting = [
        environment
        for f in functions(prod.gallery)
        if "POWERTOOLS_METRICS_NAMESPACE"
        in (environment := f.properties.get("Environment", {}).get("Variables", {}))
    ]
    read = {
        metric
        for metrics in alarm_metrics(prod.monitoring).values()
        for metric in metrics
        if metric[1] in COUNTED_BY_FUNCTIONS
    }
    assert (len(read), bool(counting)) == (4, True)
    for environment in {json.dumps(each, sort_keys=True) for each in counting}:
        for namespace, name, dimensions in read:
            line = counted(root, json.loads(environment), name, dict(dimensions)["provider"])
            (written,) = line["_aws"]["CloudWatchMetrics"]
            assert written["Namespace"] == namespace
            assert [sorted(each) for each in written["Dimensions"]] == [sorted(dict(dimensions))]
            assert {key: line[key] for key, _ in dimensions} == dict(dimensions)


def test_every_metric_a_function_counts_is_on_the_dashboard(prod: Watched, root: Path) -> None:
    sources = "\n".join(file.read_text() for file in (root / "backend" / "nft").rglob("*.py"))
    written = set(re.findall(r'\.(?:count|latency)\(\s*"(\w+)"', sources))
    assert written == COUNTED_BY_FUNCTIONS
    assert written <= {name for _, name, _ in dashboard_metrics(prod.monitoring)}


@pytest.mark.parametrize("given", [PROD, EVERYTHING], ids=["prod", "everything"])
def test_the_dashboard_shows_the_webhooks_there_are(given: dict[str, str]) -> None:
    stacks = watched(**given)
    webhooks = {
        f.physical_id
        for f in functions(stacks.gallery)
        if f.properties["Handler"].startswith("webhooks.routes.")
    }
    assert bool(webhooks) is (given == EVERYTHING)
    shown = [
        (name, dict(dimensions)["FunctionName"])
        for namespace, name, dimensions in dashboard_metrics(stacks.monitoring)
        if namespace == "AWS/Lambda" and dict(dimensions)["FunctionName"] == "gallery-webhooks"
    ]
    names = ("Invocations", "Errors", "Throttles")
    assert set(shown) == {(name, webhook) for webhook in webhooks for name in names}


def test_the_dashboard_has_two_percentiles_of_each_providers_answers(prod: Watched) -> None:
    of_latency = [search for search in searches(prod.monitoring) if '"ProviderLatency"' in search]
    assert [re.findall(r"', '(\w+)', 300\)", search) for search in of_latency] == [
        ["p50"],
        ["p99"],
    ]


def test_no_widget_of_the_dashboard_covers_another(everything: Watched) -> None:
    taken: dict[tuple[int, int], str] = {}
    for widget in widgets(everything.monitoring):
        for x in range(widget["x"], widget["x"] + widget["width"]):
            for y in range(widget["y"], widget["y"] + widget["height"]):
                title = widget["properties"]["title"]
                assert taken.setdefault((x, y), title) == title
                assert x < 24


def counted(root: Path, environment: dict[str, str], name: str, provider: str) -> dict[str, Any]:
    """The line that one count writes in a function of that environment."""
    settings = "GallerySettings.from_environment(os.environ).metrics_namespace"
    code = (
        "import os\nfrom nft.settings import GallerySettings\n"
        "from runtime.metrics import EmfMetrics\n"
        f"EmfMetrics({settings}).count({name!r}, provider={provider!r})"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        text=True,
        env={"PYTHONPATH": str(root / "backend"), **environment},
    )
    line: dict[str, Any] = json.loads(done.stdout)
    return line


def test_no_traffic_rings_no_alarm(everything: Watched) -> None:
    alarms = everything.monitoring.of_type("AWS::CloudWatch::Alarm")
    assert {alarm.properties["TreatMissingData"] for alarm in alarms} == {"notBreaching"}


@pytest.mark.parametrize(
    ("given", "action"),
    [
        ({}, None),
        (
            {"AlarmEmail": "ops@gallery.example"},
            "arn:aws:sns:us-east-1:123456789012:gallery-alarms",
        ),
        ({"AlarmTopicArn": TOPIC}, TOPIC),
        ({"AlarmTopicArn": TOPIC, "AlarmEmail": "ops@gallery.example"}, TOPIC),
    ],
)
def test_alarms_go_where_they_are_sent(
    prod: Watched, given: dict[str, str], action: str | None
) -> None:
    stack = monitoring_of(prod.gallery, **given)
    for alarm in stack.of_type("AWS::CloudWatch::Alarm"):
        sent = [action] if action else None
        assert (alarm.properties.get("AlarmActions"), alarm.properties.get("OKActions")) == (
            sent,
            sent,
        )
    made = [topic.physical_id for topic in stack.of_type("AWS::SNS::Topic")]
    assert made == ([action] if action and action != TOPIC else [])


def test_alarms_that_read_access_logs_go_with_them() -> None:
    without = watched(**PROD, AccessLogs="off").monitoring
    assert "ApiThrottles" not in transformed(without)
    assert "ApiThrottlesAlarm" not in alarm_metrics(without)


def test_the_gallery_has_no_alarm_of_its_own_and_nothing_is_there_twice(
    everything: Watched,
) -> None:
    types = [{r.type for r in s.resources} for s in (everything.gallery, everything.monitoring)]
    assert types[0] & types[1] == set()


def test_an_access_log_line_is_json_and_names_no_one(prod: Watched) -> None:
    setting = prod.gallery.only("AWS::ApiGateway::Stage").properties["AccessLogSetting"]
    group = by_id(prod.gallery, "AccessLogGroup")
    assert setting["DestinationArn"] == group.arn.removesuffix(":*")
    assert "\n" not in setting["Format"]
    assert json.loads(setting["Format"]) == {
        "requestId": "$context.requestId",
        "time": "$context.requestTimeEpoch",
        "method": "$context.httpMethod",
        "route": "$context.resourcePath",
        "status": "$context.status",
        "error": "$context.error.responseType",
        "guestOrWallet": "$context.identity.cognitoAuthenticationType",
        "token": "$context.authorizer.claims.token_use",
        "latency": "$context.responseLatency",
        "integrationLatency": "$context.integration.latency",
        "integrationStatus": "$context.integration.status",
        "waf": "$context.wafResponseCode",
    }


def test_filters_of_the_access_log_read_fields_it_has(prod: Watched) -> None:
    stage = prod.gallery.only("AWS::ApiGateway::Stage").properties
    line = json.loads(stage["AccessLogSetting"]["Format"])
    group = by_id(prod.gallery, "AccessLogGroup").physical_id
    patterns = [
        f.properties["FilterPattern"]
        for f in prod.monitoring.of_type("AWS::Logs::MetricFilter")
        if f.properties["LogGroupName"] == group
    ]
    assert len(patterns) == 2
    assert {name for pattern in patterns for name in re.findall(r"\$\.(\w+)", pattern)} <= set(line)


def test_the_stage_waits_for_the_role_it_logs_with() -> None:
    stack = deployed_with(**PROD, ApiGatewayLogRole="create")
    account = stack.only("AWS::ApiGateway::Account")
    assert account.properties["CloudWatchRoleArn"] == by_id(stack, "ApiGatewayLogRoleOfAccount").arn
    assert account.physical_id in json.dumps(by_id(stack, "AccessLogGroup").properties["Tags"])
    assert deployed_with(**PROD).of_type("AWS::ApiGateway::Account") == []


def test_no_alarm_and_no_log_setting_holds_a_key(everything: Watched) -> None:
    watching = (
        "AWS::CloudWatch::",
        "AWS::Logs::",
        "AWS::WAFv2::",
        "AWS::SNS::",
        "AWS::ApiGateway::Stage",
    )
    resources = [*everything.gallery.resources, *everything.monitoring.resources]
    text = json.dumps([r.properties for r in resources if r.type.startswith(watching)])
    assert not [key for key in CANARIES.values() if key in text]
