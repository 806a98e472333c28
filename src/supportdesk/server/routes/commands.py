"""Taking what customers ask for."""

from typing import Annotated

import msgspec
from litestar import post
from litestar.di import NamedDependency
from litestar.params import HeaderParameter

from supportdesk.desk.conversations import intake
from supportdesk.desk.conversations.applying import Asked
from supportdesk.desk.store.database import DeskConnection
from supportdesk.desk.visibility.actors import Entrance
from supportdesk.domain.commands import Receipt
from supportdesk.domain.wire import API, IDEMPOTENCY_KEY, CommandSent
from supportdesk.server.caller import Caller
from supportdesk.server.clients import client_of
from supportdesk.server.problems import field_in, not_understood
from supportdesk.server.requests import AnyRequest
from supportdesk.server.who import Who

_KEY = "A UUID of version 7, in small letters with hyphens; the same one for all repeats of a command."
CommandId = Annotated[str, HeaderParameter(name=IDEMPOTENCY_KEY, description=_KEY)]
_body = msgspec.json.Decoder(CommandSent)


@post(f"{API}/commands", who=Who.SIGNED_IN, status_code=200, tags=["sync"])
async def take_command(
    request: AnyRequest, caller: NamedDependency[Caller], command_id: CommandId
) -> Receipt:
    """Applies the command once; a repeat of its id gets the first receipt.

    The SHA-256 in the receipt is that of the bytes of `intent` as they stand in the body.
    """
    try:
        sent = _body.decode(await request.body())
    except msgspec.MsgspecError as error:
        raise not_understood(field_in(str(error))) from error
    if sent.created_at.tzinfo is None:
        raise not_understood("created_at")
    came_from = client_of(request)
    asked = Asked(command_id, sent.created_at, payload=bytes(sent.intent), came_from=came_from)

    def work(connection: DeskConnection, entrance: Entrance) -> Receipt:
        return intake.take(connection, entrance.actor, asked, caller.now)

    return await caller.write(work)
