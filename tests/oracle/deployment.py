"""Builds the stack for this machine's processor and deploys it by the real SAM CLI."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3
import yaml

from deploy.bucket import Bucket
from deploy.publish import publish
from deploy.site import read_site
from tests.oracle.emulator import ACCOUNT, REGION, ROOT, Emulator
from tests.oracle.patches import patched
from tools.step import say

STACK = "NFTGalleryOracle"
_SAM = ROOT / ".tools" / "sam" / "bin" / "sam"
_BUILT = ROOT / ".aws-sam" / "oracle"
_DAPP = ROOT / "dapp" / "out"


def build() -> Path:
    """`sam build` as for AWS, but with wheels for this machine; returns the patched template."""
    _sam("build", "--build-dir", str(_BUILT), env={"BUILD_FOR": "this-machine"})
    return write_patched(_BUILT / "template.yaml")


def write_patched(built: Path) -> Path:
    """The built template with its patches, beside it so that its paths stay true."""
    template = yaml.load(built.read_text(), Loader=yaml.CSafeLoader)
    changed, files = patched(template)
    copy = built.with_name("patched.yaml")
    copy.write_text(yaml.safe_dump(changed, sort_keys=False))
    for path, text in files.items():
        (built.parent / path).write_text(text)
    return copy


def _sam(*words: str, env: Mapping[str, str]) -> None:
    """Raises CalledProcessError, whose `output` is what SAM said; else nobody reads it."""
    say(f"sam {words[0]}")
    given = {**os.environ, "SAM_CLI_TELEMETRY": "0", "AWS_DEFAULT_REGION": REGION, **env}
    command = [str(_SAM), *words]
    subprocess.run(  # noqa: S603
        command,
        cwd=ROOT,
        env=given,
        check=True,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def _to_nobody(_: str) -> None:
    """Forty lines of uploaded files are of no interest here."""


@dataclass
class Deployment:
    """The stack on an emulator. It serves as the suite's Updates."""

    emulator: Emulator
    template: Path
    keys: Mapping[str, str]
    parameters: dict[str, str] = field(default_factory=dict)

    @cached_property
    def packaged(self) -> Path:
        """The template whose code is uploaded, so that no update uploads it again."""
        packaged = self.template.with_name("packaged.yaml")
        _sam(
            *("package", "--template-file", str(self.template)),
            *("--output-template-file", str(packaged), "--resolve-s3", "--no-progressbar"),
            env=self.emulator.environment(),
        )
        return packaged

    def change(self, parameters: Mapping[str, str]) -> None:
        """Deploy with these parameters; what is not named stays as it was given before."""
        self.parameters |= parameters
        words = [f"{name}={value}" for name, value in self.parameters.items()]
        _sam(
            *("deploy", "--template-file", str(self.packaged), "--stack-name", STACK),
            *("--resolve-s3", "--capabilities", "CAPABILITY_NAMED_IAM", "--no-progressbar"),
            *("--no-confirm-changeset", "--no-fail-on-empty-changeset"),
            *("--parameter-overrides", *words),
            env=self.emulator.environment(),
        )

    def outputs(self) -> dict[str, str]:
        (stack,) = self._client("cloudformation").describe_stacks(StackName=STACK)["Stacks"]
        return {each["OutputKey"]: each["OutputValue"] for each in stack["Outputs"]}

    def config(self) -> dict[str, Any]:
        """The dApp's config.json, with the emulator's addresses in place of AWS's."""
        config: dict[str, Any] = json.loads(self.outputs()["DappConfig"])
        api_id = config["apiEndpoint"].removeprefix("https://").partition(".")[0]
        return {
            **config,
            "apiEndpoint": f"{self.emulator.endpoint}/_aws/execute-api/{api_id}/prod",
            "userPoolEndpoint": self.emulator.endpoint,
            "identityPoolEndpoint": self.emulator.endpoint,
        }

    def publish_site(self) -> str:
        """Upload the dApp; returns the host name of its distribution."""
        outputs = self.outputs()
        bucket = Bucket(self._client("s3"), outputs["DappBucketName"], ACCOUNT)
        files = read_site(_DAPP, self.config())
        publish(bucket, files, stack_name=STACK, now=datetime.now(UTC), say=_to_nobody)
        return outputs["DappUrl"].removeprefix("https://")

    def _client(self, service: str) -> Any:
        return boto3.client(  # type: ignore[call-overload]
            service,
            endpoint_url=self.emulator.endpoint,
            region_name=REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )
