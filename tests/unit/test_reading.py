"""Important information, newsletter and help articles as the screens get them."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from supportdesk.app.reading import (
    Ask,
    Entry,
    Face,
    ReadingPresenter,
    ReadingState,
    is_over,
    needs_confirming,
)
from supportdesk.bootstrap import Running
from supportdesk.domain.changes import Page, Upsert
from supportdesk.domain.entities import Publication, PublicationKind
from supportdesk.domain.projections import Account, Link, PublicationList, SyncState
from supportdesk.domain.projections import PublicationOrder as Order
from tests.support.workspace import Loop, demo_account, running

FORM = "Neues Formular für E-Rezepte ab 1. Januar"
Open = Callable[[PublicationKind], ReadingPresenter]
NOW = datetime(2026, 3, 1, tzinfo=UTC)


class Scene:
    def __init__(self, opened: Running, account: Account, loop: Loop) -> None:
        self.opened, self.account, self.loop = opened, account, loop
        self._presenters: list[ReadingPresenter] = []

    def open(self, kind: PublicationKind) -> ReadingPresenter:
        presenter = ReadingPresenter(self.opened.workspace, self.account.id, kind)
        self._presenters.append(presenter)
        self.loop.drain(lambda: presenter.state.loaded)
        return presenter

    def ask(self, presenter: ReadingPresenter, action: Callable[[], object]) -> tuple[str, ...]:
        """The titles that are listed after `action`."""
        action()
        self.loop.drain(lambda: not presenter.jobs.busy(presenter, "read"))
        return titles(presenter.state)

    def reach(self, presenter: ReadingPresenter, until: Callable[[Publication], bool]) -> Publication:
        """What is chosen, once `until` holds for it."""

        def reached() -> bool:
            return presenter.state.chosen is not None and until(presenter.state.chosen)

        self.loop.drain(reached)
        assert presenter.state.chosen is not None
        return presenter.state.chosen

    def lose_connection(self) -> None:
        sync = self.opened.workspace.sync
        sync.go_offline(True)
        account_id = self.account.id

        def link() -> Link:
            return self.opened.workspace.read(lambda reader: reader.sync_state(account_id)).result(10).link

        self.loop.drain(lambda: link() is Link.OFFLINE)

    def synchronise(self) -> None:
        self.opened.workspace.sync.go_offline(False)
        state = self.opened.workspace.sync.once(self.account.id, 30).result(60)
        assert state.link is Link.ONLINE, state

    def waiting(self, do: str) -> int:
        """How many commands of this kind wait for the desk; sent ones are cleared away some time."""
        with closing(sqlite3.connect(self.opened.workspace.folder / "outbox.db")) as outbox:
            rows = outbox.execute("SELECT count(*) FROM command WHERE do = ?", (do,)).fetchone()
        return int(rows[0])

    def end(self) -> None:
        for presenter in self._presenters:
            presenter.close()


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    loop = Loop()
    with running(tmp_path, loop) as opened:
        made = Scene(opened, demo_account(opened), loop)
        yield made
        made.end()


def titles(state: ReadingState) -> tuple[str, ...]:
    return tuple(entry.item.title for entry in state.entries)


def choose(presenter: ReadingPresenter, title: str) -> Publication:
    item = next(entry.item for entry in presenter.state.entries if entry.item.title == title)
    presenter.choose(item.id)
    assert presenter.state.chosen == item
    return item


def publication(**changes: object) -> Publication:
    plain = Publication(
        id="1", publication=PublicationKind.NOTICE, title="Title", body="Body", published_at=NOW
    )
    return msgspec.structs.replace(plain, **changes)


# Notices


def test_notices_newest_first(scene: Scene) -> None:
    """Notices are listed with the newest on top, each with its summary."""
    state = scene.open(PublicationKind.NOTICE).state
    days = [entry.item.published_at for entry in state.entries]
    assert (state.face, days) == (Face.ROWS, sorted(days, reverse=True))
    assert (
        state.entries[0].line == "Der Patientenausdruck ändert sich. Bitte bis zum Jahreswechsel umstellen."
    )


def test_what_wants_attention_is_shown_first(scene: Scene) -> None:
    """Where a text is shown beside the list, it is the one to be confirmed or still to be read."""
    presenter = scene.open(PublicationKind.NOTICE)
    presenter.choose_first()
    chosen = presenter.state.chosen
    assert chosen is not None
    assert (chosen.title, needs_confirming(chosen)) == (FORM, True)


def test_reading_marks_as_read_once(scene: Scene) -> None:
    """A notice that was before the eyes is read at once and for good, and the desk is told one time."""
    presenter = scene.open(PublicationKind.NOTICE)
    item = choose(presenter, FORM)
    assert presenter.is_unread(item)
    scene.lose_connection()
    presenter.seen()
    presenter.seen()
    scene.reach(presenter, lambda item: item.read_at is not None)
    presenter.seen()
    assert scene.waiting("mark_read") == 1
    scene.synchronise()
    assert not presenter.is_unread(scene.reach(presenter, lambda item: item.read_at is not None))


def test_reading_does_not_confirm(scene: Scene) -> None:
    """Having read a notice is not yet the confirmation it asks for."""
    presenter = scene.open(PublicationKind.NOTICE)
    choose(presenter, FORM)
    presenter.seen()
    assert needs_confirming(scene.reach(presenter, lambda item: item.read_at is not None))


def test_confirming_offline(scene: Scene) -> None:
    """A confirmation counts at once without a network, and reaches the desk once there is one."""
    presenter = scene.open(PublicationKind.NOTICE)
    scene.lose_connection()
    choose(presenter, FORM)
    presenter.confirm()
    confirmed = scene.reach(presenter, lambda item: item.confirmed_at is not None)
    assert not needs_confirming(confirmed)
    presenter.confirm()  # nothing more to confirm
    assert scene.waiting("confirm_notice") == 1
    scene.synchronise()
    assert not scene.opened.workspace.read(lambda reader: reader.outbox(None)).result(10)
    assert scene.reach(presenter, lambda item: item.confirmed_at is not None).title == FORM


def test_home_no_longer_waits_for_what_was_confirmed(scene: Scene) -> None:
    """A confirmed notice is gone from what waits for the customer."""

    def waiting() -> list[str]:
        counts = scene.opened.workspace.read(lambda r: r.home(scene.account.id, datetime.now(UTC))).result(10)
        return [each.title for each in counts.waiting if each.kind == "confirm"]

    assert FORM in waiting()
    presenter = scene.open(PublicationKind.NOTICE)
    choose(presenter, FORM)
    presenter.confirm()
    scene.reach(presenter, lambda item: item.confirmed_at is not None)
    assert FORM not in waiting()


@pytest.mark.parametrize(
    ("changes", "confirming", "over"),
    [
        ({}, False, False),
        ({"must_confirm": True}, True, False),
        ({"must_confirm": True, "confirmed_at": NOW}, False, False),
        ({"must_confirm": True, "valid_until": datetime(2020, 1, 1, tzinfo=UTC)}, False, True),
        ({"must_confirm": True, "valid_until": datetime(2999, 1, 1, tzinfo=UTC)}, True, False),
    ],
)
def test_what_needs_confirming(changes: dict[str, object], confirming: bool, over: bool) -> None:
    """A notice asks for its confirmation until it is given or the notice is no longer valid."""
    item = publication(**changes)
    assert (needs_confirming(item), is_over(item)) == (confirming, over)


# Search, filters, order


def test_search_and_its_excerpt(scene: Scene) -> None:
    """A search finds words in titles, labels and text, and shows the place where they stand."""
    presenter = scene.open(PublicationKind.ARTICLE)
    found = scene.ask(presenter, lambda: presenter.search("Umschalttaste"))
    assert found == ("Einzelne Seiten drucken",)
    assert "Umschalttaste" in presenter.state.entries[0].line
    assert "**" not in presenter.state.entries[0].line


def test_search_instead(scene: Scene) -> None:
    """A search that finds nothing is answered with the nearest words, and with the typed ones on request."""
    presenter = scene.open(PublicationKind.ARTICLE)
    corrected = scene.ask(presenter, lambda: presenter.search("Drukker"))
    assert corrected
    assert (presenter.state.corrected, presenter.state.searched) == ("Drucker", "Drucker")
    assert scene.ask(presenter, presenter.search_literally) == ()
    state = presenter.state
    assert (state.face, state.corrected, state.suggestion) == (Face.NO_MATCH, "", "Drucker")
    assert scene.ask(presenter, lambda: presenter.search("Drucker")) == corrected
    assert (presenter.state.corrected, presenter.state.suggestion) == ("", "")


def test_categories_labels_and_back(scene: Scene) -> None:
    """Category and label narrow the list together, and lifting all filters brings everything back."""
    presenter = scene.open(PublicationKind.ARTICLE)
    everything = set(titles(presenter.state))
    printing = scene.ask(presenter, lambda: presenter.filter(category="Drucken"))
    labelled = scene.ask(presenter, lambda: presenter.filter(label="Drucker"))
    assert set(labelled) < set(printing) < everything
    assert all("Drucker" in entry.item.labels for entry in presenter.state.entries)
    assert set(scene.ask(presenter, presenter.clear_filters)) == everything
    assert len(everything) == presenter.state.listed.total
    assert {"Drucken", "Kalender"} <= set(dict(presenter.state.listed.categories))


def test_orders(scene: Scene) -> None:
    """Articles are sorted by helpfulness at first, by day or by title on request."""
    presenter = scene.open(PublicationKind.ARTICLE)
    votes = [entry.item.helpful_percent or 0 for entry in presenter.state.entries]
    assert votes == sorted(votes, reverse=True)
    scene.ask(presenter, lambda: presenter.sort(Order.NEWEST))
    days = [entry.item.published_at for entry in presenter.state.entries]
    assert days == sorted(days, reverse=True)
    by_title = scene.ask(presenter, lambda: presenter.sort(Order.TITLE))
    assert by_title[0] < by_title[-1]
    assert set(by_title) == {entry.item.title for entry in presenter.state.entries}


def test_long_lists_come_in_parts(scene: Scene) -> None:
    """The next part comes on request, once at a time, and another question begins with the first part."""
    workspace, account_id = scene.opened.workspace, scene.account.id
    scene.lose_connection()
    cursor = workspace.read(lambda reader: reader.cursor(account_id)).result(20) or ""
    many = tuple(
        Upsert(publication(id=f"n{number}", title=f"Notice {number}", published_at=NOW))
        for number in range(100)
    )
    workspace.write(lambda writer: writer.apply(account_id, Page(many, cursor, more=False))).result(20)
    presenter = scene.open(PublicationKind.NOTICE)
    count = presenter.state.listed.count
    assert (len(presenter.state.entries), count > 100) == (60, True)
    presenter.more()
    presenter.more()
    assert len(scene.ask(presenter, lambda: None)) == count
    assert len(scene.ask(presenter, presenter.more)) == count
    assert len(scene.ask(presenter, lambda: presenter.search("notice"))) == 60


def test_what_is_read_gives_way_to_a_search_without_it(scene: Scene) -> None:
    """It stays as long as it is listed; what a link led to stays until something else is asked."""
    presenter = scene.open(PublicationKind.ARTICLE)
    item = presenter.state.entries[-1].item
    presenter.choose(item.id)
    scene.ask(presenter, lambda: presenter.search(item.title))
    assert presenter.state.chosen == item
    assert item.title not in scene.ask(presenter, lambda: presenter.search("Umschalttaste"))
    assert [presenter.state.chosen, presenter.state.missing] == [None, False]
    presenter.choose(item.id)
    scene.ask(presenter, presenter.read)
    assert presenter.state.chosen == item


def test_a_label_lists_everything_that_carries_it(scene: Scene) -> None:
    """Whatever was searched for and filtered before."""
    presenter = scene.open(PublicationKind.ARTICLE)
    labelled = scene.ask(presenter, lambda: presenter.show_label("Drucker"))
    scene.ask(presenter, lambda: presenter.search("Umschalttaste"))
    scene.ask(presenter, lambda: presenter.filter(category="Kalender", label=""))
    assert scene.ask(presenter, lambda: presenter.show_label("Drucker")) == labelled
    assert len(labelled) > 1


def test_what_was_meant_is_found_whatever_the_filters(scene: Scene) -> None:
    """A label or a category cannot hide what is offered in place of a misspelled word."""
    presenter = scene.open(PublicationKind.ARTICLE)
    scene.ask(presenter, lambda: presenter.filter(category="Kalender"))
    scene.ask(presenter, lambda: presenter.search("Drukker"))
    scene.ask(presenter, presenter.search_literally)
    assert scene.ask(presenter, lambda: presenter.search_everywhere(presenter.state.suggestion))
    assert (presenter.state.ask.category, presenter.state.ask.label) == ("", "")


# Articles


def test_articles_are_not_marked_as_read(scene: Scene) -> None:
    """Help articles carry no unread mark, and looking at one tells the desk nothing."""
    presenter = scene.open(PublicationKind.ARTICLE)
    scene.lose_connection()
    presenter.choose_first()
    presenter.seen()
    assert scene.waiting("mark_read") == 0


def test_rating_and_changing_ones_mind(scene: Scene) -> None:
    """An answer to "Was this helpful?" shows at once, can be changed, and is not sent twice."""
    presenter = scene.open(PublicationKind.ARTICLE)
    scene.lose_connection()
    presenter.choose_first()
    presenter.rate(True)
    scene.reach(presenter, lambda item: item.my_rating is True)
    presenter.rate(True)
    presenter.rate(False)
    scene.reach(presenter, lambda item: item.my_rating is False)
    assert scene.waiting("rate_article") == 2
    scene.synchronise()
    assert scene.reach(presenter, lambda item: item.my_rating is False).my_rating is False


# Newsletter, and what is not there


def test_past_issues_stay(scene: Scene) -> None:
    """All issues of the newsletter can be read, the unread one is marked."""
    presenter = scene.open(PublicationKind.NEWSLETTER)
    unread = [entry.item.title for entry in presenter.state.entries if presenter.is_unread(entry.item)]
    assert (len(presenter.state.entries), unread) == (4, ["Schneller zum Rezept: die neue Druckvorschau"])


def test_a_link_to_what_is_gone(scene: Scene) -> None:
    """A text that was removed, or never was the customer's, is said to be missing."""
    presenter = scene.open(PublicationKind.NOTICE)
    presenter.choose("00000000-0000-7000-8000-000000000000")
    scene.loop.drain(lambda: presenter.state.missing)
    assert presenter.state.chosen is None
    choose(presenter, FORM)
    assert not presenter.state.missing


def _synced(link: Link, *, ever: bool) -> SyncState:
    return SyncState("a", link, NOW if ever else None)


@pytest.mark.parametrize(
    ("state", "face"),
    [
        (ReadingState(), Face.LOADING),
        (ReadingState(loaded=True, sync=_synced(Link.SYNCING, ever=False)), Face.LOADING),
        (ReadingState(loaded=True, sync=_synced(Link.OFFLINE, ever=False)), Face.NEVER_LOADED),
        (ReadingState(loaded=True, sync=_synced(Link.ONLINE, ever=True)), Face.NOTHING_YET),
        (
            ReadingState(
                loaded=True,
                ask=Ask("x"),
                listed=PublicationList(total=3),
                sync=_synced(Link.ONLINE, ever=True),
            ),
            Face.NO_MATCH,
        ),
        (
            ReadingState(
                loaded=True,
                listed=PublicationList(total=1),
                entries=(Entry(publication(), ""),),
                sync=_synced(Link.OFFLINE, ever=True),
            ),
            Face.ROWS,
        ),
    ],
)
def test_faces(state: ReadingState, face: Face) -> None:
    """Loading, nothing yet, nothing found and never loaded are told apart; being offline hides no rows."""
    assert state.face is face
