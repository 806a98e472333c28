"""One owner per data folder, and how others speak with it."""

import json
import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from multiprocessing.connection import Client
from pathlib import Path

import pytest

from supportdesk.app import instance, local_socket
from supportdesk.app.instance import Answer, Ownership, Request, own_or_ask
from supportdesk.app.remote_control import refused
from supportdesk.domain.errors import StoreBusy

OWNER_PROCESS = """
import sys, time
from pathlib import Path
from supportdesk.app.instance import Ownership
ownership = Ownership.take(Path(sys.argv[1]))
ownership.listen(lambda request: {"exit": 0, "result": {"heard": request["do"]}})
print("ready", flush=True)
sys.stdin.read()
"""


def ask_owner(folder: Path, request: Request, timeout_s: float) -> Answer | None:
    """None when there is no owner to be reached."""
    connection = local_socket.reach(folder)
    return None if connection is None else local_socket.ask(connection, request, timeout_s)


@pytest.fixture
def owner(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that owns the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER_PROCESS, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    with process:
        yield process
        process.kill()


def test_a_second_process_is_answered_by_the_first(owner: object, tmp_path: Path) -> None:
    """While another process owns the folder, `take` gives None and its answer arrives."""
    assert Ownership.take(tmp_path) is None
    assert ask_owner(tmp_path, {"do": "show"}, 10) == {"exit": 0, "result": {"heard": "show"}}


def test_a_killed_owner_leaves_nothing_that_blocks(owner: "subprocess.Popen[str]", tmp_path: Path) -> None:
    """After SIGKILL its socket is dead, the lock is free, and a new owner is reached at the same place."""
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    assert ask_owner(tmp_path, {"do": "show"}, 10) is None
    ownership = Ownership.take(tmp_path)
    assert ownership is not None
    ownership.listen(lambda _request: {"exit": 0, "result": {}})
    assert ask_owner(tmp_path, {"do": "show"}, 10) == {"exit": 0, "result": {}}
    ownership.close()


@pytest.fixture
def ownership(tmp_path: Path) -> Iterator[Ownership]:
    taken = Ownership.take(tmp_path)
    assert taken is not None
    taken.listen(lambda request: {"exit": 0, "result": request})
    yield taken
    taken.close()


@pytest.mark.skipif(os.name == "nt", reason="modes are a matter of Unix")
def test_only_this_user_can_reach_the_owner(ownership: Ownership, tmp_path: Path) -> None:
    """The key file and the socket can be read and written by their owner only."""
    told = json.loads((tmp_path / "owner.json").read_text("utf-8"))
    for path in (tmp_path / "owner.json", Path(told["address"])):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


@pytest.mark.skipif(os.name == "nt", reason="named pipes have short names")
def test_a_long_path_of_the_session_does_not_keep_the_owner_from_answering(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Unix socket's path has an end after some hundred bytes; the folder of the session may lie deeper."""
    deep = tmp_path / ("d" * 120)
    deep.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(deep))
    taken = Ownership.take(tmp_path)
    assert taken is not None
    taken.listen(lambda request: {"heard": request})
    assert ask_owner(tmp_path, {"do": "x"}, 20) == {"heard": {"do": "x"}}
    taken.close()


def test_without_the_key_no_request_is_heard(ownership: Ownership, tmp_path: Path) -> None:
    """A process that reaches the socket with a wrong key gets no answer, and the owner goes on."""
    told = json.loads((tmp_path / "owner.json").read_text("utf-8"))
    good = (tmp_path / "owner.json").read_text("utf-8")
    (tmp_path / "owner.json").write_text(json.dumps({**told, "key": "00" * 32}), "utf-8")
    assert ask_owner(tmp_path, {"do": "show"}, 10) is None
    (tmp_path / "owner.json").write_text(good, "utf-8")
    assert ask_owner(tmp_path, {"do": "show"}, 10) is not None


def test_a_client_that_only_connects_does_not_block_others(ownership: Ownership, tmp_path: Path) -> None:
    """While one client sits silent in the handshake, another is answered."""
    told = json.loads((tmp_path / "owner.json").read_text("utf-8"))
    with Client(told["address"]):
        assert ask_owner(tmp_path, {"do": "show"}, 10) == {"exit": 0, "result": {"do": "show"}}


def test_many_requests_at_once_are_all_answered(ownership: Ownership, tmp_path: Path) -> None:
    """Twenty clients at the same time each get their own answer."""
    answers: list[object] = []

    def ask(number: int) -> None:
        answers.append(ask_owner(tmp_path, {"n": number}, 20))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer["result"]["n"] for answer in answers) == list(range(20))  # type: ignore[index]


def test_an_owner_that_does_not_answer_is_said_to_be_busy(tmp_path: Path) -> None:
    """When the owner takes longer than the time-out, StoreBusy is raised."""
    taken, go = Ownership.take(tmp_path), threading.Event()
    assert taken is not None
    taken.listen(lambda _request: {"exit": 0, "late": go.wait(20)})
    with pytest.raises(StoreBusy):
        ask_owner(tmp_path, {"do": "show"}, 0.05)
    go.set()
    taken.close()


