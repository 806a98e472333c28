"""Important information, newsletter and help articles: what is listed, found, read, confirmed and rated."""

from enum import StrEnum

import msgspec

from supportdesk import clock
from supportdesk.app import markup
from supportdesk.app.presenter import Presenter
from supportdesk.app.spelling import did_you_mean
from supportdesk.app.workspace import Workspace
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.commands import AnyIntent, Command, ConfirmNotice, MarkRead, RateArticle
from supportdesk.domain.entities import Publication, PublicationKind
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.projections import Link, SyncState
from supportdesk.domain.text import match_spans, sort_key
from supportdesk.replica.reader import Reader

_EXCERPT_CHARS = 160
_BEFORE_MATCH_CHARS = 32


class Order(StrEnum):
    NEWEST = "newest"
    HELPFUL = "helpful"
    TITLE = "title"


class Face(StrEnum):
    """What the place of list and text shows."""

    LOADING = "loading"
    ROWS = "rows"
    NOTHING_YET = "nothing_yet"
    NO_MATCH = "no_match"
    NEVER_LOADED = "never_loaded"
    """Nothing is here and the vendor's portal did not deliver."""
    FAILED = "failed"
    """This computer could not read its own store."""


class Ask(msgspec.Struct, frozen=True):
    """What the list is asked for; empty texts ask for everything."""

    text: str = ""
    category: str = ""
    label: str = ""
    order: Order = Order.NEWEST

    @property
    def is_filtered(self) -> bool:
        return bool(self.text or self.category or self.label)


class Entry(msgspec.Struct, frozen=True):
    """One row. `line` is the summary, else how the text begins; or what stands around the first match."""

    item: Publication
    line: str


class ReadingState(msgspec.Struct, frozen=True):
    """`chosen` is the text being read; it stays when a search no longer lists it."""

    ask: Ask = Ask()
    loaded: bool = False
    entries: tuple[Entry, ...] = ()
    total: int = 0
    """Without any filter."""
    categories: tuple[str, ...] = ()
    chosen: Publication | None = None
    missing: bool = False
    """What was asked for by its id is not there."""
    suggestion: str = ""
    """What the search may have meant."""
    catalogue: Catalogue | None = None
    sync: SyncState | None = None
    error: SupportDeskError | None = None

    @property
    def face(self) -> Face:
        if self.error is not None and not self.loaded:
            return Face.FAILED
        if not self.loaded:
            return Face.LOADING
        if self.entries:
            return Face.ROWS
        return Face.NO_MATCH if self.total else self._face_of_nothing()

    def _face_of_nothing(self) -> Face:
        if self.sync is None or self.sync.last_success_at is not None:
            return Face.NOTHING_YET
        return Face.LOADING if self.sync.link in {Link.STARTING, Link.SYNCING} else Face.NEVER_LOADED


class _Read(msgspec.Struct, frozen=True):
    entries: tuple[Entry, ...]
    everything: tuple[Publication, ...]
    categories: tuple[str, ...]
    suggestion: str
    catalogue: Catalogue | None
    sync: SyncState


