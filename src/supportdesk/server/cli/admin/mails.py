"""Commands for whoever has mended the way of the mails."""

import argparse
import asyncio
import sys

from supportdesk.clock import now, uuid7
from supportdesk.desk.accounts import accounts
from supportdesk.desk.mail import letters, mail_queue, mail_texts
from supportdesk.desk.mail.mail_queue import Queued
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import reading
from supportdesk.desk.store.settings import DeskSettings
from supportdesk.domain.errors import BackendError
from supportdesk.domain.office import Outcome
from supportdesk.i18n import _, ngettext
from supportdesk.server.cli.admin import place, printing
from supportdesk.server.mail.maildir import Maildir
from supportdesk.server.mail.transport import Transport
from supportdesk.server.mail.trouble import NotDelivered
from supportdesk.server.vendors import check_sender, way_of_mails


def add_test(command: argparse.ArgumentParser) -> None:
    command.add_argument("address", metavar="ADDRESS", help=_("to whom it goes"))
    command.set_defaults(command=_test)


def _test(options: argparse.Namespace) -> int:
    with place.desk(options) as desk:
        check_sender(desk.configuration, desk.profile)
        with reading(desk.connection):
            told = settings.load(desk.connection)
        queued = _trial(told, accounts.address(options.address))
        way = way_of_mails(desk.configuration, desk.profile.id)
        asyncio.run(_send(way, queued, told))
    if options.json:
        printing.tell(Outcome(queued.id), as_json=True)
    else:
        sys.stdout.write(_whither(way, queued) + "\n")
    return 0


def _whither(way: Transport, queued: Queued) -> str:
    if isinstance(way, Maildir):
        return _("No mail server is configured: the mail lies in {folder}.").format(folder=way.folder)
    return _("A mail to {email} has left.").format(email=queued.to_address)


def _trial(desk: DeskSettings, address: str) -> Queued:
    """It waits in no queue: it leaves now, or its trouble is told now."""
    id = uuid7()
    text = mail_texts.trial(desk)
    return Queued(
        id=id,
        message_id=f"<{id}@{desk.mail_domain}>",
        to_address=address,
        subject=text.subject,
        body_text=text.body,
        in_reply_to="",
        refers_to="",
        created_at=now(),
        attempts=1,
    )


async def _send(way: Transport, queued: Queued, desk: DeskSettings) -> None:
    try:
        await way.send(queued, letters.rendered(queued, desk))
    except NotDelivered as error:
        raise BackendError(str(error)) from error
    finally:
        await way.close()


def add_retry(command: argparse.ArgumentParser) -> None:
    command.set_defaults(command=_retry)


def _retry(options: argparse.Namespace) -> int:
    with place.desk(options) as desk:
        count = mail_queue.hurry(desk.connection, now())
    if options.json:
        sys.stdout.write(f'{{"mails": {count}}}\n')
    elif count:
        text = ngettext("{n} mail is tried now.", "{n} mails are tried now.", count)
        sys.stdout.write(text.format(n=count) + "\n")
    else:
        sys.stdout.write(_("No mail waits for longer than six minutes.") + "\n")
    return 0
