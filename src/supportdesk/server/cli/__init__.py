"""The server's command line. Each module of this package adds one command.

Exit codes: 0 done · 1 failed · 2 the command line or the configuration is wrong.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from supportdesk import __version__, argparse_words
from supportdesk.domain.errors import InvalidInput, ProfileError, SupportDeskError
from supportdesk.i18n import _, set_language, system_language
from supportdesk.server.cli import admin, backup, check, mail_in, restore, run, upgrade
from supportdesk.server.cli.advice import in_words

COMMANDS = (run, check, admin, mail_in, backup, restore, upgrade)

FAILED, WRONG, INTERRUPTED = 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    os.umask(
        0o077
    )  # tickets and mails are nobody else's on this machine, whichever command writes them first
    set_language(system_language())
    argparse_words.speak()
    options = parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except KeyboardInterrupt:
        return INTERRUPTED
    except SupportDeskError as error:
        sys.stderr.write(in_words(error))
        return WRONG if isinstance(error, InvalidInput | ProfileError) else FAILED
    except OSError as error:
        sys.stderr.write(in_words(error))
        return FAILED


class _Parser(argparse.ArgumentParser):
    """A command says itself what it does not know, with its own usage; argparse leaves that to the first."""

    def parse_known_args(self, args=None, namespace=None):  # type: ignore[no-untyped-def]
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(_("unrecognized arguments: %s") % " ".join(unknown))
        return found, unknown


def parser() -> argparse.ArgumentParser:
    whole = _Parser("supportdesk-server", description=_("A support desk for many customers."))
    shown = _("show program's version number and exit")
    whole.add_argument("--version", action="version", version=__version__, help=shown)
    commands = whole.add_subparsers(required=True, metavar=_("command"))
    for command in COMMANDS:
        command.add(commands)
    return whole
