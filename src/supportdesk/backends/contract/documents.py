"""What can be done with a document, and what is refused."""

import asyncio
import hashlib

import msgspec
import pytest

from supportdesk.backends.contract.tools import (
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
from supportdesk.domain.catalogue import FieldKind
from supportdesk.domain.commands import (
    AddFiles,
    AnyIntent,
    DeclineDocument,
    FileRef,
    MarkRead,
    Reply,
    SignDocument,
)
from supportdesk.domain.documents import DocumentField, DocumentState
from supportdesk.domain.entities import Attachment, Document, EventKind
from supportdesk.domain.errors import NotFound, Refused

_CANARY = "canary-5d1e"
_SEALED_S = 60.0
# One blue pixel.
_MARK = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489000000"
    "0d49444154789c63105068f80f0002a401b054d4dcb60000000049454e44ae426082"
)


async def _document(person: Person, id: str) -> tuple[Document, Attachment]:
    """With the file that is to be signed."""
    mirror = await person.sees()
    document = mirror.facts["document", id]
    assert isinstance(document, Document)
    file = mirror.facts["attachment", document.file_id]
    assert isinstance(file, Attachment)
    return document, file


async def _signature(person: Person, id: str) -> SignDocument:
    """As good a one as there is."""
    document, file = await _document(person, id)
    values = {field.name: _answer(field) for field in document.form.fields if field.required}
    return SignDocument(id, file.sha256, values, await _mark(person))


async def _mark(person: Person) -> FileRef:
    uploaded = await person.upload(_MARK, "signature.png")
    return msgspec.structs.replace(uploaded, media_type="image/png")


def _answer(field: DocumentField) -> str:
    match field.kind:
        case FieldKind.CHECKBOX:
            return "yes"
        case FieldKind.DATE:
            return "2026-12-01"
        case FieldKind.CHOICE:
            return next(value for value, _label in field.choices if value)
        case _:
            return field.value or "x"


async def _refused(person: Person, intent: AnyIntent) -> None:
    """The command is refused with a sentence, and nobody notices anything of it."""
    before = dict((await person.sees()).facts)
    with pytest.raises(Refused) as caught:
        await person.do(intent)
    assert len(str(caught.value).split()) > 2
    assert (await person.sees()).facts == before


