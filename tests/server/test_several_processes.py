"""Two servers on one PostgreSQL database behind one nginx, set up as the manual says."""

import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx
import msgspec
import pytest

from supportdesk import clock
from supportdesk.desk.store.address import PostgresSchema
from supportdesk.desk.store.database import opened
from supportdesk.domain.commands import CreateTicket, encode_intent
from supportdesk.domain.entities import Attachment, Ticket
from supportdesk.domain.wire import API
from tests.server.talking import Talker, sha256
from tests.server.test_events import Ear
from tests.server.test_process import small_profile_file
from tests.support.desk import COLLEAGUE, CUSTOMER, add_people
from tests.support.nginx import nginx
from tests.support.postgres import Cluster
from tests.support.s3 import s3_store
from tests.support.server_process import ServerProcess, server_process

pytestmark = [pytest.mark.needs("nginx"), pytest.mark.second_stage, pytest.mark.timeout(180)]

SENDERS, TICKETS = 3, 12


class Farm(NamedTuple):
    first: ServerProcess
    second: ServerProcess
    address: str
    """Of nginx."""

    @contextmanager
    def talker(self, user: str = CUSTOMER) -> Iterator[Talker]:
        with httpx.Client(base_url=self.address + API, timeout=30) as client:
            talker = Talker(client)
            assert talker.sign_in(user).status_code == 201
            yield talker


@pytest.fixture
def farm(tmp_path: Path, cluster: Cluster) -> Iterator[Farm]:
    database = cluster.make_database()
    url = cluster.url(database)
    with closing(opened(PostgresSchema(url, "desk_small"))) as connection:
        add_people(connection, clock.now())
    arguments = small_profile_file(tmp_path), f"--data={tmp_path / 'data'}"
    environment = {"SUPPORTDESK_SERVER_DATABASE": url}
    try:
        with (
            server_process(tmp_path, *arguments, environment=environment) as first,
            server_process(tmp_path, *arguments, environment=environment) as second,
            nginx(tmp_path, [each.address.removeprefix("http://") for each in (first, second)]) as address,
        ):
            yield Farm(first, second, address)
    finally:
        cluster.drop_database(database)


def test_whichever_process_answers_it_is_one_desk(farm: Farm) -> None:
    """Commands, repeats and pieces of a file, each through another process."""
    with farm.talker() as jana, farm.talker(COLLEAGUE) as tom:
        intent = encode_intent(CreateTicket("Printer", "D"))
        command_id = clock.uuid7()
        receipts = {jana.send(intent, command_id).text for _time in range(4)}
        assert len(receipts) == 1
        content = os.urandom(10_000)
        jana.begin_upload(content)
        for offset in range(0, 10_000, 1_000):
            assert jana.append(sha256(content), offset, content[offset : offset + 1_000]).status_code == 204
        digest = jana.upload(content)
        ticket = jana.report("With file", files=({"name": "a", "sha256": digest, "size_bytes": 10_000},))
        attachment = next(each for each in tom.sees() if isinstance(each, Attachment))
        assert attachment.conversation_id == ticket
        for _time in range(2):
            assert tom.client.get(f"/attachments/{attachment.id}/content").content == content
    for process in (farm.first, farm.second):
        assert httpx.get(f"{process.address}/metrics").text.count('route="/api/v1/commands"') > 0


def test_news_cross_from_one_process_to_the_other(farm: Farm) -> None:
    """Streams at both of them hear of it, and end with the session, whoever ended it."""
    with farm.talker() as jana, farm.talker(COLLEAGUE) as tom, farm.talker(COLLEAGUE) as third:
        ears = [Ear(tom), Ear(third)]
        jana.report()
        assert all(ear.hears() for ear in ears)
        for talker, ear in zip((tom, third), ears, strict=True):
            headers = talker.client.headers
            assert httpx.delete(f"{farm.address}{API}/sessions/current", headers=headers).status_code == 204
            assert ear.ended.wait(20)
            ear.join()


@pytest.mark.parametrize("how", ["in order", "killed"])
def test_nothing_is_lost_or_doubled_when_a_process_goes(farm: Farm, how: str) -> None:
    """While people report; whoever has to repeat gets the first receipt."""
    sent: list[dict[str, str]] = []
    with farm.talker() as jana:
        threads = [
            threading.Thread(target=_report, args=(farm, jana.token, sent)) for _each in range(SENDERS)
        ]
        for thread in threads:
            thread.start()
        if how == "killed":
            farm.first.kill()
        else:
            assert farm.first.end() == 0
        for thread in threads:
            thread.join()
        assert [len(each) for each in sent] == [TICKETS] * SENDERS
        tickets = [each.id for each in jana.sees() if isinstance(each, Ticket)]
        assert sorted(tickets) == sorted(command_id for each in sent for command_id in each)


def _report(farm: Farm, token: str, sent: list[dict[str, str]]) -> None:
    """As a client does: the same key until there is a receipt."""
    receipts: dict[str, str] = {}
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=farm.address + API, headers=headers, timeout=30) as client:
        talker = Talker(client)
        for number in range(TICKETS):
            command_id = clock.uuid7()
            intent = encode_intent(CreateTicket(f"Ticket {number}", "D"))
            while command_id not in receipts:
                answer = talker.send(intent, command_id)
                assert answer.status_code in {200, 502, 503, 504}, answer.text
                if answer.status_code == 200:
                    receipts[command_id] = answer.text
    sent.append(receipts)


def test_files_in_a_bucket_need_no_disk_in_common(tmp_path: Path, cluster: Cluster) -> None:
    """Two machines: what one took, the other gives. Whoever is sent to the other one half-way begins anew."""
    database = cluster.make_database()
    with closing(opened(PostgresSchema(cluster.url(database), "desk_small"))) as connection:
        add_people(connection, clock.now())
    with ExitStack() as stack:
        stack.callback(cluster.drop_database, database)
        told = stack.enter_context(s3_store()).bucket()
        environment = {"SUPPORTDESK_SERVER_DATABASE": cluster.url(database)} | {
            f"SUPPORTDESK_SERVER_S3_{name.upper()}": value
            for name, value in msgspec.structs.asdict(told).items()
        }
        talkers = []
        for name in ("first", "second"):
            arguments = small_profile_file(tmp_path), f"--data={tmp_path / name}"
            process = stack.enter_context(server_process(tmp_path, *arguments, environment=environment))
            talkers.append(
                Talker(stack.enter_context(httpx.Client(base_url=process.address + API, timeout=30)))
            )
        here, there = talkers
        assert here.sign_in(CUSTOMER).status_code == 201
        there.client.headers["Authorization"] = here.client.headers["Authorization"]
        content = os.urandom(10_000)
        here.begin_upload(content)
        assert here.append(sha256(content), 0, content[:5_000]).status_code == 204
        assert there.append(sha256(content), 5_000, content[5_000:]).status_code == 404
        there.upload(content)
        file = {"name": "a", "sha256": sha256(content), "size_bytes": 10_000}
        here.report("With file", files=(file,))
        attachment = next(each for each in there.sees() if isinstance(each, Attachment))
        for talker in talkers:
            assert talker.client.get(f"/attachments/{attachment.id}/content").content == content
