"""Sign in and ask all five routes where there is no network but the machine's own loopback.

    unshare -rn python -m tests.e2e.without_network FOLDER

Prints JSON: each route's status, and how often the kernel found no way out of this network
namespace before and after a deliberate attempt. It counts every process in the namespace, every
connect and every DNS query, of IPv4 and IPv6.
"""

from __future__ import annotations

import fcntl
import json
import socket
import struct
import sys
from contextlib import suppress
from pathlib import Path

from tests.e2e.client import Client
from tests.e2e.conftest import HOLDS_3, start_stack

SIOCSIFFLAGS, IFF_UP = 0x8914, 1
APES = {"contractAddress": "0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D"}
OUTSIDE = ("192.0.2.1", 443)  # documentation, RFC 5737


def loopback_up() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))


def attempts_to_leave() -> int:
    """OutNoRoutes of this network namespace."""
    names, values = [
        line.split()
        for line in Path("/proc/net/snmp").read_text().splitlines()
        if line[:3] == "Ip:"
    ]
    ipv6 = dict(line.split() for line in Path("/proc/net/snmp6").read_text().splitlines())
    return int(values[names.index("OutNoRoutes")]) + int(ipv6.get("Ip6OutNoRoutes", 0))


def lookups(site: str) -> dict[str, int]:
    client = Client(site)
    token = client.sign_in(HOLDS_3)["IdToken"]
    collection = client.signed_get("getNFTsCollectionAlchemy", client.credentials(token), APES)
    owned = ("Alchemy", "Moralis", "AlchemyLambda", "MoralisLambda")
    return {"getNFTsCollectionAlchemy": collection.status_code} | {
        f"getNFTs{name}": client.get(f"getNFTs{name}", token=token).status_code for name in owned
    }


def leave() -> None:
    with suppress(OSError), socket.socket() as outward:
        outward.connect(OUTSIDE)


def main(folder: Path) -> None:
    loopback_up()
    running = start_stack(folder)
    statuses = lookups(running.site)
    running.stop()
    attempts = attempts_to_leave()
    leave()
    print(json.dumps([statuses, attempts, attempts_to_leave()]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
