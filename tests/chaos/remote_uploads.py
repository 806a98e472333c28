"""R5: a large file arrives whole over a network that is cut, though client and server are killed."""

import hashlib
import logging
import random
import tempfile
import time
from functools import partial
from pathlib import Path

from tests.chaos.lives import finish, fork, kill_after
from tests.chaos.practice import Practice, new_ticket, warm
from tests.chaos.remote_place import Place, databases, large_files
from tests.support.fault_proxy import Asked, Fault, Plan

_SIZE_BYTES = 200 * 1024 * 1024
_CUTS = 50
_CUT = (Fault.RESET_HALFWAY, Fault.RESET_ANSWERED, Fault.RESET_UNSENT, Fault.CUT_ANSWER)
_SHARE = 0.3
"""Of the chunks that are cut, until all cuts are done."""
_LIFE_S = (0.3, 0.9)
_SERVER_SHARE = 0.5
"""Of the client's lives in which the server is killed as well."""


def run(kills: int, seed: int) -> bool:
    logging.disable(logging.ERROR)  # a server that is killed and a network that fails have much to say
    warm()
    good = True
    with tempfile.TemporaryDirectory(prefix="chaos-") as name, databases(Path(name)) as kinds:
        for kind, make in kinds:
            folder = Path(name) / kind
            folder.mkdir()
            place = Place(folder, make(), _cuts(seed), profile=large_files(2 * _SIZE_BYTES))
            try:
                good = _arrives(place, kind, kills, random.Random(seed)) and good
            finally:
                place.close()
    return good


def _cuts(seed: int) -> Plan:
    dice = random.Random(seed)
    left = iter(range(_CUTS))

    def plan(asked: Asked) -> Fault:
        if asked.method != "PATCH" or dice.random() > _SHARE or next(left, None) is None:
            return Fault.NONE
        return dice.choice(_CUT)

    return plan


def _arrives(place: Place, kind: str, kills: int, dice: random.Random) -> bool:
    place.peace(True)
    if not finish(fork(partial(_write, place, dice.randbytes(_SIZE_BYTES)))):
        raise RuntimeError("the first life failed")
    place.peace(False)
    killed = _killed(place, kills, dice)
    promised = (place.folder / "promised").read_text("ascii")
    arrived = [sha256 for (sha256,) in place.query("SELECT sha256 FROM attachments")]
    whole = promised in arrived and hashlib.sha256(place.content(promised)).hexdigest() == promised
    chunks = [(offset, fault) for method, offset, fault in place.journal() if method == "PATCH"]
    twice = len(chunks) - len({offset for offset, _fault in chunks})
    cuts = sum(fault != Fault.NONE.name for _offset, fault in chunks)
    print(
        f"   {kind}: {_SIZE_BYTES >> 20} MB, {cuts} cuts, {killed} kills:"
        f" {'the same' if whole else 'OTHER'} bytes, {twice} chunks came twice",
        flush=True,
    )
    return whole and killed >= kills and cuts == _CUTS and twice <= cuts + killed


def _killed(place: Place, kills: int, dice: random.Random) -> int:
    """Kills client or server while the file is sent, then lets it arrive. Returns how many were killed."""
    killed = 0
    while killed < kills and not (place.folder / "arrived").exists():
        child = fork(partial(_send, place))
        time.sleep(dice.uniform(*_LIFE_S))
        if dice.random() < _SERVER_SHARE:
            place.kill_server()
            place.start_server()
            killed += 1
            time.sleep(dice.uniform(*_LIFE_S))
        killed += kill_after(child, 0)
    if not finish(fork(partial(_send, place))):
        raise RuntimeError("the last life failed")
    return killed


def _write(place: Place, content: bytes) -> None:
    """Signs in, and saves a report with the file."""
    practice = Practice(place.folder, opened=place.backend)
    account_id = practice.start()
    file = practice.blobs.put_bytes(content, "large.bin", "application/x-test")
    command = new_ticket("large", (file,))
    practice.store.write(lambda writer: writer.send(None, account_id, command)).result()
    (place.folder / "promised").write_text(file.sha256, "ascii")
    practice.close()


def _send(place: Place) -> None:
    """Until the report has arrived."""
    practice = Practice(place.folder, opened=place.backend)
    account_id = practice.start()
    while practice.store.read(lambda reader: reader.outbox(account_id)).result():
        time.sleep(0.02)
    (place.folder / "arrived").touch()
    practice.close()
