"""What is watched: access logs without people in them, alarms on what is this stack's."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from local.template.resource_types import Place
from local.template.stack_template import StackTemplate, load_stack_template
from tests.contract.conftest import CANARIES, ROOT, deployed_with
from tests.contract.production import EVERYTHING, PROD
from tests.contract.reading import by_id, functions

TOPIC = "arn:aws:sns:us-east-1:210987654321:on-call"
SEARCH = re.compile(r"SEARCH\('\{\"(?P<namespace>[^\"]+)\",(?P<dimensions>[\w,]+)\} ")
COUNTED_BY_FUNCTIONS = {
    *("ProviderAuthFailed", "ProviderQuotaUsedUp", "ProviderFailed"),
    *("FailedOver", "StaleServed", "WalkResumed", "ProviderLatency"),
}
BY_PROVIDER = {"provider", "service"}

type Metric = tuple[str, str, tuple[tuple[str, str], ...]]


@pytest.fixture(scope="module")
def prod() -> StackTemplate:
    return deployed_with(**PROD)


def alarm_metrics(stack: StackTemplate) -> dict[str, list[Metric]]:
    """(namespace, name, dimensions) that each alarm reads."""
    return {
        alarm.logical_id: [
            _metric(part)
            for part in [
                alarm.properties,
                *(
                    m["MetricStat"]["Metric"]
                    for m in alarm.properties.get("Metrics", [])
                    if "MetricStat" in m
                ),
            ]
            if "MetricName" in part
        ]
        for alarm in stack.of_type("AWS::CloudWatch::Alarm")
    }


def _metric(part: dict[str, Any]) -> Metric:
    dimensions = tuple((d["Name"], d["Value"]) for d in part.get("Dimensions", []))
    return part["Namespace"], part["MetricName"], dimensions


def widgets(stack: StackTemplate) -> list[dict[str, Any]]:
    body = stack.only("AWS::CloudWatch::Dashboard").properties["DashboardBody"]
    found: list[dict[str, Any]] = json.loads(body)["widgets"]
    return found


def dashboard_metrics(stack: StackTemplate) -> list[Metric]:
    """The same of every line of the dashboard; a search counts as one metric of its dimension."""
    lines = [line for widget in widgets(stack) for line in widget["properties"]["metrics"]]
    return [
        _searched(line[0]["expression"]) if isinstance(line[0], dict) else _listed(line)
        for line in lines
    ]


def _listed(line: list[Any]) -> Metric:
    words = [word for word in line if isinstance(word, str)]
    return words[0], words[1], tuple(zip(words[2::2], words[3::2], strict=True))


def _searched(expression: str) -> Metric:
    found, name = SEARCH.search(expression), re.search(r'MetricName="(\w+)"', expression)
    assert found, expression
    assert name, expression
    return found["namespace"], name[1], tuple((d, "*") for d in found["dimensions"].split(","))


def transformed(stack: StackTemplate) -> dict[str, list[dict[str, Any]]]:
    """Metrics that filters of this stack make, by name."""
    made: dict[str, list[dict[str, Any]]] = {}
    for resource in stack.of_type("AWS::Logs::MetricFilter"):
        for metric in resource.properties["MetricTransformations"]:
            made.setdefault(metric["MetricName"], []).append(metric)
    return made


def is_of(stack: StackTemplate, metric: Metric) -> bool:
    """Whether a metric is made by this stack, or by AWS about a resource of this stack."""
    namespace, name, given = metric
    dimensions = dict(given)
    if namespace == f"NFTGallery/{stack.place.stack_name}":
        if name in COUNTED_BY_FUNCTIONS:
            return set(dimensions) == BY_PROVIDER
        return name in transformed(stack)
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


def test_every_alarm_reads_metrics_of_this_stack(prod: StackTemplate) -> None:
    read = alarm_metrics(prod)
    assert all(read.values())
    strangers = {a: m for a, metrics in read.items() for m in metrics if not is_of(prod, m)}
    assert strangers == {}


@pytest.mark.parametrize("switch", ["on", "off"])
def test_every_line_of_the_dashboard_is_of_this_stack(switch: str) -> None:
    stack = deployed_with(**PROD, Waf=switch)
    assert [metric for metric in dashboard_metrics(stack) if not is_of(stack, metric)] == []
    assert ("Firewall" in [w["properties"]["title"] for w in widgets(stack)]) is (switch == "on")


def test_an_api_has_one_name_whichever_its_metrics_go_by(prod: StackTemplate) -> None:
    api = prod.only("AWS::ApiGateway::RestApi").properties
    assert api["Name"] == api["Body"]["info"]["title"] == "gallery-api"


def test_the_alarms_cover_what_can_go_wrong(prod: StackTemplate) -> None:
    watched = {
        (namespace, name)
        for metrics in alarm_metrics(prod).values()
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


def test_errors_and_throttles_are_watched_of_every_function(prod: StackTemplate) -> None:
    every = {
        f.physical_id
        for f in functions(prod)
        if f.properties["Handler"].split(".")[1] in ("triggers", "routes")
    }
    for name in ("Errors", "Throttles"):
        read = {
            dict(dimensions)["FunctionName"]
            for metrics in alarm_metrics(prod).values()
            for namespace, metric, dimensions in metrics
            if (namespace, metric) == ("AWS/Lambda", name)
        }
        assert read == every


def test_a_sum_of_metrics_leaves_none_out(prod: StackTemplate) -> None:
    for alarm in prod.of_type("AWS::CloudWatch::Alarm"):
        parts = alarm.properties.get("Metrics", [])
        shown = [part for part in parts if part.get("ReturnData", True)]
        assert len(shown) == (1 if parts else 0)
        for part in parts:
            if "MetricStat" in part:
                assert re.search(rf"\b{part['Id']}\b", shown[0]["Expression"]), alarm.logical_id


def test_an_alarm_adds_up_no_more_than_cloudwatch_lets_it(prod: StackTemplate) -> None:
    """https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create-alarm-on-metric-math-expression.html"""
    metrics = alarm_metrics(prod)
    assert {alarm: len(read) for alarm, read in metrics.items() if len(read) > 10} == {}


def test_alarms_read_what_the_functions_count_and_where_they_count_it(
    prod: StackTemplate, root: Path
) -> None:
    """The routes' own metrics: by the real writer, in the environment the template gives it."""
    gallery = [f for f in functions(prod) if f.properties["Role"] == by_id(prod, "GalleryRole").arn]
    assert len(gallery) == 7
    read = {
        metric
        for metrics in alarm_metrics(prod).values()
        for metric in metrics
        if metric[1] in COUNTED_BY_FUNCTIONS
    }
    assert len(read) == 4
    of_names = {"RPC_URLS", "UPSTREAM_TIMEOUT_SECONDS"}  # of one: it resolves an owner's name
    environments = [
        {k: v for k, v in f.properties["Environment"]["Variables"].items() if k not in of_names}
        for f in gallery
    ]
    assert environments == [environments[0]] * 7
    for namespace, name, dimensions in read:
        line = counted(root, environments[0], name, dict(dimensions)["provider"])
        (written,) = line["_aws"]["CloudWatchMetrics"]
        assert written["Namespace"] == namespace
        assert [sorted(each) for each in written["Dimensions"]] == [sorted(dict(dimensions))]
        assert {key: line[key] for key, _ in dimensions} == dict(dimensions)


