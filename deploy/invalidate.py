"""Makes CloudFront ask for the three names that change behind the same URL.

Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Invalidation.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_cloudfront import CloudFrontClient

PATHS = ["/", "/index.html", "/config.json"]


def invalidate(
    cloudfront: CloudFrontClient, distribution_id: str, *, reference: str, wait: bool = False
) -> str:
    """Id of the invalidation. A retry with the same `reference` is not a second one."""
    answer = cloudfront.create_invalidation(
        DistributionId=distribution_id,
        InvalidationBatch={
            "Paths": {"Quantity": len(PATHS), "Items": PATHS},
            "CallerReference": reference,
        },
    )
    invalidation = answer["Invalidation"]["Id"]
    if wait:
        waiter = cloudfront.get_waiter("invalidation_completed")
        waiter.wait(DistributionId=distribution_id, Id=invalidation)
    return invalidation
