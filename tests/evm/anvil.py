"""anvil (revm) as a Chain: the second EVM, behind real HTTP."""

from __future__ import annotations

import subprocess
import time
from typing import Any

import httpx

from tests.evm.chain import ACCEPTING_CODE, ARBITRUM_PRECOMPILE, request
from tests.evm.tooling import anvil_program


class Anvil:
    chain_id = 31337
    # The first account of the mnemonic every Ethereum test tool uses.
    funded = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"

    def __init__(self, port: int) -> None:
        """Raises ToolsMissingError."""
        self.url = f"http://127.0.0.1:{port}"
        command = [str(anvil_program()), "--port", str(port), "--silent"]
        command += ["--chain-id", str(self.chain_id)]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603
        self._http = httpx.Client(trust_env=False, timeout=30)
        self._wait_until_ready()
        request(self, "anvil_setCode", ARBITRUM_PRECOMPILE, "0x" + ACCEPTING_CODE.hex())

    def send(self, batch: list[dict[str, object]]) -> Any:
        return self._http.post(self.url, json=batch).json()

    def close(self) -> None:
        self._http.close()
        self._process.terminate()
        self._process.wait(timeout=10)

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                self.send([{"jsonrpc": "2.0", "id": 1, "method": "eth_chainId", "params": []}])
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return
        self.close()
        raise RuntimeError("anvil did not start")
