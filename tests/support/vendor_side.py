"""A demo vendor on a server of its own: its address, its post office, and its people at the command line."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from tests.support.mails import text_of
from tests.support.server_process import server_process
from tests.support.smtp import Sink, smtp_sink

_LINK = re.compile(r"supportdesk://\S+")


class VendorSide:
    def __init__(self, vendor: str, staff: str, data: Path, address: str, sink: Sink) -> None:
        self.address = address
        """That customers are told."""
        self._vendor, self._staff, self._data, self._sink = vendor, staff, data, sink

    def mails_to(self, email: str, about: str) -> list[EmailMessage]:
        """Those that have arrived, oldest first."""
        return [mail for mail in list(self._sink.mails) if mail["To"] == email and about in mail["Subject"]]

    def admin(self, noun: str, verb: str, *words: str) -> Any:
        """What one of the staff does; the answer."""
        where = [f"--data={self._data}", "--demo", f"--vendor={self._vendor}", "--json"]
        done = subprocess.run(
            [sys.executable, "-m", "supportdesk.server", "admin", noun, verb, *words, *where],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def signed(self, noun: str, verb: str, *words: str) -> Any:
        """As `admin`, in the name of one of them."""
        return self.admin(noun, verb, *words, f"--as={self._staff}")

    def said_about(self, number: str) -> list[str]:
        """What was said about a ticket, oldest first."""
        return [str(each["body"]) for each in self.admin("ticket", "show", number)["conversation"]]


def link_in(mail: EmailMessage) -> str:
    """What a person would click on."""
    found = _LINK.search(text_of(mail))
    assert found, text_of(mail)
    return found[0]


@contextmanager
def vendor_side(folder: Path, vendor: str, staff: str) -> Iterator[VendorSide]:
    """The server runs as a process; what it mails lies in an SMTP server. `staff` is one of the vendor's."""
    data = folder / "server"
    with (
        smtp_sink() as (sink, post),
        server_process(folder, "--demo", f"--data={data}", f"--mail=smtp://{post}") as server,
    ):
        yield VendorSide(vendor, staff, data, f"{server.address}/{vendor}", sink)
