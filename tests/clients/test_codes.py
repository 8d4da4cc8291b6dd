"""The clients agree on the codes that both have: whether the same call may work later."""

from __future__ import annotations

import json
import subprocess

from nft_gallery_client import CODES
from tests.e2e.conftest import ROOT
from tests.e2e.test_amplify import NODE
from tools.node_packages import client

ASK = """
const { isErrorCode, WalletAuthError } = await import(process.argv[1]);
const codes = JSON.parse(process.argv[2]).filter(isErrorCode);
const said = codes.map((code) => [code, new WalletAuthError(code).retryable]);
console.log(JSON.stringify(Object.fromEntries(said)));
"""


def test_what_may_be_tried_again_is_the_same_in_both_languages() -> None:
    client()
    module = (ROOT / "clients" / "js" / "dist" / "errors.js").as_uri()
    command = [NODE, "--input-type=module", "-e", ASK, module, json.dumps(list(CODES))]
    said: dict[str, bool] = json.loads(subprocess.check_output(command, text=True))  # noqa: S603
    assert len(said) > 40
    assert said == {code: CODES[code].is_retryable for code in CODES if code in said}