def test_what_is_no_object_is_dropped(ownership: Ownership, tmp_path: Path, caplog: object) -> None:
    """A request that is JSON but no object is not handed on; the client gets no answer."""
    told = json.loads((tmp_path / "owner.json").read_text("utf-8"))
    with Client(told["address"]) as connection:
        local_socket.prove_both(connection, bytes.fromhex(told["key"]), serving=False)
        connection.send_bytes(b"[1, 2]")
        with pytest.raises(EOFError):
            connection.recv_bytes()


def test_a_request_of_a_megabyte_of_umlauts_arrives(ownership: Ownership, tmp_path: Path) -> None:
    """The longest description reaches the owner, although JSON makes it six times as long."""
    told = ask_owner(tmp_path, {"text": "ü" * 1_000_000}, 20)
    assert told is not None
    assert told["result"] == {"text": "ü" * 1_000_000}


def test_an_owner_that_has_no_window_yet_is_asked_again(tmp_path: Path) -> None:
    """`own_or_ask` comes back until the owner that puts it off has ended, and then owns the folder."""
    taken = Ownership.take(tmp_path)
    assert taken is not None
    asked = threading.Semaphore(0)

    def put_off(_request: dict[str, object]) -> dict[str, object]:
        asked.release()
        return refused(StoreBusy())

    taken.listen(put_off)
    held: list[object] = []
    waiting = threading.Thread(target=lambda: held.append(own_or_ask(tmp_path, lambda: {"do": "show"}, 10)))
    waiting.start()
    for _time in range(2):
        assert asked.acquire(timeout=20)
    taken.close()
    waiting.join(20)
    assert isinstance(held[0], Ownership)
    held[0].close()


def test_an_owner_that_does_not_listen_yet_is_waited_for(tmp_path: Path) -> None:
    """A request in the moments between taking the lock and listening is answered, not refused."""
    taken = Ownership.take(tmp_path)
    assert taken is not None
    told: list[object] = []
    waiting = threading.Thread(target=lambda: told.append(own_or_ask(tmp_path, lambda: {"n": 1}, 10)))
    waiting.start()
    waiting.join(0.2)
    assert waiting.is_alive()
    taken.listen(lambda request: {"exit": 0, "result": request})
    waiting.join(20)
    taken.close()
    assert told == [{"exit": 0, "result": {"n": 1}}]


def test_what_was_asked_is_answered_before_the_owner_ends(tmp_path: Path) -> None:
    """`stop_listening` returns after the answers that were on their way."""
    taken, begun, go = Ownership.take(tmp_path), threading.Event(), threading.Event()
    assert taken is not None

    def answer(_request: dict[str, object]) -> dict[str, object]:
        begun.set()
        go.wait(20)
        return {"exit": 0, "result": {}}

    taken.listen(answer)
    told: list[object] = []
    asking = threading.Thread(target=lambda: told.append(ask_owner(tmp_path, {"do": "x"}, 20)))
    asking.start()
    assert begun.wait(20)
    ending = threading.Thread(target=taken.stop_listening)
    ending.start()
    ending.join(0.1)
    assert ending.is_alive()
    go.set()
    ending.join(20)
    asking.join(20)
    taken.close()
    assert told == [{"exit": 0, "result": {}}]


def test_an_owner_that_ends_tells_what_waits_in_it(tmp_path: Path) -> None:
    """`stop_listening` does not wait for an answer that itself waits for nothing but `leaving`."""
    taken, begun = Ownership.take(tmp_path), threading.Event()
    assert taken is not None
    leaving = taken.leaving

    def answer(_request: dict[str, object]) -> dict[str, object]:
        begun.set()
        leaving.result(20)
        return refused(StoreBusy())

    taken.listen(answer)
    told: list[object] = []
    asking = threading.Thread(target=lambda: told.append(ask_owner(tmp_path, {"do": "x"}, 20)))
    asking.start()
    assert begun.wait(20)
    taken.give_way()
    taken.close()
    asking.join(20)
    assert told == [refused(StoreBusy())]


def test_who_was_at_work_for_long_leaves_time_to_find_the_next_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An owner that ends after more than the time for handing over is followed, not given up."""
    monkeypatch.setattr(instance, "HAND_OVER_S", 0.5)
    taken, begun = Ownership.take(tmp_path), threading.Event()
    assert taken is not None
    leaving = taken.leaving

    def answer(_request: dict[str, object]) -> dict[str, object]:
        begun.set()
        leaving.result(20)
        return refused(StoreBusy())

    taken.listen(answer)
    held: list[object] = []
    asked: list[int] = []

    def request() -> dict[str, object]:
        asked.append(len(asked))
        return {"n": len(asked)}

    waiting = threading.Thread(target=lambda: held.append(own_or_ask(tmp_path, request, 20)))
    waiting.start()
    assert begun.wait(20)
    waiting.join(1.0)  # longer than HAND_OVER_S
    assert waiting.is_alive()
    taken.close()
    waiting.join(20)
    assert isinstance(held[0], Ownership)
    held[0].close()
