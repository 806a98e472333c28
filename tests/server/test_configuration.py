"""Arguments before the environment before the file, and vendors where they belong."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from supportdesk.desk.store.address import PostgresSchema, address, of_vendor
from supportdesk.domain import profile_files
from supportdesk.domain.errors import InvalidInput
from supportdesk.server import configuration
from supportdesk.server.configuration import Configuration, configured
from supportdesk.server.vendors import portals
from tests.support.small_vendor import PROFILE


def test_the_nearer_word_wins(tmp_path: Path) -> None:
    """What nobody says is as it is made."""
    file = tmp_path / "server.toml"
    file.write_text('host = "file"\nport = 1\npublic_url = "https://a.example/"\n', encoding="utf-8")
    environment = {"SUPPORTDESK_SERVER_PORT": "2", "SUPPORTDESK_SERVER_HOST": "environment", "HOME": "x"}
    found = configured({"host": "argument"}, environment, file)
    assert (found.host, found.port, found.public_url) == ("argument", 2, "https://a.example")
    assert found.log_level == Configuration().log_level


def test_paths_in_the_file_count_from_its_folder(tmp_path: Path) -> None:
    """Wherever the server is started; the environment may name the file."""
    file = tmp_path / "server.toml"
    file.write_text('profiles = ["a.toml", "/b.toml"]\ndata = "data"\n', encoding="utf-8")
    found = configured({}, {"SUPPORTDESK_SERVER_CONFIG": str(file)})
    assert found.profiles == (tmp_path / "a.toml", Path("/b.toml"))
    assert found.data == tmp_path / "data"


@pytest.mark.parametrize(
    "content", ['colour = "red"', "port = 70000", "port = ", 'public_url = "ftp://x"', "\xff"]
)
def test_what_is_wrong_in_the_file_is_named(tmp_path: Path, content: str) -> None:
    """Unknown settings too, so that a slip of the pen is not silently ignored."""
    file = tmp_path / "server.toml"
    file.write_bytes(content.encode("latin-1"))
    with pytest.raises(InvalidInput):
        configured({}, {}, file)


@pytest.mark.parametrize(
    "written", ["support@a.example", "{tag}", "a {tag}@a.example", "{tag}{tag}@a.example"]
)
def test_the_address_for_answers_has_a_place_for_the_tag(tmp_path: Path, written: str) -> None:
    """And is that of one vendor."""
    with pytest.raises(InvalidInput):
        configured({}, {"SUPPORTDESK_SERVER_REPLY_TO": written})
    right = configured({}, {"SUPPORTDESK_SERVER_REPLY_TO": "support+{tag}@a.example"})
    assert right.reply_to == "support+{tag}@a.example"
    with pytest.raises(InvalidInput):
        portals(replace(right, data=tmp_path, demo=True))


def test_secrets_are_taken_from_the_environment_alone(tmp_path: Path) -> None:
    """And never shown."""
    url = "postgresql://user:secret@host/desk"
    with pytest.raises(InvalidInput):
        configured({"database": url}, {})
    found = configured({}, {"SUPPORTDESK_SERVER_DATABASE": url, "SUPPORTDESK_SERVER_METRICS_TOKEN": "secret"})
    assert found.database == url
    assert "secret" not in repr(found)


def test_one_vendor_is_served_without_a_path_of_their_own(tmp_path: Path) -> None:
    """The only one always, one of several by name; the others below their ids."""
    alone = portals(Configuration(data=tmp_path))
    assert list(alone) == [""]
    several = portals(
        Configuration(data=tmp_path, demo=True, at_root="school", public_url="https://a.example")
    )
    assert set(several) == {"", "practice", "retail", "video", "orders"}
    assert several[""].public_url == "https://a.example"
    assert several["retail"].public_url == "https://a.example/retail"


def test_the_same_profile_twice_is_refused(tmp_path: Path) -> None:
    """Two vendors would share a desk."""
    small = tmp_path / "small.toml"
    small.write_text(PROFILE, encoding="utf-8")
    with pytest.raises(InvalidInput, match="small"):
        portals(Configuration(data=tmp_path, profiles=(small, small)))


def test_a_vendor_of_the_name_of_a_demo_is_refused(tmp_path: Path) -> None:
    """An app would take it for the demo that it has itself."""
    school = profile_files.bundled_path("school")
    with pytest.raises(InvalidInput, match="school") as caught:
        portals(Configuration(data=tmp_path, profiles=(school,)))
    assert "of its own" in caught.value.next_step


def test_the_manual_names_every_setting() -> None:
    """In its table, with the default where it is a plain word or number."""
    manual = (Path(__file__).resolve().parents[2] / "docs" / "server.md").read_text(encoding="utf-8")
    rows = "\n".join(line for line in manual.splitlines() if line.startswith("| `"))
    for name in Configuration.__struct_fields__:
        assert f"`{name}`" in rows, name
    assert f"`{Configuration().requests_per_minute}`" in rows
    assert f"`{Configuration().trusted_proxies}`" in rows


def test_vendors_on_postgresql_have_schemas_of_their_own() -> None:
    """Of one database."""
    place = of_vendor(address("postgresql://h/d"), "my-vendor")
    assert place == PostgresSchema("postgresql://h/d", "desk_my_vendor")


def test_a_mailbox_belongs_to_one_vendor(tmp_path: Path) -> None:
    """Several would each take the others' answers out of it."""
    box = "imaps://a:b@mail.example.org"
    with pytest.raises(InvalidInput) as caught:
        portals(Configuration(data=tmp_path, demo=True, imap=box))
    assert caught.value.field == "imap"
    assert len(portals(Configuration(data=tmp_path, imap=box, profiles=(_small(tmp_path),)))) == 1


