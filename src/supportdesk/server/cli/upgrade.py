"""`supportdesk-server upgrade`"""

import argparse
import sys
from typing import TYPE_CHECKING

from supportdesk.i18n import _
from supportdesk.server.cli.arguments import add_configuration, check_user, configuration, whereabouts

if TYPE_CHECKING:
    from supportdesk.server.cli.arguments import Commands


def add(commands: "Commands") -> None:
    about = _("bring the databases to this version, as the first start of the server does")
    command = commands.add_parser("upgrade", help=about, description=about)
    add_configuration(command)
    command.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Raises InvalidInput, ProfileError, BackendError: on SQLite also while a server runs."""
    from supportdesk.desk.store.database import held
    from supportdesk.server.vendors import database_of, profiles

    wanted = configuration(options)
    check_user(wanted.data)
    for profile in profiles(wanted):
        address = database_of(wanted, profile)
        held(address, readers=1, writers=1).close()
        sys.stdout.write(whereabouts(options, profile.id, address) + "\n")
    return 0
