"""Who acts, and the one rule of who sees whose things."""

from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, or_, select, true

from supportdesk.desk.store.schema import organisations
from supportdesk.domain.entities import Role


class Actor(msgspec.Struct, frozen=True):
    """A person whose sign-in was checked for the work at hand."""

    person_id: str
    organisation_id: str
    role: Role


class Entrance(msgspec.Struct, frozen=True):
    """A session that holds."""

    actor: Actor
    session_id: str
    expires_at: datetime


def scope(actor: Actor, organisation_id: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether things of this organisation are visible for `actor`. Part of every query made for somebody.

    Customers see their own organisation, partners also those they look after, staff all.
    """
    return scope_of(actor.role, actor.organisation_id, organisation_id)


def scope_of(
    role: Role, own_id: "str | ColumnElement[str]", organisation_id: ColumnElement[str]
) -> ColumnElement[bool]:
    """As `scope`, for queries that are worded before it is known who asks."""
    if role is Role.STAFF:
        return true()
    own = organisation_id == own_id
    if role is not Role.PARTNER:
        return own
    customers = select(organisations.c.id).where(organisations.c.partner_id == own_id)
    return or_(own, organisation_id.in_(customers))
