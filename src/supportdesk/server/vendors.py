"""Which vendors a server serves, and where."""

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from supportdesk import resources
from supportdesk.desk.store.address import Address, address, of_vendor
from supportdesk.desk.store.contents import Contents
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.settings import DeskSettings, settings_of
from supportdesk.domain import profile_files
from supportdesk.domain.demo_names import DEMO_NAMES
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.profile import Profile
from supportdesk.i18n import _
from supportdesk.server import extras
from supportdesk.server.configuration import Configuration
from supportdesk.server.mail.imap import imap
from supportdesk.server.mail.postman import Mail
from supportdesk.server.mail.transport import Transport, transport
from supportdesk.server.portal import Portal
from supportdesk.server.s3 import S3
from supportdesk.server.seals.configured import seals
from supportdesk.server.sign_on.oidc import Oidc

if TYPE_CHECKING:
    from supportdesk.server.sign_on.provider import Provider

log = logging.getLogger(__name__)

Portals = dict[str, Portal]
"""By the first part of their path; '' is the one without."""


def portals(configuration: Configuration) -> Portals:
    """Nothing is opened yet. Raises InvalidInput, ProfileError."""
    served = profiles(configuration)
    ids = {profile.id for profile in served}
    for field, told in (("oidc", configuration.oidc.keys()), ("sign", configuration.sign.keys())):
        if unserved := told - ids:
            raise InvalidInput(_("There is no vendor called {name}.").format(name=min(unserved)), field=field)
    if len(served) > 1:
        _check_several(configuration, served[0].id)
    if configuration.sign_key is not None and configuration.sign:
        text = _("There is sign_key as well as {table}; one of them is enough.")
        raise InvalidInput(text.format(table=f"[sign.{min(configuration.sign)}]"), field="sign_key")
    for profile in served:
        check_sender(configuration, profile)
    if configuration.sends_mail and not configuration.public_url:
        log.warning("public_url is not set: mails do not say where the server is reached")
    return {
        _prefix(configuration, served, profile): _portal(configuration, served, profile) for profile in served
    }


def _check_several(configuration: Configuration, vendor: str) -> None:
    """What one vendor alone may use. Raises InvalidInput."""
    if configuration.imap:
        # Each would take the others' answers out of it.
        raise InvalidInput(_("One mailbox cannot hold the answers of several vendors."), field="imap")
    if configuration.reply_to:
        text = _("One address in reply_to cannot take the answers to several vendors.")
        raise InvalidInput(text, field="reply_to")
    if configuration.sign_key is not None:
        text = _("One certificate cannot speak for several vendors.")
        way = _("Give each vendor its own in the configuration file, such as {line}").format(
            line=f'[sign.{vendor}] key = "{configuration.sign_key.name}"'
        )
        raise InvalidInput(text, field="sign_key", next_step=way)


def profiles(configuration: Configuration) -> list[Profile]:
    """Of the vendors who are served. With none given: a plain desk that a vendor can begin with."""
    found = [profile_files.load(path) for path in configuration.profiles]
    if demos := [profile.id for profile in found if profile.id in DEMO_NAMES]:
        # The apps of customers have a demo of that name already.
        raise InvalidInput(
            _("The id {name} is taken by a demo vendor.").format(name=demos[0]),
            field="profiles",
            next_step=_("Give your profile an id of its own."),
        )
    if configuration.demo:
        found += profile_files.bundled()
    if not found:
        found = [profile_files.load(resources.path("server", "profile.toml"))]
    ids = [profile.id for profile in found]
    twice = next((each for each in ids if ids.count(each) > 1), "")
    if twice:
        text = _("Two profiles have the id {id}; each needs its own.")
        raise InvalidInput(text.format(id=twice), field="profiles")
    return found


def profile_of(configuration: Configuration, vendor: str) -> Profile:
    """Of the vendor with this id; '' means the only one. Raises InvalidInput, ProfileError."""
    served = profiles(configuration)
    if not vendor and len(served) == 1:
        return served[0]
    for profile in served:
        if profile.id == vendor:
            return profile
    if not vendor:
        raise InvalidInput(_("Several vendors are served. Say with --vendor which one."), field="vendor")
    raise InvalidInput(_("There is no vendor called {name}.").format(name=vendor), field="vendor")


