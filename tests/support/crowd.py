"""A process of its own that sends commands to a desk on PostgreSQL, as many at once as it has threads.

    python -m tests.support.crowd URL THREADS

Reads a JSON list of [user, command id, intent] from its first line of input and says `ready`; begins after
the second line; writes a JSON object of each command id's [entity id, number].
"""

import base64
import json
import sys
import threading
from contextlib import closing

from supportdesk.clock import now
from supportdesk.desk.conversations.applying import Asked
from supportdesk.desk.conversations.intake import take
from supportdesk.desk.store.address import PostgresSchema
from supportdesk.desk.store.database import opened
from supportdesk.desk.visibility.actors import Actor
from tests.support.desk import view_of

Wanted = tuple[str, str, str]
"""(user, command id, the intent in Base64)."""


def main(url: str, thread_count: int) -> None:
    address = PostgresSchema(url)
    wanted: list[Wanted] = json.loads(sys.stdin.readline())
    with closing(opened(address)) as connection:
        actors = {user: view_of(connection, user).actor for user in {user for user, _id, _intent in wanted}}
    told: dict[str, tuple[str, str]] = {}
    crowd = [
        threading.Thread(target=_send, args=(address, actors, wanted[each::thread_count], told))
        for each in range(thread_count)
    ]
    print("ready", flush=True)
    sys.stdin.readline()
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    print(json.dumps(told), flush=True)


def _send(
    address: PostgresSchema,
    actors: dict[str, Actor],
    wanted: list[Wanted],
    told: dict[str, tuple[str, str]],
) -> None:
    with closing(opened(address)) as connection:
        for user, id, intent in wanted:
            asked = Asked(id=id, created_at=now(), payload=base64.b64decode(intent))
            receipt = take(connection, actors[user], asked, now())
            told[id] = receipt.entity_id, receipt.number


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
