"""A command for each verb that the vendor's people have."""

import argparse
import mimetypes
import os
import sys
from functools import partial
from pathlib import Path

from supportdesk.desk.office import staff
from supportdesk.desk.office.by import By
from supportdesk.desk.office.verbs import Verb
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import reading
from supportdesk.domain.commands import FileRef
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.office_people import SetPicture
from supportdesk.domain.office_publications import Publish
from supportdesk.i18n import _
from supportdesk.server.cli.admin import fields, markdown_file, place, printing
from supportdesk.server.cli.admin.in_words import in_words
from supportdesk.server.cli.admin.place import Desk
from supportdesk.server.cli.admin.remarks import remarks, sentence
from supportdesk.server.cli.admin.words import fields as words

MAX_FILE_BYTES = 1024 * 1024 * 1024
STAFF_VARIABLE = "SUPPORTDESK_AS"


def add(command: argparse.ArgumentParser, verb: Verb) -> None:
    if verb.request is Publish:
        fields.add(command, Publish, but=("title", "body"))
        command.add_argument("--title", default=argparse.SUPPRESS, metavar="TITLE")
        command.add_argument(
            "file", type=Path, metavar="FILE", help=_("Markdown, or -; +++ TOML +++ may go first")
        )
    elif _takes_files(verb):
        fields.add(command, verb.request, but=("files",))
        command.add_argument(
            "--file", dest="paths", action="append", type=Path, default=[], help=words()["files"]
        )
    elif _takes_a_file(verb):
        fields.add(command, verb.request, but=("file",))
        told = _("the picture, or -") if verb.request is SetPicture else _("the PDF, or -")
        command.add_argument("file", type=Path, metavar="FILE", help=told)
    else:
        fields.add(command, verb.request)
    if verb.writes:
        command.add_argument(
            "--as",
            dest="staff",
            default=os.environ.get(STAFF_VARIABLE, ""),
            metavar="USER",
            help=_("who of the staff; without: {variable}").format(variable=STAFF_VARIABLE),
        )
    command.set_defaults(command=partial(_run, verb))


def _run(verb: Verb, options: argparse.Namespace) -> int:
    said = vars(options)
    if verb.request is not Publish:
        return _ask(verb, options, said)
    with markdown_file.located(options.file, said):
        return _ask(verb, options, markdown_file.read(options.file) | said)


def _ask(verb: Verb, options: argparse.Namespace, said: dict[str, object]) -> int:
    with place.desk(options) as desk:
        who = place.by(desk.connection, options)
        if verb.signed:
            who = place.signed(who)
        if _takes_files(verb):
            said = said | {"files": [_stored(desk, who, path) for path in options.paths]}
        if _takes_a_file(verb):
            name = "picture.png" if verb.request is SetPicture else f"{options.number}.pdf"
            said = said | {"file": _stored(desk, who, options.file, name_in_pipe=name)}
        request = fields.made(verb.request, said)
        found = [verb.examine(desk.files, request)] if verb.examine else []
        answer = verb.run(desk.connection, request, who, *found)
        if not options.json:
            with reading(desk.connection):
                answer = in_words(answer, settings.load(desk.connection))
    if not options.json and (told := sentence(request)):
        sys.stdout.write(told + "\n")
    else:
        printing.tell(answer, as_json=options.json)
    if not options.json:
        sys.stderr.writelines(f"{line}\n" for line in remarks(desk, verb, request))
    return 0


def _takes_files(verb: Verb) -> bool:
    return "files" in verb.request.__struct_fields__


def _takes_a_file(verb: Verb) -> bool:
    return "file" in verb.request.__struct_fields__


def _stored(desk: Desk, who: By, path: Path, name_in_pipe: str = "") -> FileRef:
    """With a `name_in_pipe`, - is standard input."""
    try:
        if name_in_pipe and path == fields.STANDARD:
            name, content = name_in_pipe, sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
        else:
            name, content = path.name, _read(path)
    except OSError as error:
        text = _("The file {file} cannot be read: {what}")
        raise InvalidInput(text.format(file=path, what=error.strerror), field="--file") from error
    if len(content) > MAX_FILE_BYTES:
        raise InvalidInput(_("The file {file} is too large.").format(file=path), field="--file")
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return staff.stored(
        desk.connection, desk.files, who.person_id, content, who.now, name=name, media_type=media_type
    )


def _read(path: Path) -> bytes:
    """At most one byte more than is taken."""
    with path.open("rb") as stream:
        return stream.read(MAX_FILE_BYTES + 1)
