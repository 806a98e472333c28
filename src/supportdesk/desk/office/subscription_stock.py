"""What one organisation is subscribed to, by what people call it."""

from functools import cached_property

from sqlalchemy import Connection, select

from supportdesk.desk.accounts import accounts
from supportdesk.desk.store.schema import license_keys, subscriptions
from supportdesk.domain.errors import InvalidInput
from supportdesk.i18n import _

_MAX_NUMBER_CHARS = 64


class Stock:
    """Read once within a writing transaction, so that a long table asks no more than one line.

    Whoever makes or moves one says so.
    """

    def __init__(self, connection: Connection, organisation_id: str) -> None:
        self.organisation_id = organisation_id
        self._connection = connection
        self._ids: dict[str, str] = {}
        self._parents: dict[str, str | None] = {}
        theirs = subscriptions.c
        query = select(theirs.id, theirs.number, theirs.parent_id)
        for id, number, parent_id in connection.execute(
            query.where(theirs.organisation_id == organisation_id)
        ):
            self.take(id, number, parent_id)

    def take(self, id: str, number: str, parent_id: str | None) -> None:
        self._ids[number] = id
        self._parents[id] = parent_id

    def move(self, id: str, parent_id: str | None) -> None:
        self._parents[id] = parent_id

    def free(self, written: str) -> str:
        """A number for a new one. Raises InvalidInput where it is missing or taken."""
        number = as_number(written)
        if number in self._ids:
            text = _("The organisation has a subscription with the number {number} already.")
            raise InvalidInput(text.format(number=number), field="number")
        return number

    def parent(self, written: str, of: str = "") -> str:
        """The id. Raises InvalidInput where there is none, or where `of` would be a part of itself."""
        named = written.strip()
        id = named if named in self._parents else self._ids.get(named)
        if id is None:
            text = _("The organisation has no subscription with the number {number}.")
            raise InvalidInput(text.format(number=named), field="parent")
        above: str | None = id
        while of and above is not None:
            if above == of:
                raise InvalidInput(_("A subscription cannot be a part of itself."), field="parent")
            above = self._parents[above]
        return id

    def keys(self, written: tuple[str, ...]) -> tuple[str, ...]:
        """Ids of license keys, named by themselves or by their ids."""
        return tuple(self._key(each.strip()) for each in written)

    def _key(self, written: str) -> str:
        if written not in self._keys:
            text = _("The organisation has no such license key: {key}")
            raise InvalidInput(text.format(key=written), field="keys")
        return self._keys[written]

    @cached_property
    def _keys(self) -> dict[str, str]:
        theirs = license_keys.c
        query = select(theirs.id, theirs.key).where(theirs.organisation_id == self.organisation_id)
        found = self._connection.execute(query).all()
        return {key: id for id, key in found} | {id: id for id, _key in found}


def as_number(written: str) -> str:
    """As it is kept. Raises InvalidInput."""
    return accounts.plain(written, "number", _("Enter the number."), limit=_MAX_NUMBER_CHARS)
