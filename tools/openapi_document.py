"""The API's OpenAPI document for those who call it: `python -m tools.openapi_document FILE`.

Made of template.yaml and backend/nft/openapi_schemas.yaml. What is between API Gateway and its
integrations stays out: extensions, preflights, headers that are cache keys. What API Gateway
itself may answer is put in.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from local.configuration import ROOT
from local.template.resource_types import Place
from local.template.stack_template import load_stack_template

SCHEMAS = ROOT / "backend" / "nft" / "openapi_schemas.yaml"
_PLACE = Place("us-east-1", "123456789012", "nft-gallery", "gallery.example")
_KEYS = {"AlchemyApiKey": "not-a-key", "MoralisApiKey": "not-a-key"}
_SERVER = {
    "url": "https://{api}.execute-api.{region}.amazonaws.com/prod",
    "description": "ApiEndpoint of your stack's outputs",
    "variables": {"api": {"default": "abcde12345"}, "region": {"default": "us-east-1"}},
}
_BODIES = {
    "GetChainsGETMethod": "Chains",
    "GetContractGETMethod": "ContractDetails",
    "GetContractNftsGETMethod": "NftPage",
    "GetNftGETMethod": "Nft",
    "GetOwnerNftsGETMethod": "NftPage",
    "GetMyNftsGETMethod": "NftPage",
    "GetNameGETMethod": "EnsName",
    "GetAddressNameGETMethod": "EnsName",
    "GetTokenMetadataGETMethod": "TokenMetadata",
}
_ADDRESS = {"type": "string", "pattern": "^0x[0-9a-fA-F]{40}$"}
_CHAIN = {"type": "string", "pattern": "^[1-9][0-9]{0,18}$"}
_PARAMETERS: dict[str, dict[str, Any]] = {
    "chainId": {"schema": _CHAIN, "example": "1", "description": "EIP-155; see /chains"},
    "contractAddress": {
        "schema": _ADDRESS,
        "example": "0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D",
        "description": "In one case, or with its EIP-55 checksum",
    },
    "address": {"schema": _ADDRESS, "example": "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"},
    "name": {"schema": {"type": "string", "maxLength": 255}, "example": "vitalik.eth"},
    "owner": {
        "schema": {"anyOf": [_ADDRESS, {"type": "string", "pattern": "\\.", "maxLength": 255}]},
        "example": "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
        "description": "An address, or an ENS name such as vitalik.eth, which has a dot in it",
    },
    "contract": {"schema": _ADDRESS, "description": "Tokens of this contract only"},
    "tokenId": {"schema": {"type": "string", "pattern": "^(0|[1-9][0-9]{0,77})$"}, "example": "7"},
    "limit": {"schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 50}},
    "spam": {"schema": {"type": "string", "enum": ["include", "exclude"], "default": "include"}},
    "image": {
        "schema": {"type": "string", "enum": ["link", "inline"], "default": "link"},
        "description": "Whether an image that stands elsewhere is named, or fetched and inlined",
    },
    "cursor": {"schema": {"type": "string", "maxLength": 2048}, "description": "A nextCursor"},
}
_AWS_ERROR = {
    "type": "object",
    "description": "In the words of API Gateway, which AWS's clients know",
    "properties": {"message": {"type": "string"}, "Message": {"type": "string"}},
    "minProperties": 1,
    "additionalProperties": False,
}
_SECURITY = {
    "CognitoUserPool": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "The ID token of a signed-in wallet",
    },
    "Sigv4": {
        "type": "apiKey",
        "name": "Authorization",
        "in": "header",
        "description": "AWS Signature Version 4 (execute-api), credentials of the identity pool",
    },
}
_WHAT_IT_IS = "NFT lookups over Alchemy and Moralis, for guests and for signed-in wallets."


def openapi_document() -> dict[str, Any]:
    """OpenAPI 3.0 as JSON values."""
    template = load_stack_template(ROOT / "template.yaml", _KEYS, _PLACE)
    paths = template.only("AWS::ApiGateway::RestApi").properties["Body"]["paths"]
    schemas = yaml.safe_load(SCHEMAS.read_text())
    return {
        "openapi": "3.0.3",
        "info": {"title": "NFT Gallery", "version": "1", "description": _WHAT_IT_IS},
        "servers": [_SERVER],
        "paths": {path: {"get": _operation(item["get"])} for path, item in paths.items()},
        "components": {
            "schemas": {**schemas, "AwsError": _AWS_ERROR},
            "securitySchemes": _SECURITY,
        },
    }


def _operation(declared: Mapping[str, Any]) -> dict[str, Any]:
    security = declared.get("security", [])
    operation = {
        "operationId": declared["operationId"],
        "security": security,
        "parameters": [
            _parameter(p) for p in declared.get("parameters", []) if p["in"] in ("path", "query")
        ],
        "responses": _responses(declared, [name for scheme in security for name in scheme]),
    }
    return {name: value for name, value in operation.items() if value or name == "security"}


def _parameter(declared: Mapping[str, Any]) -> dict[str, Any]:
    known = _PARAMETERS.get(declared["name"], {})
    return {**declared, **known}


def _responses(declared: Mapping[str, Any], security: list[str]) -> dict[str, Any]:
    integration = declared["x-amazon-apigateway-integration"]["type"]
    told = {status: str(item["description"]) for status, item in declared["responses"].items()}
    told = {**_of_api_gateway(security, integration), **told}
    return {
        status: {"description": text, **_content(status, str(declared["operationId"]))}
        for status, text in sorted(told.items())
    }


def _of_api_gateway(security: list[str], integration: str) -> dict[str, str]:
    """What API Gateway answers by itself, or passes on from the firewall."""
    told = {
        "403": "not signed, not allowed, or blocked by the firewall",
        "429": "rate_limited: come back after Retry-After seconds",
        "500": "internal_error",
    }
    if "CognitoUserPool" in security:
        told["401"] = "no valid ID token"
    if integration != "aws_proxy":
        told["415"] = "unsupported_media_type: send no body, or application/json"
    if integration != "mock":
        told["400"] = "missing_parameter"
        told["502"] = (
            "upstream_unavailable, upstream_auth, or internal_error where a function fails"
        )
        told["503"] = "upstream_quota"
        told["504"] = "upstream_timeout"
    return told


def _content(status: str, operation_id: str) -> dict[str, Any]:
    if status in ("204", "304"):
        return {}
    return {"content": {"application/json": {"schema": _schema(status, operation_id)}}}


def _schema(status: str, operation_id: str) -> dict[str, Any]:
    if status == "200":
        body = _BODIES.get(operation_id)
        return {"$ref": f"#/components/schemas/{body}"} if body else {"type": "object"}
    error = {"$ref": "#/components/schemas/Error"}
    if status in ("401", "403"):
        return {"oneOf": [error, {"$ref": "#/components/schemas/AwsError"}]}
    return error


def as_text(document: Mapping[str, Any]) -> str:
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(as_text(openapi_document()))
