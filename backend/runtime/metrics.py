"""Metrics in CloudWatch, written as embedded metric format lines to standard output.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

from typing import Protocol

from aws_lambda_powertools.metrics import MetricUnit, single_metric


class Metrics(Protocol):
    def count(self, name: str, *, provider: str, times: int = 1) -> None:
        """So many more of `name`, in the dimension `provider`."""

    def latency(self, name: str, seconds: float, *, provider: str) -> None:
        """One `name` took so long; written in milliseconds, in the dimension `provider`."""


class EmfMetrics:
    """`namespace` is one stack's own. Powertools adds the dimension `service` by itself."""

    def __init__(self, namespace: str) -> None:
        self._namespace = namespace

    def count(self, name: str, *, provider: str, times: int = 1) -> None:
        self._write(name, MetricUnit.Count, times, provider)

    def latency(self, name: str, seconds: float, *, provider: str) -> None:
        self._write(name, MetricUnit.Milliseconds, round(seconds * 1000), provider)

    def _write(self, name: str, unit: MetricUnit, value: int, provider: str) -> None:
        with single_metric(name=name, unit=unit, value=value, namespace=self._namespace) as metric:
            metric.add_dimension("provider", provider)
