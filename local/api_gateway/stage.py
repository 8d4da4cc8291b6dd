"""The stage: variables, throttles and cache, read from AWS::ApiGateway::Stage properties.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigateway-stage.html
"""

from collections.abc import Mapping
from dataclasses import dataclass

from local.api_gateway.json_node import JsonNode

ACCOUNT_RATE = 10_000.0
ACCOUNT_BURST = 5_000.0
DEFAULT_TTL = 300.0
MAXIMUM_TTL = 3600.0

_MODELLED = frozenset({"MethodSettings", "Variables", "CacheClusterEnabled", "CacheClusterSize"})
_INERT = frozenset(
    {
        "AccessLogSetting",
        "DeploymentId",
        "Description",
        "RestApiId",
        "StageName",
        "Tags",
        "TracingEnabled",
    }
)
_SIZES = frozenset({"0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"})
_SETTING_MODELLED = frozenset(
    {
        "CacheTtlInSeconds",
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
class MethodSetting:
    """`cache_ttl_seconds` 0 is no cache."""

    limit: ThrottleLimit = ThrottleLimit()
    cache_ttl_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Stage:
    """`settings` is keyed by (resource path or `*`, verb or `*`)."""

    name: str
    variables: Mapping[str, str]
    has_cache: bool
    settings: Mapping[tuple[str, str], MethodSetting]

    def limit(self, resource_path: str, http_method: str) -> ThrottleLimit:
        """The most specific setting for that method, else the account's own limit."""
        return self._setting(resource_path, http_method).limit

    def cache_ttl_seconds(self, resource_path: str, http_method: str) -> float:
        """How long answers of that method are kept: 0 without a cache, and for all but GET."""
        if not self.has_cache or http_method != "GET":
            return 0.0
        return self._setting(resource_path, http_method).cache_ttl_seconds

    def _setting(self, resource_path: str, http_method: str) -> MethodSetting:
        for key in (
            (resource_path, http_method),
            (resource_path, "*"),
            ("*", http_method),
            ("*", "*"),
        ):
            if key in self.settings:
                return self.settings[key]
        return MethodSetting()


def read_stage(name: str, properties: Mapping[str, object]) -> Stage:
    """The stage of these resolved properties; raises UnsupportedError for anything else."""
    root = JsonNode(f"Stage({name})", properties)
    root.refuse_unmodelled(_MODELLED, _INERT)
    variables = root.get("Variables")
    settings = root.get("MethodSettings")
    return Stage(
        name=name,
        variables={k: v.text() for k, v in variables.entries().items()} if variables else {},
        has_cache=_read_cluster(root),
        settings=dict(_read_setting(item) for item in settings.items()) if settings else {},
    )


def _read_cluster(root: JsonNode) -> bool:
    enabled, size = root.get("CacheClusterEnabled"), root.get("CacheClusterSize")
    if size is not None and size.text() not in _SIZES:
        raise size.invalid("no cache cluster has this size")
    return enabled.flag() if enabled else False


def _read_setting(setting: JsonNode) -> tuple[tuple[str, str], MethodSetting]:
    setting.refuse_unmodelled(_SETTING_MODELLED, _SETTING_INERT)
    limit = ThrottleLimit(
        rate=_read_limit(setting, "ThrottlingRateLimit", ACCOUNT_RATE),
        burst=_read_limit(setting, "ThrottlingBurstLimit", ACCOUNT_BURST),
    )
    resource = _resource_path(setting.require("ResourcePath").text())
    verb = setting.require("HttpMethod").text().upper()
    return (resource, verb), MethodSetting(limit, _read_ttl(setting, verb))


def _read_ttl(setting: JsonNode, verb: str) -> float:
    enabled, ttl = setting.get("CachingEnabled"), setting.get("CacheTtlInSeconds")
    seconds = ttl.number() if ttl else DEFAULT_TTL
    if ttl is not None and not 0 <= seconds <= MAXIMUM_TTL:
        raise ttl.invalid(f"must be from 0 to {MAXIMUM_TTL:.0f}")
    if enabled is None or not enabled.flag():
        return 0.0
    if verb not in ("GET", "*"):
        raise enabled.unsupported("a cache for other methods than GET is not modelled")
    return seconds


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
