"""Validates bodies against the schemas in the rooms' openapi.yaml."""

from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tools.openapi_rooms import read_rooms


def as_json_schema(schema: Any) -> Any:
    """OpenAPI 3.0's nullable in JSON Schema's words."""
    if isinstance(schema, list):
        return [as_json_schema(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {name: as_json_schema(one) for name, one in schema.items() if name != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if schema.get("nullable") is True else plain


SCHEMAS = as_json_schema(dict(read_rooms().schemas))
_DOCUMENT = DRAFT202012.create_resource({"components": {"schemas": SCHEMAS}})
_REGISTRY: Registry[Any] = Registry().with_resource("urn:api", _DOCUMENT)


def violations(name: str, body: object) -> list[str]:
    schema = {"$ref": f"urn:api#/components/schemas/{name}"}
    validator = Draft202012Validator(schema, registry=_REGISTRY)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(body)]
