"""Every command line. Qt is imported only for the commands that open a window.

`parser` knows the words, `commands` and `report` make a request of them, `asking` finds the process that
answers it, `output` prints the answer.

Exit codes: 0 done · 1 failed · 2 the command line is wrong · 3 safe in the outbox, not accepted yet ·
4 sign in first · 5 no such account, vendor or ticket · 6 the data folder cannot be used or is busy.
"""

import logging
import os
import sys
from collections.abc import Sequence

from supportdesk import argparse_words, resources
from supportdesk.app.language import speak_system
from supportdesk.cli.output import forgive_streams, tell
from supportdesk.cli.parser import JSON, demand_text, parser
from supportdesk.domain.errors import InvalidInput, ProgramIncomplete, SupportDeskError
from supportdesk.i18n import _

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    words = sys.argv[1:] if arguments is None else arguments
    os.umask(0o077)  # whatever we write is this person's alone, also in a folder that others can read
    forgive_streams()
    try:
        resources.demand_generated()
    except FileNotFoundError as error:  # before anything is translated or painted
        if JSON in words:
            return _refuse(ProgramIncomplete(str(error)), as_json=True)
        print(error, file=sys.stderr)
        return 1
    speak_system()
    argparse_words.speak()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        for word in words:
            demand_text(word)
        options = parser().parse_args(words)
        return int(options.run(options))
    except KeyboardInterrupt:
        return INTERRUPTED
    except SupportDeskError as error:
        return _refuse(error, as_json=JSON in words)


def _refuse(error: SupportDeskError, *, as_json: bool) -> int:
    from supportdesk.app.remote_control import refused

    if isinstance(error, InvalidInput):
        error.safe = _("Nothing was done.")
    return tell(refused(error), as_json)
