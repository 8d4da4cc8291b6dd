"""The site behind the template's distribution: the built dApp, its headers, its config, the API."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from local.api_gateway.rest_api import RestApi
from local.cloudfront.api_origin import ApiOrigin
from local.cloudfront.functions import Rewrite, read_functions, read_rewrite
from local.cloudfront.security_headers import response_headers
from local.cloudfront.site import Site
from local.configuration import ROOT, Configuration
from local.errors import UnsupportedError
from local.template.stack_template import StackTemplate


def build_site(
    template: StackTemplate, configuration: Configuration, rest_api: RestApi, head: str
) -> Site:
    distribution = template.only("AWS::CloudFront::Distribution").properties["DistributionConfig"]
    wanted = distribution["DefaultCacheBehavior"].get("ResponseHeadersPolicyId")
    headers = [
        header
        for policy in template.of_type("AWS::CloudFront::ResponseHeadersPolicy")
        if policy.physical_id == wanted
        for header in response_headers(
            policy.properties["ResponseHeadersPolicyConfig"],
            region=template.place.region,
            api_host=urlsplit(template.outputs["ApiEndpoint"]).netloc,
            api_origin=configuration.api_origin,
        )
    ]
    config = json.dumps(_dapp_config(template, configuration))
    functions = read_functions(
        {f.physical_id: f.properties for f in template.of_type("AWS::CloudFront::Function")}
    )
    return Site(
        ROOT / "dapp" / "out",
        distribution,
        headers,
        config,
        head=head,
        rewrite=read_rewrite(distribution["DefaultCacheBehavior"], functions),
        api=_api_origin(template, configuration, rest_api, functions),
    )


def _api_origin(
    template: StackTemplate,
    configuration: Configuration,
    rest_api: RestApi,
    functions: Mapping[str, Rewrite],
) -> ApiOrigin | None:
    """What the distribution's second behaviour leads to: this stack's API, or it is refused."""
    distribution = template.only("AWS::CloudFront::Distribution").properties["DistributionConfig"]
    for behaviour in distribution.get("CacheBehaviors", []):
        origin = distribution["Origins"][1]
        own = template.outputs["ApiEndpoint"]
        if f"https://{origin['DomainName']}{origin.get('OriginPath', '')}" != own:
            raise UnsupportedError(
                f"the API behind the distribution must be the stack's own, {own}"
            )
        return ApiOrigin(
            rest_api.handle,
            host=urlsplit(configuration.api_origin).netloc,
            path=origin.get("OriginPath", ""),
            methods=behaviour["AllowedMethods"],
            rewrite=read_rewrite(behaviour, functions),
        )
    return None


def _dapp_config(template: StackTemplate, configuration: Configuration) -> dict[str, Any]:
    """The stack's DappConfig output with the local endpoints in it."""
    stage = template.only("AWS::ApiGateway::Stage").physical_id
    return {
        **json.loads(template.outputs["DappConfig"]),
        "apiEndpoint": f"{configuration.api_origin}/{stage}",
        "userPoolEndpoint": f"{configuration.api_origin}/cognito-idp",
        "identityPoolEndpoint": f"{configuration.api_origin}/cognito-identity",
    }