def test_every_metric_a_function_counts_is_on_the_dashboard(
    prod: StackTemplate, root: Path
) -> None:
    sources = "\n".join(file.read_text() for file in (root / "backend" / "nft").rglob("*.py"))
    written = set(re.findall(r'\.(?:count|latency)\(\s*"(\w+)"', sources))
    assert written == COUNTED_BY_FUNCTIONS
    assert written <= {name for _, name, _ in dashboard_metrics(prod)}


@pytest.mark.parametrize("given", [{}, {"AlchemyWebhookSigningKeys": "k" * 16}, None])
def test_the_dashboard_shows_the_webhooks_there_are(given: dict[str, str] | None) -> None:
    stack = deployed_with(**(EVERYTHING if given is None else {**PROD, **given}))
    webhooks = {
        f.physical_id
        for f in functions(stack)
        if f.properties["Handler"].startswith("webhooks.routes.")
    }
    assert len(webhooks) == (2 if given is None else len(given))
    shown = [
        (name, dict(dimensions)["FunctionName"])
        for namespace, name, dimensions in dashboard_metrics(stack)
        if namespace == "AWS/Lambda" and dict(dimensions)["FunctionName"] in webhooks
    ]
    names = ("Invocations", "Errors", "Throttles")
    assert set(shown) == {(name, webhook) for webhook in webhooks for name in names}


