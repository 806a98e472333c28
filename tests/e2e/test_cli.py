"""The command line as a host application uses it: real processes on a real data folder."""

import json
import os
import random
import signal
import sqlite3
import string
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

pytestmark = [pytest.mark.second_stage, pytest.mark.timeout(300)]  # many processes, also on busy machines

FUZZED_COMMAND_LINES = 60
NO_QT = """
import sys
from supportdesk.cli import main
code = main(sys.argv[1:])
loaded = sorted(name for name in ("PySide6", "httpx") if name in sys.modules)
assert not loaded, loaded
sys.exit(code)
"""


def supportdesk(
    folder: Path, *words: str, stdin: str = "", check: bool = False
) -> "subprocess.CompletedProcess[str]":
    """Runs one command without a screen and checks that it does not import Qt."""
    return subprocess.run(
        [sys.executable, "-c", NO_QT, "--data-dir", str(folder), *words],
        input=stdin,
        capture_output=True,
        text=True,
        errors="surrogateescape",
        check=check,
        env={**os.environ, "LANGUAGE": "en"},
    )


def new(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    report = ("--module", "general", "--subject", "Seen twice", "--description", "It appears two times")
    return supportdesk(folder, "new", "--demo", "practice", *report, *words)


def test_a_ticket_is_filed_and_numbered_without_a_window(tmp_path: Path) -> None:
    """`new --send --wait` answers with the number under which the desk keeps the ticket and its file."""
    log = tmp_path / "last.log"
    log.write_text("E-2107 paper mismatch\n", "utf-8")
    told = new(tmp_path / "data", "--attach", str(log), "--send", "--wait", "30", "--json")
    assert told.returncode == 0, told.stderr
    answer = json.loads(told.stdout)
    assert answer["state"] == "sent"
    listed = json.loads(supportdesk(tmp_path / "data", "tickets", "--demo", "practice", "--json").stdout)
    row = next(row for row in listed["tickets"] if row["number"] == answer["number"])
    assert row["subject"] == "Seen twice"
    assert row["has_attachments"]


def test_without_wait_the_ticket_is_durable_and_goes_out_with_the_next_sync(tmp_path: Path) -> None:
    """After `new --send` the outbox file holds the command; `sync` delivers it exactly once."""
    told = json.loads(new(tmp_path, "--send", "--json").stdout)
    with sqlite3.connect(tmp_path / "outbox.db") as outbox:
        assert told["command_id"] in "\n".join(outbox.iterdump())
    outbox.close()
    for _time in range(2):
        synced = supportdesk(tmp_path, "sync")
        assert (synced.returncode, synced.stdout) == (0, "practice/jana.wiebe@lindenplatz.example  online\n")
    listed = json.loads(supportdesk(tmp_path, "tickets", "--demo", "practice", "--json").stdout)
    assert [row["subject"] for row in listed["tickets"]].count("Seen twice") == 1
    assert json.loads(supportdesk(tmp_path, "outbox", "--json").stdout)["outbox"] == []


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--module", "no-such-module"], "--module"),
        (["--priority", "no-such-priority"], "--priority"),
        (["--field", "nonsense"], "--field"),
        (["--field", "no_such_field=1"], "--field"),
        (["--attach", "no-such-file.txt"], "--attach"),
        (["--description", "@no-such-file.txt"], "--description"),
        (["--subject", ""], "--subject"),
        (["--subject", "x" * 1000], "--subject"),
        (["--screenshot"], "--screenshot"),
        (["--wait", "0"], "--wait"),
        (["--wait", "soon"], "between 0 and 3600"),
        (["--subj", "abbreviated"], "--subj"),
        (["--attach", "~nobody-here/x.log"], "--attach"),
        (["--attach", "x" * 300], "--attach"),
        (["--description", "@~nobody-here/x.txt"], "--description"),
        (["--subject", "\udcff"], "UTF-8"),
        (["--description", "two\nlines" * 10_000], "--description"),
        (["--bogus"], "--bogus"),
    ],
)
def test_what_is_wrong_is_named_in_one_line_and_nothing_is_filed(
    tmp_path: Path, words: Sequence[str], named: str
) -> None:
    """A wrong argument gives exit code 2, one line that names it, and leaves the outbox empty."""
    told = new(tmp_path, "--send", *words)
    assert told.returncode == 2, told.stdout
    assert len(told.stderr.strip().splitlines()) == 1
    assert named in told.stderr
    assert supportdesk(tmp_path, "outbox", "--json").stdout in ("", '{\n  "outbox": []\n}\n')


