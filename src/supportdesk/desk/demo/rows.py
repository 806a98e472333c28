"""The rows of a demo desk while they are gathered, in the order in which they are written."""

from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Table

from supportdesk.desk.visibility.feed import Touch
from supportdesk.domain.demo import DemoContent, moment
from supportdesk.domain.entities import EntityKind

VENDOR = "vendor"
"""Key of the vendor's own organisation, which the content leaves out."""


class Rows:
    def __init__(self, vendor: str, content: DemoContent, now: datetime) -> None:
        """`now` in the zone of the vendor's clock."""
        self.content = content
        self.now = now.astimezone(UTC)
        self.by_table: dict[Table, list[dict[str, object]]] = {}
        self.touches: list[Touch] = []
        self._vendor = vendor
        self.local_now = now
        self._organisation_of = {person.key: person.organisation or VENDOR for person in content.people}

    def id(self, kind: str, key: str) -> str:
        """The same for the same vendor, kind and key at each filling."""
        return str(uuid5(NAMESPACE_URL, f"supportdesk:demo/{self._vendor}/{kind}/{key}"))

    def organisation_of(self, person_key: str) -> str:
        """The id."""
        return self.id("organisation", self._organisation_of[person_key])

    def at(self, written: str) -> datetime:
        return moment(written, self.local_now)

    def add(self, table: Table, **values: object) -> None:
        """All rows of a table carry the same columns."""
        self.by_table.setdefault(table, []).append(values)

    def tell(self, kind: EntityKind, id: str, organisation_id: str) -> None:
        self.touches.append(Touch(kind, id, organisation_id, born=True))
