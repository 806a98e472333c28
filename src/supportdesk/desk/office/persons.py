"""Who has access to the desk."""

from sqlalchemy import Connection, select, update

from supportdesk.desk.accounts import accounts, colleagues, passwords
from supportdesk.desk.mail.addresses import mail_address
from supportdesk.desk.office import administration, naming
from supportdesk.desk.office.by import By
from supportdesk.desk.office.pages import page
from supportdesk.desk.store import audit, settings
from supportdesk.desk.store.database import reading, writing
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.schema import organisations, people
from supportdesk.desk.visibility import feed
from supportdesk.desk.visibility.facts import introduced
from supportdesk.desk.visibility.feed import EVERYBODY, Touch
from supportdesk.domain import portraits
from supportdesk.domain.entities import Role
from supportdesk.domain.errors import InvalidInput, NotFound, Refused
from supportdesk.domain.office import Outcome
from supportdesk.domain.office_people import (
    ActivatePerson,
    AddPerson,
    DeactivatePerson,
    InvitePerson,
    LinkPerson,
    ListPeople,
    People,
    PersonRow,
    RemovePicture,
    SetJob,
    SetPicture,
    SetRole,
)
from supportdesk.i18n import _

_MAX_JOB_CHARS = 60


def add(connection: Connection, request: AddPerson, by: By) -> Outcome:
    email = accounts.address(request.email)
    name = accounts.plain(request.name, "name", _("Enter a name."))
    password = passwords.made() if request.tell_password else ""
    password_hash = passwords.hashed(password) if password else passwords.DUMMY_HASH
    with writing(connection):
        if connection.execute(select(people.c.id).where(people.c.user_name == email)).first():
            raise InvalidInput(_("Somebody has an account with this address already."), field="email")
        newcomer = accounts.Newcomer(
            user=email,
            name=name,
            email="" if request.role is Role.STAFF else email,  # customers don't see it
            organisation_id=_organisation_for(connection, request, by),
            role=request.role,
            language=accounts.language(request.language),
            password_hash=password_hash,
        )
        id = accounts.enrol(connection, newcomer, by.person_id, by.now)
        if not password:
            colleagues.invite(connection, settings.load(connection), id, by.now)
    return Outcome(id, user=email, password=password)


def _organisation_for(connection: Connection, request: AddPerson, by: By) -> str:
    if request.organisation:
        return naming.organisation(connection, request.organisation)
    if request.role is not Role.STAFF:
        raise InvalidInput(_("Say for whom they work."), field="organisation")
    staff = select(people.c.organisation_id).where(people.c.role == Role.STAFF)
    own = connection.execute(staff.order_by(people.c.id).limit(1)).scalar()
    if own is not None:
        return str(own)
    vendor = settings.load(connection).vendor
    return administration.add_organisation(connection, vendor, by.now, by_id=by.person_id)


def invite(connection: Connection, request: InvitePerson, by: By) -> Outcome:
    with writing(connection):
        id = naming.person(connection, request.person)
        person = accounts.row(connection, id)
        if not person["active"]:
            raise Refused(_("This person has no access. Activate them first."))
        if not mail_address(person):
            raise Refused(_("Nobody knows an e-mail address of this person."))
        colleagues.invite(connection, settings.load(connection), id, by.now)
    return Outcome(id, user=person["user_name"])


def deactivate(connection: Connection, request: DeactivatePerson, by: By) -> Outcome:
    with writing(connection):
        id = naming.person(connection, request.person)
        if id == by.person_id:
            raise Refused(_("You cannot do this to your own account. Ask another administrator."))
        administration.set_active(connection, id, active=False, now=by.now, by_id=by.person_id)
    return Outcome(id)


def activate(connection: Connection, request: ActivatePerson, by: By) -> Outcome:
    with writing(connection):
        id = naming.person(connection, request.person)
        administration.set_active(connection, id, active=True, now=by.now, by_id=by.person_id)
    return Outcome(id)


def link(connection: Connection, request: LinkPerson, by: By) -> Outcome:
    with writing(connection):
        id = naming.person(connection, request.person)
        organisation_id = naming.organisation(connection, request.organisation)
        administration.move_person(connection, id, organisation_id, by.now, by_id=by.person_id)
    return Outcome(id)


def set_role(connection: Connection, request: SetRole, by: By) -> Outcome:
    with writing(connection):
        id = naming.person(connection, request.person)
        administration.set_role(connection, id, request.role, by.now, by_id=by.person_id)
    return Outcome(id)


def set_job(connection: Connection, request: SetJob, by: By) -> Outcome:
    job = accounts.plain(request.job, "job", "", _MAX_JOB_CHARS)
    return _introduce(connection, request.person, by, "set_job", job=job)


def examined(files: Files, request: SetPicture) -> bytes:
    """The content of the picture. Needs no database. Raises InvalidInput."""
    file = request.file
    try:
        content = files.read(file.sha256, 0, min(file.size_bytes, portraits.MAX_BYTES + 1))
    except NotFound as error:
        text = _("The file “{name}” has not arrived. Add it again.")
        raise Refused(text.format(name=file.name)) from error
    problem = portraits.portrait_problem(content)
    if problem:
        raise InvalidInput(problem, field="file")
    return content


def set_picture(connection: Connection, request: SetPicture, by: By, content: bytes) -> Outcome:
    """`content` is what `examined` found."""
    return _introduce(connection, request.person, by, "set_picture", picture=content)


def remove_picture(connection: Connection, request: RemovePicture, by: By) -> Outcome:
    return _introduce(connection, request.person, by, "remove_picture", picture=None)


def _introduce(connection: Connection, written: str, by: By, action: str, **values: object) -> Outcome:
    """To customers, who hear of one of the staff for the first time when there is something to show."""
    with writing(connection):
        id = naming.person(connection, written)
        person = accounts.row(connection, id)
        if person["role"] is not Role.STAFF:
            raise Refused(_("Only staff are introduced to customers."))
        known = connection.execute(select(people.c.id).where(people.c.id == id, introduced())).first()
        connection.execute(update(people).where(people.c.id == id).values(**values))
        feed.record(connection, [Touch("person", id, EVERYBODY, born=known is None)])
        audit.note(connection, by.person_id, action, id, by.now)
    return Outcome(id, user=person["user_name"])


def all_of_them(connection: Connection, request: ListPeople, _by: By) -> People:
    query = (
        select(
            people.c.id,
            people.c.user_name,
            people.c.name,
            people.c.role,
            organisations.c.name,
            people.c.active,
            people.c.job,
        )
        .join(organisations, organisations.c.id == people.c.organisation_id)
        .order_by(organisations.c.name, people.c.name, people.c.id)
    )
    with reading(connection):
        if request.organisation:
            organisation_id = naming.organisation(connection, request.organisation)
            query = query.where(people.c.organisation_id == organisation_id)
        return People(tuple(PersonRow(*row) for row in connection.execute(page(query, request))))