@pytest.mark.parametrize("words", [["--wait", "soon"], ["--attach", "no-such-file"], ["--subject", ""]])
def test_what_is_wrong_is_told_as_json_too(tmp_path: Path, words: Sequence[str]) -> None:
    """With `--json` each kind of refusal names the argument and says that nothing happened."""
    told = new(tmp_path, "--send", "--json", *words)
    error = json.loads(told.stdout)["error"]
    assert (told.returncode, error["code"], error["field"]) == (2, "invalid_input", words[0])
    assert error["safe"] in {"Nothing was done.", "Nothing was filed."}
    assert told.stderr == ""


def test_sign_in_reads_the_password_from_standard_input(tmp_path: Path) -> None:
    """A wrong one is exit code 4, the right one 1 without a keyring to keep it; sign-out removes."""
    who = ("--profile", "practice", "--user", "tom.albrecht@lindenplatz.example", "--password-stdin")
    assert supportdesk(tmp_path, "sign-in", *who, stdin="wrong\n").returncode == 4
    signed_in = supportdesk(tmp_path, "sign-in", *who, "--json", stdin="Linde-Kaffee-42\n")
    assert (signed_in.returncode, json.loads(signed_in.stdout)["error"]["code"]) == (1, "secrets_unavailable")
    (listed,) = json.loads(supportdesk(tmp_path, "accounts", "--json").stdout)["accounts"]
    assert supportdesk(tmp_path, "sign-out", "--account", listed["id"]).returncode == 0
    assert json.loads(supportdesk(tmp_path, "accounts", "--json").stdout)["accounts"] == []


