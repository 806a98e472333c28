"""A demo vendor, on a server of its own or in the program: its address, its post office, and its people, who
speak to it in the words of the server's command line."""

import json
import os
import re
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from email.message import EmailMessage
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import msgspec

from supportdesk.backends.local import EmbeddedDesk, borrowed
from supportdesk.desk.office.verbs import VERBS
from supportdesk.desk.store.database import DeskConnection
from supportdesk.domain import office_publications
from supportdesk.domain import profile_files as profiles
from supportdesk.server import cli
from supportdesk.server.cli.admin import fields, markdown_file, place
from tests.support.mails import mails_in, text_of
from tests.support.server_process import server_process
from tests.support.smtp import Sink, smtp_sink

BACKENDS = ("local", "rest")
"""Those on which each portal's manual is followed: the desk inside the program, and a server."""

_LINK = re.compile(r"supportdesk://\S+")


class VendorSide(ABC):
    address = ""
    """That customers are told; '' for a demo, whose desk is inside the program."""

    def __init__(self, staff: str) -> None:
        self._staff = staff

    @abstractmethod
    def mails_to(self, email: str, about: str) -> list[EmailMessage]:
        """Those that have arrived, oldest first."""

    @abstractmethod
    def admin(self, noun: str, verb: str, *words: str) -> Any:
        """What one of the staff does; the answer. Fails with Unheeded where that cannot be said."""

    def signed(self, noun: str, verb: str, *words: str) -> Any:
        """As `admin`, in the name of one of them."""
        return self.admin(noun, verb, *words, f"--as={self._staff}")

    def publish(self, publication: str, title: str, text: str) -> None:
        """`text` is Markdown."""
        with NamedTemporaryFile("w", suffix=".md", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            self.admin("publication", "publish", publication, file.name, f"--title={title}")

    def said_about(self, number: str) -> list[str]:
        """What was said about a ticket, oldest first."""
        return [str(each["body"]) for each in self.admin("ticket", "show", number)["conversation"]]


class Unheeded(Exception):
    """The command line does not know what was said."""


class _Served(VendorSide):
    def __init__(self, vendor: str, staff: str, data: Path, address: str, sink: Sink) -> None:
        super().__init__(staff)
        self.address = address
        self._vendor, self._data, self._sink = vendor, data, sink

    def mails_to(self, email: str, about: str) -> list[EmailMessage]:
        return [mail for mail in list(self._sink.mails) if mail["To"] == email and about in mail["Subject"]]

    def admin(self, noun: str, verb: str, *words: str) -> Any:
        where = [f"--data={self._data}", "--demo", f"--vendor={self._vendor}", "--json"]
        done = subprocess.run(
            [sys.executable, "-m", "supportdesk.server", "admin", noun, verb, *words, *where],
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
            env=os.environ | {"LANGUAGE": "en"},
        )
        if "unrecognized arguments" in done.stderr:
            raise Unheeded(done.stderr)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


class _Embedded(VendorSide):
    """In the words of the server's command line, at the desk inside the program."""

    def __init__(self, desk: EmbeddedDesk, staff: str) -> None:
        super().__init__(staff)
        self._desk = desk
        self._parser = cli.parser()

    def mails_to(self, email: str, about: str) -> list[EmailMessage]:
        mails = mails_in(self._desk.mailbox)
        return [mail for mail in mails if mail["To"] == email and about in mail["Subject"]]

    def admin(self, noun: str, verb: str, *words: str) -> Any:
        try:
            options = self._parser.parse_args(["admin", noun, verb, *words])
        except SystemExit as wrong:
            raise Unheeded(" ".join(words)) from wrong
        of_desk = next(each for each in VERBS if (each.noun, each.name) == (noun, verb))
        said = vars(options)
        if of_desk.request is office_publications.Publish:
            said = markdown_file.read(options.file) | said
        request = fields.made(of_desk.request, said)

        def work(connection: DeskConnection) -> object:
            return of_desk.run(connection, request, place.by(connection, options))

        return msgspec.to_builtins(self._desk.database(work, changes=of_desk.writes).result(30))


def link_in(mail: EmailMessage) -> str:
    """What a person would click on."""
    found = _LINK.search(text_of(mail))
    assert found, text_of(mail)
    return found[0]


def side_of(backend: str, folder: Path, vendor: str, staff: str) -> AbstractContextManager[VendorSide]:
    """Of a program whose data lie in `folder` / "data"."""
    if backend == "rest":
        return vendor_side(folder, vendor, staff)
    return demo_side(folder / "data", vendor, staff)


@contextmanager
def vendor_side(folder: Path, vendor: str, staff: str) -> Iterator[VendorSide]:
    """The server runs as a process; what it mails lies in an SMTP server. `staff` is one of the vendor's."""
    data = folder / "server"
    with (
        smtp_sink() as (sink, post),
        server_process(folder, "--demo", f"--data={data}", f"--mail=smtp://{post}") as server,
    ):
        yield _Served(vendor, staff, data, f"{server.address}/{vendor}", sink)


@contextmanager
def demo_side(data: Path, vendor: str, staff: str) -> Iterator[VendorSide]:
    """Of a demo of the program whose data lie in `data`."""
    with borrowed(profiles.demo(vendor), data / "desks" / vendor) as desk:
        yield _Embedded(desk, staff)
