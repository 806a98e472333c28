"""`supportdesk-server restore`"""

import argparse
import sys
from typing import TYPE_CHECKING

from supportdesk.i18n import _
from supportdesk.server.cli import copying

if TYPE_CHECKING:
    from supportdesk.server.cli.arguments import Commands


def add(commands: "Commands") -> None:
    about = _("make what was backed up where there is nothing yet; on PostgreSQL after pg_restore")
    command = commands.add_parser("restore", help=about, description=about)
    copying.add_arguments(command)
    command.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Raises Refused where there is a desk already, BackendError."""
    from supportdesk.desk.store.backup import restore

    whole = True
    for place in copying.places(options):
        copied = restore(place.copy, place.database, place.files)
        text = _("{vendor}: the database is restored")
        sys.stdout.write(text.format(vendor=place.vendor) + "\n")
        whole &= copying.tell(place, copied)
    return 0 if whole else 1
