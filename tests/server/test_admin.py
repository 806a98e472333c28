"""The vendor's side at the command line, and what customers get of it."""

import asyncio
import errno
import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from sqlalchemy import select

from supportdesk.backends.contract.tools import Person
from supportdesk.backends.http import Http
from supportdesk.backends.rest import RestBackend
from supportdesk.desk.store import schema
from supportdesk.desk.store.address import of_vendor
from supportdesk.desk.store.database import opened, reading
from supportdesk.domain.commands import CloseTicket, CreateTicket, Reply
from supportdesk.domain.entities import LicenseKey, Publication, Ticket, TimeRecord
from supportdesk.domain.wire import API
from supportdesk.server import cli
from supportdesk.server.configuration import Configuration
from supportdesk.server.vendors import portals
from tests.server.talking import Talker
from tests.support.mails import code_in, mails_in, text_of
from tests.support.server import Served
from tests.support.small_vendor import PROFILE
from tests.support.smtp import smtp_sink

if TYPE_CHECKING:
    from typing_extensions import Buffer

SCANNING = '\n[[catalogue.services]]\nid = "scanning"\nname = { en = "Scanning" }\n'


class Shell:
    """Somebody at the server's command line. Nothing is there at first but a profile file."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.profile = folder / "small.toml"
        self.profile.write_text(PROFILE, encoding="utf-8")
        self.database = ""
        """'' for SQLite."""
        self._capsys = capsys

    @property
    def where(self) -> list[str]:
        named = [f"--database={self.database}"] if self.database else []
        return [f"--data={self.folder / 'data'}", f"--profile={self.profile}", *named]

    def run(self, *words: str) -> tuple[int, str, str]:
        """Exit code, what was said, and what was said about errors."""
        self._capsys.readouterr()
        try:
            code = cli.main(["admin", *words, *self.where])
        except SystemExit as end:
            code = int(str(end.code))
        said = self._capsys.readouterr()
        return code, said.out, said.err

    def admin(self, *words: str) -> Any:
        """The answer of a command that must succeed."""
        code, out, err = self.run(*words, "--json")
        assert code == 0, err
        return json.loads(out)

    def file(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text, encoding="utf-8")
        return str(self.folder / name)


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, capsys)


@pytest.fixture
def serve(shell: Shell) -> Iterator[Callable[[], str]]:
    """Begins a server on the same data; returns the address of its API."""
    running: list[Served] = []

    def begin() -> str:
        told = Configuration(data=shell.folder / "data", profiles=(shell.profile,), database=shell.database)
        served = Served(portals(told)[""])
        running.append(served)
        served.start()
        return served.address + API

    yield begin
    for served in running:
        served.stop()


def test_an_invitation_of_the_first_day_leads_to_the_server(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also before the server was started for the first time; whose program is new reads its address."""
    monkeypatch.setenv("SUPPORTDESK_SERVER_PUBLIC_URL", "https://support.vendor.example/")
    shell.admin("organisation", "add", "Practice Lind")
    shell.admin("person", "add", "jana@lind.example", "Jana Lind", "--organisation", "Practice Lind")
    with closing(opened(of_vendor(shell.folder / "data", "small"))) as connection, reading(connection):
        (body,) = connection.execute(select(schema.mail.c.body_text)).scalars()
    assert "https://support.vendor.example/go#" in body
    assert "add it with this address: https://support.vendor.example\n" in body


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_small_vendor_s_day(
    shell: Shell, serve: Callable[[], str], database: str, request: pytest.FixtureRequest
) -> None:
    """From nothing to a closed ticket, with the server running beside all of it but the beginning."""
    if database == "postgresql":
        cluster = request.getfixturevalue("cluster")
        shell.database = cluster.url(cluster.make_database())
    shell.admin("person", "add", "mia@vendor.example", "Mia", "--role=staff", "--tell-password")
    shell.admin("organisation", "add", "Practice")
    jana = shell.admin(
        "person", "add", "jana@practice.example", "Jana", "--organisation=Practice", "--tell-password"
    )
    address = serve().removesuffix(API)

    async def day() -> None:
        backend = RestBackend(Http(address), shell.folder / "client")
        try:
            await backend.sign_in(jana["user"], jana["password"])
            person = Person(backend)
            await _reading_matter(shell, person)
            number = await _report(shell, person)
            await _answer(shell, person, number)
            await _end(shell, person, number)
        finally:
            await backend.close()

    asyncio.run(day())


