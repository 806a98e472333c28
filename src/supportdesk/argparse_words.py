"""argparse's own words in the language of the program.

It looks for them in a catalogue of Python's that no system has. What a later Python adds stays English.
"""

import argparse

from supportdesk.i18n import N_, _, ngettext

ARGUMENT = N_("argument %(argument_name)s: %(message)s")
WORDS = (
    ARGUMENT,
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("expected %s argument"),  # the catalogues have its plural, too
    N_("ignored explicit argument %r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
)


def speak() -> None:
    """From now on; for parsers that are made after it."""
    vars(argparse).update(_=_, ngettext=ngettext)
