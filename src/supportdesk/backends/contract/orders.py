"""What can be done with an order, and what is refused."""

import msgspec
import pytest

from supportdesk.backends.contract.tools import (
    Mirror,
    Person,
    command,
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
    CreateOrder,
    FileRef,
    MarkRead,
    NewArticle,
    Reply,
)
from supportdesk.domain.entities import Attachment, EventKind, Order, Role
from supportdesk.domain.errors import NotFound, Refused
from supportdesk.domain.orders import MAX_ARTICLES, MAX_QUANTITY, Article, OrderStatus

_CANARY = "canary-9b2d"
_DISC = Article("BD-31204", name="Brake disc", serial_number="S-1", quantity=4)
_LAMP = Article("HL-88017", name="Headlamp")


def _order(reference: str, *articles: NewArticle, files: tuple[FileRef, ...] = ()) -> CreateOrder:
    return CreateOrder(reference, articles or (NewArticle(_DISC),), note="Ramp 2", files=files)


def _orders(mirror: Mirror) -> dict[str, Order]:
    return {each.id: each for each in mirror.all(Order)}


def _by_name(mirror: Mirror, order_id: str) -> dict[str, Attachment]:
    return {each.name: each for each in mirror.attachments(order_id)}


async def _refused(person: Person, intent: AnyIntent) -> None:
    """The command is refused with a sentence, and nobody notices anything of it."""
    before = dict((await person.sees()).facts)
    with pytest.raises(Refused) as caught:
        await person.do(intent)
    assert len(str(caught.value).split()) > 2
    assert (await person.sees()).facts == before