async def _reading_matter(shell: Shell, jana: Person) -> None:
    admin = shell.admin
    head = 'title = "Ink"\nlabels = ["ink", "printer"]\nservice_id = "printing"'
    article = shell.file("ink.md", f"+++\n{head}\n+++\nOpen the flap.\n")
    admin("publication", "publish", "article", article)
    notice = shell.file("closed.md", "# Closed on Friday\n\nWe are away.")
    admin("publication", "publish", "notice", notice, "--must-confirm", "--valid-until=2999-12-31")
    admin("key", "add", "Practice", "Suite", "AAAA-BBBB")
    seen = await jana.sees()
    assert {each.title for each in seen.all(Publication)} == {"Ink", "Closed on Friday"}
    assert [each.key for each in seen.all(LicenseKey)] == ["AAAA-BBBB"]


class _Disk(io.RawIOBase):
    is_full = True

    def writable(self) -> bool:
        return True

    def write(self, content: "Buffer", /) -> int:
        if self.is_full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return memoryview(content).nbytes


async def _report(shell: Shell, jana: Person) -> str:
    """The ticket's number. What came with it can be saved."""
    picture = b"a screen"
    file = await jana.upload(picture, "screen.png")
    receipt = await jana.do(CreateTicket("Printer", "It does not print.", "printing", files=(file,)))
    (row,) = shell.admin("ticket", "list", "--unassigned")["tickets"]
    assert (row["number"], row["subject"], row["requester"]) == (receipt.number, "Printer", "Jana")
    (kept,) = shell.admin("ticket", "show", receipt.number)["conversation"][0]["files"]
    shell.admin("ticket", "file", kept["id"], str(shell.folder / "got.png"))
    assert (shell.folder / "got.png").read_bytes() == picture
    assert shell.run("ticket", "file", kept["id"], "-") == (0, picture.decode(), "")
    disk = _Disk()
    with pytest.MonkeyPatch.context() as pipe:
        pipe.setattr(sys, "stdout", io.TextIOWrapper(io.BufferedWriter(disk)))
        code, _out, err = shell.run("ticket", "file", kept["id"], "-")
        disk.is_full = False  # what is closed says no more
    assert (code, "cannot be written" in err) == (2, True)
    return receipt.number


async def _answer(shell: Shell, jana: Person, number: str) -> None:
    """The customer gets it with its file, sees the time that it took, and never the note."""
    shell.admin("ticket", "assign", number)
    shell.admin("ticket", "note", number, "Always this printer.")
    guide = shell.file("guide.txt", "Turn it off and on.")
    shell.admin("ticket", "answer", number, "See the guide.", "--status=question", f"--file={guide}")
    shell.admin("ticket", "time", number, "15", "--note=call")
    seen = await jana.sees()
    (ticket,) = seen.all(Ticket)
    assert (ticket.status, ticket.assignee_name) == ("question", "Mia")
    assert [each.body for each in seen.messages(ticket.id)] == ["It does not print.", "See the guide."]
    assert [each.minutes for each in seen.all(TimeRecord)] == [15]
    (attached,) = [each for each in seen.attachments(ticket.id) if each.name == "guide.txt"]
    assert await jana.download(attached.id) == b"Turn it off and on."
    assert "Always" not in seen.as_text()


async def _end(shell: Shell, jana: Person, number: str) -> None:
    (ticket,) = jana.mirror.all(Ticket)
    await jana.do(Reply(conversation_id=ticket.id, body="It prints."))
    assert shell.admin("ticket", "show", number)["status"] == "in_progress"
    shell.admin("ticket", "status", number, "solved")
    await jana.do(CloseTicket(ticket_id=ticket.id))
    assert shell.admin("ticket", "list")["tickets"] == []
    assert shell.admin("ticket", "list", "--status=closed")["tickets"][0]["number"] == number
    (total,) = shell.admin("time", "sum", "--organisation=Practice")["sums"]
    assert (total["staff"], total["minutes"], total["tickets"]) == ("Mia", 15, 1)


