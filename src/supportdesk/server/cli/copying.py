"""What backup and restore have in common: one vendor after the other, and a word about each."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from supportdesk.domain.errors import InvalidInput
from supportdesk.i18n import _, ngettext
from supportdesk.server.cli.arguments import add_configuration, check_user, configuration, whereabouts

if TYPE_CHECKING:
    from supportdesk.desk.store.address import Address
    from supportdesk.desk.store.backup import Copied
    from supportdesk.desk.store.files import Files


class Place(NamedTuple):
    vendor: str
    database: "Address"
    files: "Files"
    copy: Path
    """Folder of the vendor's part of the backup."""


def add_arguments(command: argparse.ArgumentParser) -> None:
    add_configuration(command)
    command.add_argument("--vendor", default="", metavar="ID", help=_("only this one of several"))
    command.add_argument("folder", type=Path, metavar="DIR", help=_("folder of the backup"))


def places(options: argparse.Namespace) -> Iterator[Place]:
    """Says of each where it is, before anything is done with it. Raises InvalidInput, ProfileError."""
    from supportdesk.server.vendors import database_of, files_of, profile_of, profiles

    wanted = configuration(options)
    check_user(wanted.data)
    chosen = [profile_of(wanted, options.vendor)] if options.vendor else profiles(wanted)
    for profile in chosen:
        copy = options.folder / profile.id
        _check_apart(copy.resolve(), (wanted.data / profile.id).resolve())
        database = database_of(wanted, profile)
        sys.stdout.write(whereabouts(options, profile.id, database) + "\n")
        yield Place(profile.id, database, files_of(wanted, profile), copy)


def _check_apart(copy: Path, desk: Path) -> None:
    """A copy that is put over the running desk would be its end."""
    if copy == desk or copy in desk.parents or desk in copy.parents:
        raise InvalidInput(
            _("{folder} is where the desk itself lies.").format(folder=desk),
            field="folder",
            next_step=_("Name a folder elsewhere, best on another disk."),
        )


def tell(place: Place, copied: "Copied") -> bool:
    """Whether everything is there."""
    text = ngettext("{vendor}: {count} file copied", "{vendor}: {count} files copied", copied.files)
    sys.stdout.write(text.format(vendor=place.vendor, count=copied.files) + "\n")
    if copied.elsewhere:
        text = ngettext(
            "{vendor}: {count} file stays in the bucket, and is there; copy it with its own tools",
            "{vendor}: {count} files stay in the bucket, and are there; copy it with its own tools",
            copied.elsewhere,
        )
        sys.stdout.write(text.format(vendor=place.vendor, count=copied.elsewhere) + "\n")
    for sha256 in copied.lost:
        text = _("{vendor}: the content {sha256} is damaged or missing")
        sys.stderr.write(text.format(vendor=place.vendor, sha256=sha256) + "\n")
    return not copied.lost
