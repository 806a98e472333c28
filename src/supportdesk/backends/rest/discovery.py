"""A vendor's address is enough: the profile comes from there."""

from urllib.parse import urlsplit

import msgspec

from supportdesk.backends.http import Http, Request, Transport
from supportdesk.backends.rest import mapping
from supportdesk.clock import now
from supportdesk.domain.address import is_this_computer, server_address
from supportdesk.domain.errors import NotFound, ProfileError, ProtocolViolation
from supportdesk.domain.profile import BackendAddress, Profile
from supportdesk.domain.wire import DISCOVERY
from supportdesk.i18n import _

_MOST_BYTES = 2 * 1024 * 1024


async def discover(address: str, transport: Transport | None = None) -> Profile:
    """The profile that a server gives away, with the server as its backend; its rules are for the caller.

    Where a server names another address of its own, the profile is what is told there: nobody speaks for
    another vendor.

    Raises InvalidInput for an address that cannot be one, BackendUnreachable, and ProfileError where no
    support portal answers.
    """
    asked = server_address(address)
    found = await _told(asked, transport)
    if found.backend.address == asked:
        return found
    told_there = await _told(found.backend.address, transport)
    return msgspec.structs.replace(told_there, backend=found.backend)


async def _told(address: str, transport: Transport | None) -> Profile:
    http = Http(address, transport=transport)
    try:
        answer = await http.ask(
            Request("GET", DISCOVERY, headers={"Accept": "application/json"}, most_bytes=_MOST_BYTES)
        )
        if answer.status >= 300 or mapping.captive(answer):
            raise mapping.failure(answer, now())
        return _with_address(mapping.decoded(answer, Profile), http.address)
    except (NotFound, ProtocolViolation) as error:
        raise ProfileError(
            _("There is no support portal at {address}.").format(address=http.address),
            next_step=_("Compare the address with what your vendor wrote, letter by letter, or ask for it."),
        ) from error
    finally:
        await http.close()


def _with_address(profile: Profile, asked: str) -> Profile:
    """A server may name another address of its own (behind a proxy); no other kind of backend, and nothing
    on this computer unless it is here itself.
    """
    told = profile.backend
    address = server_address(told.address or asked)
    if told.kind != "rest" or (_is_here(address) and not _is_here(asked)):  # passwords would go astray
        raise ProtocolViolation
    return msgspec.structs.replace(profile, backend=BackendAddress(kind="rest", address=address))


def _is_here(address: str) -> bool:
    return is_this_computer(urlsplit(address).hostname or "")
