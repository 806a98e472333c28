"""Between the io lane and the store's lanes."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from supportdesk.replica.reader import Reader
from supportdesk.replica.store import Store
from supportdesk.replica.writer import Writer

T = TypeVar("T")


async def write(store: Store, job: Callable[[Writer], T]) -> T:
    """A write that was begun is finished even when the waiting task is cancelled."""
    return await asyncio.shield(asyncio.wrap_future(store.write(job)))


async def read(store: Store, job: Callable[[Reader], T]) -> T:
    return await asyncio.wrap_future(store.read(job))
