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
from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, true, union_all

from supportdesk.desk.store.database import CHANGE, draw
from supportdesk.desk.store.schema import changes, organisations
from supportdesk.desk.store.settings import identity
from supportdesk.desk.visibility import facts
from supportdesk.desk.visibility.actors import Actor, scope
from supportdesk.desk.visibility.facts import View
from supportdesk.domain.capabilities import Capability
from supportdesk.domain.changes import Gone, Page, Upsert
from supportdesk.domain.entities import Entity, EntityKind, Role

EVERYBODY = ""

_MAX_WALKS = 100

_CURSOR = re.compile(r"(?P<desk>[a-z0-9]+)\.(?P<seq>[0-9]{1,18})\.(?P<first>[0-9]{1,18})")
_NEEDS: dict[EntityKind, Capability] = {
    "time_record": Capability.TIME_RECORDS,
    "license_key": Capability.LICENSE_KEYS,
}


class Touch(msgspec.Struct, frozen=True):
    """Something changed for an organisation, for one person, or for EVERYBODY."""

    kind: EntityKind
    id: str
    audience: str
    born: bool = False
    """They hear of it for the first time. Never for one person: a first sync does not look there."""


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
                "audience": touch.audience,
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
    rows = _rows(connection, view, start, end, limit) if start.seq < end else []
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
    stretch = and_(
        changes.c.seq > start.seq,
        changes.c.seq <= end,
        changes.c.kind.not_in(_hidden(view)),
        changes.c.born if first_sync else true(),
    )
    # With a limit of its own each walk follows its index and stops; without, PostgreSQL gathers and sorts.
    walks = (
        select(changes.c.seq, changes.c.kind, changes.c.entity_id)
        .where(concerned, stretch)
        .order_by(changes.c.seq)
        .limit(limit)
        .subquery()
        for concerned in _walks(connection, view.actor, first_sync=first_sync)
    )
    met = union_all(*(select(walk) for walk in walks))
    rows = connection.execute(met.order_by(met.selected_columns.seq).limit(limit))
    return [_Row(*row) for row in rows.all()]


def _walks(connection: Connection, actor: Actor, *, first_sync: bool) -> list[ColumnElement[bool]]:
    """The rows that concern `actor`, in parts that are each one walk along the index of audiences.

    Staff, and partners of a great many, walk along all rows and leave out what is not theirs.
    """
    audience = changes.c.audience
    if actor.role is Role.STAFF:
        return [true()]
    seen = _organisations(connection, actor)
    if len(seen) == _MAX_WALKS:
        return [or_(audience.in_((EVERYBODY, actor.person_id)), scope(actor, audience))]
    mine = [EVERYBODY, *seen] if first_sync else [EVERYBODY, *seen, actor.person_id]
    return [audience == each for each in mine]


def _organisations(connection: Connection, actor: Actor) -> Sequence[str]:
    """Those that the actor sees, at most so many as there are walks."""
    if actor.role is not Role.PARTNER:
        return [actor.organisation_id]
    seen = select(organisations.c.id).where(scope(actor, organisations.c.id)).limit(_MAX_WALKS)
    return connection.execute(seen).scalars().all()


def _hidden(view: View) -> list[EntityKind]:
    """Kinds of which this portal's people hear nothing at all."""
    offered = view.settings.offers(view.actor.role)
    return [kind for kind, capability in _NEEDS.items() if capability not in offered]


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
