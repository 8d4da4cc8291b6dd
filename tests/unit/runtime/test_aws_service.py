"""Signed requests to a service of AWS: where they go, and over which connection."""

import pytest
from botocore.session import Session

from runtime.aws_service import (
    DYNAMODB,
    SECRETS_MANAGER,
    ServiceNames,
    endpoint_of,
    region_of,
)
from runtime.settings import SettingError


def botocores(service: str) -> dict[str, str]:
    """A region of each partition with the host that botocore asks there."""
    session = Session()
    hosts = {}
    for partition in session.get_available_partitions():
        for region in session.get_available_regions(service, partition)[:1]:
            client = session.create_client(service, region)
            hosts[region] = client.meta.endpoint_url.removeprefix("https://")
    return hosts


@pytest.mark.parametrize("names", [SECRETS_MANAGER, DYNAMODB], ids=lambda names: names.host)
def test_asks_the_host_that_botocore_asks_in_every_partition(names: ServiceNames) -> None:
    hosts = botocores(names.host)
    assert len(hosts) > 5
    assert {region: endpoint_of({}, region, names).host for region in hosts} == hosts


def test_an_endpoint_of_the_services_own_comes_before_one_for_all() -> None:
    for_all = {"AWS_ENDPOINT_URL": "http://localhost:4566"}
    own = {"AWS_ENDPOINT_URL_SECRETS_MANAGER": "http://127.0.0.1:3001/secretsmanager"}
    both = {**for_all, **own}
    assert endpoint_of(for_all, "us-east-1", SECRETS_MANAGER).authority == "localhost:4566"
    assert endpoint_of(both, "us-east-1", SECRETS_MANAGER).path == "/secretsmanager"
    assert endpoint_of(both, "us-east-1", DYNAMODB).authority == "localhost:4566"


@pytest.mark.parametrize("url", ["http://vault.example", "ftp://a", "https://u:p@a.example"])
def test_nothing_goes_over_a_wire_in_the_clear(url: str) -> None:
    with pytest.raises(SettingError):
        endpoint_of({"AWS_ENDPOINT_URL": url}, "us-east-1", DYNAMODB)


def test_the_region_is_lambdas() -> None:
    assert region_of({"AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "us-east-1"}) == "eu-west-1"
    assert region_of({"AWS_DEFAULT_REGION": "us-east-1"}) == "us-east-1"
