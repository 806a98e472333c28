"""`supportdesk-server check`: whether a server would start as it is configured, and reach what it needs."""

import argparse
import asyncio
import errno
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from supportdesk.domain.errors import BackendError, SupportDeskError
from supportdesk.i18n import _
from supportdesk.server.cli.advice import in_words
from supportdesk.server.cli.arguments import add_configuration, check_user, configuration

if TYPE_CHECKING:
    from supportdesk.desk.store.address import Address
    from supportdesk.server.cli.arguments import Commands
    from supportdesk.server.configuration import Configuration
    from supportdesk.server.portal import Portal
    from supportdesk.server.sign_on.provider import Provider

Look = Callable[[], Awaitable[str | None]]
"""Says what is not just in order. Raises what is wrong."""


def add(commands: "Commands") -> None:
    about = _(
        "read the configuration; try databases, files, sign-on, mail server and mailbox; change nothing"
    )
    command = commands.add_parser("check", help=about, description=about)
    add_configuration(command)
    command.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Raises InvalidInput and ProfileError for what is wrongly configured; tells what is out of reach."""
    from supportdesk.server.vendors import portals

    wanted = configuration(options)
    check_user(wanted.data)
    served = list(portals(wanted).values())
    sys.stdout.write(_("The configuration, the profiles and the keys can be used.") + "\n")
    return asyncio.run(_looked_at(wanted, served))


async def _looked_at(wanted: "Configuration", served: "list[Portal]") -> int:
    failed = False
    for name, look in _looks(wanted, served):
        try:
            said = await look() or _("in order")
            sys.stdout.write(f"{name}: {said}\n")
        except (OSError, SupportDeskError) as error:
            failed = True
            sys.stderr.write(f"{name}: {in_words(error)}")
    return int(failed)


def _looks(wanted: "Configuration", served: "list[Portal]") -> Iterator[tuple[str, Look]]:
    from supportdesk.server.vendors import database_of

    for portal in served:
        vendor = portal.profile.id
        address = database_of(wanted, portal.profile)
        yield _("Database of {vendor}").format(vendor=vendor), partial(_database, address)
        yield _("Files of {vendor}").format(vendor=vendor), partial(_files, portal)
        if provider := portal.single_sign_on:
            yield _("Single sign-on of {vendor}").format(vendor=vendor), partial(_provider, provider)
    if wanted.sends_mail:
        yield _("Mail server"), partial(_mail_server, wanted.mail)
    if wanted.imap:
        yield _("Mailbox"), partial(_mailbox, wanted.imap)


async def _database(address: "Address") -> str | None:
    from supportdesk.desk.store.database import version_of
    from supportdesk.desk.store.schema import SCHEMA_VERSION

    version = await asyncio.to_thread(version_of, address)
    if version > SCHEMA_VERSION:
        raise BackendError(
            _("It has the version {found}, and this program knows none after {known}.").format(
                found=version, known=SCHEMA_VERSION
            ),
            next_step=_("Install the newer version."),
        )
    if not version:
        return _("can be reached; the first start makes the support desk")
    if version < SCHEMA_VERSION:
        return _("is of an older version: end all servers before the first one of this version starts")
    return None


async def _files(portal: "Portal") -> None:
    """A folder is looked at and not made; pieces of files for a bucket lie in one, too."""
    folder = portal.files.folder
    there = next(each for each in (folder, *folder.parents) if each.exists())
    if not os.access(there, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(there))
    if portal.files.whole.backed_up_elsewhere:
        await asyncio.to_thread(portal.files.whole.check)


async def _provider(provider: "Provider") -> None:
    await provider.place()


async def _mail_server(written: str) -> None:
    from supportdesk.server.mail.transport import smtp
    from supportdesk.server.mail.trouble import NotDelivered

    way = smtp(written)
    try:
        await way.check()
    except NotDelivered as error:
        raise BackendError(str(error)) from error
    finally:
        await way.close()


async def _mailbox(written: str) -> None:
    import imaplib

    from supportdesk.server.mail.imap import imap

    try:
        await asyncio.to_thread(imap(written).check)
    except imaplib.IMAP4.error as error:
        raise BackendError(str(error)) from error
