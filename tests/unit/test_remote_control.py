"""What the command line can ask of the owner of a data folder, asked in process."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from supportdesk import clock
from supportdesk.app.remote_control import (
    FAILED,
    NOT_FOUND,
    NOT_YET,
    OK,
    SIGN_IN,
    USAGE,
    answer,
    answer_other,
    refused,
)
from supportdesk.bootstrap import Running
from supportdesk.domain.commands import Command, CreateOrder, NewArticle
from supportdesk.domain.demo import DEMO_PASSWORD
from supportdesk.domain.errors import DiskFull, SupportDeskError
from supportdesk.domain.orders import Article
from supportdesk.domain.profile_files import bundled_path
from tests.support.photos import photo
from tests.support.workspace import running

REPORT = {"module": "general", "subject": "Seen twice", "description": "Two times"}


@pytest.fixture
def owner(tmp_path: Path) -> Iterator[Running]:
    """An empty data folder; deliveries run where they arise, as on the command line."""

    class Inline:
        def deliver(self, job: Any) -> None:
            job()

    with running(tmp_path, Inline()) as opened:  # type: ignore[arg-type]
        yield opened


def ask(owner: Running, do: str, **values: object) -> tuple[int, dict[str, Any]]:
    told: dict[str, Any] = answer(owner, {"do": do, **values})
    return told["exit"], told.get("result") or told["error"]


def test_a_report_is_accepted_when_waited_for(owner: Running, tmp_path: Path) -> None:
    """`new` with a waiting time gives the state `sent` and a number; the file is at the desk."""
    log = tmp_path / "last.log"
    log.write_text("E-2107", "utf-8")
    code, told = ask(owner, "new", prefill=REPORT | {"attach": [str(log)]}, demo="practice", wait_s=30.0)
    assert (code, told["state"]) == (OK, "sent")
    assert told["number"].isdigit()
    code, listed = ask(owner, "tickets", demo="practice")
    row = next(row for row in listed["tickets"] if row["number"] == told["number"])
    assert row["has_attachments"]


def test_orders_are_listed_with_what_is_on_its_way_first(owner: Running) -> None:
    """By reference, number and status; a vendor without documents has none to list."""
    code, listed = ask(owner, "orders", demo="orders")
    assert code == OK
    assert {"number", "title", "state", "updated_at"} <= set(listed["orders"][0])
    owner.workspace.sync.go_offline(True)
    order = Command(clock.uuid7(), clock.now(), CreateOrder("RET-NEW", (NewArticle(Article("4711")),)))
    owner.workspace.write(lambda w: w.send(None, listed["account"], order)).result(20)
    first = ask(owner, "orders")[1]["orders"][0]
    assert (first["title"], first["state"], first["number"]) == ("RET-NEW", "outbox", "")
    assert ask(owner, "documents") == (OK, {"account": listed["account"], "documents": []})
    assert ask(owner, "subscriptions")[1]["subscriptions"] == []


def test_without_waiting_it_is_in_the_outbox_when_offline(owner: Running) -> None:
    """Offline, `new` still answers with a durable command, and waiting for it says 'not yet'."""
    ask(owner, "tickets", demo="practice")
    owner.workspace.sync.go_offline(True)
    code, told = ask(owner, "new", prefill=REPORT, wait_s=None)
    assert (code, told["state"], told["number"]) == (OK, "queued", "")
    code, again = ask(owner, "new", prefill=REPORT, wait_s=0.2)
    assert code == NOT_YET
    code, waiting = ask(owner, "outbox")
    assert {each["command_id"] for each in waiting["outbox"]} == {told["command_id"], again["command_id"]}
    assert ask(owner, "sync", timeout_s=0.2)[0] == NOT_YET
    owner.workspace.sync.go_offline(False)
    assert ask(owner, "sync", timeout_s=30.0)[0] == OK
    assert ask(owner, "outbox")[1]["outbox"] == []


def test_hidden_data_of_photos_are_left_out_and_that_is_said(owner: Running, tmp_path: Path) -> None:
    """`cleaned` names the photos, also when the same command comes again; the ticket's file says nothing."""
    log = tmp_path / "last.log"
    log.write_text("E-2107", "utf-8")
    report = REPORT | {"attach": [str(log), str(photo("photo.jpg"))]}
    request = {"prefill": report, "demo": "practice", "wait_s": 30.0, "command_id": clock.uuid7()}
    assert ask(owner, "new", **request)[1]["cleaned"] == ["photo.jpg"]
    assert ask(owner, "new", **request)[1]["cleaned"] == ["photo.jpg"]
    kept = [path.read_bytes() for path in (tmp_path / "desks").rglob("*") if path.is_file()]
    assert not any(b"SECRET place" in content for content in kept)


