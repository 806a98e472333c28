"""Once and only once."""

import asyncio

import msgspec
import pytest

from supportdesk.backends.contract.tools import (
    command,
    hash_of,
    require,
    scenario,
    signed_in,
)
from supportdesk.backends.contract.world import World
from supportdesk.clock import now
from supportdesk.domain.capabilities import Capability
from supportdesk.domain.commands import CloseTicket, Command, Reply
from supportdesk.domain.entities import Ticket
from supportdesk.domain.errors import IdempotencyConflict, Refused

_AT_ONCE = 20


class PushingContract:
    @scenario
    async def test_a_receipt_proves_which_command_was_taken(self, world: World) -> None:
        """It carries the id and the hash of the very payload, and the new ticket's id and number."""
        async with signed_in(world, world.customer) as customer:
            wanted = command(world.new_ticket("Printer"))
            receipt = await customer.backend.push(wanted)
            ticket = (await customer.sees()).ticket(receipt.entity_id)
        assert receipt.command_id == wanted.id == ticket.id
        assert receipt.payload_sha256 == hash_of(wanted.intent)
        assert receipt.number == ticket.number
        assert receipt.accepted_at is not None

    @scenario
    async def test_a_repeat_is_answered_as_the_first_time(self, world: World) -> None:
        """The same command again, also much later over a new connection, changes nothing."""
        wanted = command(world.new_ticket("Printer"))
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.IDEMPOTENT)
            first = await customer.backend.push(wanted)
            await customer.sees()
        await world.let_days_pass(30)
        async with signed_in(world, world.customer) as again:
            assert await again.backend.push(wanted) == first
            mirror = await again.sees()
        assert len(mirror.all(Ticket)) == 1
        assert mirror.facts == customer.mirror.facts

    @scenario
    async def test_every_kind_of_command_can_be_repeated(self, world: World) -> None:
        """A reply or a closing that arrives twice happens once."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.IDEMPOTENT, Capability.CLOSE)
            ticket = (await customer.do(world.new_ticket("Printer"))).entity_id
            for intent in (
                Reply(conversation_id=ticket, body="It is the big one."),
                CloseTicket(ticket_id=ticket),
            ):
                wanted = command(intent)
                first = await customer.backend.push(wanted)
                before = dict((await customer.sees()).facts)
                assert await customer.backend.push(wanted) == first
                assert (await customer.sees()).facts == before

    @scenario
    async def test_the_same_id_with_other_content_is_refused(self, world: World) -> None:
        """Nothing is changed by it, and the first receipt is not given."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.IDEMPOTENT)
            wanted = command(world.new_ticket("Printer"))
            await customer.backend.push(wanted)
            before = dict((await customer.sees()).facts)
            other = Command(id=wanted.id, created_at=now(), intent=world.new_ticket("Scanner"))
            with pytest.raises(IdempotencyConflict):
                await customer.backend.push(other)
            assert (await customer.sees()).facts == before

    @scenario
    async def test_nobody_gets_another_persons_receipt(self, world: World) -> None:
        """The same command from another person is refused, whatever they know of it."""
        wanted = command(world.new_ticket("Printer"))
        async with signed_in(world, world.customer) as customer, signed_in(world, world.stranger) as stranger:
            await customer.backend.push(wanted)
            with pytest.raises(Refused):
                await stranger.backend.push(wanted)
            assert not (await stranger.sees()).all(Ticket)

    @scenario
    async def test_many_at_the_same_moment_are_one(self, world: World) -> None:
        """Twenty tries at once, half of them over another connection, make one ticket and one receipt."""
        wanted = command(world.new_ticket("Printer"))
        async with signed_in(world, world.customer) as one, signed_in(world, world.customer) as other:
            await require(one, Capability.IDEMPOTENT)
            tries = [(one, other)[index % 2].backend.push(wanted) for index in range(_AT_ONCE)]
            receipts = await asyncio.gather(*tries)
            mirror = await one.sees()
        assert all(receipt == receipts[0] for receipt in receipts)
        assert len(mirror.all(Ticket)) == 1
        assert len(mirror.messages(wanted.id)) == 1

    @scenario
    async def test_a_refused_command_changes_nothing_and_may_be_corrected(self, world: World) -> None:
        """The same id with corrected content is then taken."""
        async with signed_in(world, world.customer) as customer:
            await customer.sees()
            wrong = command(msgspec.structs.replace(world.new_ticket("x"), subject="   "))
            with pytest.raises(Refused) as caught:
                await customer.backend.push(wrong)
            assert str(caught.value)
            assert caught.value.next_step
            assert await customer.mirror.pull() == []
            right = msgspec.structs.replace(wrong, intent=world.new_ticket("Printer"))
            assert (await customer.backend.push(right)).entity_id == wrong.id
