"""What this vendor's desk offers, kept in its own database: the desk does not depend on a profile file."""

import secrets
from functools import lru_cache

import msgspec
from sqlalchemy import Connection, bindparam, select, update

from supportdesk import pdf
from supportdesk.desk.store.database import reading, writing
from supportdesk.desk.store.schema import settings
from supportdesk.domain.account import Door
from supportdesk.domain.capabilities import Capabilities, Capability, Limits
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.entities import PublicationKind, Role
from supportdesk.domain.profile import Profile, Shown

DOCUMENTS = "documents"
"""The module that needs what the extra `sign` brings."""
_NAME = "desk"
_IDENTITY = "identity"
_SECRET = "secret"
_NOTIFIED = "notified"

_ALWAYS = frozenset(
    {
        Capability.TICKETS,
        Capability.COLLEAGUES_TICKETS,
        Capability.ON_BEHALF,
        Capability.CLOSE,
        Capability.REOPEN,
        Capability.RATE,
        Capability.ADD_FILES,
        Capability.IDEMPOTENT,
        Capability.CHANGE_PASSWORD,
        Capability.PROFILE,
        Capability.SESSIONS,
    }
)
_BY_MODULE = {
    "information": Capability.NOTICES,
    "newsletter": Capability.NEWSLETTER,
    "articles": Capability.ARTICLES,
    "license_keys": Capability.LICENSE_KEYS,
    DOCUMENTS: Capability.DOCUMENTS,
    "subscriptions": Capability.SUBSCRIPTIONS,
    "orders": Capability.ORDERS,
}
_PUBLICATIONS = {
    Capability.NOTICES: PublicationKind.NOTICE,
    Capability.NEWSLETTER: PublicationKind.NEWSLETTER,
    Capability.ARTICLES: PublicationKind.ARTICLE,
}


_VALUE = select(settings.c.value).where(settings.c.name == bindparam("wanted"))


class DeskSettings(msgspec.Struct, frozen=True):
    vendor: str = ""
    """Name of the vendor, to whose organisation the staff belong."""
    catalogue: Catalogue = Catalogue()
    limits: Limits = Limits()
    shown: Shown = Shown()
    modules: tuple[str, ...] = ()
    door: Door = Door()
    default_language: str = "en"
    """Of mails to people who chose none."""
    support_email: str = ""
    """From whom mails come, and to whom answers go."""
    reply_by_mail: bool = False
    """What customers answer to a mail comes back here."""
    reply_to: str = ""
    """To which address, with `{tag}` for what tells the ticket; '' for the one from which mails come."""
    public_url: str = ""
    """Where this desk's server is reached, without a slash at the end; links in mails begin with it."""

    def offers(self, role: Role) -> frozenset[Capability]:
        offered = _ALWAYS | {_BY_MODULE[module] for module in self.modules if module in _BY_MODULE}
        if role is Role.PARTNER:
            offered |= {Capability.CUSTOMERS_TICKETS}
        if role is Role.ORGANISATION_ADMIN and "colleagues" in self.modules:
            offered |= {Capability.MANAGE_COLLEAGUES}
        if self.shown.time_records:
            offered |= {Capability.TIME_RECORDS}
        return offered

    @property
    def mail_domain(self) -> str:
        """Stands in the ids of mails; the vendor's own, so that they are unique."""
        return self.support_email.partition("@")[2] or "supportdesk.invalid"

    def capabilities(self, role: Role, seal_certificates: tuple[bytes, ...] = ()) -> Capabilities:
        offers = self.offers(role)
        known = seal_certificates if Capability.DOCUMENTS in offers else ()
        return Capabilities(offers=offers, limits=self.limits, seal_certificates=known)

    def publications(self) -> tuple[PublicationKind, ...]:
        """The kinds of reading matter that customers get."""
        offered = self.offers(Role.CUSTOMER)
        return tuple(kind for capability, kind in _PUBLICATIONS.items() if capability in offered)


def settings_of(
    profile: Profile, public_url: str = "", *, reply_by_mail: bool = False, reply_to: str = ""
) -> DeskSettings:
    """Without documents where the libraries that seal them are not installed."""
    limits, sign_in = profile.limits, profile.sign_in
    return DeskSettings(
        vendor=profile.name,
        catalogue=profile.catalogue,
        limits=Limits(**{name: getattr(limits, name) for name in Limits.__struct_fields__}),
        shown=profile.shown,
        modules=tuple(each for each in profile.modules if each != DOCUMENTS or pdf.is_available()),
        door=Door(
            sign_up=sign_in.sign_up,
            reset=sign_in.forgot_password,
            guest_reports=sign_in.report_without_sign_in,
        ),
        default_language=profile.default_language,
        support_email=profile.support.email,
        reply_by_mail=reply_by_mail,
        reply_to=reply_to,
        public_url=public_url.rstrip("/"),
    )


def load(connection: Connection) -> DeskSettings:
    """Within a transaction. A desk that was never set up offers tickets without a catalogue."""
    written = value(connection, _NAME)
    return _decoded(written) if written else DeskSettings()


@lru_cache(maxsize=16)
def _decoded(written: str) -> DeskSettings:
    """Everything that is asked of a desk needs them, and they hardly ever change."""
    return msgspec.json.decode(written, type=DeskSettings)


def identity(connection: Connection) -> str:
    """Differs for a desk that was made anew in the same place. Within a transaction."""
    return value(connection, _IDENTITY)


def secret(connection: Connection) -> str:
    """With which the desk signs; '' where it has never signed. Within a transaction."""
    return value(connection, _SECRET)


def made_secret(connection: Connection) -> str:
    """As `secret`, made where there is none. Within a writing transaction."""
    if not (found := secret(connection)):
        found = secrets.token_hex(32)
        connection.execute(settings.insert().values(name=_SECRET, value=found))
    return found


def notified(connection: Connection) -> tuple[str, ...]:
    """Addresses of the vendor's people that are told by mail what arrives. Within a transaction."""
    written = value(connection, _NOTIFIED)
    return msgspec.json.decode(written, type=tuple[str, ...]) if written else ()


def keep_notified(connection: Connection, addresses: tuple[str, ...]) -> None:
    """Within a writing transaction."""
    put_value(connection, _NOTIFIED, msgspec.json.encode(addresses).decode())


def renew_identity(connection: Connection) -> None:
    """Everybody's sync begins anew."""
    with writing(connection):
        this = settings.c.name == _IDENTITY
        connection.execute(update(settings).where(this).values(value=secrets.token_hex(8)))


def keep(connection: Connection, wanted: DeskSettings) -> None:
    """Writes the settings when they differ from those that the desk has."""
    encoded = msgspec.json.encode(wanted).decode()
    with reading(connection):
        present = value(connection, _NAME)
    if present == encoded:
        return
    with writing(connection):
        put_value(connection, _NAME, encoded)


def put_value(connection: Connection, name: str, written: str) -> None:
    """Within a writing transaction."""
    connection.execute(settings.delete().where(settings.c.name == name))
    connection.execute(settings.insert().values(name=name, value=written))


def value(connection: Connection, name: str) -> str:
    """'' where there is none. Within a transaction."""
    return str(connection.execute(_VALUE, {"wanted": name}).scalar() or "")