def test_a_stranger_is_let_in_and_linked_to_their_company(shell: Shell, serve: Callable[[], str]) -> None:
    """They get an invitation by mail; what they report moves along with them, and colleagues see it."""
    admin = shell.admin
    admin("person", "add", "mia@vendor.example", "Mia", "--role=staff", "--tell-password")
    admin("organisation", "add", "Practice")
    tom = admin("person", "add", "tom@practice.example", "Tom", "--organisation=Practice", "--tell-password")
    with httpx.Client(base_url=serve(), timeout=20) as client:
        wish = {"email": "eva@new.example", "name": "Eva", "organisation": "Eva's", "language": "en"}
        assert client.post("/account/requests", json=wish).status_code == 202
        (asked,) = admin("access-request", "list")["requests"]
        assert asked["name"] == "Eva"
        admin("access-request", "accept", "eva@new.example")
        code = _invited(shell.folder / "data" / "small" / "mailbox", "eva@new.example")
        redeemed = {"code": code, "password": "correct-horse-2"}
        assert client.post("/account/codes/redeemed", json=redeemed).status_code in {200, 201}
        eva = Talker(client)
        assert eva.sign_in("eva@new.example", "correct-horse-2").status_code == 201
        eva.report("Scanner", service_id="printing")
        admin("person", "link", "eva@new.example", "Practice")
        assert [each.organisation_name for each in eva.sees() if isinstance(each, Ticket)] == ["Practice"]
        assert eva.sign_in(tom["user"], tom["password"]).status_code == 201
        assert [each.subject for each in eva.sees() if isinstance(each, Ticket)] == ["Scanner"]
        admin("person", "deactivate", tom["user"])
        assert client.get("/welcome").status_code == 401


def _invited(mailbox: Path, email: str) -> str:
    """The code in the invitation, once the running server has sent it."""
    end_s = time.monotonic() + 60
    while time.monotonic() < end_s:
        for mail in mails_in(mailbox):
            if mail["To"] == email and (code := code_in(text_of(mail))):
                return code
        time.sleep(0.05)
    raise AssertionError("no invitation")


def test_the_form_follows_the_profile_file(shell: Shell, serve: Callable[[], str]) -> None:
    """Without a new start of the server."""
    shell.admin("organisation", "add", "Practice")
    jana = shell.admin(
        "person", "add", "jana@practice.example", "Jana", "--organisation=Practice", "--tell-password"
    )
    with httpx.Client(base_url=serve(), timeout=20) as client:
        talker = Talker(client)
        talker.sign_in(jana["user"], jana["password"])
        changed = PROFILE.replace('en = "Printing"', 'en = "Prints"') + SCANNING
        shell.profile.write_text(changed, encoding="utf-8")
        assert shell.admin("catalogue", "apply")["changes"] == [
            {"change": "added", "part": "services", "id": "scanning"},
            {"change": "changed", "part": "services", "id": "printing"},
        ]
        assert shell.run("catalogue", "apply") == (0, "", "Nothing has changed.\n")
        offered = client.get("/welcome").json()["catalogue"]["services"]
        assert [each["id"] for each in offered] == ["printing", "scanning"]
        shown = shell.admin("catalogue", "show")
        assert [each["id"] for each in shown["services"]] == ["printing", "scanning"]


def test_people_read_the_catalogue_in_lines(shell: Shell) -> None:
    """With the ids that commands name, the words of their language, and what else is chosen."""
    field = """
[[catalogue.fields]]
id = "device"
kind = "choice"
label = { en = "Device" }
required = true
choices = [ { id = "ink", name = { en = "Ink" } }, { id = "laser", name = { en = "Laser" } } ]
"""
    shell.profile.write_text(PROFILE + SCANNING + field, encoding="utf-8")
    code, out, _err = shell.run("catalogue", "show")
    assert code == 0
    lines = out.splitlines()
    assert lines[lines.index("services:") + 1 :][:2] == ["  printing  Printing", "  scanning  Scanning"]
    assert "  device  Device  [choice]  [required]  [choices: ink, laser]" in lines