def test_the_dashboard_has_two_percentiles_of_each_providers_answers(prod: StackTemplate) -> None:
    lines = [line[0] for w in widgets(prod) for line in w["properties"]["metrics"]]
    searches = [line["expression"] for line in lines if isinstance(line, dict)]
    of_latency = [search for search in searches if '"ProviderLatency"' in search]
    assert [re.findall(r"', '(\w+)', 300\)", search) for search in of_latency] == [
        ["p50"],
        ["p99"],
    ]


def test_no_widget_of_the_dashboard_covers_another() -> None:
    taken: dict[tuple[int, int], str] = {}
    for widget in widgets(deployed_with(**EVERYTHING)):
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


def test_no_traffic_rings_no_alarm(prod: StackTemplate) -> None:
    assert {a.properties["TreatMissingData"] for a in prod.of_type("AWS::CloudWatch::Alarm")} == {
        "notBreaching"
    }


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
def test_alarms_go_where_they_are_sent(given: dict[str, str], action: str | None) -> None:
    stack = deployed_with(**PROD, **given)
    for alarm in stack.of_type("AWS::CloudWatch::Alarm"):
        sent = [action] if action else None
        assert (alarm.properties.get("AlarmActions"), alarm.properties.get("OKActions")) == (
            sent,
            sent,
        )
    made = [topic.physical_id for topic in stack.of_type("AWS::SNS::Topic")]
    assert made == ([action] if action and action != TOPIC else [])


def test_alarms_that_read_access_logs_go_with_them() -> None:
    without = deployed_with(**PROD, AccessLogs="off")
    assert "ApiThrottles" not in transformed(without)
    assert "ApiThrottlesAlarm" not in alarm_metrics(without)
    unwatched = transformed(deployed_with(AccessLogs="on"))
    assert unwatched.keys() == transformed(deployed_with()).keys()


def test_an_access_log_line_is_json_and_names_no_one(prod: StackTemplate) -> None:
    setting = prod.only("AWS::ApiGateway::Stage").properties["AccessLogSetting"]
    group = by_id(prod, "AccessLogGroup")
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


def test_filters_of_the_access_log_read_fields_it_has(prod: StackTemplate) -> None:
    line = json.loads(prod.only("AWS::ApiGateway::Stage").properties["AccessLogSetting"]["Format"])
    group = by_id(prod, "AccessLogGroup").physical_id
    patterns = [
        f.properties["FilterPattern"]
        for f in prod.of_type("AWS::Logs::MetricFilter")
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


def test_no_alarm_and_no_log_setting_holds_a_key() -> None:
    place = Place("us-east-1", "123456789012", "gallery", "d111111abcdef8.cloudfront.net")
    stack = load_stack_template(ROOT / "template.yaml", {**CANARIES, **EVERYTHING}, place)
    watching = (
        "AWS::CloudWatch::",
        "AWS::Logs::",
        "AWS::WAFv2::",
        "AWS::SNS::",
        "AWS::ApiGateway::Stage",
    )
    text = json.dumps([r.properties for r in stack.resources if r.type.startswith(watching)])
    assert not [key for key in CANARIES.values() if key in text]