def _small(folder: Path) -> Path:
    file = folder / "small.toml"
    file.write_text(PROFILE, encoding="utf-8")
    return file


def test_a_command_by_hand_reads_what_the_service_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless another file is named; who may not read it does not work on another desk instead."""
    file = tmp_path / "default.toml"
    monkeypatch.setattr(configuration, "DEFAULT_FILE", file)
    assert configured({}, {}).port == Configuration().port
    file.write_text("port = 7", encoding="utf-8")
    assert configured({}, {}).port == 7
    other = tmp_path / "other.toml"
    other.write_text("port = 8", encoding="utf-8")
    assert configured({}, {"SUPPORTDESK_SERVER_CONFIG": str(other)}).port == 8
    assert configured({}, {}, other).port == 8
    file.unlink()
    file.mkdir()
    with pytest.raises(InvalidInput, match="cannot be read"):
        configured({}, {})


def test_who_tries_out_the_demo_does_not_work_on_the_desk_of_the_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its passwords are known to everybody. Who means that desk names the file."""
    file = tmp_path / "server.toml"
    file.write_text("port = 7", encoding="utf-8")
    monkeypatch.setattr(configuration, "DEFAULT_FILE", file)
    assert configured({"demo": True}, {}).port == Configuration().port
    assert configured({"demo": True}, {}, file).port == 7
    assert configured({"demo": True}, {"SUPPORTDESK_SERVER_CONFIG": str(file)}).port == 7


def test_a_slip_of_the_pen_in_the_environment_is_named() -> None:
    """As one in the file is; what is not ours may be called as it likes."""
    for wrong in ("SUPPORTDESK_SERVER_PUBLICURL", "SUPPORTDESK_SERVER_S3_BUCKT", "SUPPORTDESK_SERVER_S3"):
        with pytest.raises(InvalidInput, match=wrong):
            configured({}, {wrong: "x", "SUPPORTDESK_SERVERS": "y"})
    configured({}, {"SUPPORTDESK_SERVER_CONFIG": "", "SUPPORTDESK_SERVERS": "y"})


def test_a_slip_of_the_pen_is_found_by_its_line(tmp_path: Path) -> None:
    """Also one in a table; a file that is not there is said in words."""
    file = tmp_path / "server.toml"
    file.write_text("port = 1\n\ncolour = 'red'\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"server.toml, line 3: .*called colour\."):
        configured({}, {}, file)
    file.write_text("host = 'a'\n[s3]\nendpoint = 'https://a.example'\nbuckt = 'b'\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="line 4"):
        configured({}, {}, file)
    with pytest.raises(InvalidInput) as caught:
        configured({}, {}, tmp_path / "missing.toml")
    assert "Errno" not in str(caught.value)


@pytest.mark.parametrize("url", ["http://support.example.org", "ftp://localhost"])
def test_where_customers_reach_it_is_protected(url: str) -> None:
    """On this computer nobody is in between."""
    with pytest.raises(InvalidInput, match="https://"):
        configured({"public_url": url}, {})
    assert configured({"public_url": "http://127.0.0.1:8000"}, {}).public_url == "http://127.0.0.1:8000"


@pytest.mark.parametrize("told", [{"mail": "smtp://localhost"}, {"reply_by_mail": True}])
def test_mail_that_leaves_comes_from_an_address(tmp_path: Path, told: dict[str, Any]) -> None:
    """Of the profile."""
    with pytest.raises(InvalidInput, match="from which address") as caught:
        portals(Configuration(data=tmp_path, **told))
    assert "[support]" in caught.value.next_step
    assert portals(Configuration(data=tmp_path, profiles=(_small(tmp_path),), **told))


def test_mails_without_the_address_of_the_server_are_warned_of(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Their links lead nowhere outside of the app."""
    told = Configuration(data=tmp_path, profiles=(_small(tmp_path),), mail="smtp://localhost")
    portals(replace(told, public_url="https://support.example.org"))
    assert not caplog.records
    portals(told)
    assert "public_url" in caplog.text


@pytest.mark.parametrize("password", ["p@ssword", "pa/ssword", "pa#ssword", "12#3", "pa?ssword"])
def test_nothing_of_a_password_is_repeated(password: str) -> None:
    """Of one that cuts the address into the wrong pieces."""
    with pytest.raises(InvalidInput) as caught:
        address(f"postgresql://desk:{password}@db.example.org/desk")
    assert "%40" in caught.value.next_step
    assert not any(part in str(caught.value) for part in ("ssword", "12"))
    for right in ("postgresql://desk:p%40ss@db.example.org:5432/desk", "postgresql:///desk?host=/var/run"):
        assert address(right) == PostgresSchema(right)