def test_a_password_that_is_no_text_is_refused_without_being_shown(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 give exit code 2 and one line that does not quote them."""
    who = ("--profile", "practice", "--user", "x", "--password-stdin")
    told = supportdesk(tmp_path, "sign-in", *who, stdin="secret\udcff\n")
    assert told.returncode == 2
    assert len(told.stderr.strip().splitlines()) == 1
    assert "secret" not in told.stderr


def test_a_folder_of_an_unknown_person_is_refused(tmp_path: Path) -> None:
    """`--data-dir ~nobody` is exit code 2 and one line."""
    told = supportdesk(Path("~nobody-here/data"), "tickets")
    assert told.returncode == 2
    assert told.stderr.startswith("supportdesk: --data-dir: ")


def test_without_a_screen_a_window_is_refused_in_one_line(tmp_path: Path) -> None:
    """Where neither X11 nor Wayland is there, the command ends calmly instead of being aborted by Qt."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    told = subprocess.run(
        [sys.executable, "-m", "supportdesk", "--data-dir", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env={name: value for name, value in os.environ.items() if name not in hidden} | {"LANGUAGE": "en"},
    )
    assert (told.returncode, told.stderr) == (1, "There is no screen to show the window on.\n")


def test_text_of_others_cannot_steer_the_terminal(tmp_path: Path) -> None:
    """An escape sequence in a subject is printed without its control sign."""
    new(tmp_path, "--send", "--subject", "\x1b[31mred\x1b[2K")
    told = supportdesk(tmp_path, "tickets", "--demo", "practice").stdout
    assert "[31mred" in told
    assert "\x1b" not in told


BUSY_OWNER = """
import sys
from supportdesk import cli
from supportdesk.app import remote_control
from supportdesk.app.instance import Ownership
answer, give_way = remote_control.answer, Ownership.give_way
def stay(running, request, leaving):
    if request.get("do") == "accounts":
        print("owner", flush=True)
        sys.stdin.readline()
    return answer(running, request, leaving)
def put_off(ownership):
    print("put off", flush=True)
    give_way(ownership)
remote_control.answer, Ownership.give_way = stay, put_off
sys.exit(cli.main(["--data-dir", sys.argv[1], "accounts"]))
"""
SCREENLESS = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": "", "LANGUAGE": "en"}


def test_a_link_is_never_sent_by_a_process_without_a_window(tmp_path: Path) -> None:
    """While a headless command owns the folder, a link waits for it to end and then wants a window."""
    supportdesk(tmp_path, "tickets", "--demo", "practice")
    link = "supportdesk://new?subject=From%20a%20link&module=general&description=x&vendor=practice"
    words = [sys.executable, "-m", "supportdesk", "--data-dir", str(tmp_path), "open", link]
    with subprocess.Popen(
        [sys.executable, "-c", BUSY_OWNER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as owner:
        assert owner.stdin is not None
        assert owner.stdout is not None
        assert owner.stdout.readline() == "owner\n"
        with subprocess.Popen(words, env={**os.environ, **SCREENLESS}, stderr=subprocess.DEVNULL) as opening:
            assert owner.stdout.readline() == "put off\n"
            assert opening.poll() is None
            owner.stdin.write("go on\n")
            owner.stdin.flush()
            owner.stdout.read()
            assert owner.wait() == 0
            assert opening.wait() == 1, "it came to the window, and there is no screen"
    assert "From a link" not in supportdesk(tmp_path, "tickets", "--demo", "practice").stdout


OFFLINE = """
import signal
import sys
from supportdesk import bootstrap, cli
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background is born deaf to it
open_workspace = bootstrap.open_workspace
def open_offline(folder, deliver):
    running = open_workspace(folder, deliver)
    running.workspace.sync.go_offline(True)
    return running
bootstrap.open_workspace = open_offline
sys.exit(cli.main(sys.argv[1:]))
"""


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """A `new --send --wait 3600` that has filed its ticket and cannot send it."""
    words = ["--data-dir", str(tmp_path), "new", "--demo", "practice", "--module", "general"]
    report = ["--subject", "Waits", "--description", "for long", "--send", "--wait", "3600", "--json"]
    command = [sys.executable, "-c", OFFLINE, *words, *report]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while not (tmp_path / "owner.json").exists():
            assert process.poll() is None
            time.sleep(0.02)
        yield process
        process.kill()


def test_a_waiting_command_serves_others(waiting: "subprocess.Popen[str]", tmp_path: Path) -> None:
    """Commands without a window are answered while it waits, and it goes on waiting."""
    while "Waits" not in supportdesk(tmp_path, "outbox").stdout:
        assert waiting.poll() is None
    filed = json.loads(new(tmp_path, "--send", "--json").stdout)
    listed = json.loads(supportdesk(tmp_path, "outbox", "--json").stdout)["outbox"]
    assert filed["command_id"] in {each["command_id"] for each in listed}
    assert waiting.poll() is None


def test_a_waiting_command_makes_room_for_the_window(
    waiting: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    """Whoever opens the window has it at once; the command says 'not yet', and the ticket is safe."""
    words = [sys.executable, "-m", "supportdesk", "--data-dir", str(tmp_path)]
    opened = subprocess.run(words, env={**os.environ, **SCREENLESS}, capture_output=True, check=False)
    assert opened.returncode == 1, "it came to the window, and there is no screen"
    told, _nothing = waiting.communicate()
    assert (waiting.returncode, json.loads(told)["state"]) == (3, "queued")
    assert "Waits" in supportdesk(tmp_path, "outbox").stdout


def test_who_waits_in_a_process_that_ends_goes_on_waiting_in_the_next(
    waiting: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    """When the owner is interrupted, a waiting command takes over, sends both, and gets its number."""
    words = ["--data-dir", str(tmp_path), "new", "--demo", "practice", "--module", "general"]
    report = ["--subject", "Second", "--description", "x", "--send", "--wait", "3600", "--json"]
    command = [sys.executable, "-m", "supportdesk", *words, *report]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as second:
        try:
            while "Second" not in supportdesk(tmp_path, "outbox").stdout:
                assert second.poll() is None
            waiting.send_signal(signal.SIGINT)
            assert waiting.wait(30) == 130
            told, _nothing = second.communicate(timeout=30)
        finally:
            second.kill()
    assert (second.returncode, json.loads(told)["state"]) == (0, "sent")
    subjects = supportdesk(tmp_path, "tickets", "--demo", "practice").stdout
    assert subjects.count("Second") == 1
    assert subjects.count("Waits") == 1


def test_a_command_that_begins_while_another_ends_is_filed(tmp_path: Path) -> None:
    """Without waiting for the number, processes that come and go on one folder lose and double nothing."""
    new(tmp_path, "--send", "--wait", "30")
    words = ["--data-dir", str(tmp_path), "new", "--demo", "practice", "--module", "general"]
    report = ["--description", "at once", "--send", "--json", "--subject"]
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "supportdesk", *words, *report, f"Number {number}"],
            stdout=subprocess.DEVNULL,
        )
        for number in range(6)
    ]
    assert [process.wait() for process in started] == [0] * 6
    assert supportdesk(tmp_path, "sync", "--once").returncode == 0
    listed = json.loads(supportdesk(tmp_path, "tickets", "--demo", "practice", "--json").stdout)
    subjects = sorted(row["subject"] for row in listed["tickets"] if row["subject"].startswith("Number"))
    assert subjects == [f"Number {number}" for number in range(6)]


def test_nobody_signed_in_and_nobody_who_fits_are_told_apart(tmp_path: Path) -> None:
    """On an empty data folder it is exit code 4; with others signed in, an unknown account is 5."""
    empty = supportdesk(tmp_path, "tickets", "--json")
    assert (empty.returncode, json.loads(empty.stdout)["error"]["code"]) == (4, "session_expired")
    supportdesk(tmp_path, "tickets", "--demo", "practice")
    assert supportdesk(tmp_path, "tickets", "--account", "school").returncode == 5


def test_a_vendor_with_desks_types_and_consents_is_served_too(tmp_path: Path) -> None:
    """What the form asks can be said on the command line; each question left open names its argument."""
    report = ["--subject", "Camera is dark", "--description", "Since noon", "--module", "cam-dome"]
    said = ["--field", "country=Austria", "--field", "end_customer=Us", "--field", "serial=D-1"]
    words = ["new", "--demo", "video", "--send", "--wait", "3600", "--json", *report, *said]
    for argument, answer in (("--desk", "Reparatur und Rücksendung"), ("--type", "return")):
        told = supportdesk(tmp_path, *words)
        assert json.loads(told.stdout)["error"]["field"] == argument
        words += [argument, answer]
    assert json.loads(supportdesk(tmp_path, *words).stdout)["state"] == "sent"
    wrong = json.loads(supportdesk(tmp_path, *words, "--consent", "maybe").stdout)["error"]
    assert (wrong["field"], wrong["safe"]) == ("--consent", "Nothing was filed.")


@pytest.mark.parametrize("demo", ["practice", "retail", "school", "video", "orders"])
def test_every_demo_vendor_works_from_the_command_line(tmp_path: Path, demo: str) -> None:
    """`tickets --demo NAME` makes desk and customer and lists some open tickets."""
    told = supportdesk(tmp_path, "tickets", "--demo", demo, "--json")
    assert told.returncode == 0, told.stderr
    assert len(json.loads(told.stdout)["tickets"]) >= 3


def test_commands_at_the_same_time_are_all_filed_once(tmp_path: Path) -> None:
    """Six processes that file at once on one data folder give six tickets: one owns, the others hand over."""
    new(tmp_path, "--send", "--wait", "30")
    words = ["--data-dir", str(tmp_path), "new", "--demo", "practice", "--module", "general"]
    report = ["--description", "at once", "--send", "--wait", "3600", "--subject"]
    started = [
        subprocess.Popen([sys.executable, "-m", "supportdesk", *words, *report, f"Number {number}"])
        for number in range(6)
    ]
    assert [process.wait() for process in started] == [0] * 6
    listed = json.loads(supportdesk(tmp_path, "tickets", "--demo", "practice", "--json").stdout)
    subjects = sorted(row["subject"] for row in listed["tickets"] if row["subject"].startswith("Number"))
    assert subjects == [f"Number {number}" for number in range(6)]


def test_fuzzed_command_lines_are_refused_or_fill_a_draft(tmp_path: Path) -> None:
    """Random words never end in a traceback, and without --send nothing is ever filed (R13)."""
    chance = random.Random(29)
    vocabulary = [
        "new", "open", "tickets", "outbox", "accounts", "--json", "--demo", "practice", "--send=", "-",
        "--field", "=", "a=b", "--attach", "/dev/null", "@", "--wait", "supportdesk://new?x=", "\u202e", "",
        "--profile", "../..", "--subject", "".join(chance.choices(string.printable[:90], k=12)),
    ]  # fmt: skip
    script = """
import sys, json
from supportdesk.cli import main
from supportdesk.cli import commands, report
commands.window = report.window = lambda options, request: 0
for words in json.load(sys.stdin):
    try:
        code = main(["--data-dir", sys.argv[1], *words])
    except SystemExit as end:
        code = end.code
    assert code in (0, 2, 4, 5), (code, words)
"""
    lines = [chance.choices(vocabulary, k=chance.randrange(1, 7)) for _line in range(FUZZED_COMMAND_LINES)]
    lines = [line for line in lines if "--send=" not in line or "new" not in line]
    told = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        input=json.dumps(lines),
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr[-2000:]
    assert "Traceback" not in told.stderr


def test_nobody_else_reads_a_data_folder_that_was_there_before(tmp_path: Path) -> None:
    """In a folder that others may enter, the databases can still be read by their owner only."""
    tmp_path.chmod(0o755)
    assert new(tmp_path, "--send").returncode == 0
    for name in ("outbox.db", "replica.db"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
