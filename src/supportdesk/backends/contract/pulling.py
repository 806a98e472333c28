"""What comes back from the desk, and in which order."""

from supportdesk.backends.contract.tools import Mirror, connected, scenario, signed_in
from supportdesk.backends.contract.world import World
from supportdesk.domain.changes import Gone, Page, Upsert
from supportdesk.domain.commands import CloseTicket, Reply
from supportdesk.domain.entities import (
    Attachment,
    ConversationEvent,
    Message,
    Organisation,
    Person,
    Ticket,
    TimeRecord,
)


async def _busy_desk(world: World) -> None:
    """Tickets with a history, so that there are several pages."""
    async with signed_in(world, world.customer) as customer, signed_in(world, world.colleague) as colleague:
        for person in (customer, colleague):
            for number in range(3):
                ticket = (await person.do(world.new_ticket(f"Printer {number}"))).entity_id
                await world.answer(ticket, "Which one?")
                await person.do(Reply(conversation_id=ticket, body="The one in the hall."))
                if number == 2:
                    await person.do(CloseTicket(ticket_id=ticket))


class PullingContract:
    @scenario
    async def test_a_first_sync_brings_everything_that_can_be_seen(self, world: World) -> None:
        """Own and colleagues' tickets, with their conversations, and the people of the organisation."""
        await _busy_desk(world)
        async with signed_in(world, world.customer) as customer:
            mirror = await customer.sees()
            welcome = await customer.backend.welcome()
        tickets = mirror.all(Ticket)
        assert len(tickets) == 6
        assert all(len(mirror.messages(ticket.id)) == 3 for ticket in tickets)
        assert {ticket.requester_id for ticket in tickets} <= {person.id for person in mirror.all(Person)}
        assert mirror.all(Organisation) == [welcome.organisation]
        assert welcome.me in mirror.all(Person)

    @scenario
    async def test_a_ticket_comes_before_what_hangs_on_it(self, world: World) -> None:
        """No message, event, file or time record arrives before its ticket."""
        await _busy_desk(world)
        async with signed_in(world, world.customer) as customer:
            known: set[str] = set()
            for change in await customer.mirror.pull():
                entity = change.entity if isinstance(change, Upsert) else None
                if isinstance(entity, Ticket):
                    known.add(entity.id)
                elif isinstance(entity, Message | ConversationEvent | Attachment | TimeRecord):
                    assert entity.conversation_id in known

    @scenario
    async def test_changes_applied_one_by_one_equal_a_fresh_sync(self, world: World) -> None:
        """Whoever was there all along holds the same facts as whoever comes new."""
        async with signed_in(world, world.customer) as early, signed_in(world, world.customer) as late:
            await early.sees()
            await _busy_desk(world)
            assert (await early.sees()).facts == (await late.sees()).facts

    @scenario
    async def test_every_cursor_can_be_resumed(self, world: World) -> None:
        """A first sync that was cut off at any page goes on from there, also over a new connection."""
        await _busy_desk(world)
        async with signed_in(world, world.customer) as customer:
            pages: list[Page] = [await customer.backend.pull(None)]
            while pages[-1].more:
                pages.append(await customer.backend.pull(pages[-1].cursor))
            whole = await customer.sees()
        for cut in range(len(pages)):
            async with signed_in(world, world.customer) as again:
                again.mirror.cursor = pages[cut].cursor
                rest = await again.mirror.pull()
                assert rest == [change for page in pages[cut + 1 :] for change in page.changes]
        assert len(whole.all(Ticket)) == 6

    @scenario
    async def test_a_change_during_the_first_sync_is_not_missed(self, world: World) -> None:
        """What happens between two pages is there at the end."""
        await _busy_desk(world)
        async with (
            signed_in(world, world.customer) as customer,
            signed_in(world, world.colleague) as colleague,
        ):
            await customer.mirror.step()
            ticket = (await colleague.do(world.new_ticket("In between"))).entity_id
            old = next(each for each in (await colleague.sees()).all(Ticket) if each.status != "closed")
            await world.answer(old.id, "News")
            mirror, fresh = await customer.sees(), Mirror(customer.backend)
            await fresh.pull()
        assert ("ticket", ticket) in mirror.facts
        assert mirror.messages(old.id)[-1].body == "News"
        assert mirror.facts == fresh.facts

    @scenario
    async def test_nothing_comes_when_nothing_has_happened(self, world: World) -> None:
        """A pull with the newest cursor is empty and not followed by more."""
        async with signed_in(world, world.customer) as customer:
            await customer.sees()
            page = await customer.backend.pull(customer.mirror.cursor)
        assert page.changes == ()
        assert not page.more

    @scenario
    async def test_news_of_others_arrive(self, world: World) -> None:
        """An answer of staff and a colleague's ticket come with the next pull, nothing else does."""
        async with (
            signed_in(world, world.customer) as customer,
            signed_in(world, world.colleague) as colleague,
        ):
            mine = (await customer.do(world.new_ticket("Mine"))).entity_id
            await customer.sees()
            theirs = (await colleague.do(world.new_ticket("Theirs"))).entity_id
            await world.answer(mine, "We are looking into it.")
            came = await customer.mirror.pull()
        assert not [change for change in came if isinstance(change, Gone)]
        assert {each.conversation_id for each in customer.mirror.all(Message)} == {mine, theirs}
        assert customer.mirror.ticket(mine).last_author_id != customer.mirror.ticket(mine).requester_id

    @scenario
    async def test_a_pull_can_be_repeated(self, world: World) -> None:
        """An answer that was lost on the way is given again."""
        await _busy_desk(world)
        async with connected(world) as backend:
            await backend.sign_in(world.customer.user, world.customer.password)
            assert (await backend.pull(None)).changes == (await backend.pull(None)).changes
