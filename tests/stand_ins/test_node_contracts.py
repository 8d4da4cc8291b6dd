"""The product's own readers before the stand-in node: names, tokens and contract wallets."""

from __future__ import annotations

from typing import Any

import pytest
from eth_abi.abi import decode
from eth_account import Account
from eth_account.messages import encode_defunct
from httpx import Client

from auth.contract_wallets import verify_on_node
from ethereum.address import Address
from ethereum.errors import SignatureError
from ethereum.signature import hash_personal_message
from fetch.content import ContentLoader
from fetch.strict_fetcher import StrictFetcher
from metadata.errors import TokenNotFoundError
from metadata.token_contract import read_token_uri
from metadata.token_metadata import TokenMetadata, load_metadata
from names.ens_lookup import EnsLookup
from names.errors import NameNotFoundError, OffchainLookupError
from names.universal_resolver import UNIVERSAL_RESOLVER
from nodes.errors import ContractRevertError, NodeAnswerError
from nodes.failover import Nodes
from stand_ins.awkward import MAX_UINT256, awkward_tokens
from stand_ins.catalogue import COLLECTIONS, Collection, Token, token_at
from stand_ins.contract_wallets import FACTORY, Wrapped, factory_call, wallet_of, wrap
from stand_ins.demo_wallet.accounts import ACCOUNTS, DemoAccount
from stand_ins.node import ens
from tests.evm.chain import call_data
from tests.fixtures.deadlines import within_seconds
from tests.unit.ethereum.test_predelegated_signature import wrap as predelegated

MESSAGE = b"localhost:3000 wants you to sign in"
HASH = hash_personal_message(MESSAGE)
STRANGER = Account.from_key("0x" + "11" * 32)
CONTRACT, TO_COME = ACCOUNTS[3:]
OWNER = CONTRACT.signer


@pytest.fixture
def send(node: Client) -> Any:
    return lambda batch, deadline=None: node.post("/1", json=batch).json()


@pytest.fixture
def nodes(send: Any) -> Nodes:
    return Nodes([send], chain_id=1)


@pytest.fixture
def lookup(nodes: Nodes) -> EnsLookup:
    return EnsLookup(nodes, StrictFetcher())


def test_the_resolver_stands_where_it_is_on_every_chain() -> None:
    assert ens.UNIVERSAL_RESOLVER == UNIVERSAL_RESOLVER


def test_at_least_three_names_lead_both_ways(lookup: EnsLookup) -> None:
    both_ways = [name for address, name in ens.NAMES.items() if ens.ADDRESSES[name] == address]
    assert len(both_ways) >= 3
    for name in both_ways:
        named = lookup.by_name(name, within_seconds(5))
        assert (named.name, named.address.lower()) == (name, ens.ADDRESSES[name])
        assert lookup.by_address(named.address, within_seconds(5)) == named


def test_each_name_is_in_the_form_that_resolves(lookup: EnsLookup) -> None:
    for name, address in ens.ADDRESSES.items():
        if int(address, 16):
            assert lookup.by_name(name, within_seconds(5)).address.lower() == address


def test_one_name_leads_forward_only(lookup: EnsLookup) -> None:
    named = lookup.by_name("forward-only.demo-wallet.eth", within_seconds(5))
    assert lookup.by_address(named.address, within_seconds(5)).name == "three.demo-wallet.eth"


def test_an_address_does_not_get_the_name_that_it_takes_from_another(lookup: EnsLookup) -> None:
    assert ens.NAMES[TO_COME.address.lower()] == "three.demo-wallet.eth"
    with pytest.raises(NameNotFoundError):
        lookup.by_address(TO_COME.address, within_seconds(5))


@pytest.mark.parametrize("name", ["nobody.demo-wallet.eth", "demo-wallet.eth", "unknown.eth"])
def test_no_record_is_no_name(lookup: EnsLookup, name: str) -> None:
    with pytest.raises(NameNotFoundError):
        lookup.by_name(name, within_seconds(5))


