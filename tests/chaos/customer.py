"""A customer at work: writes whatever a customer can write, and notes what was acknowledged."""

import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec

from supportdesk.clock import now, uuid7
from supportdesk.domain.commands import (
    AddFiles,
    AnyIntent,
    Command,
    CreateOrder,
    DeclineDocument,
    FileRef,
    NewArticle,
    Reply,
    SignDocument,
    files_of,
)
from supportdesk.domain.orders import Article
from supportdesk.domain.projections import Draft, OutboxState
from tests.chaos.lives import Acknowledged, finish, fork
from tests.chaos.practice import Practice, Query, new_ticket
from tests.chaos.vendor import Matters
from tests.support.pdfs import ANSWERS, png

_TURNS = ("ticket", "reply", "signed", "order", "files", "ticket", "reply", "declined", "order", "files")
"""One after the other, also across lives: whatever is counted has some of each."""
_ANSWERS = {"signed", "declined"}
_HAVE_DRAFTS = {"ticket", "order"}
_WAITING_AT_MOST = 8
_LAST_S = 60.0
_SEALED_S = 180.0


class Customer:
    def __init__(self, practice: Practice, account_id: str, dice: random.Random, *, alone: bool) -> None:
        """`alone`: nothing refers to what this customer wrote before, which may have another id meanwhile."""
        self._practice = practice
        self._account_id = account_id
        self._dice = dice
        self._alone = alone
        self._matters = matters(practice.folder)
        self._acknowledged = acknowledged(practice.folder)
        self._begun = Acknowledged(str(practice.folder / "begun"))
        """Documents that were answered, or would have been if no kill had come."""
        given = self._matters
        self._known = {"subscription": [*given.subscriptions], "document": [*given.documents]}

    def write_something(self) -> None:
        """Acknowledged is what is durable."""
        kind = _TURNS[len(self._acknowledged.lines()) % len(_TURNS)]
        unanswered = self._matters.documents[len(self._begun.lines()) :]
        if kind in _ANSWERS and unanswered:
            self._answer_document(kind, unanswered[0])
        else:
            self._write("ticket" if kind in _ANSWERS else kind, f"chaos-{uuid7()}")

    def _write(self, kind: str, mark: str) -> None:
        known = self._dice.choice(list(self._known))
        intent = self._intent(kind, mark, self._dice.choice(self._known[known]))
        command = Command(uuid7(), now(), intent)
        self._send(command, self._drafted(command, kind, mark) if kind in _HAVE_DRAFTS else None)
        said = kind if kind in _HAVE_DRAFTS else f"{kind}-on-{known}"
        self._acknowledged.say(" ".join((said, mark, *_files_told(intent))))
        if kind in _HAVE_DRAFTS and not self._alone:
            self._known.setdefault(kind, []).append(command.id)

    def _intent(self, kind: str, mark: str, about: str) -> AnyIntent:
        if kind == "ticket":
            return new_ticket(mark, self._files(mark, 0)).intent
        if kind == "order":
            return CreateOrder(mark, self._articles(mark), files=self._files(mark, 0, most=1))
        if kind == "reply":
            return Reply(about, mark, self._files(mark, 0, most=1))
        return AddFiles(about, self._files(mark, 1))

    def _drafted(self, command: Command, kind: str, mark: str) -> str:
        """As the window does. Returns the draft's id."""
        files = files_of(command.intent)
        draft = Draft(command.id, self._account_id, kind, mark, 4, b"{}", files, now())
        self._practice.store.write(lambda writer: writer.save_draft(draft)).result()
        return draft.id

    def _articles(self, mark: str) -> tuple[NewArticle, ...]:
        return tuple(
            NewArticle(Article(f"BD-{place}", quantity=place + 1), self._files(mark, 0, article=place))
            for place in range(self._dice.randint(1, 3))
        )

    def _files(
        self, mark: str, least: int, *, most: int = 2, article: int | None = None
    ) -> tuple[FileRef, ...]:
        of = "" if article is None else article
        return tuple(
            self._practice.blobs.put_bytes(
                self._dice.randbytes(self._dice.randint(1, 3000)),
                f"{mark} {of} {place}.bin",
                "application/x-test",
            )
            for place in range(self._dice.randint(least, most))
        )

    def _answer_document(self, kind: str, id: str) -> None:
        """Each once, whoever was killed in between."""
        self._begun.say(id)
        if kind == "signed":
            picture = png(60, 20, pixel=self._dice.randbytes(3) + b"\xff")
            mark = self._practice.blobs.put_bytes(picture, "signature.png", "image/png")
            intent: AnyIntent = SignDocument(id, self._matters.file_sha256, ANSWERS, mark)
            answer = mark.sha256
        else:
            answer = f"chaos-{uuid7()}"
            intent = DeclineDocument(id, answer)
        self._send(Command(uuid7(), now(), intent), None)
        self._acknowledged.say(f"{kind} {id} {answer}")

    def _send(self, command: Command, draft_id: str | None) -> None:
        self._practice.store.write(lambda writer: writer.send(draft_id, self._account_id, command)).result()
        self._practice.sync.kick(self._account_id)


