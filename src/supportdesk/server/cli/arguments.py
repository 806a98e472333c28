"""Arguments that several commands share: which configuration, which desk."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from supportdesk.domain.errors import InvalidInput
from supportdesk.i18n import _
from supportdesk.server.configuration import Configuration, configured, file_in_use

if TYPE_CHECKING:
    from supportdesk.desk.store.address import Address

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no other name


def add_configuration(command: argparse.ArgumentParser) -> None:
    """What is not given stays out, so that it does not hide what the file or the environment says."""
    command.set_defaults(config=None)
    add = command.add_argument
    unset = argparse.SUPPRESS
    add("--config", type=Path, metavar="FILE", help=_("configuration in TOML"))
    add("--data", default=unset, metavar="DIR", help=_("folder of SQLite databases and attachments"))
    add("--database", default=unset, metavar="URL", help=_("postgresql://…; without a password in it"))
    add("--demo", action="store_true", default=unset, help=_("serve the five demo vendors"))
    add(
        "--profile",
        dest="profiles",
        action="append",
        default=unset,
        metavar="FILE",
        help=_("a vendor's profile; may be repeated"),
    )


def configuration(options: argparse.Namespace) -> Configuration:
    """Raises InvalidInput."""
    given = {name: value for name, value in vars(options).items() if name in Configuration.__struct_fields__}
    return configured(given, os.environ, options.config)


def whereabouts(options: argparse.Namespace, vendor: str, desk: "Address") -> str:
    """On which desk a command worked, and who said so: a wrong one looks just like the right one."""
    file = file_in_use(os.environ, options.config, demo=getattr(options, "demo", False))
    place = str(desk) if isinstance(desk, Path) else _("PostgreSQL, {name}").format(name=desk.place)
    text = _("{vendor}: the desk in {place}; configuration: {file}")
    return text.format(vendor=vendor, place=place, file=file or _("none"))


def check_user(data: Path) -> None:
    """What root writes into another's folder, the server cannot use any more. Raises InvalidInput."""
    if os.name != "posix" or os.geteuid() != 0 or not data.exists() or data.stat().st_uid == 0:
        return
    raise InvalidInput(
        _("The folder {folder} belongs to another user than root.").format(folder=data),
        field="data",
        next_step=_("Run the command as that user, with sudo -u for example."),
    )
