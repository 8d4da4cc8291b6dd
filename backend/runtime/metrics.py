"""Counters in CloudWatch, written as embedded metric format lines to standard output.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

from typing import Protocol

from aws_lambda_powertools.metrics import MetricUnit, single_metric

NAMESPACE = "NFTGallery"


class Metrics(Protocol):
    def count(self, name: str, *, provider: str) -> None:
        """One more of `name`, in the dimension `provider`."""


class EmfMetrics:
    def count(self, name: str, *, provider: str) -> None:
        with single_metric(
            name=name, unit=MetricUnit.Count, value=1, namespace=NAMESPACE
        ) as metric:
            metric.add_dimension("provider", provider)
