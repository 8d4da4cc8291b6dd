"""The stage: variables and throttles, read from AWS::ApiGateway::Stage properties.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigateway-stage.html
"""

from collections.abc import Mapping
from dataclasses import dataclass

from local.api_gateway.json_node import JsonNode

ACCOUNT_RATE = 10_000.0
ACCOUNT_BURST = 5_000.0

_MODELLED = frozenset({"MethodSettings", "Variables", "CacheClusterEnabled"})
_INERT = frozenset(
    {
        "AccessLogSetting",
        "CacheClusterSize",
        "DeploymentId",
        "Description",
        "RestApiId",
        "StageName",
        "Tags",
        "TracingEnabled",
    }
)
_SETTING_MODELLED = frozenset(
    {
        "CachingEnabled",
        "HttpMethod",
        "ResourcePath",
        "ThrottlingBurstLimit",
        "ThrottlingRateLimit",
    }
)
_SETTING_INERT = frozenset(
    {
        "CacheDataEncrypted",
        "CacheTtlInSeconds",
        "DataTraceEnabled",
        "LoggingLevel",
        "MetricsEnabled",
    }
)


@dataclass(frozen=True, slots=True)
class ThrottleLimit:
    """`rate` in requests per second, `burst` in requests."""

    rate: float = ACCOUNT_RATE
    burst: float = ACCOUNT_BURST


@dataclass(frozen=True, slots=True)
class Stage:
    """`limits` is keyed by (resource path or `*`, verb or `*`)."""

    name: str
    variables: Mapping[str, str]
    limits: Mapping[tuple[str, str], ThrottleLimit]

    def limit(self, resource_path: str, http_method: str) -> ThrottleLimit:
        """The most specific setting for that method, else the account's own limit."""
        for key in (
            (resource_path, http_method),
            (resource_path, "*"),
            ("*", http_method),
            ("*", "*"),
        ):
            if key in self.limits:
                return self.limits[key]
        return ThrottleLimit()


def read_stage(name: str, properties: Mapping[str, object]) -> Stage:
    """The stage of these resolved properties; raises UnsupportedError for anything else."""
    root = JsonNode(f"Stage({name})", properties)
    root.refuse_unmodelled(_MODELLED, _INERT)
    _refuse_cache(root, "CacheClusterEnabled")
    variables = root.get("Variables")
    settings = root.get("MethodSettings")
    return Stage(
        name=name,
        variables={k: v.text() for k, v in variables.entries().items()} if variables else {},
        limits=dict(_read_setting(item) for item in settings.items()) if settings else {},
    )


def _read_setting(setting: JsonNode) -> tuple[tuple[str, str], ThrottleLimit]:
    setting.refuse_unmodelled(_SETTING_MODELLED, _SETTING_INERT)
    _refuse_cache(setting, "CachingEnabled")
    limit = ThrottleLimit(
        rate=_read_limit(setting, "ThrottlingRateLimit", ACCOUNT_RATE),
        burst=_read_limit(setting, "ThrottlingBurstLimit", ACCOUNT_BURST),
    )
    resource = _resource_path(setting.require("ResourcePath").text())
    return (resource, setting.require("HttpMethod").text().upper()), limit


def _read_limit(setting: JsonNode, key: str, default: float) -> float:
    node = setting.get(key)
    if node is None:
        return default
    if node.number() < 0:
        raise node.unsupported("switching the throttle off is not modelled")
    return min(node.number(), default)


def _resource_path(text: str) -> str:
    # '/*' is every resource; '/~1a~1b' and '/a' are the resources /a/b and /a.
    plain = text.removeprefix("/").replace("~1", "/")
    return "*" if plain == "*" else "/" + plain.removeprefix("/")


def _refuse_cache(node: JsonNode, key: str) -> None:
    flag = node.get(key)
    if flag is not None and flag.flag():
        raise flag.unsupported("the stage cache is not modelled")
