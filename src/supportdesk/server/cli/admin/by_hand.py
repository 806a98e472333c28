"""Commands that are more than a question to the desk."""

import argparse
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from supportdesk.desk.office.ticket_reading import content_of
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import reading
from supportdesk.desk.store.files import Files
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.office import Outcome
from supportdesk.i18n import _
from supportdesk.server.cli.admin import mails, place, printing
from supportdesk.server.cli.admin.catalogue_lines import catalogue_lines
from supportdesk.server.cli.admin.changes import changes
from supportdesk.server.cli.admin.fields import STANDARD
from supportdesk.server.vendors import check_sender

_CHUNK_BYTES = 1024 * 1024


def _save_file(command: argparse.ArgumentParser) -> None:
    command.add_argument("attachment", metavar="ID", help=_("as the ticket shows it"))
    command.add_argument("target", type=Path, metavar="FILE", help=_("a file that is not there yet, or -"))
    command.set_defaults(command=_file)


def _file(options: argparse.Namespace) -> int:
    with place.desk(options) as desk:
        sha256 = content_of(desk.connection, options.attachment)
        try:
            _copy(desk.files, sha256, options.target)
        except OSError as error:
            text = _("The file {file} cannot be written: {what}")
            what = text.format(file=options.target, what=error.strerror)
            raise InvalidInput(what, field="target") from error
    if options.target != STANDARD:
        printing.tell(Outcome(options.attachment), as_json=options.json)
    return 0


def _copy(files: Files, sha256: str, target: Path) -> None:
    with nullcontext(sys.stdout.buffer) if target == STANDARD else target.open("xb") as stream:
        offset = 0
        while chunk := files.read(sha256, offset, _CHUNK_BYTES):
            stream.write(chunk)
            offset += len(chunk)
        stream.flush()


def _show_catalogue(command: argparse.ArgumentParser) -> None:
    command.set_defaults(command=_catalogue)


def _catalogue(options: argparse.Namespace) -> int:
    with place.desk(options) as desk, reading(desk.connection):
        told = settings.load(desk.connection)
    if options.json:
        printing.tell(told.catalogue, as_json=True)
    else:
        lines = catalogue_lines(told.catalogue, told.default_language)
        sys.stdout.writelines(f"{printing.one_line(line)}\n" for line in lines)
    return 0


def _apply_catalogue(command: argparse.ArgumentParser) -> None:
    command.set_defaults(command=_apply)


def _apply(options: argparse.Namespace) -> int:
    with place.desk(options) as desk:
        with reading(desk.connection):
            present = settings.load(desk.connection)
        wanted = settings.settings_of(
            desk.profile,
            present.public_url,
            reply_by_mail=present.reply_by_mail,
            reply_to=present.reply_to,
        )
        check_sender(desk.configuration, desk.profile)
        settings.keep(desk.connection, wanted)
    found = changes(present, wanted)
    if options.json or not found.changes:
        printing.tell(found, as_json=options.json, nothing=_("Nothing has changed."))
    else:
        sys.stdout.writelines(f"{each.in_words()}\n" for each in found.changes)
    return 0


COMMANDS: dict[tuple[str, str], Callable[[argparse.ArgumentParser], None]] = {
    ("ticket", "file"): _save_file,
    ("mail", "test"): mails.add_test,
    ("mail", "retry"): mails.add_retry,
    ("catalogue", "show"): _show_catalogue,
    ("catalogue", "apply"): _apply_catalogue,
}
