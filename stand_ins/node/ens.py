"""The Universal Resolver with a few names in it, and `addr` and `name` of the records.

No hash of a name is made: a record is looked up by the name in DNS form, and the node in the
question is not compared with it.

https://docs.ens.domains/resolvers/universal
"""

from eth_abi.abi import encode
from eth_utils.abi import function_signature_to_4byte_selector as selector

from stand_ins.demo_wallet.accounts import ACCOUNTS
from stand_ins.node.abi import decoded
from stand_ins.node.errors import RevertedError, reverted_with

UNIVERSAL_RESOLVER = "0xeeeeeeee14d718c2b47d9923deab1335e144eeee"
COLLECTOR = "0xc011ec7000000000000000000000000000000001"
"""Nobody's; holds three tokens, as every address does that is not told apart."""

_THREE, _MANY, _EMPTY, _CONTRACT, _UNDEPLOYED = (account.address.lower() for account in ACCOUNTS)
ADDRESSES = {
    "three.demo-wallet.eth": _THREE,
    "many.demo-wallet.eth": _MANY,
    "\N{FOX FACE}.demo-wallet.eth": _EMPTY,
    "contract.demo-wallet.eth": _CONTRACT,
    "collector.demo-wallet.eth": COLLECTOR,
    "forward-only.demo-wallet.eth": _THREE,
    "nobody.demo-wallet.eth": f"0x{0:040x}",
}
"""What names have as their record. The names are made up: on a chain they are whose they are."""

NAMES = {
    _THREE: "three.demo-wallet.eth",
    _MANY: "many.demo-wallet.eth",
    _EMPTY: "\N{FOX FACE}.demo-wallet.eth",
    _CONTRACT: "contract.demo-wallet.eth",
    COLLECTOR: "collector.demo-wallet.eth",
    _UNDEPLOYED: "three.demo-wallet.eth",
}
"""What addresses say of themselves; the last one takes another's name."""

ELSEWHERE = "elsewhere.demo-wallet.eth"
"""Stored off chain, at a gateway that no strict client asks: on this very machine."""

_GATEWAY = "https://127.0.0.1/{sender}/{data}.json"
_RESOLVE = selector("resolve(bytes,bytes)")
_ADDR, _NAME = selector("addr(bytes32)"), selector("name(bytes32)")
_REVERSE = ".addr.reverse"


def ask_universal_resolver(data: bytes) -> bytes:
    """abi.encode(record, resolver). Raises RevertedError."""
    if data[:4] != _RESOLVE:
        raise RevertedError
    match decoded(["bytes", "bytes"], data[4:]):
        case (bytes(dns_name), bytes(question)):
            record = _record(dns_name, question)
            return encode(["bytes", "address"], [record, UNIVERSAL_RESOLVER])
    raise RevertedError


def _record(dns_name: bytes, question: bytes) -> bytes:
    name, asked = _from_dns(dns_name), question[:4]
    if name == ELSEWHERE:
        raise _lookup(question)
    primary = NAMES.get(f"0x{name.removesuffix(_REVERSE)}")
    if name not in ADDRESSES and not (name.endswith(_REVERSE) and primary):
        raise reverted_with("ResolverNotFound(bytes)", dns_name)
    if asked == _ADDR:
        return encode(["address"], [ADDRESSES.get(name, f"0x{0:040x}")])
    if asked == _NAME:
        return encode(["string"], [primary or ""])
    raise reverted_with("UnsupportedResolverProfile(bytes4)", asked)


def _lookup(question: bytes) -> RevertedError:
    """https://eips.ethereum.org/EIPS/eip-3668"""
    return reverted_with(
        "OffchainLookup(address,string[],bytes,bytes4,bytes)",
        UNIVERSAL_RESOLVER,
        [_GATEWAY],
        question,
        b"\0" * 4,
        b"",
    )


def _from_dns(name: bytes) -> str:
    """The name whose labels stand behind their lengths. Raises RevertedError."""
    labels, rest = [], name
    while rest and rest[0]:
        labels.append(rest[1 : 1 + rest[0]])
        rest = rest[1 + rest[0] :]
    try:
        return b".".join(labels).decode()
    except UnicodeDecodeError:
        raise RevertedError from None
