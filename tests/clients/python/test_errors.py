"""One tree of errors, one closed set of codes, and none of the server's is missing."""

from __future__ import annotations

import inspect
from typing import get_args

import nft_gallery_client
from auth.errors import SignUpRefusedError, TokenRefusedError
from nft_gallery_client import CODES, Code, CognitoRefusedError, WalletAuthError
from nft_gallery_client.codes import known_code
from tests.contract.test_client_codes import codes_below
from tools.error_codes import error_codes


def test_every_code_of_the_api_has_its_entry() -> None:
    assert {one.code for one in error_codes()} - set(CODES) == set()


def test_every_code_that_cognito_shows_of_our_triggers_has_its_entry() -> None:
    shown = codes_below(SignUpRefusedError) | codes_below(TokenRefusedError)
    assert shown - set(CODES) == set()
    for code in shown:
        text = f"PreSignUp failed with error {code}."
        assert CognitoRefusedError("UserLambdaValidationException", text).code == code


def test_the_type_of_codes_names_just_those() -> None:
    assert set(get_args(Code.__value__)) == set(CODES)


def test_a_code_of_a_newer_server_is_one_that_we_have() -> None:
    for text in ("a_code_of_tomorrow", "", None, 7):
        assert known_code(text) == "unreadable_response"


def test_every_exception_of_the_package_is_in_the_tree() -> None:
    public = [getattr(nft_gallery_client, name) for name in nft_gallery_client.__all__]
    errors = [one for one in public if inspect.isclass(one) and issubclass(one, Exception)]
    assert len(errors) == 8
    assert all(issubclass(error, WalletAuthError) for error in errors)


def test_every_error_says_its_code_and_whether_to_try_again() -> None:
    for code, meaning in CODES.items():
        error = WalletAuthError(code)
        assert (error.retryable, str(error)) == (meaning.is_retryable, f"{code}: {meaning.text}")
