"""The feed of changes: what a person has to look at again, in the order in which it happened.

A row of `changes` says only "look again" and to whom. What is then to be seen is read at that moment, with
the person's own scope: found is an upsert, not found is gone. Rows are only ever added, so a ticket always
comes before its messages. A first sync walks the rows that announced something new, each thing once and as
it is now, up to the number that was the newest when it began, and goes on from there.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, true

from supportdesk.desk import facts
from supportdesk.desk.actors import Actor, scope
from supportdesk.desk.database import CHANGE, draw
from supportdesk.desk.facts import View
from supportdesk.desk.schema import changes
from supportdesk.desk.settings import identity
from supportdesk.domain.capabilities import Capability
from supportdesk.domain.changes import Gone, Page, Upsert
from supportdesk.domain.entities import Entity, EntityKind, Role

EVERYBODY = ""

_CURSOR = re.compile(r"(?P<desk>[a-z0-9]+)\.(?P<seq>[0-9]{1,18})\.(?P<first>[0-9]{1,18})")
_NEEDS: dict[EntityKind, Capability] = {
    "time_record": Capability.TIME_RECORDS,
    "license_key": Capability.LICENSE_KEYS,
}


class Touch(msgspec.Struct, frozen=True):
    """Something changed for an organisation (EVERYBODY: for all), or for one person of it."""

    kind: EntityKind
    id: str
    organisation_id: str
    person_id: str = EVERYBODY
    born: bool = False
    """They hear of it for the first time."""


def record(connection: Connection, touches: Sequence[Touch]) -> None:
    """Within the writing transaction of the changes themselves; parents before what hangs on them."""
    if not touches:
        return
    last = draw(connection, CHANGE, len(touches))
    first = last - len(touches) + 1
    connection.execute(
        changes.insert(),
        [
            {
                "seq": seq,
                "kind": touch.kind,
                "entity_id": touch.id,
                "organisation_id": touch.organisation_id,
                "person_id": touch.person_id,
                "born": touch.born,
            }
            for seq, touch in enumerate(touches, first)
        ],
    )


class Cursor(msgspec.Struct, frozen=True):
    """How far somebody has read: up to `seq`; the rows up to `first_sync_to` belong to the first sync."""

    desk: str
    seq: int = 0
    first_sync_to: int = 0

    def encode(self) -> str:
        return f"{self.desk}.{self.seq}.{self.first_sync_to}"


def decode_cursor(written: str | None, desk: str, head: int) -> Cursor:
    """Anything this very desk did not write, or will only write later, begins anew: nothing is missed."""
    beginning = Cursor(desk=desk, first_sync_to=head)
    match = _CURSOR.fullmatch(written or "")
    if match is None or match["desk"] != desk:
        return beginning
    cursor = Cursor(desk=desk, seq=int(match["seq"]), first_sync_to=int(match["first"]))
    return cursor if max(cursor.seq, cursor.first_sync_to) <= head else beginning


def head(connection: Connection) -> int:
    """Number of the newest change; grows with each commit that anybody could notice."""
    return int(connection.execute(select(func.coalesce(func.max(changes.c.seq), 0))).scalar_one())


def pull(connection: Connection, view: View, cursor: str | None, limit: int) -> Page:
    """Changes after `cursor`. Within a transaction."""
    newest = head(connection)
    start = decode_cursor(cursor, identity(connection), newest)
    first_sync = start.seq < start.first_sync_to
    end = start.first_sync_to if first_sync else newest
    rows = _rows(connection, view, start, end, limit)
    full = len(rows) == limit
    reached = rows[-1].seq if full else end
    return Page(
        changes=_seen(connection, view, rows, first_sync=first_sync),
        cursor=Cursor(desk=start.desk, seq=reached, first_sync_to=start.first_sync_to).encode(),
        more=reached < newest,
    )


class _Row(msgspec.Struct, frozen=True):
    seq: int
    kind: EntityKind
    id: str


_Key = tuple[EntityKind, str]


def _rows(connection: Connection, view: View, start: Cursor, end: int, limit: int) -> list[_Row]:
    first_sync = start.seq < start.first_sync_to
    query = (
        select(changes.c.seq, changes.c.kind, changes.c.entity_id)
        .where(
            changes.c.seq > start.seq,
            changes.c.seq <= end,
            audience(view.actor),
            changes.c.kind.not_in(_hidden(view)),
            changes.c.born if first_sync else true(),
        )
        .order_by(changes.c.seq)
        .limit(limit)
    )
    return [_Row(*row) for row in connection.execute(query).all()]


def _hidden(view: View) -> list[EntityKind]:
    """Kinds of which this portal's people hear nothing at all."""
    offered = view.settings.offers(view.actor.role)
    return [kind for kind, capability in _NEEDS.items() if capability not in offered]


def audience(actor: Actor) -> ColumnElement[bool]:
    """The rows that concern `actor`."""
    if actor.role is Role.STAFF:
        return true()
    return and_(
        or_(changes.c.organisation_id == EVERYBODY, scope(actor, changes.c.organisation_id)),
        changes.c.person_id.in_((EVERYBODY, actor.person_id)),
    )


def _seen(
    connection: Connection, view: View, rows: list[_Row], *, first_sync: bool
) -> tuple[Upsert | Gone, ...]:
    keys = list(dict.fromkeys((row.kind, row.id) for row in rows))  # first mention wins: parents first
    found = _found(connection, view, keys)
    return tuple(
        Upsert(found[key]) if key in found else Gone(*key) for key in keys if key in found or not first_sync
    )


def _found(connection: Connection, view: View, keys: Iterable[_Key]) -> dict[_Key, Entity]:
    wanted: defaultdict[EntityKind, list[str]] = defaultdict(list)
    for kind, id in keys:
        wanted[kind].append(id)
    return {
        (kind, id): entity
        for kind, ids in wanted.items()
        for id, entity in facts.find(connection, view, kind, ids).items()
    }
