"""The site behind the template's distribution: the built dApp, its headers, its config, the API."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from local.api_gateway.rest_api import RestApi
from local.cloudfront.api_origin import ApiOrigin
from local.cloudfront.behaviour import Behaviour
from local.cloudfront.cache_policy import CachePolicy, read_cache_policy
from local.cloudfront.distribution import PUBLIC_PATTERN
from local.cloudfront.edge_cache import EdgeCache
from local.cloudfront.functions import Rewrite, read_functions, read_rewrite
from local.cloudfront.security_headers import ResponseHeaders, read_response_headers
from local.cloudfront.site import Site
from local.configuration import ROOT, Configuration
from local.errors import UnsupportedError
from local.template.stack_template import StackTemplate

type ReadSecrets = Callable[[str], str]
"""A text with dynamic references in it -> the text with the secrets' values."""


def build_site(
    template: StackTemplate,
    configuration: Configuration,
    rest_api: RestApi,
    head: str,
    *,
    read_secrets: ReadSecrets,
    now: Callable[[], float],
) -> Site:
    distribution = template.only("AWS::CloudFront::Distribution").properties["DistributionConfig"]
    default = distribution["DefaultCacheBehavior"]
    parts = _Parts(template, configuration, rest_api, read_secrets, now)
    return Site(
        ROOT / "dapp" / "out",
        distribution,
        parts.headers(default),
        lambda origin: json.dumps(_dapp_config(template, configuration, origin)),
        head=head,
        rewrite=read_rewrite(default, parts.functions),
        behaviours=[
            parts.behaviour(behaviour, origin)
            for behaviour, origin in zip(
                distribution.get("CacheBehaviors", []), distribution["Origins"][1:], strict=False
            )
        ],
    )


@dataclass(frozen=True)
class _Parts:
    """What the behaviours of the one distribution are made of."""

    template: StackTemplate
    configuration: Configuration
    rest_api: RestApi
    read_secrets: ReadSecrets
    now: Callable[[], float]

    @property
    def functions(self) -> Mapping[str, Rewrite]:
        found = self.template.of_type("AWS::CloudFront::Function")
        return read_functions({f.physical_id: f.properties for f in found})

    def headers(self, behaviour: Mapping[str, Any]) -> ResponseHeaders:
        wanted = behaviour.get("ResponseHeadersPolicyId")
        for policy in self.template.of_type("AWS::CloudFront::ResponseHeadersPolicy"):
            if policy.physical_id == wanted:
                return read_response_headers(
                    policy.properties["ResponseHeadersPolicyConfig"],
                    region=self.template.place.region,
                    api_host=urlsplit(self.template.outputs["ApiEndpoint"]).netloc,
                    api_origin=self.configuration.api_origin,
                )
        return ResponseHeaders([])

    def behaviour(self, behaviour: Mapping[str, Any], origin: Mapping[str, Any]) -> Behaviour:
        """What leads to this stack's API: behind a cache, or as it is."""
        ask = self._api(behaviour, origin).handle
        if behaviour["PathPattern"] == PUBLIC_PATTERN:
            ask = EdgeCache(self._cache_policy(behaviour), ask, self.now).handle
        return Behaviour(
            prefix=behaviour["PathPattern"].removesuffix("*"),
            methods=behaviour["AllowedMethods"],
            headers=self.headers(behaviour),
            ask=ask,
        )

    def _api(self, behaviour: Mapping[str, Any], origin: Mapping[str, Any]) -> ApiOrigin:
        own = self.template.outputs["ApiEndpoint"]
        if f"https://{origin['DomainName']}{origin.get('OriginPath', '')}" != own:
            raise UnsupportedError(
                f"the API behind the distribution must be the stack's own, {own}"
            )
        return ApiOrigin(
            self.rest_api.handle,
            host=urlsplit(self.configuration.api_origin).netloc,
            path=origin.get("OriginPath", ""),
            rewrite=read_rewrite(behaviour, self.functions),
            headers={
                header["HeaderName"].lower(): self.read_secrets(header["HeaderValue"])
                for header in origin.get("OriginCustomHeaders", [])
            },
        )

    def _cache_policy(self, behaviour: Mapping[str, Any]) -> CachePolicy:
        for policy in self.template.of_type("AWS::CloudFront::CachePolicy"):
            if policy.physical_id == behaviour["CachePolicyId"]:
                return read_cache_policy(policy.properties["CachePolicyConfig"])
        raise UnsupportedError(f"CachePolicyId: the stack has no {behaviour['CachePolicyId']}")


def _dapp_config(
    template: StackTemplate, configuration: Configuration, origin: str
) -> dict[str, Any]:
    """The stack's DappConfig output with the local endpoints in it, for a page of that origin."""
    stage = template.only("AWS::ApiGateway::Stage").physical_id
    config = json.loads(template.outputs["DappConfig"])
    if "publicUrl" in config:
        own = configuration.site_origins
        config["publicUrl"] = f"{origin if origin in own else own[0]}/api/public"
    return {
        **config,
        "apiEndpoint": f"{configuration.api_origin}/{stage}",
        "userPoolEndpoint": f"{configuration.api_origin}/cognito-idp",
        "identityPoolEndpoint": f"{configuration.api_origin}/cognito-identity",
    }
