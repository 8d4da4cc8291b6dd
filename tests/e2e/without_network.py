"""Sign in and look everything up without a parameter, and without a network but the loopback.

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

import httpx

from stand_ins.demo_wallet.accounts import ACCOUNTS, DemoAccount
from tests.e2e.client import Client
from tests.e2e.conftest import HOLDS_3, start_stack

SIOCSIFFLAGS, IFF_UP = 0x8914, 1
APES = {"contractAddress": "0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D"}
PENGUINS = "0xBd3531dA5CF5857e7CfAA92426877b022e612cf8"
CONTRACT_WALLET = next(account for account in ACCOUNTS if account.is_deployed)
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
    lists = {f"getNFTs{name}": client.get(f"getNFTs{name}", token=token) for name in owned}
    answers = {"getNFTsCollectionAlchemy": collection, **lists, **on_chain(client)}
    return {name: answer.status_code for name, answer in answers.items()}


def on_chain(client: Client) -> dict[str, httpx.Response]:
    """What the stand-in node answers, asked by a guest, and by a contract wallet at the gate."""
    token = contract_wallet_token(client, CONTRACT_WALLET)
    guest = client.credentials()
    metadata = f"chains/1/contracts/{PENGUINS}/nfts/6873/metadata"
    return {
        "name": client.signed_get("names/three.demo-wallet.eth", guest, {}),
        "name of": client.signed_get(f"addresses/{CONTRACT_WALLET.address}/name", guest, {}),
        "stored off chain": client.signed_get("names/elsewhere.demo-wallet.eth", guest, {}),
        "metadata": client.signed_get(metadata, guest, {"image": "inline"}),
        "gate": client.get(f"gate/1/{APES['contractAddress']}", token=token),
        "no holder": client.get(f"gate/1/{PENGUINS}", token=token),
    }


def contract_wallet_token(client: Client, account: DemoAccount) -> str:
    """The ID token of a contract wallet that signs in by what its owner signs."""
    address = account.address.lower()
    client.sign_up_if_new(address)  # the same stack may have shown it in a browser
    challenge = client.start(address)
    signature = account.sign(challenge["ChallengeParameters"]["message"].encode())
    answer = client.answer(challenge, address, signature)
    return str(answer["AuthenticationResult"]["IdToken"])


def leave() -> None:
    with suppress(OSError), socket.socket() as outward:
        outward.connect(OUTSIDE)


def main(folder: Path) -> None:
    loopback_up()
    (folder / "prod.parameters").touch()
    running = start_stack(folder)
    statuses = lookups(running.site)
    running.stop()
    attempts = attempts_to_leave()
    leave()
    print(json.dumps([statuses, attempts, attempts_to_leave()]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
