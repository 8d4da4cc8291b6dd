"""Reads template.yaml and expands it as `AWS::Serverless-2016-10-31` does on deploy, offline."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from boto3.session import Session
from samtranslator.model import apigateway  # type: ignore[import-untyped]
from samtranslator.model.exceptions import InvalidDocumentException  # type: ignore[import-untyped]
from samtranslator.parser.parser import Parser  # type: ignore[import-untyped]
from samtranslator.translator.arn_generator import ArnGenerator  # type: ignore[import-untyped]
from samtranslator.translator.translator import Translator  # type: ignore[import-untyped]
from samtranslator.yaml_helper import yaml_parse  # type: ignore[import-untyped]
from yaml import YAMLError

from local.errors import TemplateError

logging.getLogger("samtranslator").setLevel(logging.ERROR)  # it warns of what it is not given


def load_document(path: Path) -> dict[str, Any]:
    """The template with YAML anchors and short intrinsics expanded, its parts sharing nothing."""
    try:
        document = json.loads(_as_json(path.read_text()))
    except (YAMLError, UnicodeDecodeError) as error:
        raise TemplateError(f"{path}: not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(document, dict) or "Resources" not in document:
        raise TemplateError(f"{path}: not a CloudFormation template")
    return document


@lru_cache(maxsize=4)
def _as_json(yaml: str) -> str:
    """Reading YAML is most of the work, and tests read the same template many times."""
    return json.dumps(yaml_parse(yaml))


def _package(document: dict[str, Any]) -> None:
    """Stand in for `sam package`: folders become keys of a bucket that is not there.

    SAM takes code from S3 only.
    """
    functions = [
        resource["Properties"]
        for resource in document["Resources"].values()
        if resource["Type"] == "AWS::Serverless::Function"
    ]
    for holder in [document.get("Globals", {}).get("Function", {}), *functions]:
        if "CodeUri" in holder:
            holder["CodeUri"] = f"s3://local/{holder['CodeUri'].strip('/')}"


def transform_document(
    document: Mapping[str, Any], parameters: Mapping[str, str], *, region: str, now: float = 0.0
) -> dict[str, Any]:
    """The CloudFormation template SAM makes of a document, `now` in seconds since 1970.

    With AlwaysDeploy SAM names the API's deployment by the second in which it transforms.

    Source: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html
    """
    ArnGenerator.BOTO_SESSION_REGION_NAME = region
    apigateway.time = SimpleNamespace(time=lambda: now)  # the only clock that SAM reads
    translator = Translator({}, Parser(), boto_session=Session(region_name=region))
    private = json.loads(json.dumps(document))
    _package(private)
    try:
        transformed = translator.translate(private, parameter_values=dict(parameters))
    except InvalidDocumentException as error:
        raise TemplateError(f"SAM refuses the template: {error.message}") from error
    return json.loads(json.dumps(transformed))  # type: ignore[no-any-return]
