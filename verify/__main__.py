"""`python -m verify`: tries what no document proves on a running gallery, and says what differed.

--site URL      a running site, such as the local stack's
--stack NAME    a deployed stack, whose providers are stand-ins for the time of the run
--target FILE   a target described in JSON (verify/target.py), such as an emulator's
"""

from __future__ import annotations

import argparse
import sys

from botocore.exceptions import BotoCoreError, ClientError

from deploy.aws_errors import explained
from deploy.errors import DeployError
from verify.commands import verify


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m verify",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--site", default="")
    parser.add_argument("--stack", default="")
    parser.add_argument("--target", default="")
    parser.add_argument("--region", default="", help="AWS region, if not the configured one")
    parser.add_argument("--confirm", default="", help="the stack's name, where it is a prod one")
    parser.add_argument("--patience", default="15", help="seconds that one test may wait")
    parser.add_argument("words", nargs="*", help="more arguments for pytest, after --")
    return parser.parse_args()


def main() -> int:
    try:
        return verify(_arguments())
    except (BotoCoreError, ClientError) as error:
        return _fail(explained(error))
    except DeployError as error:
        return _fail(error)
    except KeyboardInterrupt:
        return 130


def _fail(error: DeployError) -> int:
    print(f"{error.code}: {error}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
