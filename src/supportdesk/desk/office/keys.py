"""License keys of customers."""

from sqlalchemy import Connection, select

from supportdesk.clock import uuid7
from supportdesk.desk.accounts import accounts
from supportdesk.desk.conversations import rules
from supportdesk.desk.office import administration, naming
from supportdesk.desk.office.by import By
from supportdesk.desk.office.pages import page
from supportdesk.desk.store.database import reading, writing
from supportdesk.desk.store.schema import license_keys, organisations
from supportdesk.domain.entities import LicenseKey
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.office import Outcome
from supportdesk.domain.office_keys import AddKey, KeyRow, Keys, ListKeys, WithdrawKey
from supportdesk.i18n import _


def add(connection: Connection, request: AddKey, by: By) -> Outcome:
    rules.check_comment(request.note)
    key = LicenseKey(
        id=uuid7(),
        key_kind=request.key_kind,
        product=accounts.plain(request.product, "product", _("Enter the product.")),
        key=accounts.plain(request.key, "key", _("Enter the key.")),
        note=request.note.strip(),
        valid_until=request.valid_until,
    )
    with writing(connection):
        organisation_id = naming.organisation(connection, request.organisation)
        _check_new(connection, organisation_id, key)
        administration.give_key(connection, organisation_id, key, by.now, by_id=by.person_id)
    return Outcome(key.id)


def _check_new(connection: Connection, organisation_id: str, key: LicenseKey) -> None:
    theirs = license_keys.c
    same = (theirs.product == key.product) & (theirs.key == key.key)
    if connection.execute(select(theirs.id).where(theirs.organisation_id == organisation_id, same)).first():
        raise InvalidInput(_("The organisation has this key already."), field="key")


def withdraw(connection: Connection, request: WithdrawKey, by: By) -> Outcome:
    administration.withdraw_key(connection, request.id, by.now, by_id=by.person_id)
    return Outcome(request.id)


def all_of_them(connection: Connection, request: ListKeys, _by: By) -> Keys:
    query = (
        select(
            license_keys.c.id,
            organisations.c.name,
            license_keys.c.product,
            license_keys.c.key,
            license_keys.c.key_kind,
            license_keys.c.note,
            license_keys.c.valid_until,
        )
        .join(organisations, organisations.c.id == license_keys.c.organisation_id)
        .order_by(organisations.c.name, license_keys.c.product, license_keys.c.id)
    )
    with reading(connection):
        if request.organisation:
            organisation_id = naming.organisation(connection, request.organisation)
            query = query.where(license_keys.c.organisation_id == organisation_id)
        return Keys(tuple(KeyRow(*row) for row in connection.execute(page(query, request))))