def test_people_read_lines(shell: Shell) -> None:
    """A table for lists, and no signs that move the cursor."""
    assert shell.run("organisation", "list") == (0, "", "There are none.\n")
    shell.admin("organisation", "add", "Practice")
    code, out, _err = shell.run("organisation", "list")
    assert code == 0
    assert [line.split()[1] for line in out.splitlines()] == ["name", "Practice"]
    shell.admin("person", "add", "mia@vendor.example", "Mia", "--role=staff")
    shell.admin("person", "add", "jana@practice.example", "Jana", "--organisation=Practice")
    number = shell.admin("ticket", "report-for", "jana@practice.example", "Red", "a\x1b[31mb")["number"]
    shell.admin("ticket", "note", number, "Odd.")
    shell.admin("ticket", "time", number, "5")
    code, out, _err = shell.run("ticket", "show", number)
    assert out.startswith(f"#{number}  Red\n")
    assert "internal" in out
    assert "a [31mb" in out
    assert "\x1b" not in out


def test_a_text_may_come_from_standard_input(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of any number of lines."""
    shell.admin("person", "add", "mia@vendor.example", "Mia", "--role=staff")
    shell.admin("organisation", "add", "Practice")
    shell.admin("person", "add", "jana@practice.example", "Jana", "--organisation=Practice")
    monkeypatch.setattr(sys, "stdin", io.StringIO("One.\nTwo.\n"))
    number = shell.admin("ticket", "report-for", "jana@practice.example", "Call", "-")["number"]
    assert shell.admin("ticket", "show", number)["conversation"][0]["body"] == "One.\nTwo."


def test_reading_matter_may_come_from_standard_input(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its file may lie where the server's user must not look."""
    for written, code in (("+++\ntitle = 'Ink'\n+++\nOpen the flap.", 0), ("Without a title.", 2)):
        monkeypatch.setattr(sys, "stdin", io.StringIO(written))
        assert shell.run("publication", "publish", "article", "-")[0] == code
    assert [each["title"] for each in shell.admin("publication", "list")["publications"]] == ["Ink"]


@pytest.mark.parametrize(
    "words",
    [
        ("person", "add", "nonsense", "Jana", "--role=staff"),
        ("person", "add", "jana@practice.example", "Jana", "--organisation=Nowhere"),
        ("person", "add", "jana@practice.example", "Jana"),
        ("ticket", "show", "99"),
        ("ticket", "list", "--limit=none"),
        ("ticket", "list", "--limit=100000"),
        ("ticket", "list", "--status=lost"),
        ("ticket", "time", "99", "-5"),
        ("time", "sum", "--since=yesterday"),
        ("publication", "publish", "article", "nowhere.md"),
        ("ticket", "list", "--vendor=other"),
        ("ticket", "dance"),
    ],
    ids=" ".join,
)
def test_wrong_words_change_nothing(shell: Shell, words: tuple[str, ...]) -> None:
    """They end with 2 and a sentence."""
    code, out, err = shell.run(*words)
    assert (code, out) == (2, "")
    assert err.strip()
    assert "Traceback" not in err


def test_who_does_it_must_be_known(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """With two of the staff it has to be said, each time or once for a shell, and must be one of them."""
    for name in ("mia", "max"):
        shell.admin("person", "add", f"{name}@vendor.example", name, "--role=staff")
    shell.admin("organisation", "add", "Practice")
    shell.admin("person", "add", "jana@practice.example", "Jana", "--organisation=Practice")
    call = ("ticket", "report-for", "jana@practice.example", "Call", "Help.")
    assert shell.run(*call)[0] == 2
    assert shell.run(*call, "--as=jana@practice.example")[0] == 2
    number = shell.admin(*call, "--as=max@vendor.example")["number"]
    assert shell.admin("ticket", "show", number)["conversation"][0]["author"] == "max"
    monkeypatch.setenv("SUPPORTDESK_AS", "mia@vendor.example")
    shell.admin("ticket", "note", number, "Called back.")
    shell.admin("ticket", "note", number, "Called again.", "--as=max@vendor.example")
    said = shell.admin("ticket", "show", number)["conversation"]
    assert [each["author"] for each in said] == ["max", "mia", "max"]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("+++\ntitle = \n+++\nBody", "a.md cannot be read: Invalid value (at line 2,"),
        ('+++\ntitle = "T"\ncolour = "red"\n+++\nBody', "a.md:3: “colour”"),
        ('+++\ntitle = "T"\nlabels = 5\n+++\nBody', "a.md:3: labels"),
        ('+++\ntitle = "T"\n\nservice_id = "fax"\n+++\nBody', "a.md:4: The catalogue"),
        ('+++\npublished_at = "soon"\n+++\n# T\nBody', "a.md:2: “soon”"),
        ("No title", "a.md: Enter a title."),
    ],
)
def test_what_cannot_be_published_is_said(shell: Shell, text: str, where: str) -> None:
    """With the file, and with the line as far as one says it."""
    code, _out, err = shell.run("publication", "publish", "article", shell.file("a.md", text))
    assert code == 2
    assert where in err
    option = "--service-id=fax"
    code, _out, err = shell.run("publication", "publish", "article", option, shell.file("a.md", "# T\nBody"))
    assert (code, "a.md" in err) == (2, False)


