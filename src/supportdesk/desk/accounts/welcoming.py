"""What somebody is told who comes."""

from sqlalchemy import Connection

from supportdesk.desk.store import seal_identity, settings
from supportdesk.desk.visibility import facts
from supportdesk.desk.visibility.actors import Actor
from supportdesk.domain.session import Welcome


def welcome(connection: Connection, actor: Actor) -> Welcome:
    """Who they are and what the portal offers them. Within a transaction."""
    desk = settings.load(connection)
    me, organisation = facts.own(connection, facts.View(actor, desk))
    return Welcome(
        me=me,
        organisation=organisation,
        capabilities=desk.capabilities(actor.role, seal_identity.certificates(connection)),
        catalogue=desk.catalogue,
    )
