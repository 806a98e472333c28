"""Important information, newsletter and help articles: what is listed, found, read, confirmed and rated."""

from enum import StrEnum

import msgspec

from supportdesk import clock
from supportdesk.app import markup
from supportdesk.app.presenter import Presenter
from supportdesk.app.vendors import Vendors
from supportdesk.app.workspace import Workspace
from supportdesk.domain import videos
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.commands import AnyIntent, Command, ConfirmNotice, MarkRead, RateArticle
from supportdesk.domain.entities import Publication, PublicationKind
from supportdesk.domain.errors import NotFound, SupportDeskError
from supportdesk.domain.projections import Link, PublicationList, PublicationQuery, SyncState
from supportdesk.domain.projections import PublicationOrder as Order
from supportdesk.domain.text import first_match
from supportdesk.replica.reader import Reader

_EXCERPT_CHARS = 160
_BEFORE_MATCH_CHARS = 32
_AT_ONCE = 60


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
    browsed_by: Order = Order.NEWEST
    found_by: Order = Order.BEST
    literal: bool = False
    """Just these words, even if nothing has them."""

    @property
    def filters(self) -> tuple[object, ...]:
        return self.text, self.category, self.label, self.literal

    @property
    def order(self) -> Order:
        return self.found_by if self.text else self.browsed_by


class Entry(msgspec.Struct, frozen=True):
    """One row. `line` is the summary, else how the text begins; or what stands around the first match."""

    item: Publication
    line: str


class ReadingState(msgspec.Struct, frozen=True):
    """`chosen` is the text being read; what a filter or a search does not list gives way."""

    ask: Ask = Ask()
    loaded: bool = False
    answered: Ask = Ask()
    """What `entries` and all that is told of them answer; a later question may be on its way."""
    entries: tuple[Entry, ...] = ()
    """The first ones; `ReadingPresenter.more` brings others."""
    listed: PublicationList = PublicationList()
    chosen: Publication | None = None
    related: tuple[Publication, ...] = ()
    can_play: bool = False
    """Its video is on the web, or here."""
    missing: bool = False
    """What was asked for by its id is not there."""
    corrected: str = ""
    """What was searched for in place of words that nothing has."""
    suggestion: str = ""
    """What the search may have meant."""
    catalogue: Catalogue | None = None
    sync: SyncState | None = None
    error: SupportDeskError | None = None

    @property
    def searched(self) -> str:
        return self.corrected or self.answered.text

    @property
    def face(self) -> Face:
        if self.error is not None and not self.loaded:
            return Face.FAILED
        if not self.loaded:
            return Face.LOADING
        if self.entries:
            return Face.ROWS
        return Face.NO_MATCH if self.listed.total else self._face_of_nothing()

    def _face_of_nothing(self) -> Face:
        if self.sync is None or self.sync.last_success_at is not None:
            return Face.NOTHING_YET
        return Face.LOADING if self.sync.link in {Link.STARTING, Link.SYNCING} else Face.NEVER_LOADED


class _Chosen(msgspec.Struct, frozen=True):
    """What was found under an id, and what belongs to it."""

    id: str = ""
    item: Publication | None = None
    related: tuple[Publication, ...] = ()
    can_play: bool = False


class _Read(msgspec.Struct, frozen=True):
    asked: Ask
    entries: tuple[Entry, ...]
    listed: PublicationList
    chosen: _Chosen
    corrected: str
    suggestion: str
    catalogue: Catalogue | None
    sync: SyncState


class _Source(msgspec.Struct, frozen=True):
    """Reads for one presenter, in the read lane."""

    account_id: str
    kind: PublicationKind
    vendors: Vendors

    def read(self, reader: Reader, ask: Ask, limit: int, chosen_id: str) -> _Read:
        now = clock.now()
        asked = PublicationQuery(
            self.account_id, self.kind, ask.text, ask.category, ask.label, ask.order, limit
        )
        listed = reader.publications(asked, now)
        better = reader.correction(asked, listed.matches, now) if ask.text else ""
        corrected = better if not listed.matches and not ask.literal else ""
        if corrected:
            listed = reader.publications(msgspec.structs.replace(asked, text=corrected), now)
        return _Read(
            asked=ask,
            entries=tuple(
                Entry(item, _line(item, corrected or ask.text)) for item in self._asked(reader, listed.items)
            ),
            listed=listed,
            chosen=self.find(reader, chosen_id),
            corrected=corrected,
            suggestion="" if corrected else better,
            catalogue=reader.catalogue(self.account_id),
            sync=reader.sync_state(self.account_id),
        )

    def find(self, reader: Reader, publication_id: str) -> _Chosen:
        try:
            item = reader.publication(self.account_id, publication_id)
        except NotFound:
            return _Chosen(publication_id)
        if item.publication is not self.kind:
            return _Chosen(publication_id)
        is_article = self.kind is PublicationKind.ARTICLE
        related = reader.related(self.account_id, item, clock.now()) if is_article else ()
        profile_id = reader.account(self.account_id).profile_id
        film = self.vendors.film(profile_id, item.video)
        (item,) = self._asked(reader, (item,))
        return _Chosen(publication_id, item, related, bool(videos.host(item.video) or film))

    def _asked(self, reader: Reader, items: tuple[Publication, ...]) -> tuple[Publication, ...]:
        """Staff are not asked to confirm what they tell their customers."""
        if not reader.account(self.account_id).is_staff:
            return items
        return tuple(msgspec.structs.replace(item, must_confirm=False) for item in items)


