"""What is published ahead of its day, as clients notice it."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from supportdesk.backends.contract.tools import publication, signed_in
from supportdesk.domain.entities import Publication, PublicationKind
from tests.support.desk import LocalWorld, local_world
from tests.support.rest_world import rest_world

Open = Callable[[Path], AbstractContextManager[LocalWorld]]


def _notice(world: LocalWorld, ahead: timedelta) -> Publication:
    return msgspec.structs.replace(
        publication(PublicationKind.NOTICE), published_at=world.desk.clock() + ahead
    )


@pytest.mark.parametrize("open_world", [local_world, rest_world])
def test_it_wakes_those_who_wait(open_world: Open, tmp_path: Path) -> None:
    """When its moment has come it is there, although nobody did anything."""

    async def use(world: LocalWorld) -> None:
        notice = _notice(world, timedelta(seconds=1))
        async with signed_in(world, world.customer) as customer:
            await world.publish(notice)
            assert ("publication", notice.id) not in (await customer.sees()).facts
            async with asyncio.timeout(20):
                while ("publication", notice.id) not in (await customer.sees()).facts:
                    await customer.backend.wait_for_change()

    with open_world(tmp_path / "desk") as world:
        asyncio.run(use(world))


@pytest.mark.parametrize("open_world", [local_world, rest_world])
def test_it_is_there_for_who_comes_later(open_world: Open, tmp_path: Path) -> None:
    """The first one who looks after that day sees it, also when nobody was waiting."""

    async def use(world: LocalWorld) -> None:
        notice = _notice(world, timedelta(days=3))
        await world.publish(notice)
        async with signed_in(world, world.customer) as customer:
            await customer.sees()
            await world.let_days_pass(2)
            assert ("publication", notice.id) not in (await customer.sees()).facts
            await world.let_days_pass(2)
            assert ("publication", notice.id) in (await customer.sees()).facts

    with open_world(tmp_path / "desk") as world:
        asyncio.run(use(world))
