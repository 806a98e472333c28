"""`supportdesk-server admin NOUN VERB …`: what the vendor's people do, directly on the database.

It may run beside the server: whoever listens hears of it as of everything else.
"""

import argparse
from typing import TYPE_CHECKING

from supportdesk.i18n import _
from supportdesk.server.cli.admin import by_hand, verb_command, words
from supportdesk.server.cli.arguments import add_configuration

if TYPE_CHECKING:
    from supportdesk.server.cli.arguments import Commands


def add(commands: "Commands") -> None:
    from supportdesk.desk.office.verbs import VERBS

    admin = commands.add_parser("admin", help=_("what the vendor's people do: customers, tickets, news"))
    nouns = admin.add_subparsers(required=True, metavar=_("noun"))
    about: dict[str, Commands] = {}

    def leaf(noun: str, verb: str) -> argparse.ArgumentParser:
        if noun not in about:
            of_noun = nouns.add_parser(noun, help=words.nouns()[noun])
            about[noun] = of_noun.add_subparsers(required=True, metavar=_("verb"))
        told = words.verbs()[noun, verb]
        command = about[noun].add_parser(verb, help=told, description=told)
        add_configuration(command)
        command.add_argument("--vendor", default="", metavar="ID", help=_("of several that are served"))
        command.add_argument("--json", action="store_true", help=_("the answer as JSON"))
        return command

    for verb in VERBS:
        verb_command.add(leaf(verb.noun, verb.name), verb)
    for (noun, name), fill in by_hand.COMMANDS.items():
        fill(leaf(noun, name))