def test_an_address_without_a_record_has_no_name(lookup: EnsLookup) -> None:
    with pytest.raises(NameNotFoundError):
        lookup.by_address(STRANGER.address, within_seconds(5))


def test_a_name_stored_off_chain_is_out_of_reach(lookup: EnsLookup) -> None:
    with pytest.raises(OffchainLookupError) as refusal:
        lookup.by_name(ens.ELSEWHERE, within_seconds(5))
    assert "UnsupportedUriError" in refusal.value.cause  # nothing was opened


def with_resolver(nodes: Nodes, data: bytes) -> bytes:
    return nodes.read(UNIVERSAL_RESOLVER, data, within_seconds(5))


def test_the_resolver_has_no_other_records(nodes: Nodes) -> None:
    name = b"\5three\x0bdemo-wallet\3eth\0"
    asked = call_data("resolve(bytes,bytes)", name, call_data("contenthash(bytes32)", bytes(32)))
    with pytest.raises(ContractRevertError) as revert:
        with_resolver(nodes, asked)
    assert revert.value.data.hex() == "7b1c461bbc1c58d1" + "0" * 56


def of_catalogue() -> list[Token]:
    plain = [token_at(one, one.first_token_id + 7) for one in COLLECTIONS]
    return [token for token in (*plain, *awkward_tokens()) if token]


@pytest.mark.parametrize("token", of_catalogue(), ids=lambda token: str(token.collection.name))
def test_a_contract_says_of_its_token_what_the_providers_say(nodes: Nodes, token: Token) -> None:
    contract = Address(token.collection.address.lower())

    def read(to: Address, data: bytes) -> bytes:
        return nodes.read(to, data, within_seconds(5))

    if token.token_uri is None:
        with pytest.raises(TokenNotFoundError):
            read_token_uri(contract, token.token_id, read=read)
    else:
        assert read_token_uri(contract, token.token_id, read=read) == token.token_uri


@pytest.mark.parametrize("token_id", [10_000, MAX_UINT256])
def test_a_token_that_is_not_there_has_no_uri(nodes: Nodes, token_id: int) -> None:
    asked = call_data("tokenURI(uint256)", token_id)
    with pytest.raises(ContractRevertError):
        nodes.read(Address(COLLECTIONS[0].address.lower()), asked, within_seconds(5))


@pytest.mark.parametrize(
    ("collection", "question"),
    [(COLLECTIONS[1], "uri(uint256)"), (COLLECTIONS[4], "tokenURI(uint256)")],
)
def test_a_contract_answers_the_question_of_its_own_standard_only(
    nodes: Nodes, collection: Collection, question: str
) -> None:
    asked = call_data(question, collection.first_token_id)
    with pytest.raises(ContractRevertError):
        nodes.read(Address(collection.address.lower()), asked, within_seconds(5))


def metadata_of(token: Token, nodes: Nodes) -> TokenMetadata:
    return load_metadata(
        Address(token.collection.address.lower()),
        token.token_id,
        read=lambda to, data: nodes.read(to, data, within_seconds(5)),
        loader=ContentLoader(lambda request, deadline: pytest.fail(request.url)),
        deadline=within_seconds(5),
    )


def test_most_collections_need_no_network_for_their_documents(nodes: Nodes) -> None:
    on_chain = [one for one in COLLECTIONS if one.is_on_chain]
    assert len(on_chain) > len(COLLECTIONS) / 2
    for collection in on_chain:
        token = token_at(collection, collection.first_token_id + 7)
        assert token is not None
        metadata = metadata_of(token, nodes)
        assert metadata.document.name == token.name
        assert metadata.document.image == token.image
        traits = [(trait["trait_type"], trait["value"]) for trait in metadata.document.traits]
        assert traits == list(token.attributes)


def verify(send: Any, wallet: str, signature: str | bytes) -> None:
    raw = bytes.fromhex(signature[2:]) if isinstance(signature, str) else signature
    verify_on_node(Address(wallet.lower()), HASH, raw, send, chain_id=1)