def test_what_a_command_does_not_know_is_told_with_its_usage(shell: Shell) -> None:
    """Not with that of all commands."""
    code, _out, err = shell.run("catalogue", "apply", "--colour=red")
    assert code == 2
    assert err.startswith("usage: supportdesk-server admin catalogue apply ")
    assert "--colour=red" in err


def test_the_same_twice_is_said(shell: Shell) -> None:
    """Of keys and of reading matter, which may be replaced by its id."""
    shell.admin("organisation", "add", "Practice")
    key = ("key", "add", "Practice", "Small Office", "AAAA-BBBB")
    shell.admin(*key)
    assert shell.run(*key)[0] == 2
    assert len(shell.admin("key", "list")["keys"]) == 1
    ink = ("publication", "publish", "article", shell.file("ink.md", "# Ink\nOpen the flap."))
    id = shell.admin(*ink)["id"]
    code, _out, err = shell.run(*ink)
    assert code == 2
    assert id in err
    shell.admin(*ink, f"--id={id}")
    assert len(shell.admin("publication", "list")["publications"]) == 1


def test_whether_mails_leave_can_be_tried(shell: Shell) -> None:
    """What the mail server says is told at once; after a fault, what waits can be tried anew."""
    with smtp_sink() as (sink, address), pytest.MonkeyPatch.context() as environment:
        environment.setenv("SUPPORTDESK_SERVER_MAIL", f"smtp://{address}")
        said = "A mail to mia@vendor.example has left.\n"
        assert shell.run("mail", "test", "Mia@vendor.example")[:2] == (0, said)
        assert [(mail["To"], mail["Subject"]) for mail in sink.mails] == [
            ("mia@vendor.example", "Small Vendor: a test")
        ]
        sink.answers["max@vendor.example"] = ["550 Nobody here"]
        code, _out, err = shell.run("mail", "test", "max@vendor.example")
        assert code == 1
        assert "550 Nobody here" in err
    code, out, _err = shell.run("mail", "test", "mia@vendor.example")
    folder = shell.folder / "data" / "small" / "mailbox"
    assert (code, out) == (0, f"No mail server is configured: the mail lies in {folder}.\n")
    assert len(mails_in(folder)) == 1
    assert shell.run("mail", "test", "nobody")[0] == 2
    assert shell.run("mail", "retry")[:2] == (0, "No mail waits for longer than six minutes.\n")
    assert shell.admin("mail", "retry") == {"mails": 0}


def test_people_read_names_and_programs_ids(shell: Shell, serve: Callable[[], str]) -> None:
    """Of what the catalogue holds; what was removed from it keeps its id."""
    shell.admin("organisation", "add", "Practice")
    jana = shell.admin(
        "person", "add", "jana@practice.example", "Jana", "--organisation=Practice", "--tell-password"
    )
    with httpx.Client(base_url=serve(), timeout=20) as client:
        talker = Talker(client)
        talker.sign_in(jana["user"], jana["password"])
        id = talker.report("Red", service_id="printing")
    (ticket,) = shell.admin("ticket", "list")["tickets"]
    assert ticket["service_id"] == "printing"
    heads, told = shell.run("ticket", "list")[1].splitlines()
    assert "service " in heads
    assert "Printing" in told
    assert "service: Printing\n" in shell.run("ticket", "show", id)[1]
    shell.profile.write_text(PROFILE.replace("printing", "scanning"), encoding="utf-8")
    shell.admin("catalogue", "apply")
    assert "printing" in shell.run("ticket", "list")[1]


