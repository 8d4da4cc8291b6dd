"""The stack that serves, and the one that takes its place when the template changes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from starlette.types import ASGIApp

from local.api_gateway.live_api import created
from local.aws_lambda.pool import StartWorker
from local.aws_lambda.worker_process import start_worker
from local.configuration import ROOT, Configuration, stack_parameters
from local.server import api_app, site_app
from local.stack import Stack, build_stack
from local.template.resource_types import Place
from local.template.stack_template import StackTemplate, load_stack_template
from local.workbench.endpoint import Workbench
from local.workbench.recent_requests import RecentRequests

TEMPLATE = ROOT / "template.yaml"


def load_template(
    configuration: Configuration, file: Path = TEMPLATE, *, now: float = 0.0
) -> StackTemplate:
    """The template with this machine's parameters. Raises LocalStackError."""
    host = f"localhost:{configuration.port}"
    place = Place("us-east-1", "123456789012", "nft-gallery", host)
    return load_stack_template(file, stack_parameters(configuration), place, now=now)


class Running:
    """`apps` by port are what serves now. Raises LocalStackError for what cannot be run here."""

    def __init__(
        self,
        configuration: Configuration,
        *,
        now: Callable[[], float] = time.time,
        template_file: Path = TEMPLATE,
        start_worker: StartWorker = start_worker,
    ) -> None:
        self.configuration = configuration
        self.template_file = template_file
        self._now = now
        self._deployed_at = 0.0
        self._recent = RecentRequests(now, time.monotonic)
        self._build = partial(build_stack, now=now, start_worker=start_worker)
        self.stack = self._build(self._load(), configuration)
        self.apps = self._apps(self.stack)
        self._draining: set[asyncio.Task[None]] = set()

    async def update(self) -> None:
        """Update the stack as CloudFormation would; requests under way are answered by the old one.

        Raises LocalStackError for what cannot be run; then nothing has changed.
        """
        before = self.stack
        template = await asyncio.to_thread(self._load)
        after = self._build(template, self.configuration, before=before)
        try:
            await after.functions.start()
            await after.functions.warm_up()
        except BaseException:
            await after.functions.retire(before.functions)
            raise
        self.stack = after
        self.apps |= self._apps(after)
        draining = asyncio.create_task(before.functions.retire(after.functions))
        self._draining.add(draining)
        draining.add_done_callback(self._draining.discard)

    async def close(self) -> None:
        for draining in self._draining:
            draining.cancel()
        await asyncio.gather(*self._draining, return_exceptions=True)
        await self.stack.close()

    def has_old_key(self) -> bool:
        """Whether the API serves a key that is no longer that of the parameters.

        CloudFormation reads a secret into the API only with another ProviderKeysVersion.
        """
        return self.stack.live_api.body != created(self.stack.template).body

    def _load(self) -> StackTemplate:
        # AlwaysDeploy tells deployments apart by their second: two edits may come within one
        self._deployed_at = max(self._now(), self._deployed_at + 1)
        return load_template(self.configuration, self.template_file, now=self._deployed_at)

    def _apps(self, stack: Stack) -> dict[int, ASGIApp]:
        stage = stack.template.only("AWS::ApiGateway::Stage").physical_id
        workbench = Workbench(lambda: self.stack, self._recent, self.configuration.site_origins)
        return {
            self.configuration.port: workbench.beside(site_app(stack)),
            self.configuration.api_port: api_app(
                stack, stack.template.place, stage, record=self._recent.around
            ),
        }
