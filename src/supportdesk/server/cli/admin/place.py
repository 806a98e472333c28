"""The desk of the vendor that a command is about."""

import argparse
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import NamedTuple

from supportdesk.clock import now
from supportdesk.desk.office import naming
from supportdesk.desk.office.by import By
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import DeskConnection, opened, reading
from supportdesk.desk.store.files import Files
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.profile import Profile
from supportdesk.i18n import _
from supportdesk.server.cli.arguments import check_user, configuration, whereabouts
from supportdesk.server.configuration import Configuration
from supportdesk.server.vendors import database_of, desk_settings, files_of, profile_of


class Desk(NamedTuple):
    connection: DeskConnection
    files: Files
    profile: Profile
    configuration: Configuration
    whereabouts: str
    """In a sentence."""


@contextmanager
def desk(options: argparse.Namespace) -> Iterator[Desk]:
    """Made where it is missing. Raises InvalidInput, ProfileError, BackendError."""
    wanted = configuration(options)
    check_user(wanted.data)
    profile = profile_of(wanted, options.vendor)
    address = database_of(wanted, profile)
    with closing(opened(address)) as connection:
        with reading(connection):
            is_new = not settings.load(connection).vendor
        if is_new:  # one that was served before has what its server was told
            settings.keep(connection, desk_settings(wanted, profile))
        told = whereabouts(options, profile.id, address)
        yield Desk(connection, files_of(wanted, profile), profile, wanted, told)


def by(connection: DeskConnection, options: argparse.Namespace) -> By:
    """Who of the staff does it; without a word the only one, or nobody."""
    written = getattr(options, "staff", "")
    with reading(connection):
        staff = naming.staff(connection)
        person_id = naming.person(connection, written, "--as") if written else ""
    if person_id and person_id not in staff:
        raise InvalidInput(_("{name} is not of the staff.").format(name=written), field="--as")
    return By(person_id or (staff[0] if len(staff) == 1 else ""), now())


def signed(who: By) -> By:
    """Raises InvalidInput where it is not known who does it."""
    if not who.person_id:
        raise InvalidInput(_("Say with --as or SUPPORTDESK_AS who of the staff you are."), field="--as")
    return who
