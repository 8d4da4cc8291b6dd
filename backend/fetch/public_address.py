"""Which IP addresses are public: those that anybody on the internet would reach by them.

Own tables, from the IANA special-purpose registries, in place of `ipaddress.is_global`: that
attribute differs between Python versions and lets through multicast, site-local and NAT64
addresses, of which 64:ff9b::a9fe:a9fe is a cloud's metadata service.

https://www.iana.org/assignments/iana-ipv4-special-registry
https://www.iana.org/assignments/iana-ipv6-special-registry
https://www.iana.org/assignments/ipv6-address-space

Why: ARCHITECTURE.md, fetch.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

type IpAddress = IPv4Address | IPv6Address

_NOT_PUBLIC_V4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, and the metadata services of clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # IETF protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT relays
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)

_GLOBAL_UNICAST_V6 = IPv6Network("2000::/3")
"""All that IANA has given out: loopback, mapped, NAT64, unique local, link-local, multicast and
the segment routing of 5f00::/16 are outside."""

_NOT_PUBLIC_V6 = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # IETF protocol assignments: Teredo, benchmarking, AMT, AS112, ORCHID, DRIP
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address, of any kind, in another form
        "2620:4f:8000::/48",  # AS112
        "3ffe::/16",  # the 6bone, given back
        "3fff::/20",  # documentation
    )
)
_ISATAP = 0x5EFE
"""Third quarter of an interface identifier that holds an IPv4 address (RFC 5214)."""


def is_public(address: IpAddress) -> bool:
    """Whether a fetch may connect to `address`; one with a zone never is."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_V4)
    if address.scope_id is not None or address not in _GLOBAL_UNICAST_V6:
        return False
    if _holds_an_ipv4_address(address):
        return False
    return not any(address in network for network in _NOT_PUBLIC_V6)


def unmapped(address: IpAddress) -> IpAddress:
    """The IPv4 address that an IPv4-mapped one (::ffff:a.b.c.d) stands for; others as they are."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _holds_an_ipv4_address(address: IPv6Address) -> bool:
    universal_bit_aside = (int(address) >> 32) & 0xFDFF_FFFF
    return universal_bit_aside == _ISATAP
