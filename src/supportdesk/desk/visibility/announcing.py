"""What is published ahead of its day: nobody sees it before, and the feed tells of it when the day has come.

Nothing runs at that moment by itself. Whoever looks for somebody asks whether something is due, and has it
announced first.
"""

from datetime import datetime

from sqlalchemy import Connection, func, select, update

from supportdesk.desk.store import audit
from supportdesk.desk.store.database import writing
from supportdesk.desk.store.schema import publications
from supportdesk.desk.visibility import feed
from supportdesk.desk.visibility.feed import EVERYBODY, Touch

_NEXT = select(func.min(publications.c.published_at)).where(publications.c.announced.is_(False))


def next_due(connection: Connection) -> datetime | None:
    """When the next publication is to appear; past while nobody has announced it. Within a transaction."""
    due: datetime | None = connection.execute(_NEXT).scalar()
    return due


def is_due(connection: Connection, now: datetime) -> bool:
    """Within a transaction."""
    due = next_due(connection)
    return due is not None and due <= now


def announce(connection: Connection, now: datetime) -> None:
    """Everybody hears of what is due, oldest first. Several may do this at once."""
    with writing(connection):
        rows = connection.execute(
            update(publications)
            .where(publications.c.announced.is_(False), publications.c.published_at <= now)
            .values(announced=True)
            .returning(publications.c.published_at, publications.c.id)
        ).all()
        ids = [row.id for row in sorted(rows, key=lambda row: (row.published_at, row.id))]
        feed.record(connection, [Touch("publication", id, EVERYBODY, born=True) for id in ids])
        for id in ids:
            audit.note(connection, "", "announce", id, now)