def refusal(send: Any, wallet: str, signature: str | bytes) -> str:
    with pytest.raises(SignatureError) as error:
        verify(send, wallet, signature)
    return error.value.code


def signed_by(signer: Any) -> bytes:
    return bytes(signer.sign_message(encode_defunct(MESSAGE)).signature)


@pytest.mark.parametrize("account", [CONTRACT, TO_COME], ids=lambda account: account.name)
def test_what_the_demo_wallet_signs_for_a_contract_is_accepted(
    send: Any, account: DemoAccount
) -> None:
    verify(send, account.address, account.sign(MESSAGE))


@pytest.mark.parametrize("account", ACCOUNTS[:3], ids=lambda account: account.name)
def test_an_account_of_a_key_is_no_contract(send: Any, account: DemoAccount) -> None:
    assert refusal(send, account.address, account.sign(MESSAGE)) == "no_contract"


def test_another_message_or_another_signer_is_refused(send: Any) -> None:
    for signature in (CONTRACT.sign(MESSAGE + b"!"), signed_by(STRANGER), b"", b"\1" * 65):
        assert refusal(send, CONTRACT.address, signature) == "contract_signature_refused"


def wrapped(call: bytes, signature: bytes, factory: str = FACTORY) -> bytes:
    return wrap(Wrapped(factory, call, signature))


def test_a_wallet_still_to_come_is_refused_as_on_a_chain(send: Any) -> None:
    call, signature = TO_COME.factory_call, signed_by(OWNER)
    assert refusal(send, TO_COME.address, signature) == "no_contract"
    others = wrapped(call, signed_by(STRANGER))
    assert refusal(send, TO_COME.address, others) == "contract_signature_refused"
    for factory, by in [
        (FACTORY, factory_call(STRANGER.address, 1)),
        (FACTORY, b""),
        (FACTORY, call + b"\0"),
        ("0x" + "cd" * 20, call),
    ]:
        unmade = wrapped(by, signature, factory)
        assert refusal(send, TO_COME.address, unmade) == "undeployable_wallet"


def test_anybodys_wallet_of_the_factory_is_judged(send: Any) -> None:
    for salt in (0, 1, 2**255):
        call, wallet = factory_call(STRANGER.address, salt), wallet_of(STRANGER.address, salt)
        verify(send, wallet.address, wrapped(call, signed_by(STRANGER)))


def test_a_contract_wallet_is_on_ethereum_only(node: Client) -> None:
    def send_to_polygon(batch: Any) -> Any:
        return node.post("/137", json=batch).json()

    address = Address(CONTRACT.address.lower())
    signature = bytes.fromhex(CONTRACT.sign(MESSAGE)[2:])
    with pytest.raises(SignatureError) as error:
        verify_on_node(address, HASH, signature, send_to_polygon, chain_id=137)
    assert error.value.code == "no_contract"


def test_a_signed_delegation_is_more_than_it_can_judge(send: Any) -> None:
    """An ERC-8010 signature: there is no EVM, so there is no verdict, and no way in."""
    authorization = STRANGER.sign_authorization({"chainId": 1, "address": FACTORY, "nonce": 0})
    fields = ("chain_id", "address", "nonce", "y_parity", "r", "s")
    signature = predelegated(signed_by(STRANGER), [getattr(authorization, one) for one in fields])
    with pytest.raises(NodeAnswerError):
        verify(send, STRANGER.address, signature)


def test_a_deployed_wallet_answers_who_asks_it_directly(nodes: Nodes) -> None:
    for signer, answer in ((OWNER, "1626ba7e"), (STRANGER, "ffffffff")):
        asked = call_data("isValidSignature(bytes32,bytes)", HASH, signed_by(signer))
        returned = nodes.read(Address(CONTRACT.address.lower()), asked, within_seconds(5))
        assert decode(["bytes4"], returned)[0].hex() == answer