def test_waiting_outlives_a_connection_that_comes_back(owner: Running) -> None:
    """What was filed offline is waited for until it is sent, not only until the first try has failed."""
    ask(owner, "tickets", demo="practice")
    owner.workspace.sync.go_offline(True)
    told: list[tuple[int, dict[str, Any]]] = []
    waiting = threading.Thread(target=lambda: told.append(ask(owner, "new", prefill=REPORT, wait_s=30.0)))
    waiting.start()
    while not ask(owner, "outbox")[1]["outbox"]:
        assert waiting.is_alive()
    owner.workspace.sync.go_offline(False)
    waiting.join(30)
    assert (told[0][0], told[0][1]["state"]) == (OK, "sent")


@pytest.mark.parametrize("do", ["new", "sync"])
def test_waiting_ends_when_the_folder_is_wanted(owner: Running, do: str) -> None:
    """As soon as `leaving` is done the state so far is told, with the code for 'not yet'."""
    ask(owner, "tickets", demo="practice")
    owner.workspace.sync.go_offline(True)
    values = {"prefill": REPORT, "wait_s": 3600.0} if do == "new" else {"timeout_s": 3600.0}
    leaving: Future[None] = Future()
    leaving.set_result(None)
    told: dict[str, Any] = answer(owner, {"do": do, **values}, leaving)
    assert told["exit"] == NOT_YET
    if do == "new":
        assert told["result"]["state"] == "queued"
        again = answer_other(owner, {"do": do, **values}, leaving)
        assert again["error"]["code"] == "store_busy", "another process asks the next owner"  # type: ignore[index]


def test_a_command_that_waits_for_a_sign_in_is_not_waited_for(owner: Running) -> None:
    """Nothing but a person can change it, so the answer comes at once."""
    account = ask(owner, "tickets", demo="practice")[1]["account"]
    who = owner.workspace.read(lambda r: r.account(account)).result(10)
    owner.workspace.sync.start(who, None)
    code, told = ask(owner, "new", prefill=REPORT, wait_s=3600.0)
    assert (code, told["number"]) == (NOT_YET, "")


def test_a_report_for_the_window_is_never_filed_without_one(owner: Running) -> None:
    """What a link or a command without --send asks for is refused where no person would see it."""
    code, _told = ask(owner, "new", prefill=REPORT, demo="practice")
    assert code == USAGE
    assert ask(owner, "outbox")[1]["outbox"] == []


def test_the_same_command_files_once_however_often_it_comes(owner: Running) -> None:
    """A request that is repeated, because its first answer was lost, names the same ticket, sent or not."""
    once = {"prefill": REPORT, "demo": "practice", "command_id": "01990f0e-7b1c-7c3e-9d0a-5b1f2a3c4d5e"}
    first = ask(owner, "new", **once, wait_s=30.0)
    again = ask(owner, "new", **once, wait_s=30.0)
    assert first == again
    assert first[1]["command_id"] == once["command_id"]
    listed = ask(owner, "tickets", demo="practice")[1]["tickets"]
    assert [row["subject"] for row in listed].count("Seen twice") == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"module": "nowhere"}, "--module"),
        ({"priority": "nothing"}, "--priority"),
        ({"subject": ""}, "--subject"),
        ({"description": "x" * 1_000_000}, "--description"),
        ({"fields": {"printer": "M210"}}, "--field"),
        ({"module": "printing"}, "--field printer_model"),
        ({"attach": ["/nowhere/last.log"]}, "--attach"),
    ],
)
def test_what_cannot_be_accepted_is_not_filed(owner: Running, change: dict[str, object], field: str) -> None:
    """A wrong report is exit code 2, names the argument, says so, and leaves the outbox empty."""
    code, told = ask(owner, "new", prefill={**REPORT, **change}, demo="practice", wait_s=None)
    assert (code, told["field"]) == (USAGE, field)
    assert told["safe"] == "Nothing was filed."
    assert ask(owner, "outbox")[1]["outbox"] == []


