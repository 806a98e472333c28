"""Two people work on one organisation's tickets while the network is cut and restored between them."""

import tempfile
from pathlib import Path

from supportdesk.desk.store.address import PostgresSchema
from tests.support.postgres import Cluster, programs
from tests.support.rest_world import rest_world
from tests.support.two_people import work_together


def run(seconds: int, seed: int) -> bool:
    if programs() is None:
        print("   NOT RUN: PostgreSQL is not installed (apt-get install postgresql)")
        return False
    cluster = Cluster()
    try:
        address = PostgresSchema(cluster.url(cluster.make_furnished()))
        with tempfile.TemporaryDirectory(prefix="chaos-") as name:
            folder = Path(name)
            with rest_world(folder / "server", address) as world:
                outcome = work_together(world, folder, seconds, seed)
    finally:
        cluster.remove()
    print(f"   {seconds} s: {outcome}: {len(outcome.wrong)} wrong", *outcome.wrong[:5], sep="\n      ")
    return not outcome.wrong and outcome.counts["sent"] > seconds and outcome.counts["cuts"] > 0
