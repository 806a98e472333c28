"""What a backend says it can do is what it does."""

import pytest

from supportdesk.backends.contract.tools import publication, scenario, signed_in
from supportdesk.backends.contract.world import World
from supportdesk.clock import uuid7
from supportdesk.domain.capabilities import Capability
from supportdesk.domain.commands import (
    AddFiles,
    AnyIntent,
    CloseTicket,
    ConfirmNotice,
    RateArticle,
    RateTicket,
    ReopenTicket,
)
from supportdesk.domain.entities import LicenseKey, Publication, PublicationKind, TimeRecord
from supportdesk.domain.errors import Refused

_ID = uuid7()
_INTENTS: dict[Capability, AnyIntent] = {
    Capability.ADD_FILES: AddFiles(conversation_id=_ID, files=()),
    Capability.CLOSE: CloseTicket(ticket_id=_ID),
    Capability.REOPEN: ReopenTicket(ticket_id=_ID, description="Again"),
    Capability.RATE: RateTicket(ticket_id=_ID, helpful=True),
    Capability.NOTICES: ConfirmNotice(publication_id=_ID),
    Capability.ARTICLES: RateArticle(publication_id=_ID, helpful=True),
}
_PUBLICATIONS = {
    Capability.NOTICES: PublicationKind.NOTICE,
    Capability.NEWSLETTER: PublicationKind.NEWSLETTER,
    Capability.ARTICLES: PublicationKind.ARTICLE,
}


class CapabilitiesContract:
    @scenario
    async def test_tickets_are_always_offered(self, world: World) -> None:
        """A backend without tickets is none, and its limits allow to send something."""
        async with signed_in(world, world.customer) as customer:
            capabilities = (await customer.backend.welcome()).capabilities
        assert Capability.TICKETS in capabilities
        limits = capabilities.limits
        assert min(limits.max_subject_chars, limits.max_text_chars, limits.upload_chunk_bytes) > 0

    @scenario
    async def test_what_is_not_offered_is_refused(self, world: World) -> None:
        """Commands without their capability are refused, not taken and forgotten."""
        async with signed_in(world, world.customer) as customer:
            offered = (await customer.backend.welcome()).capabilities
            for capability, intent in _INTENTS.items():
                if capability not in offered:
                    with pytest.raises(Refused):
                        await customer.do(intent)

    @scenario
    async def test_what_is_not_offered_does_not_arrive(self, world: World) -> None:
        """Nobody gets reading matter, keys or time records that their portal does not have."""
        async with signed_in(world, world.customer) as customer:
            offered = (await customer.backend.welcome()).capabilities
            for kind in PublicationKind:
                await world.publish(publication(kind))
            mirror = await customer.sees()
        kinds = {each.publication for each in mirror.all(Publication)}
        assert kinds == {kind for capability, kind in _PUBLICATIONS.items() if capability in offered}
        assert Capability.LICENSE_KEYS in offered or not mirror.all(LicenseKey)
        assert Capability.TIME_RECORDS in offered or not mirror.all(TimeRecord)

    @scenario
    async def test_customers_of_others_are_a_matter_of_partners(self, world: World) -> None:
        """A customer without customers is not offered their tickets."""
        async with signed_in(world, world.customer) as customer:
            assert Capability.CUSTOMERS_TICKETS not in (await customer.backend.welcome()).capabilities
