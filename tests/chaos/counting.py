"""What was promised, compared with what a desk holds."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from supportdesk.domain.documents import Standing
from supportdesk.pdf.checking import check
from tests.chaos.lives import Acknowledged
from tests.chaos.practice import Query

_MARKED = (
    "SELECT subject FROM tickets WHERE subject LIKE 'chaos-%'",
    "SELECT reference FROM orders WHERE reference LIKE 'chaos-%'",
    "SELECT body FROM messages WHERE body LIKE 'chaos-%'",
    "SELECT conversation_id FROM events WHERE event IN ('signed', 'declined')",
)
_FILES = "SELECT name, sha256 FROM attachments WHERE name LIKE 'chaos-%'"
_ANSWERS = "SELECT id, mark_sha256, reason FROM documents WHERE state IN ('signed', 'declined')"
_SIGNED = "SELECT id, sealed_sha256 FROM documents WHERE state = 'signed'"
_ATTEMPTS = "SELECT seal_attempts FROM documents"
_SEALS = "SELECT subject_id FROM audit WHERE action = 'seal_document'"


class Count(NamedTuple):
    kills: int
    kinds: Counter[str]
    """What was acknowledged."""
    seals: int
    attempts: int
    """Of sealing: most others were killed."""
    lost: int
    doubled: int
    damaged: int
    """With other bytes than those that were saved, or another answer."""

    @property
    def acknowledged(self) -> int:
        return self.kinds.total()

    @property
    def is_whole(self) -> bool:
        return (self.lost, self.doubled, self.damaged) == (0, 0, 0)

    def __str__(self) -> str:
        kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(self.kinds.items()))
        return (
            f"{self.acknowledged} acknowledged ({kinds}; {self.seals} sealed in {self.attempts} attempts):"
            f" {self.lost} lost, {self.doubled} doubled, {self.damaged} with other bytes"
        )


class Held(NamedTuple):
    """What a desk holds of what was written here, by mark or by the id of a document."""

    copies: Counter[str]
    files: dict[str, Counter[str]]
    """How often each ARTICLE:SHA256."""
    answers: dict[str, str]
    """The hash of the signature or the reason."""
    signed: dict[str, str]
    """The hash of the sealed file; '' where there is none."""
    seals: Counter[str]
    attempts: int


def held(query: Query) -> Held:
    """`query` asks the desk's database, past all our code."""
    files: dict[str, Counter[str]] = defaultdict(Counter)
    for name, sha256 in query(_FILES):
        mark, article, _place = name.split(" ")
        files[mark][f"{article}:{sha256}"] += 1
    return Held(
        Counter(row[0] for statement in _MARKED for row in query(statement)),
        files,
        {id: mark or reason for id, mark, reason in query(_ANSWERS)},
        dict(query(_SIGNED)),  # type: ignore[arg-type]
        Counter(row[0] for row in query(_SEALS)),
        sum(int(row[0]) for row in query(_ATTEMPTS)),
    )


class Promise(NamedTuple):
    """What was acknowledged; see `customer.acknowledged`."""

    kind: str
    mark: str
    rest: tuple[str, ...]


def counted(acknowledged: Acknowledged, desk: Held, content: Callable[[str], bytes], kills: int = 0) -> Count:
    """`content` reads a file by its hash."""
    lines = [line.split(" ") for line in acknowledged.lines()]
    promised = [Promise(kind, mark, tuple(rest)) for kind, mark, *rest in lines]
    lost = sum(_is_lost(desk, each) for each in promised)
    lost += sum(not sealed for sealed in desk.signed.values())
    marks = desk.copies.keys() | desk.files.keys() | desk.seals.keys()
    doubled = sum(max(_copies(desk, mark), desk.seals[mark], 1) - 1 for mark in marks)
    damaged = sum(_copies(desk, each.mark) > 0 and not _is_same(desk, each) for each in promised)
    damaged += sum(_hash(content(sha256)) != sha256 for sha256 in set(_contents(promised)))
    damaged += sum(not _is_intact(content(sha256), sha256) for sha256 in desk.signed.values() if sha256)
    kinds = Counter(each.kind.replace("-", " ") for each in promised)
    return Count(kills, kinds, len(desk.seals), desk.attempts, lost, doubled, damaged)


def _contents(promised: Iterable[Promise]) -> Iterator[str]:
    for each in promised:
        if each.kind != "declined":
            yield from (told.rpartition(":")[2] for told in each.rest)


def _is_lost(desk: Held, promise: Promise) -> bool:
    """Files may be there without the text that they belong to."""
    place = desk.files if promise.kind.startswith("files-on-") else desk.copies
    return not place.get(promise.mark)


def _copies(desk: Held, mark: str) -> int:
    return max(desk.copies[mark], *desk.files[mark].values(), 0) if mark in desk.files else desk.copies[mark]


def _is_same(desk: Held, promise: Promise) -> bool:
    if promise.mark in desk.answers:
        return (desk.answers[promise.mark],) == promise.rest
    return set(promise.rest) == set(desk.files.get(promise.mark, ()))


def _is_intact(pdf: bytes, sha256: str) -> bool:
    return _hash(pdf) == sha256 and check(pdf).standing is Standing.UNKNOWN_SIGNER  # nobody is asked to vouch


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