def test_who_runs_the_server_is_not_sent_to_the_vendor(shell: Shell) -> None:
    """They are the vendor: the advice behind an error is for them."""
    _code, _out, err = shell.run("key", "withdraw", "nothing")
    assert "The list shows" in err
    shell.profile.write_text("id = 5", encoding="utf-8")
    _code, _out, err = shell.run("organisation", "list")
    assert "Correct the profile" in err
    assert "vendor for" not in err


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root can write everywhere")
def test_root_leaves_the_folder_of_another_user_alone(
    shell: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    """The server could not write there any more."""
    data = shell.folder / "data"
    data.mkdir()
    os.chown(data, 65534, 65534)
    code, _out, err = shell.run("organisation", "add", "Practice")
    assert code == 2
    assert str(data) in err
    for command, expected in (("run", 2), ("check", 2), ("upgrade", 2), ("mail-in", 75)):
        assert cli.main([command, *shell.where]) == expected
        assert str(data) in capsys.readouterr().err
    assert list(data.iterdir()) == []


class TestWords:
    """What people read; programs get JSON as before."""

    def test_who_gives_access_sees_on_which_desk(self, shell: Shell) -> None:
        """Beside the answer, which stays one line."""
        told = ("person", "add", "mia@vendor.example", "Mia Berg", "--role", "staff", "--tell-password")
        code, out, err = shell.run(*told)
        assert (code, out.count("\n")) == (0, 1)
        assert f"{shell.folder / 'data' / 'small'}; configuration: none" in err
        code, _out, err = shell.run(*told)
        assert code == 2
        assert "account with this address already" in err

    def test_an_invitation_without_the_address_of_the_server_is_told(
        self, shell: Shell, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where mails leave at all."""
        who = ("person", "add", "--role", "staff")
        assert "public_url" not in shell.run(*who, "a@vendor.example", "A")[2]
        monkeypatch.setenv("SUPPORTDESK_SERVER_MAIL", "smtp://127.0.0.1:1")
        assert "public_url" in shell.run(*who, "b@vendor.example", "B")[2]
        monkeypatch.setenv("SUPPORTDESK_SERVER_PUBLIC_URL", "https://support.example.org")
        assert "public_url" not in shell.run(*who, "c@vendor.example", "C")[2]

    def test_a_profile_without_an_address_for_mail_is_not_taken_over(
        self, shell: Shell, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What the desk had stays."""
        monkeypatch.setenv("SUPPORTDESK_SERVER_MAIL", "smtp://127.0.0.1:1")
        shell.admin("catalogue", "apply")
        shell.profile.write_text(PROFILE.replace("help@vendor.example", ""), encoding="utf-8")
        code, _out, err = shell.run("catalogue", "apply")
        assert code == 2
        assert "from which address" in err

    def test_changes_and_addresses_are_said_in_sentences(self, shell: Shell) -> None:
        """Not in fields."""
        said = shell.run("notification", "add", "team@vendor.example")[1]
        assert said == "team@vendor.example is told from now on.\n"
        said = shell.run("notification", "remove", "team@vendor.example")[1]
        assert said == "team@vendor.example is told nothing any more.\n"
        shell.profile.write_text(PROFILE + SCANNING, encoding="utf-8")
        assert "“scanning” (services) was added.\n" in shell.run("catalogue", "apply")[1]

    def test_a_key_that_nobody_sees_is_told(self, shell: Shell) -> None:
        """Because the profile does not show keys."""
        shell.admin("organisation", "add", "Lind")
        assert not shell.run("key", "add", "Lind", "Suite", "A-1")[2]
        shell.profile.write_text(PROFILE.replace('"license_keys", ', ""), encoding="utf-8")
        assert "license_keys" in shell.run("key", "add", "Lind", "Suite", "A-2")[2]
