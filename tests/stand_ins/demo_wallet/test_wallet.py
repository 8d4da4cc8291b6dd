import json
from typing import Any

import pytest
from eth_account import Account
from eth_account.messages import encode_defunct
from httpx import Client

from stand_ins.contract_wallets import unwrap
from stand_ins.demo_wallet.accounts import ACCOUNTS

MNEMONIC = "test test test test test test test test test test test junk"
MESSAGE = "localhost:3000 wants you to sign in with your Ethereum account:\n0xé"


def hex_of(text: str) -> str:
    return f"0x{text.encode().hex()}"


def call(wallet: Client, method: str, params: object = None, account: object = 0) -> Any:
    body = {"account": account, "method": method, "params": [] if params is None else params}
    answer = wallet.post("/demo-wallet", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_has_the_first_accounts_of_the_public_test_mnemonic() -> None:
    Account.enable_unaudited_hdwallet_features()
    for index, account in enumerate(ACCOUNTS[:4]):
        path = f"m/44'/60'/0'/0/{index}"
        assert Account.from_mnemonic(MNEMONIC, account_path=path).address == account.signer.address


@pytest.mark.parametrize("method", ["eth_requestAccounts", "eth_accounts"])
@pytest.mark.parametrize("index", range(5))
def test_tells_the_address_of_the_account(wallet: Client, method: str, index: int) -> None:
    assert call(wallet, method, account=index) == {"result": [ACCOUNTS[index].address]}


def test_tells_the_chain(wallet: Client) -> None:
    assert call(wallet, "eth_chainId") == {"result": "0x1"}


@pytest.mark.parametrize("index", [0, 1, 2])
def test_signs_so_that_the_signer_is_recovered(wallet: Client, index: int) -> None:
    address = ACCOUNTS[index].address
    signature = call(wallet, "personal_sign", [hex_of(MESSAGE), address], index)["result"]
    assert len(signature) == 2 + 65 * 2
    signer = Account.recover_message(encode_defunct(text=MESSAGE), signature=signature)
    assert signer == address


@pytest.mark.parametrize("index", [3, 4])
def test_the_owner_of_a_contract_wallet_signs_for_it(wallet: Client, index: int) -> None:
    address, owner = ACCOUNTS[index].address, ACCOUNTS[index].signer.address
    assert address != owner
    text = call(wallet, "personal_sign", [hex_of(MESSAGE), address], index)["result"]
    signature = bytes.fromhex(text[2:])
    wrapped = unwrap(signature) if index == 4 else None
    signature = wrapped.signature if wrapped else signature
    assert Account.recover_message(encode_defunct(text=MESSAGE), signature=signature) == owner


def test_takes_the_address_in_any_case(wallet: Client) -> None:
    params = [hex_of(MESSAGE), ACCOUNTS[0].address.lower()]
    assert "result" in call(wallet, "personal_sign", params)


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ([], -32602),
        ([hex_of(MESSAGE)], -32602),
        (["plain text", ACCOUNTS[0].address], -32602),
        (["0x123", ACCOUNTS[0].address], -32602),
        (["0x12 34", ACCOUNTS[0].address], -32602),
        (["0xzz", ACCOUNTS[0].address], -32602),
        ([1, ACCOUNTS[0].address], -32602),
        ([hex_of(MESSAGE), ACCOUNTS[1].address], 4100),
        ("not a list", -32602),
        ({"0": hex_of(MESSAGE)}, -32602),
    ],
)
def test_refuses_to_sign_what_it_cannot_read_or_for_another(
    wallet: Client, params: object, code: int
) -> None:
    assert call(wallet, "personal_sign", params)["error"]["code"] == code


@pytest.mark.parametrize(
    "method",
    ["eth_sign", "eth_sendTransaction", "eth_signTypedData_v4", "wallet_switchEthereumChain", ""],
)
def test_refuses_every_other_method(wallet: Client, method: str) -> None:
    assert call(wallet, method, [hex_of("x"), ACCOUNTS[0].address])["error"]["code"] == 4200


@pytest.mark.parametrize("account", [-1, 5, "0", 0.0, True, None])
def test_refuses_an_account_it_does_not_have(wallet: Client, account: object) -> None:
    assert call(wallet, "eth_accounts", account=account)["error"]["code"] == -32602


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:3001"},
        {"Origin": "http://localhost:3000.evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "none"},
        {"Content-Type": "text/plain"},
    ],
)
def test_refuses_every_page_but_its_own(wallet: Client, headers: dict[str, str]) -> None:
    content = json.dumps({"account": 0, "method": "eth_accounts", "params": []})
    sent = {"Content-Type": "application/json", **headers}
    answer = wallet.post("/demo-wallet", content=content, headers=sent)
    assert answer.status_code == 403
    assert ACCOUNTS[0].address not in answer.text


def test_refuses_a_request_without_an_origin(wallet: Client) -> None:
    del wallet.headers["Origin"]
    body = {"account": 0, "method": "eth_accounts"}
    assert wallet.post("/demo-wallet", json=body).status_code == 403


def test_refuses_a_body_that_is_too_large(wallet: Client) -> None:
    json_body = {"Content-Type": "application/json"}
    fits = wallet.post("/demo-wallet", content=b" " * 16384, headers=json_body)
    too_large = wallet.post("/demo-wallet", content=b" " * 16385, headers=json_body)
    assert (fits.status_code, too_large.status_code) == (400, 413)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 16000])
def test_refuses_what_is_not_json(wallet: Client, content: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = wallet.post("/demo-wallet", content=content, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, -32700)


@pytest.mark.parametrize("content", ["null", "[]", "1", '"x"', "{}"])
def test_refuses_json_that_is_no_call(wallet: Client, content: str) -> None:
    headers = {"Content-Type": "application/json"}
    answer = wallet.post("/demo-wallet", content=content, headers=headers)
    assert answer.json()["error"]["code"] == -32602


def test_serves_its_script_without_a_key_in_it(wallet: Client) -> None:
    answer = wallet.get("/demo-wallet.js")
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    for account in ACCOUNTS:
        assert account.signer.key.hex() not in answer.text
        assert f'"{account.name}"' in answer.text
    for sink in ("innerHTML", "outerHTML", "insertAdjacent", "eval(", "document.write"):
        assert sink not in answer.text


def test_answers_posts_only(wallet: Client) -> None:
    assert wallet.get("/demo-wallet").status_code == 405
