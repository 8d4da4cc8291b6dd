"""Reads cacheKeyParameters and cacheNamespace of an integration.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
"""

from collections.abc import Iterable

from local.api_gateway.definition import CacheKey, Parameter
from local.api_gateway.json_node import JsonNode
from local.api_gateway.openapi_mappings import read_request_parameters
from local.api_gateway.parameter_mapping import ParameterMapping


def read_cache_key(
    integration: JsonNode, parameters: Iterable[Parameter], resource_path: str
) -> CacheKey:
    """The key; raises InvalidDefinitionError for a parameter that is neither declared nor mapped.

    Without a namespace of its own a method has its resource's.
    """
    known = _known(integration, tuple(parameters))
    names = integration.get("cacheKeyParameters")
    namespace = integration.get("cacheNamespace")
    keyed = {}
    for item in names.items() if names else ():
        if item.text() not in known:
            raise item.invalid("Invalid cache key parameter specified")
        keyed[item.text()] = known[item.text()]
    return CacheKey(namespace.text() if namespace else resource_path, keyed)


def _known(integration: JsonNode, parameters: tuple[Parameter, ...]) -> dict[str, ParameterMapping]:
    known = {
        f"method.request.{p.location}.{p.name}": ParameterMapping("", "", p.location, p.name)
        for p in parameters
    }
    for mapping in read_request_parameters(integration.get("requestParameters"), parameters):
        known[f"integration.request.{mapping.location}.{mapping.name}"] = mapping
    return known
