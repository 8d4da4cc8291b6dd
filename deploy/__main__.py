"""`python -m deploy COMMAND`: the steps before, beside and after `sam deploy`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "clients" / "python" / "src"))

from deploy import commands
from deploy.aws_errors import explained
from deploy.errors import DeployError


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m deploy", description=__doc__)
    parser.add_argument("command", choices=sorted(commands.COMMANDS))
    parser.add_argument("--stack", default="NFTGallery", help="name of the stack")
    parser.add_argument("--region", help="AWS region, if not the configured one")
    parser.add_argument("--parameters", default="prod.parameters", help="file of Key=Value lines")
    parser.add_argument("--site", help="smoke: a running site in place of a stack's")
    parser.add_argument("--config", help="ipfs: a config.json in place of a stack's")
    parser.add_argument("--folder", default="build/ipfs", help="ipfs: folder to make")
    parser.add_argument("--wait", default="", help="publish, invalidate: yes waits for CloudFront")
    parser.add_argument("--only-profile", default="", help="monitoring: of such a stack only")
    parser.add_argument("--confirm", default="", help="destroy: the stack's name, typed beforehand")
    parser.add_argument("--delete-users", default="", help="destroy: yes lifts their protection")
    arguments = parser.parse_args()
    arguments.region = arguments.region or None
    return arguments


def main() -> int:
    arguments = _arguments()
    try:
        commands.COMMANDS[arguments.command](arguments)
    except (BotoCoreError, ClientError) as error:
        return _fail(explained(error))
    except DeployError as error:
        return _fail(error)
    except KeyboardInterrupt:
        print("\ninterrupted; run the same command again to go on", file=sys.stderr)
        return 130
    return 0


def _fail(error: DeployError) -> int:
    print(f"{error.code}: {error}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