def _files_told(intent: AnyIntent) -> list[str]:
    """ARTICLE:SHA256 of each."""
    if isinstance(intent, CreateOrder):
        of_articles = [
            f"{place}:{file.sha256}" for place, each in enumerate(intent.articles) for file in each.files
        ]
        return [*(f":{file.sha256}" for file in intent.files), *of_articles]
    return [f":{file.sha256}" for file in files_of(intent)]


def acknowledged(folder: Path) -> Acknowledged:
    """Lines 'KIND MARK ARTICLE:SHA256…', 'signed DOCUMENT SHA256' or 'declined DOCUMENT REASON'."""
    return Acknowledged(str(folder / "acknowledged"))


def keep_matters(folder: Path, given: Matters) -> None:
    """Before the first life in `folder`."""
    (folder / "matters.json").write_bytes(msgspec.json.encode(given))


def matters(folder: Path) -> Matters:
    return msgspec.json.decode((folder / "matters.json").read_bytes(), type=Matters)


def work(
    practice: Practice, seed: int, *, ready: Path, until: Path | None = None, alone: bool = False
) -> None:
    """Writes as long as little waits: until it is killed, or `until` is there."""
    account_id = practice.start()
    customer = Customer(practice, account_id, random.Random(f"{seed}live"), alone=alone)
    while until is None or not until.exists():
        waiting = practice.store.read(lambda reader: reader.outbox(account_id)).result()
        if sum(each.state is not OutboxState.NEEDS_USER for each in waiting) < _WAITING_AT_MOST:
            customer.write_something()
            ready.touch()
        else:
            time.sleep(0.002)
    practice.close()


def in_peace(make: Callable[[], Practice], query: Query) -> None:
    """One life in which everything arrives and is sealed; what is refused is told, and counts as lost."""

    def life() -> None:
        practice = make()
        account_id = practice.start()
        end = time.monotonic() + _LAST_S
        while True:
            state = practice.sync.once(account_id, _LAST_S).result(2 * _LAST_S)
            left = practice.store.read(lambda reader: reader.outbox(account_id)).result()
            waiting = [each for each in left if each.state is not OutboxState.NEEDS_USER]
            if not waiting or time.monotonic() > end:
                break
        if waiting:
            raise RuntimeError(f"{len(waiting)} still waiting at the end: {state} {waiting[0]}")
        _until_sealed(query)
        practice.close()
        for do, number in Counter(each.do for each in left).items():
            reason = next(each.reason for each in left if each.do == do)
            print(f"   {number} {do} refused: {reason}", flush=True)

    if not finish(fork(life)):
        raise RuntimeError("a life in peace failed")


def _until_sealed(query: Query) -> None:
    end = time.monotonic() + _SEALED_S
    while left := list(query("SELECT id, seal_attempts FROM documents WHERE seal_at IS NOT NULL")):
        if time.monotonic() > end:
            raise RuntimeError(f"{len(left)} were not sealed: {left[0]}")
        time.sleep(0.05)
