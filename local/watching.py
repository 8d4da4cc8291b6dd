"""Looks for changed files beside the requests, and has what changed take effect.

Code: its workers restart. Template and parameters: the stack is updated. What cannot be run leaves
what was before serving, and the terminal says why. `local/` and `stand_ins/` take a new start.
"""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

from local.errors import LocalStackError
from local.running import Running

LOOK_SECONDS = 0.5
"""A look takes 2 ms, in a thread (measured)."""

type Say = Callable[[str], None]
type Seen = Mapping[Path, tuple[int, int] | None]
"""Time of writing and size of each file; None for one that is not there."""


class Watching:
    """`look` once, or `run` until it is cancelled."""

    def __init__(self, running: Running, say: Say) -> None:
        self._running = running
        self._say = say
        self._files = (running.template_file, running.configuration.parameters_file)
        self._seen = self._read()

    async def run(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            await self.look()

    async def look(self) -> None:
        """Have all that changed since the last look take effect. It raises nothing."""
        seen = await asyncio.to_thread(self._read)
        has_new_code = await asyncio.to_thread(self._running.stack.functions.look)
        changed = [file.name for file in self._files if seen[file] != self._seen[file]]
        self._seen = seen
        if has_new_code:
            await self._renew()
        if changed:
            await self._update(" and ".join(changed))

    def _read(self) -> Seen:
        return {file: _written(file) for file in self._files}

    async def _renew(self) -> None:
        renewed = await self._running.stack.functions.renew()
        broken = sorted(name for name, is_new in renewed.items() if not is_new)
        if broken:
            self._say(f"changed code cannot be imported; as before: {', '.join(broken)}")
        if len(broken) < len(renewed):
            self._say(f"changed code: {len(renewed) - len(broken)} functions restarted")

    async def _update(self, what: str) -> None:
        try:
            await self._running.update()
        except LocalStackError as error:
            self._say(f"{what} changed and cannot be run; as before: {error}")
        except Exception as error:
            # the template is half written, say: nothing of it may end the stack that serves
            where = "".join(traceback.format_tb(error.__traceback__)[-1:]).strip()
            self._say(
                f"{what} changed and cannot be run; as before: {type(error).__name__} {where}"
            )
        else:
            self._say(f"{what} changed: the stack is updated, with its users and sessions")
            if self._running.has_old_key():
                self._say("the API has the key of before: raise ProviderKeysVersion, as on AWS")


def _written(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