class ReadingPresenter(Presenter[ReadingState]):
    def __init__(self, workspace: Workspace, account_id: str, kind: PublicationKind) -> None:
        order = Order.HELPFUL if kind is PublicationKind.ARTICLE else Order.NEWEST
        super().__init__(workspace, ReadingState(Ask(browsed_by=order)))
        self._account_id = account_id
        self._kind = kind
        self._source = _Source(account_id, kind, workspace.vendors)
        self._chosen_id = ""
        self._limit = _AT_ONCE
        self._told_read: set[str] = set()
        self.read()

    # What the customer does

    def search(self, text: str) -> None:
        if text.strip() != self.state.ask.text:
            self._ask(text=text.strip(), literal=False)

    def search_everywhere(self, text: str) -> None:
        """What was meant is found wherever it is."""
        self._ask(text=text, category="", label="", literal=False)

    def search_literally(self) -> None:
        """Without any correction."""
        self._ask(literal=True)

    def filter(self, *, category: str | None = None, label: str | None = None) -> None:
        """None keeps what was chosen, '' lifts it."""
        now = self.state.ask
        self._ask(
            category=now.category if category is None else category,
            label=now.label if label is None else label,
        )

    def show_label(self, label: str) -> None:
        """Everything that carries it, whatever was searched for before."""
        self._ask(text="", category="", label=label, literal=False)

    def sort(self, order: Order) -> None:
        """What is found and what is browsed are sorted each in their own way."""
        if self.state.ask.text:
            self._ask(found_by=order)
        else:
            self._ask(browsed_by=order)

    def clear_filters(self) -> None:
        self._ask(text="", category="", label="", literal=False)

    def more(self) -> None:
        """The end of the list has come into sight."""
        if len(self.state.entries) == self._limit < self.state.listed.count:
            self._limit += _AT_ONCE
            self.read()

    def choose(self, publication_id: str) -> None:
        if publication_id == self._chosen_id and self.state.chosen is not None:
            return
        self._chosen_id = publication_id
        known = (*(entry.item for entry in self.state.entries), *self.state.related)
        item = next((each for each in known if each.id == publication_id), None)
        self._change(chosen=item, related=(), can_play=False, missing=False)
        source = self._source
        self.jobs.start(
            self,
            "chosen",
            lambda: self.workspace.read(lambda reader: source.find(reader, publication_id)),
            lambda found: self._change(**self._chosen(found)),
            lambda error: self._change(error=error),
        )

    def choose_first(self) -> None:
        """Something to read when nothing was chosen: what still wants attention, else the first."""
        entries = self.state.entries
        if self._chosen_id or not entries:
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
        source, ask, limit, chosen_id = self._source, self.state.ask, self._limit, self._chosen_id
        self.jobs.start(
            self,
            "read",
            lambda: self.workspace.read(lambda reader: source.read(reader, ask, limit, chosen_id)),
            self._show,
            lambda error: self._change(error=error),
        )

    def _show(self, read: _Read) -> None:
        chosen = self._chosen(read.chosen)
        if self._is_passed_over(read):
            self._chosen_id = ""
            chosen = self._chosen(_Chosen())
        self._change(
            loaded=True,
            answered=read.asked,
            entries=read.entries,
            listed=read.listed,
            corrected=read.corrected,
            suggestion=read.suggestion,
            catalogue=read.catalogue,
            sync=read.sync,
            error=None,
            **chosen,
        )

    def _is_passed_over(self, read: _Read) -> bool:
        """Other filters do not list what is read. What a link or another text led to stays till then."""
        asks_anew = self.state.loaded and read.asked.filters != self.state.answered.filters
        is_whole = read.listed.count == len(read.entries)
        return asks_anew and is_whole and self._chosen_id not in {entry.item.id for entry in read.entries}

    def _chosen(self, found: _Chosen) -> dict[str, object]:
        """What it changes, unless something else was chosen in the meantime."""
        if found.id != self._chosen_id:
            return {}
        return {
            "chosen": found.item,
            "related": found.related,
            "can_play": found.can_play,
            "missing": bool(found.id) and found.item is None,
        }

    def _ask(self, **changes: object) -> None:
        ask = msgspec.structs.replace(self.state.ask, **changes)
        if ask != self.state.ask:
            self._limit = _AT_ONCE
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


def link_to(article: Publication, profile_id: str) -> str:
    """A link that opens this article in SupportDesk on any computer of somebody who may see it."""
    return f"supportdesk://article/{article.id}?vendor={profile_id}"


def needs_confirming(item: Publication) -> bool:
    return item.must_confirm and item.confirmed_at is None and not is_over(item)


def is_over(item: Publication) -> bool:
    return item.valid_until is not None and item.valid_until < clock.now()


def _line(item: Publication, search: str) -> str:
    """Only the paragraph with the match is made plain: lists are made with every letter that is typed."""
    if search:
        paragraphs = (each for each in item.body.split("\n\n") if first_match(each, search) >= 0)
        text = _plain(next(paragraphs, ""))
        if (match := first_match(text, search)) >= 0:
            return _around(text, match)
    if item.summary or item.publication is PublicationKind.ARTICLE:
        return item.summary
    return _plain(item.body[: 3 * _EXCERPT_CHARS])[:_EXCERPT_CHARS]


def _plain(text: str) -> str:
    return " ".join(markup.plain_text(text).split())


def _around(body: str, match: int) -> str:
    """Some text with the match near its beginning, cut between words."""
    if match <= _BEFORE_MATCH_CHARS:
        return body[:_EXCERPT_CHARS]
    begin = body.rfind(" ", 0, match - _BEFORE_MATCH_CHARS) + 1
    return f"… {body[begin : begin + _EXCERPT_CHARS]}"
