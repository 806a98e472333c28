"""Waiting and working side by side, so that a cancellation is never lost."""

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any


async def together(*works: Coroutine[Any, Any, None]) -> None:
    """Until one fails: then the others are ended and its error is raised.

    Whoever cancels this is heard at any moment. A TaskGroup forgets a cancellation when it has an error
    already or its tasks fail while they end; an engine that then goes on cannot be closed.
    """
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        ended = [task for task in tasks if task.done()]
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    for task in ended:
        task.result()


async def happens(event: asyncio.Event, timeout_s: float | None) -> None:
    """Until the event is set, or for so long.

    Not `wait_for`: up to Python 3.11 that forgets a cancellation which comes together with the event.
    """
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(timeout_s):
            await event.wait()