class DocumentsContract:
    @scenario
    async def test_who_is_asked_sees_it_with_its_file(self, world: World) -> None:
        """The whole organisation does; nobody else learns of it, nor gets the file."""
        async with (
            signed_in(world, world.customer) as customer,
            signed_in(world, world.colleague) as colleague,
            signed_in(world, world.stranger) as stranger,
        ):
            await require(customer, Capability.DOCUMENTS)
            id = await world.ask_to_sign(_CANARY)
            document, file = await _document(customer, id)
            assert (document.title, document.state) == (_CANARY, DocumentState.TO_SIGN)
            assert document.form.place is not None
            assert (await _document(colleague, id))[0].number == document.number
            content = await customer.download(file.id)
            assert hashlib.sha256(content).hexdigest() == file.sha256
            assert content.startswith(b"%PDF")
            assert _CANARY not in (await stranger.sees()).as_text()
            missing = uuid7()
            pairs = zip(await _about(stranger, id), await _about(stranger, missing), strict=True)
            for foreign, absent in pairs:
                with pytest.raises(NotFound) as one:
                    await stranger.do(foreign)
                with pytest.raises(NotFound) as other:
                    await stranger.do(absent)
                assert same_error(one.value, other.value)
            with pytest.raises(NotFound):
                await stranger.download(file.id)
            assert (await _document(customer, id))[0].state is DocumentState.TO_SIGN

    @scenario
    async def test_it_is_signed_once_and_sealed(self, world: World) -> None:
        """By whom and when is told to all; the sealed file comes beside the first one, which stays as it was.

        Afterwards nobody signs, declines or sees it otherwise.
        """
        async with (
            signed_in(world, world.customer) as customer,
            signed_in(world, world.colleague) as colleague,
        ):
            await require(customer, Capability.DOCUMENTS)
            id = await world.ask_to_sign("Offer")
            document, file = await _document(customer, id)
            original = await customer.download(file.id)
            receipt = await customer.do(await _signature(customer, id))
            assert (receipt.entity_id, receipt.number) == (id, document.number)
            me = (await customer.backend.welcome()).me
            signed, _file = await _document(colleague, id)
            assert (signed.state, signed.answered_by_name) == (DocumentState.SIGNED, me.name)
            assert signed.answered_at is not None
            assert [each.event for each in colleague.mirror.events(id)] == [EventKind.SIGNED]
            for person in (customer, colleague):  # what they see may change, as the seal comes meanwhile
                with pytest.raises(Refused):
                    await person.do(DeclineDocument(id, "No, rather not."))
            sealed = await _sealed(customer, id)
            content = await customer.download(sealed.id)
            assert hashlib.sha256(content).hexdigest() == sealed.sha256 != file.sha256
            assert content.startswith(b"%PDF")
            assert await customer.download(file.id) == original
            for person in (customer, colleague):
                await _not_again(person, id)
            assert (await customer.backend.welcome()).capabilities.seal_certificates

    @scenario
    async def test_what_is_sent_again_happens_once(self, world: World) -> None:
        """Signature, refusal to sign, words and files: nothing is there twice, the receipt is the same."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.DOCUMENTS)
            signed, declined = [await world.ask_to_sign(title) for title in ("Offer", "Contract")]
            file = await customer.upload(b"what is meant")
            for intent in (
                await _signature(customer, signed),
                DeclineDocument(declined, "Too dear for us."),
                Reply(conversation_id=declined, body="Half of it?", files=(file,)),
                AddFiles(conversation_id=declined, files=(file,)),
            ):
                sent = command(intent)
                first = await customer.backend.push(sent)
                again = await customer.backend.push(sent)
                assert (again.entity_id, again.number) == (first.entity_id, first.number)
            mirror = await customer.sees()
        assert [each.event for each in mirror.events(signed)] == [EventKind.SIGNED]
        assert [each.event for each in mirror.events(declined)] == [EventKind.DECLINED]
        assert [each.body for each in mirror.messages(declined)] == ["Half of it?"]
        assert [each.sha256 for each in mirror.attachments(declined)].count(file.sha256) == 2

    @scenario
    async def test_a_partner_sees_those_of_their_customers(self, world: World) -> None:
        """With their files, and can ask about them; those who sign read it."""
        async with signed_in(world, world.partner) as partner, signed_in(world, world.customer) as customer:
            await require(partner, Capability.DOCUMENTS)
            id = await world.ask_to_sign("Offer")
            _seen, file = await _document(partner, id)
            assert hashlib.sha256(await partner.download(file.id)).hexdigest() == file.sha256
            await partner.do(Reply(conversation_id=id, body="Until when?"))
            assert [each.body for each in (await customer.sees()).messages(id)] == ["Until when?"]

    @scenario
    async def test_only_what_was_seen_is_signed(self, world: World) -> None:
        """Not another file, not with fields left out or made up, not without the picture of a signature."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.DOCUMENTS)
            good = await _signature(customer, id := await world.ask_to_sign("Offer"))
            replace = msgspec.structs.replace
            await _refused(customer, replace(good, file_sha256="0" * 64))
            await _refused(customer, replace(good, values={**good.values, "made up": "x"}))
            await _refused(customer, replace(good, mark=replace(good.mark, media_type="text/plain")))
            never = msgspec.structs.replace(file_ref(b"never arrived", "s.png"), media_type="image/png")
            await _refused(customer, replace(good, mark=never))
            if good.values:
                await _refused(customer, replace(good, values={}))
            assert (await _document(customer, id))[0].state is DocumentState.TO_SIGN

    @scenario
    async def test_declining_needs_a_reason(self, world: World) -> None:
        """Which all can read then; a declined document is not signed any more."""
        async with (
            signed_in(world, world.customer) as customer,
            signed_in(world, world.colleague) as colleague,
        ):
            await require(customer, Capability.DOCUMENTS)
            id = await world.ask_to_sign("Offer")
            await _refused(customer, DeclineDocument(id, " "))
            await customer.do(DeclineDocument(id, "Too dear for us."))
            declined, _file = await _document(colleague, id)
            assert (declined.state, declined.reason) == (DocumentState.DECLINED, "Too dear for us.")
            assert [each.event for each in colleague.mirror.events(id)] == [EventKind.DECLINED]
            await _not_again(colleague, id)

    @scenario
    async def test_what_was_withdrawn_is_not_signed(self, world: World) -> None:
        """Not even by somebody who had it open; it stays to be read, and talked about."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.DOCUMENTS)
            id = await world.ask_to_sign("Offer")
            signature = await _signature(customer, id)
            await world.withdraw_document(id)
            with pytest.raises(Refused):
                await customer.do(signature)
            document, _file = await _document(customer, id)
            assert (document.state, document.answered_at) == (DocumentState.WITHDRAWN, None)
            assert [each.event for each in customer.mirror.events(id)] == [EventKind.WITHDRAWN]
            await _not_again(customer, id)
            await customer.do(Reply(conversation_id=id, body="Why?"))
            assert [each.body for each in (await customer.sees()).messages(id)] == ["Why?"]


async def _about(person: Person, id: str) -> tuple[AnyIntent, ...]:
    """Everything that can be asked about a document."""
    return (
        SignDocument(id, "0" * 64, {}, await _mark(person)),
        DeclineDocument(id, "No."),
        Reply(conversation_id=id, body="Hello"),
        AddFiles(conversation_id=id, files=(await _mark(person),)),
        MarkRead(what="document", id=id),
    )


async def _not_again(person: Person, id: str) -> None:
    await _refused(person, await _signature(person, id))
    await _refused(person, DeclineDocument(id, "No, rather not."))


async def _sealed(person: Person, id: str) -> Attachment:
    async with asyncio.timeout(_SEALED_S):
        while not (document := (await _document(person, id))[0]).signed_file_id:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    sealed = person.mirror.facts["attachment", document.signed_file_id]
    assert isinstance(sealed, Attachment)
    return sealed