@pytest.mark.parametrize("module", ["no-such-module", ""])
def test_what_can_be_chosen_instead_is_listed(owner: Running, module: str) -> None:
    """By id and name, for what the vendor does not know and for what was left out."""
    code, told = ask(owner, "new", prefill={**REPORT, "module": module}, demo="practice", wait_s=None)
    assert (code, told["field"]) == (USAGE, "--module")
    assert "printing (" in told["next_step"]


def test_an_unknown_vendor_is_no_such_vendor(owner: Running) -> None:
    """Exit code 5, also while nobody is signed in, where a known vendor is exit code 4."""
    for profile, expected in (("nix", NOT_FOUND), ("practice", SIGN_IN)):
        assert ask(owner, "new", prefill=REPORT, profile=profile, wait_s=None)[0] == expected


def test_accounts_are_signed_in_listed_and_signed_out(owner: Running) -> None:
    """A wrong password is exit code 4; the right one fails where no keyring can keep the sign-in.

    The account is listed all the same until it signs out, because it may be signed in anew.
    """
    who = {"profile": "practice", "user": "tom.albrecht@lindenplatz.example"}
    assert ask(owner, "sign-in", **who, password="wrong")[0] == SIGN_IN
    code, told = ask(owner, "sign-in", **who, password=DEMO_PASSWORD)
    assert (code, told["code"]) == (FAILED, "secrets_unavailable")
    assert "keyring" in told["what"]
    assert "keyring" in told["next_step"]
    (account,) = ask(owner, "accounts")[1]["accounts"]
    assert ask(owner, "sign-out", account=account["id"])[0] == OK
    assert ask(owner, "accounts")[1]["accounts"] == []


def test_several_accounts_must_be_told_apart(owner: Running) -> None:
    """With two accounts a request has to name one: by vendor or by id."""
    ask(owner, "tickets", demo="practice")
    ask(owner, "tickets", demo="school")
    code, told = ask(owner, "tickets")
    assert code == NOT_FOUND
    assert "--account" in told["what"]
    assert ask(owner, "tickets", profile="school")[0] == OK
    assert ask(owner, "tickets", account="practice/jana.wiebe@lindenplatz.example")[0] == OK


def test_unsent_work_keeps_somebody_from_signing_out(owner: Running) -> None:
    """Signing out is refused while a report waits, and nothing is lost."""
    ask(owner, "tickets", demo="practice")
    owner.workspace.sync.go_offline(True)
    ask(owner, "new", prefill=REPORT, wait_s=None)
    assert ask(owner, "sign-out", account="practice")[0] == FAILED
    assert len(ask(owner, "outbox")[1]["outbox"]) == 1


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"do": "format"},
        {"do": "tickets", "unknown": 1},
        {"do": "new"},
        {"do": "new", "prefill": {"x": 1}},
    ],
)
def test_a_request_that_makes_no_sense_is_answered(owner: Running, request_: dict[str, object]) -> None:
    """Unknown requests and values end in exit code 2 or 5, never in an exception."""
    told: dict[str, Any] = answer(owner, request_)
    assert told["exit"] in (USAGE, NOT_FOUND)
    assert told["error"]["what"]


def test_every_error_has_an_exit_code() -> None:
    """Errors of the data folder have their own code, unforeseen ones the general code."""
    assert refused(DiskFull())["exit"] == 6
    assert refused(SupportDeskError())["exit"] == FAILED


def test_a_vendor_is_added_by_its_file(owner: Running, tmp_path: Path) -> None:
    """The answer tells the id that signing in takes; a vendor who is not there is told how to be added."""
    text = bundled_path("practice").read_text("utf-8").replace('id = "practice"', 'id = "acme"', 1)
    file = tmp_path / "given.toml"
    file.write_text(text, "utf-8")
    code, told = ask(owner, "sign-in", profile="https://acme.example", user="x", password="y")
    assert code == NOT_FOUND
    assert "supportdesk add-vendor" in told["next_step"]
    code, told = ask(owner, "add-vendor", file=str(file))
    assert (code, told["profile"]) == (OK, "acme")
    assert owner.workspace.vendors.get("acme").name == told["name"]
    code, told = ask(owner, "add-vendor", address="http://support.example.org")
    assert (code, told["field"]) == (USAGE, "address")
    code, told = ask(owner, "add-vendor", address="http://127.0.0.1:9")
    assert (code, told["next_step"]) == (FAILED, "Check the connection and try again.")
