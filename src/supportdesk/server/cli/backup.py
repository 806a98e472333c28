"""`supportdesk-server backup`"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from supportdesk.i18n import _
from supportdesk.server.cli import copying

if TYPE_CHECKING:
    from supportdesk.server.cli.arguments import Commands


def add(commands: "Commands") -> None:
    about = _("copy databases and files while the server runs; on PostgreSQL the files, after pg_dump")
    command = commands.add_parser("backup", help=about, description=about)
    copying.add_arguments(command)
    command.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Raises BackendError."""
    from supportdesk.desk.store.backup import back_up

    whole = True
    for place in copying.places(options):
        whole &= copying.tell(place, back_up(place.database, place.files, place.copy))
        if not isinstance(place.database, Path):
            text = _("{vendor}: the database itself is not in the copy; pg_dump copies it")
            sys.stdout.write(text.format(vendor=place.vendor) + "\n")
    return 0 if whole else 1
