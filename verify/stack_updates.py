"""Other parameters for a deployed stack, by change sets of its own template.

SAM's transform runs again, so that a new deployment of the API is made each time (AlwaysDeploy).
Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from deploy.clients import Clients
from deploy.destroy import Say
from deploy.stack import READY, Stack
from verify.errors import UpdateFailedError
from verify.stack_status import SECONDS_BETWEEN_LOOKS, settled

_NOTHING_TO_DO = ("didn't contain changes", "No updates are to be performed")


@dataclass
class StackUpdates:
    """verify.suite.Updates on AWS. `keys` are those that the stand-ins take."""

    clients: Clients
    stack: Stack
    keys: Mapping[str, str] = field(repr=False)
    originals: Mapping[str, str] = field(repr=False)
    """Values that CloudFormation does not show, to put back: the providers' keys."""
    say: Say
    sleep: Callable[[float], None]
    run: str
    """Tells the change sets of one run from another's."""
    changed: set[str] = field(default_factory=set)
    _numbers: Any = field(default_factory=count, repr=False)

    def change(self, parameters: Mapping[str, str]) -> None:
        """Raises UpdateFailedError; the stack then has what it had before."""
        self.changed |= set(parameters) & set(self.stack.parameters)
        settled(self.clients.cloudformation, self.stack.name, self.sleep)
        self.say(f"updating {self.stack.name}: {', '.join(sorted(parameters))}")
        name = f"verify-{self.run}-{next(self._numbers)}"
        self.clients.cloudformation.create_change_set(
            StackName=self.stack.name,
            ChangeSetName=name,
            ChangeSetType="UPDATE",
            UsePreviousTemplate=True,
            Capabilities=["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
            Parameters=self._parameters(parameters),
        )
        if self._is_to_execute(name):
            self.clients.cloudformation.execute_change_set(
                ChangeSetName=name, StackName=self.stack.name
            )
            self._require_ready()

    def restore(self) -> None:
        """Put back whatever was changed, also where an update is still under way."""
        before = {**self.stack.parameters, **self.originals}
        if self.changed:
            self.change({name: before[name] for name in sorted(self.changed)})

    def _parameters(self, given: Mapping[str, str]) -> list[Any]:
        return [
            {"ParameterKey": name, "ParameterValue": given[name]}
            if name in given
            else {"ParameterKey": name, "UsePreviousValue": True}
            for name in self.stack.parameters
        ]

    def _is_to_execute(self, name: str) -> bool:
        while True:
            found = self.clients.cloudformation.describe_change_set(
                ChangeSetName=name, StackName=self.stack.name
            )
            status, reason = found["Status"], found.get("StatusReason", "")
            if status == "CREATE_COMPLETE":
                return True
            if status == "FAILED":
                break
            self.sleep(SECONDS_BETWEEN_LOOKS)
        self.clients.cloudformation.delete_change_set(ChangeSetName=name, StackName=self.stack.name)
        if any(text in reason for text in _NOTHING_TO_DO):
            return False
        raise UpdateFailedError(
            f"CloudFormation makes no change set of {self.stack.name}: {reason}"
        )

    def _require_ready(self) -> None:
        found = settled(self.clients.cloudformation, self.stack.name, self.sleep)
        if found.status not in READY - {"UPDATE_ROLLBACK_COMPLETE"}:
            raise UpdateFailedError(f"the update of {self.stack.name} ended in {found.status}")
