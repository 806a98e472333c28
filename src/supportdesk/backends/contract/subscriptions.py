"""What is there of a subscription, and what can be said about it."""

import pytest

from supportdesk.backends.contract.tools import Mirror, command, require, same_error, scenario, signed_in
from supportdesk.backends.contract.world import World
from supportdesk.clock import uuid7
from supportdesk.domain.capabilities import Capability
from supportdesk.domain.commands import AddFiles, AnyIntent, FileRef, MarkRead, Reply
from supportdesk.domain.entities import Role, Subscription
from supportdesk.domain.errors import NotFound, Refused

_CANARY = "canary-5d20"


def _subscription(mirror: Mirror, id: str) -> Subscription:
    found = mirror.facts["subscription", id]
    assert isinstance(found, Subscription)
    return found


def _about(id: str, files: tuple[FileRef, ...]) -> tuple[AnyIntent, ...]:
    """Everything that can be asked about a subscription."""
    return (
        Reply(conversation_id=id, body="How many?"),
        AddFiles(conversation_id=id, files=files),
        MarkRead(what="subscription", id=id),
    )


class SubscriptionsContract:
    @scenario
    async def test_a_subscription_is_seen_by_those_whom_it_concerns(self, world: World) -> None:
        """The organisation and the partner who looks after it; nobody else reads a word of it."""
        async with (
            signed_in(world, world.customer) as customer,
            signed_in(world, world.colleague) as colleague,
            signed_in(world, world.stranger) as stranger,
        ):
            await require(customer, Capability.SUBSCRIPTIONS)
            id = await world.subscribe(f"{_CANARY} suite")
            for person in (customer, colleague):
                assert _subscription(await person.sees(), id).name == f"{_CANARY} suite"
            assert _CANARY not in (await stranger.sees()).as_text()

    @scenario
    async def test_a_partner_sees_those_of_their_customers(self, world: World) -> None:
        """And can ask about them; the customer reads it, too."""
        async with signed_in(world, world.partner) as partner, signed_in(world, world.customer) as customer:
            await require(partner, Capability.SUBSCRIPTIONS)
            id = await world.subscribe("Suite")
            assert _subscription(await partner.sees(), id).name == "Suite"
            await partner.do(Reply(conversation_id=id, body="How many?"))
            assert [each.body for each in (await customer.sees()).messages(id)] == ["How many?"]

    @scenario
    async def test_it_is_talked_about(self, world: World) -> None:
        """Question, file, answer and read mark, each seen by the colleague but the mark."""
        async with (
            signed_in(world, world.customer) as customer,
            signed_in(world, world.colleague) as colleague,
        ):
            await require(customer, Capability.SUBSCRIPTIONS)
            id = await world.subscribe("Suite")
            file = await customer.upload(b"what is meant")
            receipt = await customer.do(Reply(conversation_id=id, body="How many?", files=(file,)))
            await world.answer(id, "Four.")
            mirror = await colleague.sees()
            said = mirror.messages(id)
            assert [(each.body, each.author_role) for each in said] == [
                ("How many?", Role.CUSTOMER),
                ("Four.", Role.STAFF),
            ]
            assert said[0].id == receipt.entity_id
            (attachment,) = mirror.attachments(id)
            assert await colleague.download(attachment.id) == b"what is meant"
            await customer.do(MarkRead(what="subscription", id=id))
            assert _subscription(await customer.sees(), id).read_at is not None
            assert _subscription(await colleague.sees(), id).read_at is None

    @scenario
    async def test_what_is_said_twice_is_there_once(self, world: World) -> None:
        """Words and files that are sent again as they were."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.SUBSCRIPTIONS)
            id = await world.subscribe("Suite")
            file = await customer.upload(b"what is meant")
            reply = command(Reply(conversation_id=id, body="How many?"))
            added = command(AddFiles(conversation_id=id, files=(file,)))
            for sent in (reply, added, reply, added):
                await customer.backend.push(sent)
            mirror = await customer.sees()
        assert [each.body for each in mirror.messages(id)] == ["How many?"]
        assert len(mirror.attachments(id)) == 1

    @scenario
    async def test_what_is_foreign_is_as_if_there_were_none(self, world: World) -> None:
        """Every command about it gets the very answer that a missing one gets."""
        async with signed_in(world, world.customer) as customer, signed_in(world, world.stranger) as stranger:
            await require(customer, Capability.SUBSCRIPTIONS)
            id = await world.subscribe(f"{_CANARY} suite")
            mine = (await stranger.upload(b"mine"),)
            for foreign, absent in zip(_about(id, mine), _about(uuid7(), mine), strict=True):
                with pytest.raises(NotFound) as one:
                    await stranger.do(foreign)
                with pytest.raises(NotFound) as other:
                    await stranger.do(absent)
                assert same_error(one.value, other.value)
            assert (await customer.sees()).messages(id) == []

    @scenario
    async def test_nothing_empty_is_said_about_it(self, world: World) -> None:
        """It is refused, and nobody notices anything of it."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.SUBSCRIPTIONS)
            id = await world.subscribe("Suite")
            before = dict((await customer.sees()).facts)
            with pytest.raises(Refused):
                await customer.do(Reply(conversation_id=id, body="  "))
            assert (await customer.sees()).facts == before
