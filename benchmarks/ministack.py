"""The same gallery on ministack, an emulator of AWS by others, to be measured beside ours."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.run import NotMeasuredError
from benchmarks.throttles import lifted_throttles
from nft_gallery_client import WalletAuth
from tests.oracle.__main__ import running_gallery
from tests.oracle.deployment import Deployment, build
from tests.oracle.emulator import EmulatorError
from tests.oracle.patches import StalePatchError
from tools.python_packages import oracle, sam
from tools.step import ROOT


@contextmanager
def running_ministack() -> Iterator[WalletAuth]:
    """The built stack, deployed to an emulator of its own.

    Raises:
        NotMeasuredError: it cannot be installed, built, started or deployed.
    """
    before = dict(os.environ)
    try:
        sam()
        oracle()
        throttles = lifted_throttles(ROOT / "template.yaml")
        with running_gallery(build(), throttles) as given:
            if not isinstance(given.updates, Deployment):
                raise NotMeasuredError("the emulator's deployment is not there")
            origin = given.updates.parameters["AllowedOrigins"]
            yield WalletAuth(given.updates.config(), origin=origin)
    except subprocess.CalledProcessError as error:
        said = str(error.output or "")[-500:]
        raise NotMeasuredError(f"ministack: sam {error.cmd[1]} failed: {said}") from error
    except (EmulatorError, StalePatchError, SystemExit) as error:
        raise NotMeasuredError(f"ministack: {error}") from error
    finally:
        os.environ.clear()
        os.environ.update(before)