def check_sender(configuration: Configuration, profile: Profile) -> None:
    """Mails that leave need an address from which they come. Raises InvalidInput."""
    if not profile.support.email and (configuration.sends_mail or _answered(configuration)):
        text = _("Mail is configured, but the profile {name} does not say from which address it leaves.")
        raise InvalidInput(
            text.format(name=profile.id),
            field="support.email",
            next_step=_("Write it into the profile: {line}").format(
                line='[support] email = "support@example.org"'
            ),
        )


def database_of(configuration: Configuration, profile: Profile) -> Address:
    base = address(configuration.database) if configuration.database else configuration.data
    return of_vendor(base, profile.id)


def files_of(configuration: Configuration, profile: Profile) -> Files:
    """Raises InvalidInput where the configuration asks for what is not installed."""
    folder = configuration.data / profile.id / "files"
    return Files(folder, _bucket(configuration.s3, profile.id) if configuration.s3 else None)


def _bucket(told: S3, vendor: str) -> Contents:
    try:
        from supportdesk.server.bucket import Bucket
    except ModuleNotFoundError as error:
        raise InvalidInput(
            _("Files in a bucket need a library that is not installed."),
            field="s3",
            next_step=extras.advice("s3"),
        ) from error
    return Bucket(told, vendor)


def _prefix(configuration: Configuration, served: Sequence[Profile], profile: Profile) -> str:
    """The first part of the vendor's path, '' for who is served without one."""
    root = served[0].id if len(served) == 1 else configuration.at_root
    if root and root not in {each.id for each in served}:
        raise InvalidInput(_("There is no vendor called {name}.").format(name=root), field="at_root")
    return "" if profile.id == root else profile.id


def _public_url(configuration: Configuration, served: Sequence[Profile], profile: Profile) -> str:
    prefix = _prefix(configuration, served, profile)
    return f"{configuration.public_url}/{prefix}".rstrip("/") if configuration.public_url else ""


def desk_settings(configuration: Configuration, profile: Profile) -> DeskSettings:
    """What the vendor's desk is told of itself. Raises InvalidInput, ProfileError."""
    return settings_of(
        profile,
        _public_url(configuration, profiles(configuration), profile),
        reply_by_mail=_answered(configuration),
        reply_to=configuration.reply_to,
    )


def _answered(configuration: Configuration) -> bool:
    return configuration.reply_by_mail or bool(configuration.imap)


def _portal(configuration: Configuration, served: Sequence[Profile], profile: Profile) -> Portal:
    portal = Portal(
        profile,
        database_of(configuration, profile),
        files_of(configuration, profile),
        public_url=_public_url(configuration, served, profile),
        mail=_mail(configuration, profile.id),
        demo=configuration.demo,
        requests_per_minute=configuration.requests_per_minute,
        single_sign_on=_single_sign_on(configuration.oidc.get(profile.id)),
    )
    portal.seals = seals(configuration, profile.id)
    return portal


def _single_sign_on(told: Oidc | None) -> "Provider | None":
    if told is None:
        return None
    try:
        from supportdesk.server.sign_on.provider import Provider
    except ModuleNotFoundError as error:
        raise InvalidInput(
            _("Single sign-on needs a library that is not installed."),
            field="oidc",
            next_step=extras.advice("oidc"),
        ) from error
    return Provider(told)


def way_of_mails(configuration: Configuration, vendor: str) -> Transport:
    return transport(configuration.mail or f"maildir:{configuration.data / vendor / 'mailbox'}")


def _mail(configuration: Configuration, vendor: str) -> Mail:
    return Mail(
        way_of_mails(configuration, vendor),
        configuration.incoming(vendor),
        answered=_answered(configuration),
        reply_to=configuration.reply_to,
        imap=imap(configuration.imap) if configuration.imap else None,
    )