class ReadingPresenter(Presenter[ReadingState]):
    def __init__(self, workspace: Workspace, account_id: str, kind: PublicationKind) -> None:
        order = Order.HELPFUL if kind is PublicationKind.ARTICLE else Order.NEWEST
        super().__init__(workspace, ReadingState(Ask(order=order)))
        self._account_id = account_id
        self._kind = kind
        self._chosen_id = ""
        self._everything: dict[str, Publication] = {}
        self._told_read: set[str] = set()
        self.read()

    # What the customer does

    def search(self, text: str) -> None:
        self._ask(text=text.strip())

    def filter(self, *, category: str | None = None, label: str | None = None) -> None:
        """None keeps what was chosen, '' lifts it."""
        now = self.state.ask
        self._ask(
            category=now.category if category is None else category,
            label=now.label if label is None else label,
        )

    def sort(self, order: Order) -> None:
        self._ask(order=order)

    def clear_filters(self) -> None:
        self._ask(text="", category="", label="")

    def choose(self, publication_id: str) -> None:
        self._chosen_id = publication_id
        self._show_chosen()

    def choose_first(self) -> None:
        """Something to read when nothing was chosen: what still wants attention, else the first."""
        entries = self.state.entries
        if self._chosen_id in self._everything or not entries:
            return
        wanting = [entry.item.id for entry in entries if self.wants_attention(entry.item)]
        self.choose((wanting or [entries[0].item.id])[0])

    def seen(self) -> None:
        """What is chosen has been before the customer's eyes for a moment."""
        item = self.state.chosen
        if item is not None and self.is_unread(item) and item.id not in self._told_read:
            self._told_read.add(item.id)
            self._send(f"read:{item.id}", MarkRead("publication", item.id))

    def confirm(self) -> None:
        item = self.state.chosen
        if item is not None and item.must_confirm and item.confirmed_at is None:
            self._send("confirm", ConfirmNotice(item.id))

    def rate(self, helpful: bool) -> None:
        """A later answer replaces the earlier one."""
        item = self.state.chosen
        if item is not None and item.my_rating is not helpful:
            self._send("rate", RateArticle(item.id, helpful))

    # What is told about one text

    def is_unread(self, item: Publication) -> bool:
        """Help articles are looked up, not read through: they carry no mark."""
        return self._kind is not PublicationKind.ARTICLE and item.read_at is None

    def wants_attention(self, item: Publication) -> bool:
        return needs_confirming(item) or (self.is_unread(item) and not is_over(item))

    # What comes back

    def on_change(self, change: ChangeSet) -> None:
        if change.account_id == self._account_id and change.touches(
            "publication", "outbox", "sync", "catalogue"
        ):
            self.read()

    def read(self) -> None:
        account_id, kind, ask = self._account_id, self._kind, self.state.ask
        self.jobs.start(
            self,
            "read",
            lambda: self.workspace.read(lambda reader: _read(reader, account_id, kind, ask)),
            self._show,
            lambda error: self._change(error=error),
        )

    def _show(self, read: _Read) -> None:
        self._everything = {item.id: item for item in read.everything}
        self._change(
            loaded=True,
            entries=read.entries,
            total=len(read.everything),
            categories=read.categories,
            suggestion=read.suggestion,
            catalogue=read.catalogue,
            sync=read.sync,
            chosen=self._everything.get(self._chosen_id),
            missing=bool(self._chosen_id) and self._chosen_id not in self._everything,
            error=None,
        )

    def _show_chosen(self) -> None:
        if self.state.loaded:
            chosen = self._everything.get(self._chosen_id)
            self._change(chosen=chosen, missing=bool(self._chosen_id) and chosen is None)

    def _ask(self, **changes: object) -> None:
        ask = msgspec.structs.replace(self.state.ask, **changes)
        if ask != self.state.ask:
            self._change(ask=ask)
            self.read()

    def _send(self, key: str, intent: AnyIntent) -> None:
        account_id = self._account_id
        command = Command(clock.uuid7(), clock.now(), intent)
        self.jobs.start(
            self,
            key,
            lambda: self.workspace.write(lambda writer: writer.send(None, account_id, command)),
            lambda _sent: self.workspace.sync.kick(account_id),
            lambda error: self._change(error=error),
        )

    def _change(self, **changes: object) -> None:
        self.replace(msgspec.structs.replace(self.state, **changes))


def needs_confirming(item: Publication) -> bool:
    return item.must_confirm and item.confirmed_at is None and not is_over(item)


def is_over(item: Publication) -> bool:
    return item.valid_until is not None and item.valid_until < clock.now()


def _read(reader: Reader, account_id: str, kind: PublicationKind, ask: Ask) -> _Read:
    everything = reader.publications(account_id, kind)
    found = reader.publications(account_id, kind, ask.text) if ask.text else everything
    suggestion = "" if found or not ask.text else _suggestion(reader, account_id, kind, ask.text, everything)
    listed = [item for item in found if _fits(item, ask)]
    return _Read(
        entries=tuple(Entry(item, _line(item, ask.text)) for item in _sorted(listed, ask.order)),
        everything=everything,
        categories=tuple(sorted({item.category for item in everything if item.category}, key=sort_key)),
        suggestion=suggestion,
        catalogue=reader.catalogue(account_id),
        sync=reader.sync_state(account_id),
    )


def _fits(item: Publication, ask: Ask) -> bool:
    return ask.category in {"", item.category} and (not ask.label or ask.label in item.labels)


def _sorted(items: list[Publication], order: Order) -> list[Publication]:
    """`items` come newest first, which also decides between equals."""
    if order is Order.TITLE:
        return sorted(items, key=lambda item: sort_key(item.title))
    if order is Order.HELPFUL:
        return sorted(items, key=lambda item: -(item.helpful_percent or 0))
    return items


def _suggestion(
    reader: Reader, account_id: str, kind: PublicationKind, text: str, everything: tuple[Publication, ...]
) -> str:
    """Only what would find something."""
    texts = (" ".join((item.title, item.category, *item.labels)) for item in everything)
    better = did_you_mean(text, texts)
    return better if better and reader.publications(account_id, kind, better) else ""


def _line(item: Publication, search: str) -> str:
    if search:
        body = " ".join(markup.plain_text(item.body).split())
        if spans := match_spans(body, search):
            return _around(body, spans[0][0])
    if item.summary or item.publication is PublicationKind.ARTICLE:
        return item.summary
    return " ".join(markup.plain_text(item.body[: 3 * _EXCERPT_CHARS]).split())[:_EXCERPT_CHARS]


def _around(body: str, match: int) -> str:
    """Some text with the match near its beginning, cut between words."""
    if match <= _BEFORE_MATCH_CHARS:
        return body[:_EXCERPT_CHARS]
    begin = body.rfind(" ", 0, match - _BEFORE_MATCH_CHARS) + 1
    return f"… {body[begin : begin + _EXCERPT_CHARS]}"
