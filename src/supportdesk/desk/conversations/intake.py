"""Taking what customers ask for: each command once, in one transaction, by the rules."""

from datetime import datetime

import msgspec
from sqlalchemy import Connection

from supportdesk.desk.conversations import ledger, own_documents, own_orders, own_tickets, rules, talking
from supportdesk.desk.conversations.applying import Asked, Work, applied
from supportdesk.desk.store import audit, settings
from supportdesk.desk.store.database import writing
from supportdesk.desk.visibility.actors import Actor
from supportdesk.desk.visibility.facts import View
from supportdesk.domain.commands import MarkRead, Receipt, decode_intent, payload_sha256
from supportdesk.domain.errors import Refused
from supportdesk.i18n import _

APPLIERS = (own_tickets, own_documents, own_orders, talking)
"""They register what they can do; see `applying.applied`."""


def take(connection: Connection, actor: Actor, asked: Asked, now: datetime) -> Receipt:
    """Applies the command, or returns the receipt it got before.

    Raises Refused, NotFound, IdempotencyConflict; then nothing at all has changed.
    """
    rules.check_command_id(asked.id)
    rules.check_payload(asked.payload)
    try:
        intent = decode_intent(asked.payload)
    except msgspec.MsgspecError as error:
        raise Refused(_("This cannot be understood by the support portal.")) from error
    digest = payload_sha256(asked.payload)
    with writing(connection):
        if answered := ledger.earlier(connection, actor.person_id, asked.id, digest):
            return answered
        desk = settings.load(connection)
        rules.check_offered(intent, desk.offers(actor.role))
        outcome = applied(intent, Work(connection, View(actor, desk), asked, now))
        receipt = Receipt(
            command_id=asked.id,
            payload_sha256=digest,
            entity_id=outcome.entity_id,
            number=outcome.number,
            accepted_at=now,
        )
        ledger.enter(connection, actor.person_id, receipt, now)
        if not isinstance(intent, MarkRead):
            action = type(intent).__name__
            audit.note(connection, actor.person_id, action, outcome.entity_id, now, outcome.audited)
        return receipt
