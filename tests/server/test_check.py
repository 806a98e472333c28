"""What is said about a server before it is started, and before an update."""

from contextlib import closing
from pathlib import Path

import pytest

from supportdesk.desk.store import database
from supportdesk.desk.store.database import opened
from supportdesk.desk.store.engines import engine_for, hold
from supportdesk.desk.store.migrations import upgrade
from supportdesk.desk.store.schema import SCHEMA_VERSION
from supportdesk.server import cli
from tests.support.certificates import loopback_certificate
from tests.support.imap import Mailbox, imap_server
from tests.support.server_process import server_process
from tests.support.small_vendor import PROFILE
from tests.support.smtp import smtp_sink


class Shell:
    """Somebody with a profile and a configuration file, to which more is added."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (folder / "small.toml").write_text(PROFILE, encoding="utf-8")
        self.desk = folder / "data" / "small"
        self._file = folder / "server.toml"
        self._capsys = capsys
        self.tell()

    def tell(self, *lines: str) -> None:
        told = (
            'public_url = "https://support.example.org"',
            'data = "data"',
            'profiles = ["small.toml"]',
            *lines,
        )
        self._file.write_text("\n".join(told), encoding="utf-8")

    def run(self, command: str) -> tuple[int, str, str]:
        """Exit code, what was said, and what was said about errors."""
        code = cli.main([command, f"--config={self._file}"])
        said = self._capsys.readouterr()
        return code, said.out, said.err


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, capsys)


def _older(desk: Path) -> None:
    desk.mkdir(parents=True)
    with closing(engine_for(desk).connect()) as connection, connection.begin():
        upgrade(connection, "0004")


def test_what_is_in_order_is_said_and_nothing_is_made(shell: Shell) -> None:
    """Also where there is no desk yet; then of the desk that is there."""
    code, out, err = shell.run("check")
    assert (code, err) == (0, "")
    assert "the first start makes" in out
    assert not shell.desk.parent.exists()
    opened(shell.desk).close()
    assert shell.run("check")[1].count("in order") == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("colour = 1", "colour"),
        ('sign_key = "missing.p12"', "missing.p12"),
        ('sign.small.password = "secret"', "[sign.small] names no key"),
        ('sign_key = "a.p12"\nsign.small.key = "b.p12"', "[sign.small]; one"),
        ('mail = "pigeon:"', "how mails leave"),
        ('database = "mysql://h/d"', "mysql"),
    ],
)
def test_what_is_wrongly_configured_ends_with_2(shell: Shell, line: str, told: str) -> None:
    """As the start of the server does, which nobody has to repeat then."""
    shell.tell(line)
    code, _out, err = shell.run("check")
    assert code == 2
    assert told in err


def test_what_is_out_of_reach_ends_with_1_and_is_all_named(shell: Shell, tmp_path: Path) -> None:
    """With the reason, and without a password."""
    shell.tell(
        f'database = "postgresql://desk:secret@/desk?host={tmp_path}"',
        'mail = "smtp://desk:secret@127.0.0.1:1"',
        'imap = "imaps://desk:secret@127.0.0.1:1/INBOX"',
    )
    code, out, err = shell.run("check")
    assert code == 1
    assert [name for name in ("Database of small", "Mail server", "Mailbox") if f"{name}: " not in err] == []
    assert "Files of small: in order" in out
    assert "secret" not in out + err


def test_mail_in_both_directions_is_tried(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No mail is sent, and none is fetched."""
    server, _client = loopback_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    box = Mailbox("desk", "pass")
    box.mails = {1: b"Hello"}
    with smtp_sink() as (sink, address), imap_server(box, server) as port:
        shell.tell(f'mail = "smtp://{address}"', f'imap = "imaps://desk:pass@127.0.0.1:{port}/INBOX"')
        code, out, err = shell.run("check")
        assert (code, err) == (0, "")
        assert "Mail server: in order" in out
        assert "Mailbox: in order" in out
        assert (sink.mails, box.seen) == ([], set())
        shell.tell(f'mail = "smtp://{address}"', f'imap = "imaps://desk:wrong@127.0.0.1:{port}/INBOX"')
        assert shell.run("check")[0] == 1


def test_only_a_start_or_a_word_brings_a_desk_to_a_new_version(shell: Shell, tmp_path: Path) -> None:
    """Other commands leave it to the server of the older version that may be at work on it."""
    _older(shell.desk)
    code, out, _err = shell.run("check")
    assert code == 0
    assert "end all servers" in out
    assert cli.main(["backup", str(tmp_path / "backup"), f"--config={tmp_path / 'server.toml'}"]) == 1
    assert cli.main(["admin", "organisation", "list", f"--config={tmp_path / 'server.toml'}"]) == 1
    assert database.version_of(shell.desk) == "0004"
    server = hold(shell.desk)
    assert shell.run("upgrade")[0] == 1
    server.release()
    assert shell.run("upgrade")[0] == 0
    assert database.version_of(shell.desk) == SCHEMA_VERSION


def test_what_keeps_a_server_from_its_data_is_named(tmp_path: Path) -> None:
    """With the path and the reason: a sentence for customers is not enough for who has to mend it."""
    (tmp_path / "data").write_text("in the way", encoding="utf-8")
    with server_process(tmp_path, f"--data={tmp_path / 'data'}") as server:
        assert server.wait() == 1
        assert f"{tmp_path / 'data'}: " in server.log
    database = tmp_path / "other" / "support" / "desk.db"
    database.mkdir(parents=True)
    with server_process(tmp_path, f"--data={tmp_path / 'other'}") as server:
        assert server.wait() == 1
        assert f"{database}: unable to open" in server.log
