"""What one person has read, confirmed and found helpful."""

import pytest

from supportdesk.backends.contract.tools import command, publication, require, scenario, signed_in
from supportdesk.backends.contract.world import World
from supportdesk.domain.capabilities import Capability
from supportdesk.domain.commands import Command, ConfirmNotice, MarkRead, RateArticle
from supportdesk.domain.entities import PublicationKind
from supportdesk.domain.errors import NotFound, Refused


class MarksContract:
    @scenario
    async def test_a_ticket_is_read_by_one_person_only(self, world: World) -> None:
        """The mark of one is not the mark of a colleague."""
        async with (
            signed_in(world, world.customer) as customer,
            signed_in(world, world.colleague) as colleague,
        ):
            ticket = (await customer.do(world.new_ticket("Printer"))).entity_id
            await world.answer(ticket, "Which one?")
            await colleague.sees()
            await customer.do(MarkRead(what="ticket", id=ticket))
            read = (await customer.sees()).ticket(ticket)
            assert read.read_at is not None
            assert read.read_at >= read.updated_at
            assert await colleague.mirror.pull() == []
            assert colleague.mirror.ticket(ticket).read_at is None

    @scenario
    async def test_a_mark_that_arrives_late_counts_from_when_it_was_made(self, world: World) -> None:
        """An answer that came after the customer looked stays unread, and a newer mark is not taken back."""
        async with signed_in(world, world.customer) as customer:
            ticket = (await customer.do(world.new_ticket("Printer"))).entity_id
            early = command(MarkRead(what="ticket", id=ticket))
            await world.let_days_pass(1)
            await world.answer(ticket, "Which one?")
            await customer.backend.push(early)
            unread = (await customer.sees()).ticket(ticket)
            assert unread.read_at is not None
            assert unread.read_at < unread.updated_at

    @scenario
    async def test_a_notice_is_confirmed_by_each_person(self, world: World) -> None:
        """It is read and confirmed for whoever confirmed it; what need not be confirmed cannot be."""
        async with (
            signed_in(world, world.customer) as customer,
            signed_in(world, world.colleague) as colleague,
        ):
            await require(customer, Capability.NOTICES)
            urgent = publication(PublicationKind.NOTICE, must_confirm=True)
            plain = publication(PublicationKind.NOTICE)
            for notice in (urgent, plain):
                await world.publish(notice)
            assert (await customer.sees()).publication(urgent.id) == urgent
            await customer.do(ConfirmNotice(publication_id=urgent.id))
            confirmed = (await customer.sees()).publication(urgent.id)
            assert confirmed.confirmed_at is not None
            assert confirmed.read_at is not None
            assert (await colleague.sees()).publication(urgent.id).confirmed_at is None
            with pytest.raises(Refused):
                await customer.do(ConfirmNotice(publication_id=plain.id))

    @scenario
    async def test_an_issue_is_read_by_one_person(self, world: World) -> None:
        """A newsletter issue that one has read is unread for the colleague."""
        async with (
            signed_in(world, world.customer) as customer,
            signed_in(world, world.colleague) as colleague,
        ):
            await require(customer, Capability.NEWSLETTER)
            issue = publication(PublicationKind.NEWSLETTER)
            await world.publish(issue)
            await customer.do(MarkRead(what="publication", id=issue.id))
            assert (await customer.sees()).publication(issue.id).read_at is not None
            assert (await colleague.sees()).publication(issue.id).read_at is None

    @scenario
    async def test_everybody_has_one_vote_on_an_article(self, world: World) -> None:
        """Votes of two people make the percentage, a second vote replaces the first; notices have none."""
        async with (
            signed_in(world, world.customer) as customer,
            signed_in(world, world.colleague) as colleague,
        ):
            await require(customer, Capability.ARTICLES)
            article = publication(PublicationKind.ARTICLE)
            await world.publish(article)
            for helpful in (False, True, True):
                await customer.do(RateArticle(publication_id=article.id, helpful=helpful))
            await colleague.do(RateArticle(publication_id=article.id, helpful=False))
            mine = (await customer.sees()).publication(article.id)
            theirs = (await colleague.sees()).publication(article.id)
        assert (mine.helpful_percent, mine.my_rating) == (50, True)
        assert (theirs.helpful_percent, theirs.my_rating) == (50, False)

    @scenario
    async def test_only_articles_have_votes(self, world: World) -> None:
        """A notice cannot be rated."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.ARTICLES, Capability.NOTICES)
            notice = publication(PublicationKind.NOTICE)
            await world.publish(notice)
            with pytest.raises(Refused):
                await customer.do(RateArticle(publication_id=notice.id, helpful=True))

    @scenario
    async def test_what_is_withdrawn_is_gone(self, world: World) -> None:
        """A withdrawn publication leaves everybody's mirror and can no longer be marked."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.NOTICES)
            notice = publication(PublicationKind.NOTICE)
            await world.publish(notice)
            await customer.do(MarkRead(what="publication", id=notice.id))
            assert ("publication", notice.id) in (await customer.sees()).facts
            await world.withdraw(notice.id)
            assert ("publication", notice.id) not in (await customer.sees()).facts
            with pytest.raises(NotFound):
                await customer.do(MarkRead(what="publication", id=notice.id))

    @scenario
    async def test_a_mark_needs_something_to_mark(self, world: World) -> None:
        """A kind that cannot be read is refused, a thing that does not exist is not found."""
        async with signed_in(world, world.customer) as customer:
            wrong: Command = command(MarkRead(what="organisation", id="1"))
            with pytest.raises(Refused):
                await customer.backend.push(wrong)
            with pytest.raises(NotFound):
                await customer.do(MarkRead(what="ticket", id=wrong.id))
