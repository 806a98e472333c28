"""What can be done with a ticket, and what is refused."""

import msgspec
import pytest

from supportdesk.backends.contract.tools import Person, file_ref, require, scenario, signed_in
from supportdesk.backends.contract.world import World
from supportdesk.clock import now
from supportdesk.domain.capabilities import Capability, Limits
from supportdesk.domain.commands import (
    AddFiles,
    AnyIntent,
    CloseTicket,
    Command,
    CreateTicket,
    FileRef,
    RateTicket,
    ReopenTicket,
    Reply,
)
from supportdesk.domain.entities import EventKind, Role
from supportdesk.domain.errors import Refused
from supportdesk.domain.status import Status


async def _limits(person: Person) -> Limits:
    return (await person.backend.welcome()).capabilities.limits


async def _refused(person: Person, intent: AnyIntent) -> None:
    """The command is refused with a sentence, and nobody notices anything of it."""
    before = dict((await person.sees()).facts)
    with pytest.raises(Refused) as caught:
        await person.do(intent)
    assert len(str(caught.value).split()) > 2
    assert (await person.sees()).facts == before


class TicketsContract:
    @scenario
    async def test_a_new_ticket_is_as_it_was_reported(self, world: World) -> None:
        """Subject and requester are kept, the description is its first message, its status is new."""
        wanted = world.new_ticket("Prescription prints on the wrong paper")
        async with signed_in(world, world.customer) as customer:
            receipt = await customer.do(wanted)
            mirror, me = await customer.sees(), (await customer.backend.welcome()).me
        ticket = mirror.ticket(receipt.entity_id)
        (message,) = mirror.messages(ticket.id)
        assert (ticket.subject, ticket.status, ticket.requester_id) == (wanted.subject, Status.NEW, me.id)
        assert ticket.fields == wanted.fields
        assert (ticket.requester_name, ticket.last_author_id) == (me.name, me.id)
        assert (message.id, message.body, message.author_role) == (
            ticket.id,
            wanted.description,
            Role.CUSTOMER,
        )
        assert ticket.created_at.utcoffset() is not None

    @scenario
    async def test_numbers_are_given_once(self, world: World) -> None:
        """Every ticket has a number of its own."""
        async with signed_in(world, world.customer) as customer, signed_in(world, world.stranger) as stranger:
            receipts = [await person.do(world.new_ticket("T")) for person in (customer, stranger, customer)]
        assert len({receipt.number for receipt in receipts}) == 3

    @scenario
    async def test_it_can_be_reported_for_a_colleague(self, world: World) -> None:
        """The colleague is then the requester."""
        async with (
            signed_in(world, world.customer) as customer,
            signed_in(world, world.colleague) as colleague,
        ):
            await require(customer, Capability.ON_BEHALF)
            them = (await colleague.backend.welcome()).me
            wanted = msgspec.structs.replace(world.new_ticket("For Tom"), requester_id=them.id)
            ticket = (await customer.do(wanted)).entity_id
            assert (await colleague.sees()).ticket(ticket).requester_id == them.id

    @scenario
    async def test_a_ticket_that_says_too_little_or_too_much_is_refused(self, world: World) -> None:
        """No subject, two lines, no description, text over the limits, choices that do not exist."""
        async with signed_in(world, world.customer) as customer:
            limits = await _limits(customer)
            wrong: tuple[dict[str, object], ...] = (
                {"subject": ""},
                {"subject": "a\nb"},
                {"subject": "x" * (limits.max_subject_chars + 1)},
                {"description": " \n"},
                {"description": "x" * (limits.max_text_chars + 1)},
                {"service_id": "no-such-service"},
                {"type_id": "no-such-type"},
                {"priority_id": "no-such-priority"},
                {"desk_id": "no-such-desk"},
                {"consent_id": "no-such-consent"},
                {"fields": {"no-such-field": "1"}},
            )
            for change in wrong:
                await _refused(customer, msgspec.structs.replace(world.new_ticket("T"), **change))

    @scenario
    async def test_an_id_that_is_no_command_id_is_refused(self, world: World) -> None:
        """Ids are UUIDs of version 7 and nothing else."""
        async with signed_in(world, world.customer) as customer:
            for id in ("", "1", "../../etc/passwd", "00000000-0000-4000-8000-000000000000"):
                with pytest.raises(Refused):
                    await customer.backend.push(
                        Command(id=id, created_at=now(), intent=world.new_ticket("T"))
                    )

    @scenario
    async def test_a_reply_hands_the_ball_back(self, world: World) -> None:
        """Answering a question puts the ticket in progress; the message has the command's id."""
        async with signed_in(world, world.customer) as customer:
            ticket = (await customer.do(world.new_ticket("Printer"))).entity_id
            await world.answer(ticket, "Which printer?", Status.QUESTION)
            assert (await customer.sees()).ticket(ticket).status is Status.QUESTION
            message = (await customer.do(Reply(conversation_id=ticket, body="The big one."))).entity_id
            mirror = await customer.sees()
        assert mirror.ticket(ticket).status is Status.IN_PROGRESS
        assert [each.author_role for each in mirror.messages(ticket)] == [
            Role.CUSTOMER,
            Role.STAFF,
            Role.CUSTOMER,
        ]
        assert mirror.messages(ticket)[-1].id == message
        assert EventKind.STATUS in [event.event for event in mirror.events(ticket)]

    @scenario
    async def test_an_empty_reply_is_refused(self, world: World) -> None:
        """There is no message without text."""
        async with signed_in(world, world.customer) as customer:
            ticket = (await customer.do(world.new_ticket("Printer"))).entity_id
            await _refused(customer, Reply(conversation_id=ticket, body=" "))

    @scenario
    async def test_files_travel_with_a_ticket_a_reply_and_alone(self, world: World) -> None:
        """Each attachment names the message it came with, or none when it was added later."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.ADD_FILES)
            files = [await customer.upload(f"content {index}".encode(), f"{index}.txt") for index in range(3)]
            new = msgspec.structs.replace(world.new_ticket("Printer"), files=(files[0],))
            ticket = (await customer.do(new)).entity_id
            reply = (
                await customer.do(Reply(conversation_id=ticket, body="Here", files=(files[1],)))
            ).entity_id
            await customer.do(AddFiles(conversation_id=ticket, files=(files[2],)))
            mirror = await customer.sees()
            by_name = {each.name: each for each in mirror.attachments(ticket)}
            contents = [await customer.download(by_name[f"{index}.txt"].id) for index in range(3)]
        assert [by_name[f"{index}.txt"].message_id for index in range(3)] == [ticket, reply, None]
        assert contents == [b"content 0", b"content 1", b"content 2"]
        assert mirror.ticket(ticket).has_attachments

    @scenario
    async def test_files_that_cannot_be_taken_are_refused(self, world: World) -> None:
        """None at all, too many, never uploaded, with a dangerous name, or not what was uploaded."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.ADD_FILES)
            limits = await _limits(customer)
            ticket = (await customer.do(world.new_ticket("Printer"))).entity_id
            good = await customer.upload(b"content")
            wrong: tuple[tuple[FileRef, ...], ...] = (
                (),
                (good,) * (limits.max_files + 1),
                (file_ref(b"never uploaded"),),
                (msgspec.structs.replace(good, size_bytes=good.size_bytes + 1),),
                (msgspec.structs.replace(good, name="../evil.txt"),),
                (msgspec.structs.replace(good, name=""),),
                (msgspec.structs.replace(good, sha256="../../desk.db"),),
            )
            for files in wrong:
                await _refused(customer, AddFiles(conversation_id=ticket, files=files))

    @scenario
    async def test_a_customer_closes_a_ticket(self, world: World) -> None:
        """It is then closed, says so in its history, and takes no replies; closing it again does no harm."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.CLOSE)
            ticket = (await customer.do(world.new_ticket("Printer"))).entity_id
            await customer.do(CloseTicket(ticket_id=ticket))
            await customer.do(CloseTicket(ticket_id=ticket))
            mirror = await customer.sees()
            assert mirror.ticket(ticket).status is Status.CLOSED
            assert [event.event for event in mirror.events(ticket)] == [EventKind.CLOSED]
            await _refused(customer, Reply(conversation_id=ticket, body="One more thing"))

    @scenario
    async def test_a_ticket_is_reopened_with_a_description(self, world: World) -> None:
        """It is in progress again and the description is a message; without one it is refused."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.REOPEN)
            ticket = (await customer.do(world.new_ticket("Printer"))).entity_id
            await world.answer(ticket, "Done.", Status.SOLVED)
            before = (await customer.sees()).ticket(ticket)
            assert before.reopen_until is not None
            await _refused(customer, ReopenTicket(ticket_id=ticket, description=""))
            message = (await customer.do(ReopenTicket(ticket_id=ticket, description="Not yet."))).entity_id
            mirror = await customer.sees()
        after = mirror.ticket(ticket)
        assert (after.status, after.reopen_until) == (Status.IN_PROGRESS, None)
        assert mirror.messages(ticket)[-1].id == message
        assert EventKind.REOPENED in [event.event for event in mirror.events(ticket)]

    @scenario
    async def test_reopening_ends_with_its_time(self, world: World) -> None:
        """After the vendor's limit neither reopening nor a reply brings a solved ticket back."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.REOPEN)
            ticket = (await customer.do(world.new_ticket("Printer"))).entity_id
            await world.answer(ticket, "Done.", Status.SOLVED)
            await world.let_days_pass((await _limits(customer)).reopen_days + 1)
            await _refused(customer, ReopenTicket(ticket_id=ticket, description="Again!"))
            await _refused(customer, Reply(conversation_id=ticket, body="Again!"))

    @scenario
    async def test_a_solution_is_rated_once_there_is_one(self, world: World) -> None:
        """An open ticket cannot be rated, a solved one carries the rating, the last one counts."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.RATE)
            ticket = (await customer.do(world.new_ticket("Printer"))).entity_id
            await _refused(customer, RateTicket(ticket_id=ticket, helpful=True))
            await world.answer(ticket, "Done.", Status.SOLVED)
            await customer.do(RateTicket(ticket_id=ticket, helpful=True))
            assert (await customer.sees()).ticket(ticket).rating == 5
            await customer.do(RateTicket(ticket_id=ticket, helpful=False, comment="It came back."))
            mirror = await customer.sees()
        assert mirror.ticket(ticket).rating == 1
        assert mirror.ticket(ticket).status is Status.SOLVED

    @scenario
    async def test_the_least_ticket_has_no_files(self, world: World) -> None:
        """Without files a ticket does not claim any."""
        async with signed_in(world, world.customer) as customer:
            wanted: CreateTicket = world.new_ticket("Printer")
            ticket = (await customer.do(wanted)).entity_id
            assert not (await customer.sees()).ticket(ticket).has_attachments
