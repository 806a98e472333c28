"""Several vendors on one server: each has mails of its own, and says by itself who is told what."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from supportdesk.clock import now, uuid7
from supportdesk.desk.conversations.applying import Asked
from supportdesk.desk.conversations.intake import take
from supportdesk.desk.store.address import address, of_vendor
from supportdesk.desk.store.database import opened
from supportdesk.domain.commands import CreateTicket, encode_intent
from supportdesk.server import cli
from tests.support.desk import view_of
from tests.support.small_vendor import PROFILE

JANA = "jana@practice.example"
Admin = Callable[..., Any]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """'' for SQLite."""
    if request.param == "sqlite":
        return ""
    cluster = request.getfixturevalue("cluster")
    return str(cluster.url(cluster.make_database()))


@pytest.fixture
def admin(tmp_path: Path, database: str, capsys: pytest.CaptureFixture[str]) -> Admin:
    """A command of the vendor `small` or `other`, and its answer."""
    where = [f"--data={tmp_path / 'data'}", *([f"--database={database}"] if database else [])]
    for vendor in ("small", "other"):
        profile = tmp_path / f"{vendor}.toml"
        profile.write_text(PROFILE.replace('id = "small"', f'id = "{vendor}"', 1), encoding="utf-8")
        where.append(f"--profile={profile}")

    def run(vendor: str, *words: str) -> Any:
        capsys.readouterr()
        code = cli.main(["admin", *words, *where, f"--vendor={vendor}", "--json"])
        said = capsys.readouterr()
        assert code == 0, said.err
        return json.loads(said.out)

    return run


def _report(folder: Path, database: str, vendor: str) -> None:
    base = address(database) if database else folder / "data"
    with closing(opened(of_vendor(base, vendor))) as connection:
        intent = encode_intent(CreateTicket(subject=f"Seen at {vendor}", description="It smokes."))
        take(connection, view_of(connection, JANA).actor, Asked(uuid7(), now(), intent), now())


def test_no_vendor_reads_of_the_others_customers(admin: Admin, tmp_path: Path, database: str) -> None:
    """The same person reports at both; the address of one is told by that one alone."""
    for vendor in ("small", "other"):
        admin(vendor, "organisation", "add", "Practice")
        admin(vendor, "person", "add", JANA, "Jana", "--organisation=Practice", "--tell-password")
    admin("small", "notification", "add", "team@small.example")
    assert admin("other", "notification", "list") == {"notifications": []}
    for vendor in ("small", "other"):
        _report(tmp_path, database, vendor)
    (mail,) = admin("small", "mail", "list")["mails"]
    assert (mail["to_address"], mail["subject"]) == ("team@small.example", "[#1001] Seen at small")
    assert admin("other", "mail", "list") == {"mails": []}
