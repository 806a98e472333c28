"""The feed of changes: what a person has to look at again, in the order in which it happened.

A row of `changes` says only "look again" and to whom. What is then to be seen is read at that moment, with
the person's own scope: found is an upsert, not found is gone. Rows are only ever added, so a ticket always
comes before its messages. A first sync walks the rows that announced something new, each thing once and as
it is now, up to the number that was the newest when it began, and goes on from there.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Integer,
    and_,
    bindparam,
    func,
    or_,
    select,
    true,
    union_all,
)

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
    "document": Capability.DOCUMENTS,
    "order": Capability.ORDERS,
    "subscription": Capability.SUBSCRIPTIONS,
}


_INSERT = changes.insert()
_NEWEST = select(func.coalesce(func.max(changes.c.seq), 0))


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
        _INSERT,
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
    return int(connection.execute(_NEWEST).scalar_one())


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
    first_sync, hidden = start.seq < start.first_sync_to, _hidden(view)
    asked: dict[str, object] = {"after": start.seq, "end": end, "limit": limit}
    audiences = _audiences(connection, view.actor, first_sync=first_sync)
    if audiences is None:
        statement = _merged([_whole(view.actor)], hidden, first_sync=first_sync)
    else:
        statement = _along(len(audiences), hidden, first_sync=first_sync)
        asked |= {f"audience_{place}": audience for place, audience in enumerate(audiences)}
    return [_Row(*row) for row in connection.execute(statement, asked).all()]


def _audiences(connection: Connection, actor: Actor, *, first_sync: bool) -> Sequence[str] | None:
    """Whose rows concern `actor`, each one walk along the index of audiences.

    None for staff, and for partners of a great many: they walk along all rows and leave out what is not
    theirs.
    """
    seen = [] if actor.role is Role.STAFF else _organisations(connection, actor)
    if actor.role is Role.STAFF or len(seen) == _MAX_WALKS:
        return None
    return [EVERYBODY, *seen] if first_sync else [EVERYBODY, *seen, actor.person_id]


def _whole(actor: Actor) -> ColumnElement[bool]:
    audience = changes.c.audience
    if actor.role is Role.STAFF:
        return true()
    return or_(audience.in_((EVERYBODY, actor.person_id)), scope(actor, audience))


@lru_cache(maxsize=2 * _MAX_WALKS)
def _along(
    walks: int, hidden: frozenset[EntityKind], *, first_sync: bool
) -> CompoundSelect[int, EntityKind, str]:
    """Worded once: that takes several times as long as walking."""
    places = [changes.c.audience == bindparam(f"audience_{place}") for place in range(walks)]
    return _merged(places, hidden, first_sync=first_sync)


def _organisations(connection: Connection, actor: Actor) -> Sequence[str]:
    """Those that the actor sees, at most so many as there are walks."""
    if actor.role is not Role.PARTNER:
        return [actor.organisation_id]
    seen = select(organisations.c.id).where(scope(actor, organisations.c.id)).limit(_MAX_WALKS)
    return connection.execute(seen).scalars().all()


def _merged(
    walks: Sequence[ColumnElement[bool]], hidden: Iterable[EntityKind], *, first_sync: bool
) -> CompoundSelect[int, EntityKind, str]:
    stretch = and_(
        changes.c.seq > bindparam("after"),
        changes.c.seq <= bindparam("end"),
        changes.c.kind.not_in(hidden),
        changes.c.born if first_sync else true(),
    )
    limit = bindparam("limit", type_=Integer)
    # With a limit of its own each walk follows its index and stops; without, PostgreSQL gathers and sorts.
    limited = (
        select(changes.c.seq, changes.c.kind, changes.c.entity_id)
        .where(concerned, stretch)
        .order_by(changes.c.seq)
        .limit(limit)
        .subquery()
        for concerned in walks
    )
    met = union_all(*(select(walk) for walk in limited))
    return met.order_by(met.selected_columns.seq).limit(limit)


def _hidden(view: View) -> frozenset[EntityKind]:
    """Kinds of which this portal's people hear nothing at all."""
    offered = view.settings.offers(view.actor.role)
    return frozenset(kind for kind, capability in _NEEDS.items() if capability not in offered)


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
