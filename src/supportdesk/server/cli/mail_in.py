"""`supportdesk-server mail-in`: what a mail server pipes a mail into.

It lays the mail into a folder, from where the running server takes it.
"""

import argparse
import sys
from typing import TYPE_CHECKING

from supportdesk.domain.errors import LimitExceeded, SupportDeskError
from supportdesk.i18n import _
from supportdesk.server.cli.arguments import add_configuration, check_user, configuration

if TYPE_CHECKING:
    from supportdesk.server.cli.arguments import Commands

_TRY_AGAIN = 75
"""EX_TEMPFAIL: the mail server keeps the mail and comes again, while somebody mends what is wrong here."""


def add(commands: "Commands") -> None:
    command = commands.add_parser("mail-in", help=_("take an answer to one of our mails from standard input"))
    add_configuration(command)
    command.add_argument("--vendor", default="", metavar="ID", help=_("whose mail it is"))
    command.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Raises LimitExceeded: such a mail may go back to its author."""
    from supportdesk.server.mail import incoming
    from supportdesk.server.vendors import profile_of

    try:
        wanted = configuration(options)
        check_user(wanted.data)
        vendor = profile_of(wanted, options.vendor).id
        incoming.bring(wanted.incoming(vendor), sys.stdin.buffer.read(incoming.MAX_BYTES + 1))
    except LimitExceeded:
        raise
    except (OSError, SupportDeskError) as error:
        sys.stderr.write(f"{error}\n")
        return _TRY_AGAIN
    return 0
