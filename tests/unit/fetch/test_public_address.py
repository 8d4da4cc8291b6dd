"""Which addresses are public, judged by the registries and against `ipaddress`."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fetch.public_address import is_public, unmapped


def words(text: str) -> list[str]:
    return text.split()


PUBLIC = words(
    """
1.1.1.1 8.8.8.8 9.9.9.9 52.95.110.1 104.18.0.1 151.101.1.69 185.199.108.153 209.94.90.1 11.0.0.1
100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1 169.253.255.255 169.255.0.0 172.15.255.255
172.32.0.0 191.255.255.255 192.0.1.0 192.0.3.0 192.167.255.255 192.169.0.0 198.17.255.255
198.20.0.0 203.0.112.255 203.0.114.0 223.255.255.255 2001:4860:4860::8888 2606:4700:4700::1111
2620:fe::fe 2a00:1450:4001:80b::200e 2a04:4e42::81 2001:200::1 2400:cb00::1 2600:9000::1 2003::1
2620:4f:8001::1 3ffd::1 2c0f:f248::1
"""
)

# From the IANA registries, entry by entry, and forms that hide an address in another.
NOT_PUBLIC = words(
    """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1
127.1.1.1 127.255.255.254 169.254.0.1 169.254.169.254 169.254.170.2 169.254.79.129 172.16.0.1
172.31.255.255 192.0.0.0 192.0.0.1 192.0.0.8 192.0.0.9 192.0.0.10 192.0.0.170 192.0.0.171
192.0.0.192 192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1 192.88.99.2 192.168.0.1
192.168.255.255 192.175.48.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1
224.0.0.251 232.1.1.1 239.255.255.250 240.0.0.1 255.255.255.254 255.255.255.255 :: ::1 ::2
::7f00:1 ::a9fe:a9fe ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1
64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b::808:808 64:ff9b:1::1 64:ff9b:1:fffe::a9fe:a9fe 100::1
100:0:0:1::1 200::1 400::1 1000::1 2001::1 2001:0:7f00:1:: 2001:1::1 2001:1::2 2001:1::3 2001:2::1
2001:3::1 2001:4:112::1 2001:5::1 2001:10::1 2001:20::1 2001:30::1 2001:1ff:ffff::1 2001:db8::1
2001:db8:ffff::1 2002:7f00:1::1 2002:a9fe:a9fe::1 2002:808:808::1 2620:4f:8000::1 3ffe::1 3fff::1
3fff:fff::1 4000::1 5f00::1 8000::1 c000::1 e000::1 f000::1 f800::1 fc00::1 fd00::1 fd00:ec2::254
fd00:ec2::23 fd20:ce::254 fe00::1 fe80::1 fe80::a9fe:a9fe fe80::1%1 febf::1 fec0::1 feff::1
ff01::1 ff02::1 ff02::fb ff05::2 ff0e::1 2a00:1450::5efe:7f00:1 2a00:1450::200:5efe:a9fe:a9fe
2606:4700:4700::1111%1
"""
)

IPV4 = st.ip_addresses(v=4).map(lambda address: IPv4Address(int(address)))
IPV6 = st.ip_addresses(v=6).map(lambda address: IPv6Address(int(address)))
SPECIAL = [
    *(ip_network(text) for text in ("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8")),
    *(ip_network(text) for text in ("169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16")),
    *(ip_network(text) for text in ("198.18.0.0/15", "224.0.0.0/3", "fc00::/7", "fe80::/10")),
    *(ip_network(text) for text in ("64:ff9b::/96", "2001::/32", "2002::/16", "ff00::/8")),
]


@pytest.mark.parametrize("text", PUBLIC)
def test_an_address_of_the_public_internet_is_public(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.mark.parametrize("text", NOT_PUBLIC)
def test_an_address_with_a_special_purpose_is_not_public(text: str) -> None:
    address = ip_address(text)
    assert not is_public(address)
    assert not is_public(unmapped(address))


@pytest.mark.parametrize("network", SPECIAL, ids=str)
def test_a_special_network_is_refused_to_its_last_address(network: object) -> None:
    assert not isinstance(network, str)
    for address in (network[0], network[1], network[-2], network[-1]):  # type: ignore[index]
        assert not is_public(address)


@given(IPV4 | IPV6)
def test_nothing_is_public_that_ipaddress_calls_private(address: IPv4Address | IPv6Address) -> None:
    assert not is_public(address) or (address.is_global and not address.is_multicast)


@given(IPV4)
def test_a_mapped_address_is_judged_as_the_one_it_stands_for(address: IPv4Address) -> None:
    mapped = IPv6Address(f"::ffff:{address}")
    assert not is_public(mapped)
    assert unmapped(mapped) == address


@given(IPV4, st.sampled_from([("64:ff9b::", 0), ("::", 0), ("2001::", 0), ("2002::", 80)]))
def test_an_address_that_holds_an_ipv4_address_is_never_public(
    address: IPv4Address, place: tuple[str, int]
) -> None:
    prefix, shift = place
    assert not is_public(IPv6Address(int(IPv6Address(prefix)) | int(address) << shift))
