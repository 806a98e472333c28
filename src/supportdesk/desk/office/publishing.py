"""Giving reading matter to every customer, and taking it back. Each function is one transaction."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from supportdesk.desk.store import audit
from supportdesk.desk.store.database import writing
from supportdesk.desk.store.schema import publication_marks, publications
from supportdesk.desk.visibility import feed
from supportdesk.desk.visibility.feed import EVERYBODY, Touch
from supportdesk.domain.entities import Publication
from supportdesk.domain.errors import NotFound


def publish(connection: Connection, publication: Publication, now: datetime, *, by_id: str = "") -> None:
    """For every customer, at once or when its `published_at` has come (see `announcing`).

    A publication with the same id is replaced, marks and votes stay; the fields about one reader (read_at and
    the like) are not taken.
    """
    announced = publication.published_at <= now
    values = {name: getattr(publication, name) for name in _PUBLISHED} | {"announced": announced}
    with writing(connection):
        this = publications.c.id == publication.id
        seen = connection.execute(select(publications.c.announced).where(this)).scalar()
        if seen is None:
            connection.execute(publications.insert().values(id=publication.id, **values))
        else:
            connection.execute(update(publications).where(this).values(**values))
        if seen or announced:
            feed.record(connection, [Touch("publication", publication.id, EVERYBODY, born=not seen)])
        audit.note(connection, by_id, "publish", publication.id, now)


_PUBLISHED = tuple(name for name in Publication.__struct_fields__ if name != "id" and name in publications.c)


def withdraw(connection: Connection, publication_id: str, now: datetime, *, by_id: str = "") -> None:
    """Raises NotFound."""
    with writing(connection):
        connection.execute(
            publication_marks.delete().where(publication_marks.c.publication_id == publication_id)
        )
        if not connection.execute(publications.delete().where(publications.c.id == publication_id)).rowcount:
            raise NotFound
        feed.record(connection, [Touch("publication", publication_id, EVERYBODY)])
        audit.note(connection, by_id, "withdraw", publication_id, now)
