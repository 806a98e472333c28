"""What organisation admins do about their colleagues. Each function is one transaction."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from supportdesk import i18n
from supportdesk.desk.accounts import access, accounts, codes, passwords
from supportdesk.desk.accounts.asker import Asker
from supportdesk.desk.mail import mail_queue, mail_texts
from supportdesk.desk.mail.addresses import mail_address
from supportdesk.desk.mail.mail_queue import Letter
from supportdesk.desk.store import guessing, settings
from supportdesk.desk.store.database import reading, writing
from supportdesk.desk.store.guessing import Allowance
from supportdesk.desk.store.settings import DeskSettings
from supportdesk.desk.visibility.actors import Actor
from supportdesk.domain.account import AccessData, AddColleague, CodePurpose, SetColleagueActive
from supportdesk.domain.capabilities import Capability
from supportdesk.domain.entities import Person, Role
from supportdesk.domain.errors import InvalidInput, NotAllowed, NotFound, Refused
from supportdesk.i18n import _

PER_ADMIN = Allowance(50, timedelta(minutes=5))
"""That an address is taken is told to admins; this keeps them from asking for thousands."""


def add_colleague(connection: Connection, request: AddColleague, asker: Asker, now: datetime) -> AccessData:
    email = accounts.address(request.email)
    name = accounts.plain(request.name, "name", _("Enter a name."))
    if request.role not in {Role.CUSTOMER, Role.ORGANISATION_ADMIN}:
        raise InvalidInput(_("Colleagues are either users or administrators."), field="role")
    with reading(connection):
        admin, _desk = _admin(connection, asker, now)
    bucket = guessing.bucket_for("colleague", admin.person_id)
    guessing.spend(connection, bucket, now, PER_ADMIN, _("Too many colleagues at once."))
    password = passwords.made() if request.hand_over == "show" else ""
    newcomer = accounts.Newcomer(
        user=email,
        name=name,
        email=email,
        organisation_id=admin.organisation_id,
        role=request.role,
        language=accounts.language(request.language),
        password_hash=passwords.hashed(password) if password else passwords.DUMMY_HASH,
    )
    with writing(connection):
        admin, desk = _admin(connection, asker, now)
        id = accounts.enrol(connection, newcomer, admin.person_id, now)
        if not password:
            invite(connection, desk, id, now)
        return AccessData(person=_fact(connection, id), user=email, password=password)


def invite(connection: Connection, desk: DeskSettings, person_id: str, now: datetime) -> None:
    """Mails a code with which the person sets their first password. Within a writing transaction."""
    person = accounts.row(connection, person_id)
    email = mail_address(person)
    code = codes.issue(connection, CodePurpose.INVITATION, email, now, person_id=person_id)
    with i18n.speaking(mail_texts.spoken(desk, person["language"])):
        text = mail_texts.invitation(desk, code, person["user_name"])
    mail_queue.put(connection, desk, Letter(email, *text), now)


def set_colleague_active(
    connection: Connection, request: SetColleagueActive, asker: Asker, now: datetime
) -> Person:
    """Raises NotFound, alike for people of others and such as don't exist."""
    with writing(connection):
        admin, _desk = _admin(connection, asker, now)
        person = accounts.row(connection, request.person_id)
        if person["organisation_id"] != admin.organisation_id:
            raise NotFound
        if person["id"] == admin.person_id:
            raise Refused(_("You cannot do this to your own account. Ask another administrator."))
        if person["active"] != request.active:
            accounts.set_active(connection, person["id"], admin.person_id, active=request.active, now=now)
        return _fact(connection, person["id"])


def _admin(connection: Connection, asker: Asker, now: datetime) -> tuple[Actor, DeskSettings]:
    """Raises NotAllowed. Within a transaction."""
    actor = access.actor_of(connection, asker.token, now)
    desk = settings.load(connection)
    if Capability.MANAGE_COLLEAGUES not in desk.offers(actor.role):
        raise NotAllowed
    return actor, desk


def _fact(connection: Connection, person_id: str) -> Person:
    person = accounts.row(connection, person_id)
    known = {name: person[name] for name in Person.__struct_fields__}
    return Person(**{name: value for name, value in known.items() if value is not None})
