"""Bytes on their way in and out."""

import msgspec
import pytest

from supportdesk.backends.contract.tools import Person, file_ref, require, scenario, signed_in
from supportdesk.backends.contract.world import World
from supportdesk.clock import uuid7
from supportdesk.domain.capabilities import Capability
from supportdesk.domain.commands import AddFiles, FileRef
from supportdesk.domain.errors import LimitExceeded, NotFound, Refused

_CONTENT = bytes(range(256)) * 20


class FilesContract:
    @scenario
    async def test_an_upload_goes_on_where_it_was_cut(self, world: World) -> None:
        """After a new connection the backend says how much it has, and takes the rest."""
        file = file_ref(_CONTENT)
        async with signed_in(world, world.customer) as customer:
            assert await customer.backend.uploaded_bytes(file) == 0
            assert await customer.backend.upload(file, 0, _CONTENT[:1000]) == 1000
        async with signed_in(world, world.customer) as again:
            arrived = await again.backend.uploaded_bytes(file)
            assert arrived == 1000
            assert await again.backend.upload(file, arrived, _CONTENT[arrived:]) == file.size_bytes
            assert await again.backend.uploaded_bytes(file) == file.size_bytes
            assert await _sent_and_back(again, world, file) == _CONTENT

    @scenario
    async def test_a_chunk_may_come_twice_and_a_gap_is_not_filled(self, world: World) -> None:
        """A repeated chunk changes nothing; one that lies beyond the end is not taken."""
        file = file_ref(_CONTENT)
        async with signed_in(world, world.customer) as customer:
            await customer.backend.upload(file, 0, _CONTENT[:1000])
            assert await customer.backend.upload(file, 0, _CONTENT[:1000]) == 1000
            assert await customer.backend.upload(file, 2000, _CONTENT[2000:3000]) == 1000
            assert await customer.backend.upload(file, 1000, _CONTENT[1000:]) == len(_CONTENT)
            assert await _sent_and_back(customer, world, file) == _CONTENT

    @scenario
    async def test_a_content_that_is_not_its_hash_is_refused(self, world: World) -> None:
        """It is not kept; the right content is taken afterwards."""
        file = file_ref(_CONTENT)
        async with signed_in(world, world.customer) as customer:
            with pytest.raises(Refused):
                await customer.backend.upload(file, 0, b"x" * len(_CONTENT))
            assert await customer.backend.uploaded_bytes(file) == 0
            await customer.upload(_CONTENT)
            assert await _sent_and_back(customer, world, file) == _CONTENT

    @scenario
    async def test_a_file_over_the_limit_is_refused_before_it_is_sent(self, world: World) -> None:
        """Asking already tells, and so does the first chunk."""
        async with signed_in(world, world.customer) as customer:
            limit = (await customer.backend.welcome()).capabilities.limits.max_file_bytes
            file = msgspec.structs.replace(file_ref(b"x"), size_bytes=limit + 1)
            with pytest.raises(LimitExceeded):
                await customer.backend.uploaded_bytes(file)
            with pytest.raises(LimitExceeded):
                await customer.backend.upload(file, 0, b"x")

    @scenario
    async def test_more_bytes_than_announced_are_refused(self, world: World) -> None:
        """A file does not grow on its way."""
        file = file_ref(_CONTENT)
        async with signed_in(world, world.customer) as customer:
            with pytest.raises(Refused):
                await customer.backend.upload(file, 0, _CONTENT + b"x")

    @scenario
    async def test_an_empty_file_arrives(self, world: World) -> None:
        """There is nothing to upload, and yet it can be sent."""
        async with signed_in(world, world.customer) as customer:
            file = file_ref(b"", "empty.log")
            assert await customer.backend.uploaded_bytes(file) == 0
            assert await _sent_and_back(customer, world, file) == b""

    @scenario
    async def test_a_download_goes_on_where_it_was_cut(self, world: World) -> None:
        """From any offset come the bytes from there to the end."""
        async with signed_in(world, world.customer) as customer:
            await require(customer, Capability.ADD_FILES)
            ticket = (await customer.do(world.new_ticket("Printer"))).entity_id
            await customer.do(AddFiles(conversation_id=ticket, files=(await customer.upload(_CONTENT),)))
            (attachment,) = (await customer.sees()).attachments(ticket)
            for offset in (0, 1, 4000, len(_CONTENT)):
                assert await customer.download(attachment.id, offset) == _CONTENT[offset:]

    @scenario
    async def test_what_is_not_there_cannot_be_downloaded(self, world: World) -> None:
        """An unknown attachment is not found."""
        async with signed_in(world, world.customer) as customer:
            with pytest.raises(NotFound):
                await customer.download(uuid7())


async def _sent_and_back(person: Person, world: World, file: FileRef) -> bytes:
    """The content after a ticket has carried it."""
    ticket = (await person.do(msgspec.structs.replace(world.new_ticket("Files"), files=(file,)))).entity_id
    (attachment,) = (await person.sees()).attachments(ticket)
    assert (attachment.name, attachment.size_bytes, attachment.sha256) == (
        file.name,
        file.size_bytes,
        file.sha256,
    )
    return await person.download(attachment.id)
