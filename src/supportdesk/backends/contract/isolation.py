"""No look across organisations."""

import msgspec
import pytest

from supportdesk.backends.contract.tools import (
    Mirror,
    Person,
    file_ref,
    require,
    same_error,
    scenario,
    signed_in,
)
from supportdesk.backends.contract.world import World
from supportdesk.clock import uuid7
from supportdesk.domain.capabilities import Capability
from supportdesk.domain.commands import (
    AddFiles,
    AnyIntent,
    CloseTicket,
    FileRef,
    MarkRead,
    RateTicket,
    ReopenTicket,
    Reply,
)
from supportdesk.domain.entities import Attachment
from supportdesk.domain.errors import NotFound, Refused
from supportdesk.domain.status import Status

_CANARY = "canary-7f3a"


async def _secret_ticket(world: World, customer: Person) -> tuple[str, Attachment]:
    """A ticket with the canary in everything that people write."""
    file = await customer.upload(f"{_CANARY} content".encode(), f"{_CANARY}.txt")
    wanted = world.new_ticket(f"{_CANARY} subject")
    wanted = msgspec.structs.replace(wanted, description=f"{_CANARY} text", files=(file,))
    ticket = (await customer.do(wanted)).entity_id
    await world.answer(ticket, f"{_CANARY} answer", Status.SOLVED)
    return ticket, (await customer.sees()).attachments(ticket)[0]


def _about(ticket: str, files: tuple[FileRef, ...]) -> tuple[AnyIntent, ...]:
    """Everything that can be asked about a ticket."""
    return (
        Reply(conversation_id=ticket, body="Hello"),
        AddFiles(conversation_id=ticket, files=files),
        CloseTicket(ticket_id=ticket),
        ReopenTicket(ticket_id=ticket, description="Again"),
        RateTicket(ticket_id=ticket, helpful=True),
        MarkRead(what="ticket", id=ticket),
        MarkRead(what="publication", id=ticket),
    )


class IsolationContract:
    @scenario
    async def test_nothing_of_it_reaches_another_organisation(self, world: World) -> None:
        """A stranger's first sync and later changes carry no word of it."""
        async with signed_in(world, world.customer) as customer, signed_in(world, world.stranger) as stranger:
            await stranger.sees()
            await _secret_ticket(world, customer)
            later = await stranger.mirror.pull()
            fresh = Mirror(stranger.backend)
            await fresh.pull()
            me = (await customer.backend.welcome()).me
        assert later == []
        assert _CANARY not in fresh.as_text()
        assert me.id not in fresh.as_text()
        assert me.organisation_id not in fresh.as_text()

    @scenario
    async def test_what_is_foreign_is_as_if_it_did_not_exist(self, world: World) -> None:
        """Every command about a foreign ticket gets the very answer that a missing one gets."""
        async with signed_in(world, world.customer) as customer, signed_in(world, world.stranger) as stranger:
            ticket, attachment = await _secret_ticket(world, customer)
            mine = (await stranger.upload(b"mine"),)
            missing = uuid7()
            pairs = zip(_about(ticket, mine), _about(missing, mine), strict=True)
            for foreign, absent in pairs:
                with pytest.raises(NotFound) as one:
                    await stranger.do(foreign)
                with pytest.raises(NotFound) as other:
                    await stranger.do(absent)
                assert same_error(one.value, other.value)
            for id in (attachment.id, missing):
                with pytest.raises(NotFound):
                    await stranger.download(id)
            assert (await customer.sees()).ticket(ticket).status is Status.SOLVED
            assert len(customer.mirror.messages(ticket)) == 2

    @scenario
    async def test_nobody_reports_for_a_stranger(self, world: World) -> None:
        """A person of another organisation cannot be named as requester."""
        async with signed_in(world, world.customer) as customer, signed_in(world, world.stranger) as stranger:
            them = (await stranger.backend.welcome()).me
            wanted = msgspec.structs.replace(world.new_ticket("Not mine"), requester_id=them.id)
            with pytest.raises((NotFound, Refused)):
                await customer.do(wanted)
            assert (await stranger.sees()).as_text().count("Not mine") == 0

    @scenario
    async def test_a_hash_alone_opens_nothing(self, world: World) -> None:
        """Knowing name and hash of a foreign file neither shows that it is there nor attaches it."""
        async with signed_in(world, world.customer) as customer, signed_in(world, world.stranger) as stranger:
            file = await customer.upload(f"{_CANARY} content".encode())
            await customer.do(msgspec.structs.replace(world.new_ticket("With file"), files=(file,)))
            assert await stranger.backend.uploaded_bytes(file) == 0
            with pytest.raises(Refused):
                await stranger.do(msgspec.structs.replace(world.new_ticket("Mine now"), files=(file,)))

    @scenario
    async def test_a_spoiled_upload_spoils_nobody_elses(self, world: World) -> None:
        """Two people who upload the same content do not get into each other's way."""
        content = f"{_CANARY} content".encode() * 100
        async with signed_in(world, world.customer) as customer, signed_in(world, world.stranger) as stranger:
            assert await stranger.backend.upload(file_ref(content), 0, b"x" * 10) == 10
            assert await customer.backend.uploaded_bytes(file_ref(content)) == 0
            sent = await customer.upload(content)
            ticket = await customer.do(msgspec.structs.replace(world.new_ticket("F"), files=(sent,)))
            (attachment,) = (await customer.sees()).attachments(ticket.entity_id)
            assert await customer.download(attachment.id) == content

    @scenario
    async def test_internal_notes_stay_with_the_vendor(self, world: World) -> None:
        """A note neither arrives nor shows in any time or count of the ticket."""
        async with signed_in(world, world.customer) as customer:
            ticket = (await customer.do(world.new_ticket("Printer"))).entity_id
            before = dict((await customer.sees()).facts)
            await world.note(ticket, f"{_CANARY} note")
            assert (await customer.sees()).facts == before
            fresh = Mirror(customer.backend)
            await fresh.pull()
        assert fresh.facts == before
        assert _CANARY not in fresh.as_text()

    @scenario
    async def test_a_partner_sees_the_customers_tickets_and_nobody_elses(self, world: World) -> None:
        """Tickets of an organisation that is looked after arrive and can be answered; others do not."""
        async with (
            signed_in(world, world.partner) as partner,
            signed_in(world, world.customer) as customer,
            signed_in(world, world.stranger) as stranger,
        ):
            await require(partner, Capability.CUSTOMERS_TICKETS)
            ticket, _attachment = await _secret_ticket(world, customer)
            foreign = (await stranger.do(world.new_ticket("Foreign"))).entity_id
            own = (await partner.do(world.new_ticket("Own"))).entity_id
            mirror = await partner.sees()
            assert {("ticket", ticket), ("ticket", own)} <= mirror.facts.keys()
            assert ("ticket", foreign) not in mirror.facts
            await partner.do(ReopenTicket(ticket_id=ticket, description="They called again."))
            assert (await customer.sees()).ticket(ticket).status is Status.IN_PROGRESS
            assert ("ticket", own) not in customer.mirror.facts
