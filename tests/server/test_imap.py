"""Answers fetched from a mailbox on another server."""

import asyncio
import errno
import os
from pathlib import Path

import pytest

from supportdesk.domain.errors import InvalidInput
from supportdesk.server.mail import incoming
from supportdesk.server.mail.imap import Imap, Poller, imap
from tests.support.certificates import loopback_certificate
from tests.support.imap import Mailbox, imap_server


def _brought(incoming: Path) -> list[bytes]:
    return sorted(path.read_bytes() for path in (incoming / "new").glob("*.eml"))


def test_unseen_mails_are_fetched_once(tmp_path: Path) -> None:
    """They lie in the folder of the server and are seen in the mailbox; a second look finds nothing."""
    server, client = loopback_certificate(tmp_path)
    box = Mailbox("desk", "p ss")
    box.mails = {4: b"From: a@b.example\r\n\r\nOne\r\n", 7: b"Two", 9: b"Old"}
    box.seen = {9}
    with imap_server(box, server) as port:
        source = Imap(host="127.0.0.1", port=port, user="desk", password="p ss", trust=client)
        poller = Poller(source, tmp_path / "incoming")
        for _look in range(2):
            asyncio.run(poller.round())
    assert _brought(tmp_path / "incoming") == [b"From: a@b.example\r\n\r\nOne\r\n", b"Two"]
    assert box.seen == {4, 7, 9}


def test_a_cut_leaves_a_mail_unseen(tmp_path: Path) -> None:
    """It is fetched again; that it then lies there twice is no harm, for it is taken once."""
    server, client = loopback_certificate(tmp_path)
    box = Mailbox("desk", "pass")
    box.mails = {1: b"Hello"}
    box.cut_after_fetch = True
    with imap_server(box, server) as port:
        source = Imap(host="127.0.0.1", port=port, user="desk", password="pass", trust=client)
        poller = Poller(source, tmp_path / "incoming")
        asyncio.run(poller.round())
        assert box.seen == set()
        box.cut_after_fetch = False
        asyncio.run(poller.round())
    assert box.seen == {1}
    assert set(_brought(tmp_path / "incoming")) == {b"Hello"}


def test_what_the_mailbox_does_not_hand_out_stays_unseen(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Those behind it are fetched; it is, too, as soon as there is no trouble any more."""
    server, client = loopback_certificate(tmp_path)
    box = Mailbox("desk", "pass")
    box.mails = {1: b"Hello", 2: b"", 3: b"World"}
    box.refused = {1}
    with imap_server(box, server) as port:
        source = Imap(host="127.0.0.1", port=port, user="desk", password="pass", trust=client)
        poller = Poller(source, tmp_path / "incoming")
        asyncio.run(poller.round())
        assert (box.seen, box.flagged) == ({3}, set())
        assert len(caplog.records) == 1
        box.refused, box.mails[2] = set(), b"Again"
        asyncio.run(poller.round())
    assert box.seen == {1, 2, 3}
    assert _brought(tmp_path / "incoming") == [b"Again", b"Hello", b"World"]


def test_what_is_too_large_is_flagged_and_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stays unseen, where a person finds it; the next look, also after a restart, leaves it alone."""
    monkeypatch.setattr(incoming, "MAX_BYTES", 5)
    server, client = loopback_certificate(tmp_path)
    box = Mailbox("desk", "pass")
    box.mails = {1: b"Too large", 2: b"Hello"}
    with imap_server(box, server) as port:
        source = Imap(host="127.0.0.1", port=port, user="desk", password="pass", trust=client)
        for _look in range(2):
            asyncio.run(Poller(source, tmp_path / "incoming").round())
    assert (box.seen, box.flagged) == ({2}, {1})
    assert _brought(tmp_path / "incoming") == [b"Hello"]
    assert len(caplog.records) == 1


def test_a_full_disk_leaves_a_mail_unseen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is fetched when there is room."""

    def no_space(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    server, client = loopback_certificate(tmp_path)
    box = Mailbox("desk", "pass")
    box.mails = {1: b"Hello"}
    with imap_server(box, server) as port:
        source = Imap(host="127.0.0.1", port=port, user="desk", password="pass", trust=client)
        poller = Poller(source, tmp_path / "incoming")
        with monkeypatch.context() as patch:
            patch.setattr("supportdesk.desk.store.durable.write", no_space)
            asyncio.run(poller.round())
        assert box.seen == box.flagged == set()
        asyncio.run(poller.round())
    assert box.seen == {1}


def test_a_wrong_password_and_a_strange_certificate_fetch_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says that there is trouble, and no secret; the next look tries again."""
    server, client = loopback_certificate(tmp_path)
    box = Mailbox("desk", "right")
    box.mails = {1: b"Hello"}
    with imap_server(box, server) as port:
        for password, trust in (("wrong-secret", client), ("right", None)):
            source = Imap(host="127.0.0.1", port=port, user="desk", password=password, trust=trust)
            asyncio.run(Poller(source, tmp_path / "incoming").round())
    assert not (tmp_path / "incoming").exists()
    assert len(caplog.records) == 2
    assert "secret" not in caplog.text


def test_a_fault_does_not_end_the_looking(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever goes wrong is logged, and the next look finds what is there."""
    server, client = loopback_certificate(tmp_path)
    box = Mailbox("desk", "pass")
    box.mails = {1: b"Hello"}
    with imap_server(box, server) as port:
        source = Imap(host="127.0.0.1", port=port, user="desk", password="pass", trust=client)
        unsayable = Imap(host="127.0.0.1", port=port, user="desk", password="päss", trust=client)
        for each in (unsayable, source):
            asyncio.run(Poller(each, tmp_path / "incoming").round())
    assert len(caplog.records) == 1
    assert "päss" not in caplog.text
    assert _brought(tmp_path / "incoming") == [b"Hello"]


@pytest.mark.parametrize(
    "written", ["", "imap://a:b@mail.example.org", "imaps://mail.example.org", "imaps://a@h:x"]
)
def test_what_is_no_mailbox_is_told(written: str) -> None:
    """Only with encryption and a user."""
    with pytest.raises(InvalidInput):
        imap(written)


def test_a_mailbox_is_named_like_other_addresses() -> None:
    """What is special in a password is encoded; it is never shown."""
    box = imap("imaps://desk%40vendor:p%3Ass@mail.example.org/Desk/In")
    assert (box._host, box._port, box._user, box._password, box._folder) == (
        "mail.example.org",
        993,
        "desk@vendor",
        "p:ss",
        "Desk/In",
    )
    assert "p:ss" not in repr(box)