class OrdersContract:
    @scenario
    async def test_a_new_order_is_as_it_was_sent(self, world: World) -> None:
        """Reference, articles and note are kept, each file stands at its article or at the order."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.ORDERS)
            files = [await customer.upload(f"content {n}".encode(), f"{n}.txt") for n in range(4)]
            wanted = _order(
                " RET-1 ",
                NewArticle(_DISC, (files[1],)),
                NewArticle(_LAMP, (files[2], files[3])),
                files=(files[0],),
            )
            receipt = await customer.do(wanted)
            mirror, me = await customer.sees(), (await customer.backend.welcome()).me
            by_name = _by_name(mirror, receipt.entity_id)
            contents = [await customer.download(by_name[f"{n}.txt"].id) for n in range(4)]
        order = _orders(mirror)[receipt.entity_id]
        assert (order.number, order.reference, order.status) == (
            receipt.number,
            "RET-1",
            OrderStatus.RECEIVED,
        )
        assert (order.articles, order.note, order.requester_id) == ((_DISC, _LAMP), "Ramp 2", me.id)
        assert [by_name[f"{n}.txt"].article for n in range(4)] == [None, 0, 1, 1]
        assert contents == [f"content {n}".encode() for n in range(4)]

    @scenario
    async def test_an_order_that_is_sent_again_is_one_order(self, world: World) -> None:
        """The receipt is the same, and so is everything that can be seen."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.ORDERS)
            sent = command(_order("RET-1"))
            first = await customer.backend.push(sent)
            before = dict((await customer.sees()).facts)
            again = await customer.backend.push(sent)
            assert (again.entity_id, again.number) == (first.entity_id, first.number)
            assert (await customer.sees()).facts == before
            assert len(_orders(customer.mirror)) == 1

    @scenario
    async def test_colleagues_see_it_and_nobody_else(self, world: World) -> None:
        """Also its files; to a stranger it is as if it were not there, whatever they ask."""
        async with (
            signed_in(world, world.customer) as customer,
            signed_in(world, world.colleague) as colleague,
            signed_in(world, world.stranger) as stranger,
        ):
            await require(customer, Capability.ORDERS)
            file = await customer.upload(f"{_CANARY} content".encode(), f"{_CANARY}.txt")
            wanted = _order(_CANARY, NewArticle(Article(_CANARY), (file,)))
            order = (await customer.do(wanted)).entity_id
            seen = await colleague.sees()
            assert _orders(seen)[order].reference == _CANARY
            attachment = seen.attachments(order)[0].id
            assert await colleague.download(attachment) == f"{_CANARY} content".encode()
            assert _CANARY not in (await stranger.sees()).as_text()
            own = await stranger.upload(b"mine")
            for about in (
                lambda id: Reply(conversation_id=id, body="Hello"),
                lambda id: AddFiles(conversation_id=id, files=(own,), article=0),
                lambda id: MarkRead(what="order", id=id),
            ):
                with pytest.raises(NotFound) as foreign:
                    await stranger.do(about(order))
                with pytest.raises(NotFound) as missing:
                    await stranger.do(about(uuid7()))
                assert same_error(foreign.value, missing.value)
            with pytest.raises(NotFound):
                await stranger.download(attachment)

    @scenario
    async def test_a_reference_is_used_once(self, world: World) -> None:
        """Also not by a colleague, nor in other letters; another organisation may have the same one."""
        async with (
            signed_in(world, world.customer) as customer,
            signed_in(world, world.colleague) as colleague,
            signed_in(world, world.stranger) as stranger,
        ):
            await require(customer, Capability.ORDERS)
            number = (await customer.do(_order("RET-2025-118"))).number
            for same in ("RET-2025-118", "  ret-2025-118 "):
                with pytest.raises(Refused, match=number):
                    await colleague.do(_order(same))
            other = await stranger.do(_order("RET-2025-118"))
            assert other.number != number
            assert len(_orders(await colleague.sees())) == 1

    @scenario
    async def test_an_order_that_says_too_little_or_too_much_is_refused(self, world: World) -> None:
        """No reference, no article, an article without name and number, too many, quantities out of bounds,
        choices that do not exist, files that never arrived."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.ORDERS)
            good = _order("RET-1")
            wrong: tuple[dict[str, object], ...] = (
                {"reference": " "},
                {"reference": "a\nb"},
                {"articles": ()},
                {"articles": (NewArticle(Article("", name=" ")),)},
                {"articles": (NewArticle(_DISC),) * (MAX_ARTICLES + 1)},
                {"articles": (NewArticle(msgspec.structs.replace(_DISC, quantity=0)),)},
                {"articles": (NewArticle(msgspec.structs.replace(_DISC, quantity=MAX_QUANTITY + 1)),)},
                {"articles": (NewArticle(_DISC), NewArticle(msgspec.structs.replace(_LAMP, removed=True)))},
                {"order_kind": "no-such-kind"},
                {"files": (file_ref(b"never uploaded"),)},
                {"articles": (NewArticle(_DISC, (file_ref(b"never uploaded"),)),)},
            )
            for change in wrong:
                await _refused(customer, msgspec.structs.replace(good, **change))
            await customer.do(good)

    @scenario
    async def test_it_is_talked_about_and_files_are_added(self, world: World) -> None:
        """An answer and a reply stand in its conversation; files come to an article or to the order."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.ORDERS)
            order = (await customer.do(_order("RET-1", NewArticle(_DISC), NewArticle(_LAMP)))).entity_id
            await world.answer(order, "Is it broken?")
            await customer.do(Reply(conversation_id=order, body="Yes."))
            files = [await customer.upload(f"later {n}".encode(), f"{n}.txt") for n in range(2)]
            await customer.do(AddFiles(conversation_id=order, files=(files[0],), article=1))
            await customer.do(AddFiles(conversation_id=order, files=(files[1],)))
            mirror = await customer.sees()
            said = [(each.author_role, each.body) for each in mirror.messages(order)]
            by_name = _by_name(mirror, order)
            assert said == [(Role.STAFF, "Is it broken?"), (Role.CUSTOMER, "Yes.")]
            assert (by_name["0.txt"].article, by_name["1.txt"].article) == (1, None)
            for place in (-1, 2):
                await _refused(customer, AddFiles(conversation_id=order, files=(files[0],), article=place))

    @scenario
    async def test_what_is_added_twice_is_there_once(self, world: World) -> None:
        """Words and files that are sent again as they were."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.ORDERS)
            order = (await customer.do(_order("RET-1"))).entity_id
            file = await customer.upload(b"picture of the damage", "0.txt")
            reply = command(Reply(conversation_id=order, body="See the picture."))
            added = command(AddFiles(conversation_id=order, files=(file,), article=0))
            for sent in (reply, added, reply, added):
                await customer.backend.push(sent)
            mirror = await customer.sees()
        assert [each.body for each in mirror.messages(order)] == ["See the picture."]
        assert [(each.name, each.article) for each in mirror.attachments(order)] == [("0.txt", 0)]

    @scenario
    async def test_a_partner_sees_those_of_their_customers(self, world: World) -> None:
        """With their files, and can ask about them; who ordered reads it."""
        async with signed_in(world, world.partner) as partner, signed_in(world, world.customer) as customer:
            await require(partner, Capability.ORDERS)
            file = await customer.upload(b"picture of the damage")
            order = (await customer.do(_order("RET-1", files=(file,)))).entity_id
            mirror = await partner.sees()
            assert _orders(mirror)[order].reference == "RET-1"
            (attachment,) = mirror.attachments(order)
            assert await partner.download(attachment.id) == b"picture of the damage"
            await partner.do(Reply(conversation_id=order, body="Until when?"))
            assert [each.body for each in (await customer.sees()).messages(order)] == ["Until when?"]

    @scenario
    async def test_the_vendor_takes_articles_and_files_away_and_adds_files(self, world: World) -> None:
        """An article that is taken out keeps its place and files; a file that is removed is gone for all."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.ORDERS)
            files = [await customer.upload(f"content {n}".encode(), f"{n}.txt") for n in range(2)]
            articles = (NewArticle(_DISC, (files[0],)), NewArticle(_LAMP, (files[1],)))
            order = (await customer.do(_order("RET-1", *articles))).entity_id
            removed = _by_name(await customer.sees(), order)["1.txt"].id
            await world.remove_article(order, 1)
            await world.add_order_file(order, b"measured", "measured.txt", 2)
            await world.remove_order_file(order, removed)
            mirror = await customer.sees()
            assert _orders(mirror)[order].articles == (msgspec.structs.replace(_DISC, removed=True), _LAMP)
            by_name = _by_name(mirror, order)
            assert {name: each.article for name, each in by_name.items()} == {"0.txt": 0, "measured.txt": 1}
            assert await customer.download(by_name["measured.txt"].id) == b"measured"
            with pytest.raises(NotFound):
                await customer.download(removed)
            changed = [each.value for each in mirror.events(order) if each.event is EventKind.CHANGED]
            assert sorted(changed) == ["article_removed", "file_removed", "files_added"]
        async with signed_in(world, world.colleague) as colleague:
            assert _by_name(await colleague.sees(), order) == by_name

    @scenario
    async def test_an_order_keeps_an_article(self, world: World) -> None:
        """The last one is not taken out, and nobody notices that somebody tried."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.ORDERS)
            order = (await customer.do(_order("RET-1"))).entity_id
            before = dict((await customer.sees()).facts)
            with pytest.raises(Refused):
                await world.remove_article(order, 1)
            assert (await customer.sees()).facts == before

    @scenario
    async def test_notes_about_it_stay_with_the_vendor(self, world: World) -> None:
        """Nobody notices that one was written."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.ORDERS)
            order = (await customer.do(_order("RET-1"))).entity_id
            before = dict((await customer.sees()).facts)
            await world.note(order, f"{_CANARY} note")
            assert (await customer.sees()).facts == before

    @scenario
    async def test_it_is_read_when_it_was_looked_at(self, world: World) -> None:
        """The own order is read from the start; an answer makes it news until it is marked."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.ORDERS)
            order = (await customer.do(_order("RET-1"))).entity_id
            assert _orders(await customer.sees())[order].read_at is not None
            await world.answer(order, "It is on its way.")
            await customer.do(MarkRead(what="order", id=order))
            seen = _orders(await customer.sees())[order]
            assert seen.read_at is not None
            assert seen.read_at >= seen.updated_at
