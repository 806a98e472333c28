"""A desk's database and files, for callers on an event loop."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from supportdesk.desk.address import Address
from supportdesk.desk.database import DeskConnection
from supportdesk.desk.files import Files
from supportdesk.desk.runner import Runner

T = TypeVar("T")


class DeskThreads:
    """Jobs run on the desk's threads, in the caller's language; without a desk they raise BackendError."""

    def __init__(self, folder: Path, name: str, address: Address | None = None) -> None:
        """Files lie in `folder`, and the database does unless `address` says where."""
        self._runner = Runner(address or folder, folder / "files", name=name)

    async def read(self, job: Callable[[DeskConnection], T]) -> T:
        """`job` writes nothing."""
        return await asyncio.wrap_future(self._runner.read(job))

    async def write(self, job: Callable[[DeskConnection], T]) -> T:
        return await asyncio.wrap_future(self._runner.write(job))

    async def contents(self, job: Callable[[Files], T]) -> T:
        return await asyncio.wrap_future(self._runner.contents(job))

    async def close(self) -> None:
        """After what was begun is done."""
        await asyncio.wrap_future(self._runner.end())
