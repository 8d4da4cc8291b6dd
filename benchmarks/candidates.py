"""Who is measured: the empty handlers, our four triggers, the rivals, and the limit in C."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import cold_start, packages, warm
from benchmarks.challenge import SignedChallenge, right_answers, trigger_events
from benchmarks.measurements import (
    EMPTY_NODE,
    EMPTY_PYTHON,
    LIMIT,
    OTHER_TRIGGERS,
    PARSE,
    RECOVER,
    TRIGGER,
    VERIFY,
    VERIFY_BEFORE,
)
from tools.node_packages import npm_environment

HANDLERS = {
    "PreSignUp": "auth.triggers.pre_sign_up.handler",
    "DefineAuthChallenge": "auth.triggers.define_auth_challenge.handler",
    "CreateAuthChallenge": "auth.triggers.create_auth_challenge.handler",
    VERIFY: "auth.triggers.verify_auth_challenge_response.handler",
    "PreTokenGeneration": "auth.triggers.pre_token_generation.handler",
}
OUR_OPERATIONS = {LIMIT: "limit", RECOVER: "verify", PARSE: "parse", TRIGGER: "trigger"}


@dataclass(frozen=True)
class Installed:
    """Where each rival is, its version, and why others are not there."""

    runtime_client: Path
    folders: dict[packages.Rival, Path]
    skipped: dict[str, str]

    def skip(self, name: str, reason: str) -> None:
        self.skipped[name] = reason
        for rival in [rival for rival in self.folders if rival.name == name]:
            del self.folders[rival]


def install(cache: Path) -> Installed:
    """Every rival that can be had. Without Lambda's runtime client nothing can be measured."""
    installed = Installed(packages.install_runtime_client(cache), {}, {})
    for rival in packages.RIVALS:
        try:
            installed.folders[rival] = packages.install_rival(rival, cache)
        except packages.UnavailableError as error:
            installed.skip(rival.name, str(error))
    return installed


@dataclass(frozen=True)
class Bench:
    """A scratch folder with the files that all candidates read; `task` is our artifact.

    `task_before` is that of 30 November, None where this clone does not reach back so far.
    """

    scratch: Path
    task: Path
    task_before: Path | None
    installed: Installed
    challenge: SignedChallenge

    def prepare(self) -> None:
        """Write the events and the challenge, unpack the empty function, compile the limit."""
        events = trigger_events(self.challenge)
        for name, event in events.items():
            self.event_file(name).write_text(json.dumps(event))
        known = {**asdict(self.challenge), "event": json.dumps(events[VERIFY])}
        self.challenge_file.write_text(json.dumps(known))
        self.empty.mkdir()
        shutil.copy(packages.HERE / "rivals" / "empty.py", self.empty)
        packages.precompile(self.empty)
        source = str(packages.HERE / "limit.c")
        gcc = ["gcc", "-O3", "-shared", "-fPIC", "-o", str(self.limit_library), source]
        packages.run(gcc, self.scratch)

    @property
    def challenge_file(self) -> Path:
        return self.scratch / "challenge.json"

    @property
    def limit_library(self) -> Path:
        return self.scratch / "limit.so"

    @property
    def empty(self) -> Path:
        return self.scratch / "empty"

    def event_file(self, trigger: str) -> Path:
        return self.scratch / f"{trigger}.json"

    def ours_cold(self) -> list[cold_start.ColdCandidate]:
        """The empty handlers and our triggers."""
        return [
            self._python(EMPTY_PYTHON, "empty.handler", self.empty, VERIFY, {}),
            *(self._python(name, HANDLERS[name], self.task, name) for name in HANDLERS),
            *(self._python(VERIFY_BEFORE, HANDLERS[VERIFY], task, VERIFY) for task in self._before),
            self._node(EMPTY_NODE, str(packages.HERE / "rivals" / "empty.cjs"), {}),
        ]

    @property
    def _before(self) -> list[Path]:
        return [self.task_before] if self.task_before else []

    def rivals_cold(self) -> list[cold_start.ColdCandidate]:
        """Every rival as a verify trigger."""
        candidates = []
        for rival, folder in self.installed.folders.items():
            entry = packages.entry_of(rival, folder)
            if rival.runs_on_node:
                candidates.append(
                    self._node(rival.name, entry, right_answers(self.challenge)[VERIFY])
                )
            else:
                candidates.append(self._python(rival.name, f"{entry}.handler", folder, VERIFY))
        return candidates

    def _python(
        self,
        name: str,
        handler: str,
        folder: Path,
        trigger: str,
        expected: dict[str, object] | None = None,
    ) -> cold_start.ColdCandidate:
        return cold_start.python_function(
            name,
            handler,
            self.event_file(trigger),
            (folder, self.installed.runtime_client),
            self.challenge.settings,
            right_answers(self.challenge)[trigger] if expected is None else expected,
        )

    def _node(
        self, name: str, module: str, expected: dict[str, object]
    ) -> cold_start.ColdCandidate:
        return cold_start.node_function(name, node(), module, self.event_file(VERIFY), expected)

    def warm(self) -> list[warm.WarmCandidate]:
        """The limit and ours in one process, each rival in one of its own."""
        rivals = packages.HERE / "rivals"
        settings = {**self.challenge.settings, "LIMIT_LIBRARY": str(self.limit_library)}
        folders = (self.task, rivals)
        candidates = [
            warm.python_candidate("ours", self.challenge_file, folders, OUR_OPERATIONS, settings)
        ]
        for rival, folder in self.installed.folders.items():
            entry, verify = packages.entry_of(rival, folder), {rival.name: "verify"}
            if rival.runs_on_node:
                candidates.append(warm.node_candidate(node(), entry, self.challenge_file, verify))
            else:
                candidates.append(
                    warm.python_candidate(entry, self.challenge_file, (folder,), verify)
                )
        return candidates

    def empty_handlers(self) -> dict[str, str]:
        """The empty handler each cold candidate is compared with."""
        triggers = (*OTHER_TRIGGERS, VERIFY, *(VERIFY_BEFORE for _ in self._before))
        ours = dict.fromkeys(triggers, EMPTY_PYTHON)
        rivals = {
            rival.name: EMPTY_NODE if rival.runs_on_node else EMPTY_PYTHON
            for rival in self.installed.folders
        }
        return ours | rivals


def node() -> str:
    """Node's executable: from PATH, or the one the dApp is built with."""
    return shutil.which("node", path=npm_environment()["PATH"]) or "node"
