import io
import itertools
import json
import logging
from typing import Any

import pytest
from aws_lambda_powertools.logging import Logger

from runtime.logging import REDACTED, build_logger, redact

JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"
JWE = "eyJlbmMiOiJBMjU2R0NNIn0.a2V5.aXY.Y2lwaGVy.dGFn"
SIGNATURE = "0x" + "ab" * 65
_names = itertools.count()


def logger_to(stream: io.StringIO) -> Logger:
    return build_logger(f"logging-test-{next(_names)}", stream=stream)


def logged(message: str, **fields: Any) -> dict[str, Any]:
    stream = io.StringIO()
    logger_to(stream).info(message, extra=fields)
    (line,) = stream.getvalue().splitlines()
    parsed: dict[str, Any] = json.loads(line)
    return parsed


def test_writes_one_json_object_a_line() -> None:
    line = logged("request", route="getNFTsAlchemyLambda", latency_ms=12)
    assert line["message"] == "request"
    assert (line["route"], line["latency_ms"]) == ("getNFTsAlchemyLambda", 12)
    assert line["level"] == "INFO"


@pytest.mark.parametrize(
    "secret",
    [
        JWT,
        JWT[: JWT.rindex(".")],
        JWE,
        SIGNATURE,
        SIGNATURE[:130],
        f"Bearer {'k' * 12}",
        "bearer\tcanary",
        "https://eth-mainnet.g.alchemy.com/v2/abcdefghijklmnopqrstuvwxyz012345",
        "AWS4-HMAC-SHA256 Credential=ASIA/1, Signature=00ff",
        "https://x.example/?apikey=canary&chain=eth",
    ],
)
def test_redacts_a_secret_wherever_it_stands(secret: str) -> None:
    core = secret.rsplit(" ", 1)[-1].rsplit("\t", 1)[-1].rsplit("/", 1)[-1]
    line = json.dumps(logged(f"before {secret} after", deep={"list": [f"x {secret}"]}))
    assert secret not in line
    assert core not in line
    assert REDACTED in line


@pytest.mark.parametrize(
    "name",
    ["Authorization", "authorization", "X-API-Key", "x-amz-security-token", "id_token",
     "signature", "AlchemyApiKey", "moralis_api_key", "secret", "Cookie", "challengeAnswer"],
)  # fmt: skip
def test_redacts_a_field_by_its_name(name: str) -> None:
    line = logged("request", headers={name: "canary", "other": "kept"})
    assert line["headers"] == {name: REDACTED, "other": "kept"}


def test_redacts_the_text_of_an_exception() -> None:
    stream = io.StringIO()
    logger = logger_to(stream)
    try:
        raise ValueError(f"bad token {JWT}")
    except ValueError:
        logger.exception("failed")
    assert JWT not in stream.getvalue()
    assert "ValueError" in stream.getvalue()


def test_keeps_addresses_hashes_and_numbers() -> None:
    kept = ["0x" + "1" * 40, "0x" + "f" * 64, 12, 1.5, True, None, "eyJ", "key", "/v2/short"]
    assert redact(kept) == kept


def test_redacts_bytes_and_unknown_objects() -> None:
    class Wrapper:
        def __repr__(self) -> str:
            return f"<{JWT}>"

    assert redact((f"{JWT}".encode(), Wrapper())) == [REDACTED, f"<{REDACTED}>"]


def test_silences_libraries_that_log_whole_requests() -> None:
    build_logger(f"logging-test-{next(_names)}", stream=io.StringIO())
    levels = {logging.getLogger(name).getEffectiveLevel() for name in ("botocore", "urllib3")}
    assert levels == {logging.ERROR}
