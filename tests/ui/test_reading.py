"""Important information, newsletter and help articles in the running window."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from supportdesk import clock
from supportdesk.app.reading import Entry, ReadingState
from supportdesk.app.screens import Route
from supportdesk.app.settings import LANGUAGE, TEXT_PERCENT
from supportdesk.app.vendors import Vendors
from supportdesk.domain.changes import Page, Upsert
from supportdesk.domain.entities import Publication
from supportdesk.domain.errors import DiskFull, StoreError
from supportdesk.domain.projections import Link, SyncState
from supportdesk.domain.projections import PublicationOrder as Order
from supportdesk.ui.connection.stale_banner import StaleBanner
from supportdesk.ui.reading.entry_list import EntryList
from supportdesk.ui.reading.reading_column import ReadingColumn
from supportdesk.ui.reading.screen import ReadingScreen
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.empty_state import ErrorState
from supportdesk.ui.widgets.list_splitter import ListSplitter
from supportdesk.ui.widgets.safe_text import SafeText
from supportdesk.ui.widgets.search_field import SearchField
from supportdesk.ui.widgets.toast import Toast
from tests.support.app import Desktop, demo_app

FORM = "Neues Formular für E-Rezepte ab 1. Januar"
PAPER = "Drucker zieht falsches Papier: Schacht des Formulars prüfen"


@pytest.fixture
def desktop(qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    with demo_app(tmp_path) as desktop:
        desktop.window.resize(1120, 760)
        yield desktop
        theme().apply(scale=1.0)


def show(desktop: Desktop, screen_id: str, **args: str) -> ReadingScreen:
    """The screen, once it has something to show."""
    desktop.go(screen_id, **args)
    screen = desktop.window.stack.shown
    assert isinstance(screen, ReadingScreen)
    desktop.wait(lambda: screen.presenter.state.loaded, "it is loaded")
    desktop.settle()
    return screen


def item(screen: ReadingScreen, title: str) -> Publication:
    return next(entry.item for entry in screen.presenter.state.entries if entry.item.title == title)


def click_row(desktop: Desktop, screen: ReadingScreen, title: str) -> None:
    """A real click on the row of this title."""
    rows = screen.findChild(EntryList)
    assert rows is not None
    model = rows.model()
    found = [index for at in range(model.rowCount()) if (index := model.index(at, 0)).data() == title]
    rows.scrollTo(found[0])
    place = rows.visualRect(found[0]).topLeft() + QPoint(60, 12)
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desktop.settle()


def text_of(screen: ReadingScreen) -> SafeText:
    text = screen.findChild(SafeText)
    assert text is not None
    return text


def marked_words(text: SafeText) -> list[str]:
    return [mark.cursor.selectedText() for mark in text.extraSelections()]


def test_beside_each_other(desktop: Desktop) -> None:
    """In a wide window the list and the text that wants attention stand side by side."""
    screen = show(desktop, "information")
    assert desktop.has(EntryList, "Important information")
    assert desktop.has(ReadingColumn, FORM)
    assert "Patientenausdruck" in text_of(screen).plain_text()


def test_read_after_a_moment(desktop: Desktop) -> None:
    """The unread mark goes by itself once the notice has been before the eyes."""
    screen = show(desktop, "information")
    chosen = screen.presenter.state.chosen
    assert chosen is not None
    assert chosen.read_at is None

    def is_read() -> bool:
        now = screen.presenter.state.chosen
        return now is not None and now.read_at is not None

    desktop.wait(is_read, "the notice counts as read")


def test_confirm(desktop: Desktop) -> None:
    """A notice that asks for it is confirmed with one button, which then says when that was."""
    screen = show(desktop, "information", publication_id="")
    click_row(desktop, screen, FORM)
    desktop.click("I have read this")
    desktop.wait(lambda: item(screen, FORM).confirmed_at is not None, "it is confirmed")
    desktop.settle()
    assert not desktop.has(QAbstractButton, "I have read this")
    assert desktop.find(ReadingColumn, FORM).hasFocus()
    assert [w for w in screen.findChildren(QWidget) if w.accessibleName().startswith("You confirmed this on")]


def test_a_route_to_one_text(desktop: Desktop) -> None:
    """The strip on Home, a notification or the palette lead straight to the text they name."""
    screen = show(desktop, "articles")
    other = item(screen, PAPER)
    desktop.go("home")
    show(desktop, "articles", publication_id=other.id)
    assert desktop.has(ReadingColumn, PAPER)


def test_one_after_the_other(desktop: Desktop) -> None:
    """In a narrow window a row opens its text on an own page, and Back returns to the list."""
    desktop.window.resize(720, 560)
    screen = show(desktop, "articles")
    assert not desktop.has(ReadingColumn, PAPER)
    click_row(desktop, screen, PAPER)
    assert desktop.has(ReadingColumn, PAPER)
    assert not desktop.has(EntryList, "Help articles")
    desktop.window.back()
    desktop.settle()
    assert desktop.has(EntryList, "Help articles")
    assert not desktop.has(ReadingColumn, PAPER)


def test_widening_keeps_what_is_read(desktop: Desktop) -> None:
    """A text on its own page gets its list beside it when the window becomes wide."""
    desktop.window.resize(720, 560)
    screen = show(desktop, "articles")
    click_row(desktop, screen, PAPER)
    desktop.window.resize(1120, 760)
    desktop.settle()
    assert desktop.has(ReadingColumn, PAPER)
    assert desktop.has(EntryList, "Help articles")


def test_by_keyboard(desktop: Desktop) -> None:
    """Arrows walk through the list and the text follows; in a narrow window Enter opens it."""
    screen = show(desktop, "newsletter")
    rows = desktop.find(EntryList, "Newsletter")
    QTest.keyClick(rows, Qt.Key.Key_Down)
    desktop.settle()
    second = screen.presenter.state.entries[1].item.title
    assert desktop.has(ReadingColumn, second)
    desktop.window.resize(720, 560)
    desktop.go("newsletter")
    QTest.keyClick(desktop.find(EntryList, "Newsletter"), Qt.Key.Key_Return)
    desktop.settle()
    assert desktop.has(ReadingColumn, second)


def test_search_marks_what_it_found(desktop: Desktop) -> None:
    """What was searched for is marked in the text that is read; clearing the search takes the marks away."""
    screen = show(desktop, "articles")
    field = desktop.find(SearchField, "Search help articles")
    desktop.type_into(field, "falsches papier")
    desktop.wait(lambda: bool(screen.presenter.state.searched), "it is searched")
    click_row(desktop, screen, PAPER)
    words = {word.casefold() for word in marked_words(text_of(screen))}
    assert "papier" in words
    assert words <= {"papier", "falsches"}
    QTest.keyClick(field, Qt.Key.Key_Escape)
    desktop.wait(lambda: not screen.presenter.state.searched, "the search is lifted")
    desktop.settle()
    assert marked_words(text_of(screen)) == []


def test_search_instead(desktop: Desktop) -> None:
    """A word that occurs nowhere is answered with the nearest one, and what was typed is a click away."""
    screen = show(desktop, "articles")
    field = desktop.find(SearchField, "Search help articles")
    desktop.type_into(field, "Drukker")
    desktop.wait(lambda: screen.presenter.state.corrected == "Drucker", "it is corrected")
    desktop.settle()
    assert field.text() == "Drukker"
    desktop.click("Search instead for “Drukker”")
    desktop.wait(lambda: not screen.presenter.state.entries, "nothing is found")
    desktop.settle()
    seen = [label.text() for label in screen.findChildren(QLabel) if label.isVisible()]
    assert "Choose an article" not in seen, "there is none to choose"
    desktop.click("Did you mean “Drucker”?")
    desktop.wait(lambda: bool(screen.presenter.state.entries), "something is found")
    assert field.text() == "Drucker"


def test_labels_and_categories(desktop: Desktop) -> None:
    """A label below the text lists everything that carries it, and can be taken away again."""
    screen = show(desktop, "articles")
    total = screen.presenter.state.listed.total
    show(desktop, "articles", publication_id=item(screen, PAPER).id)
    desktop.click("Label: Rezept")
    desktop.wait(lambda: screen.presenter.state.ask.label == "Rezept", "the label filters")
    desktop.settle()
    assert all("Rezept" in entry.item.labels for entry in screen.presenter.state.entries)
    desktop.click("Remove label Rezept")
    desktop.wait(lambda: len(screen.presenter.state.entries) == total, "everything is back")
    category = desktop.find(Combo, "Category")
    QTest.keyClicks(category, "Kalender")
    desktop.settle()
    desktop.wait(lambda: screen.presenter.state.ask.category == "Kalender", "the category filters")


def test_a_label_is_followed_out_of_a_search(desktop: Desktop) -> None:
    """The label below a text that was searched for lists all with it, and the field is empty again."""
    screen = show(desktop, "articles")
    field = desktop.find(SearchField, "Search help articles")
    desktop.type_into(field, "papier")
    desktop.wait(lambda: screen.presenter.state.answered.text == "papier", "it is searched")
    click_row(desktop, screen, PAPER)
    desktop.click("Label: Rezept")
    desktop.wait(lambda: screen.presenter.state.answered.label == "Rezept", "the label filters")
    desktop.settle()
    assert field.text() == screen.presenter.state.ask.text == ""
    assert len(screen.presenter.state.entries) > 1


def test_was_this_helpful(desktop: Desktop) -> None:
    """An article asks whether it helped; after "No" a report about its module is one click away."""
    screen = show(desktop, "articles")
    show(desktop, "articles", publication_id=item(screen, PAPER).id)
    desktop.click("No, it was not helpful")
    desktop.wait(lambda: item(screen, PAPER).my_rating is False, "the answer is kept")
    desktop.settle()
    column = desktop.find(ReadingColumn, PAPER)
    desktop.click("Report a problem", column)
    assert desktop.window.navigator.current.screen == "report"
    assert '"module":"printing"' in desktop.window.navigator.current.args["prefill"]


def test_offline(desktop: Desktop) -> None:
    """Without a network everything stays readable under a quiet line that says so."""
    screen = show(desktop, "information")
    desktop.workspace.sync.go_offline(True)

    def offline() -> bool:
        sync = screen.presenter.state.sync
        return sync is not None and sync.link is Link.OFFLINE

    desktop.wait(offline, "the screen knows it is offline")
    assert [w for w in screen.findChildren(QWidget) if w.accessibleName().startswith("You work offline")]
    assert desktop.has(ReadingColumn, FORM)


def test_what_is_gone(desktop: Desktop) -> None:
    """A link to a text that is not there says so and keeps the list."""
    show(desktop, "information", publication_id="00000000-0000-7000-8000-000000000000")
    assert desktop.has(QWidget, "This notice is not there")
    assert desktop.has(EntryList, "Important information")


@pytest.mark.parametrize("percent", [100, 200])
def test_line_length(desktop: Desktop, percent: int) -> None:
    """Running text has at most 75 characters a line, at any text size."""
    desktop.workspace.settings.set(TEXT_PERCENT, percent)
    desktop.window.resize(2400, 900)
    screen = show(desktop, "articles")
    text = text_of(screen)
    assert text.width() <= QFontMetrics(theme().font()).averageCharWidth() * 75 + 1
    desktop.workspace.settings.set(TEXT_PERCENT, 100)


def test_language_while_open(desktop: Desktop) -> None:
    """A change of language reaches list, text and buttons at once."""
    screen = show(desktop, "information")
    desktop.workspace.settings.set(LANGUAGE, "de")
    desktop.settle()
    assert screen.accessibleName() == "Wichtige Informationen"
    desktop.find(QAbstractButton, "Ich habe das gelesen")
    desktop.find(SearchField, "Wichtige Informationen durchsuchen")
    desktop.workspace.settings.set(LANGUAGE, "en")
    desktop.settle()


def test_the_breadcrumb_belongs_to_the_shown_screen(desktop: Desktop) -> None:
    """News that arrives while another screen is shown does not write into its breadcrumb."""
    desktop.window.resize(720, 560)
    screen = show(desktop, "articles")
    click_row(desktop, screen, PAPER)
    assert desktop.window.navigator.title() == PAPER
    desktop.window.go(Route("home"))
    screen.presenter.rate(True)
    desktop.wait(lambda: item(screen, PAPER).my_rating is True, "the answer is kept")
    desktop.settle()
    assert desktop.window.navigator.title() == "Home"


def test_the_widths_are_kept(desktop: Desktop) -> None:
    """A list that was made wider is as wide on the next reading screen."""
    screen = show(desktop, "information")
    panes = screen.findChild(ListSplitter)
    assert panes is not None
    panes.moveSplitter(500, 1)
    wide = panes.sizes()[0]
    assert wide >= 490
    newsletter = show(desktop, "newsletter").findChild(ListSplitter)
    assert newsletter is not None
    assert abs(newsletter.sizes()[0] - wide) <= 2


def never_synced(link: Link) -> SyncState:
    return SyncState("someone", link, None, "unreachable", "no route")


def test_nothing_yet(desktop: Desktop) -> None:
    """Where the vendor has published nothing the screen says what will be here, and leads back."""
    screen = show(desktop, "newsletter")
    synced = SyncState("someone", Link.ONLINE, clock.now())
    screen.render_state(ReadingState(loaded=True, sync=synced))
    assert desktop.has(QWidget, "No issue yet")
    desktop.click("Back to Home")
    assert desktop.window.navigator.current.screen == "home"


@pytest.mark.parametrize(
    ("state", "what"),
    [
        (ReadingState(loaded=True, sync=never_synced(Link.OFFLINE)), "There is no connection to Medora."),
        (ReadingState(error=StoreError()), "The data folder on this computer cannot be used."),
    ],
)
def test_never_loaded(desktop: Desktop, state: ReadingState, what: str) -> None:
    """Where nothing could be loaded yet it says why, offers details, and can be tried again."""
    screen = show(desktop, "information")
    screen.render_state(state)
    page = desktop.find(ErrorState, "The notices could not be loaded")
    assert what in page.accessibleDescription()
    desktop.click("Copy details", page)
    assert QGuiApplication.clipboard().text()
    desktop.click("Try again", page)
    desktop.find(EntryList, "Important information")


def test_who_was_signed_out_is_led_to_sign_in(desktop: Desktop) -> None:
    """Trying again would not help where the vendor wants the password."""
    banner, asked = StaleBanner("Medora"), []
    banner.way_out.sign_in_requested.connect(lambda: asked.append("sign in"))
    banner.way_out.retry_requested.connect(lambda: asked.append("retry"))
    out = banner.findChild(QAbstractButton)
    assert out is not None
    for link, words in ((Link.SIGN_IN_NEEDED, "Sign in"), (Link.OFFLINE, "Try again")):
        banner.show_sync(never_synced(link))
        assert out.text() == words
        out.click()
    assert asked == ["sign in", "retry"]
    banner.deleteLater()


def test_rows_are_heard(desktop: Desktop) -> None:
    """A screen reader says a row's title, whether it is unread, what is to be done, and when it came."""
    show(desktop, "information")
    rows = desktop.find(EntryList, "Important information")
    said = rows.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith(f"{FORM}, Unread, Please confirm, ")
    assert rows.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == FORM


def test_an_error_while_reading_is_told_once(desktop: Desktop) -> None:
    """A confirmation that could not be saved is said in passing, and what is read stays."""
    screen = show(desktop, "information")
    failed = msgspec.structs.replace(screen.presenter.state, error=DiskFull())
    screen.render_state(failed)
    screen.render_state(failed)
    toasts = [toast for toast in desktop.window.findChildren(Toast) if toast.isVisible()]
    assert len(toasts) == 1
    assert "There is no space left on this computer" in toasts[0].accessibleName()
    assert desktop.has(ReadingColumn, FORM)


def test_labels_filter_the_list(desktop: Desktop) -> None:
    """The most frequent labels stand above the list, others come on request; the chosen one is lifted."""
    screen = show(desktop, "articles")
    total = screen.presenter.state.listed.count
    desktop.click("More labels")
    desktop.settle()
    label, count = screen.presenter.state.listed.labels[-1]
    desktop.click(f"{count} articles with label {label}")
    desktop.wait(lambda: screen.presenter.state.listed.count == count, "the label filters")
    desktop.settle()
    assert len(screen.presenter.state.entries) == count < total
    desktop.click(f"Remove label {label}")
    desktop.wait(lambda: screen.presenter.state.listed.count == total, "everything is back")


def test_best_match_first_while_searching(desktop: Desktop) -> None:
    """What is found is sorted by how well it fits, what is browsed by the choice made before."""
    screen = show(desktop, "articles")
    order = desktop.find(Combo, "Sort by")
    assert (order.value(), order.findData(Order.BEST)) == (Order.HELPFUL, -1)
    field = desktop.find(SearchField, "Search help articles")
    desktop.type_into(field, "papier")
    desktop.wait(lambda: screen.presenter.state.ask.text == "papier", "it is searched")
    desktop.settle()
    assert order.value() == Order.BEST
    field.clear()
    desktop.wait(lambda: not screen.presenter.state.ask.text, "the search is lifted")
    desktop.settle()
    assert order.value() == Order.HELPFUL


def test_an_answer_is_read_from_its_beginning(desktop: Desktop) -> None:
    """However far the list was scrolled before; news about the same question leave it where it is."""
    screen = show(desktop, "articles")
    bar = desktop.find(EntryList, "Help articles").verticalScrollBar()
    bar.setValue(bar.maximum())
    screen.presenter.rate(True)
    desktop.wait(lambda: bool(screen.presenter.state.entries[0].item.my_rating), "the answer is kept")
    desktop.settle()
    assert bar.value() == bar.maximum()
    desktop.type_into(desktop.find(SearchField, "Search help articles"), "der")
    desktop.wait(lambda: screen.presenter.state.searched == "der", "it is searched")
    desktop.settle()
    assert (bar.value(), bar.maximum() > 0) == (0, True)


def test_a_related_article_and_back(desktop: Desktop) -> None:
    """Below an article stand those that belong to it; Back returns to the one that was read before."""
    screen = show(desktop, "articles")
    show(desktop, "articles", publication_id=item(screen, PAPER).id)
    desktop.wait(lambda: bool(screen.presenter.state.related), "related articles are known")
    desktop.settle()
    other = screen.presenter.state.related[0].title
    desktop.click(other, desktop.find(ReadingColumn, PAPER))
    desktop.wait(lambda: desktop.has(ReadingColumn, other), "the other article is shown")
    desktop.window.back()
    desktop.wait(lambda: desktop.has(ReadingColumn, PAPER), "the first one is back")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[QUrl]:
    """What the system was asked to open."""
    urls: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        urls.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return urls


def test_a_video_says_where_it_leads_before_it_opens(desktop: Desktop, opened: list[QUrl]) -> None:
    """Its host stands on the button, and nothing is opened before the person agrees."""
    screen = show(desktop, "articles")
    show(desktop, "articles", publication_id=item(screen, PAPER).id)
    desktop.wait(lambda: screen.presenter.state.can_play, "the video is known")
    desktop.settle()
    video = desktop.find(QAbstractButton, f"Video: {PAPER}")
    assert video.accessibleDescription() == "medora.example · opens in your browser"
    video.click()
    desktop.settle()
    assert opened == []
    desktop.click("Open")
    desktop.settle()
    assert [url.host() for url in opened] == ["medora.example"]


def test_a_film_plays_in_the_systems_player(
    desktop: Desktop, tmp_path: Path, opened: list[QUrl], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that came with the profile is opened as a file; one that is not here is said to be missing."""
    film = tmp_path / "film.mp4"
    monkeypatch.setattr(Vendors, "film", lambda _vendors, _id, video: film if video == "film.mp4" else None)
    desktop.window.open_video("film.mp4")
    desktop.wait(lambda: bool(opened), "the film is opened")
    assert opened[0].toLocalFile() == str(film)
    desktop.window.open_video("missing.mp4")
    desktop.wait(lambda: desktop.has(QWidget, "The video could not be opened."), "it is said")
    assert len(opened) == 1


def test_a_link_to_an_article_is_copied(desktop: Desktop) -> None:
    """It opens the same article wherever somebody is signed in who may see it."""
    screen = show(desktop, "articles")
    shown = item(screen, PAPER)
    show(desktop, "articles", publication_id=shown.id)
    desktop.click("Copy link")
    assert QGuiApplication.clipboard().text() == f"supportdesk://article/{shown.id}?vendor=practice"


def test_more_rows_come_at_the_end(desktop: Desktop) -> None:
    """A long list is loaded in parts: the next one comes when the end is in sight, and nothing jumps."""
    rows = EntryList()
    rows.resize(300, 400)
    wanted: list[bool] = []
    rows.more_wanted.connect(lambda: wanted.append(True))
    plain = show(desktop, "articles").presenter.state.entries[0]
    entries = tuple(Entry(msgspec.structs.replace(plain.item, id=str(number)), "") for number in range(120))
    rows.show_entries(entries[:60], 120, "", "7")
    rows.show()
    desktop.settle()
    assert wanted == []
    rows.verticalScrollBar().setValue(rows.verticalScrollBar().maximum())
    assert wanted
    before = rows.verticalScrollBar().value()
    rows.show_entries(entries, 120, "", "7")
    desktop.settle()
    assert rows.verticalScrollBar().value() == before
    assert rows.currentIndex().row() == 7
    assert not rows.model().canFetchMore(QModelIndex())
    rows.deleteLater()


def test_what_ends_while_it_is_listed_goes(desktop: Desktop) -> None:
    """A notice whose time is over leaves the list by itself; what is being read stays and says so."""
    screen = show(desktop, "information")
    notice = msgspec.structs.replace(
        item(screen, FORM), valid_until=clock.now() + timedelta(seconds=1), id="short"
    )
    account_id = desktop.account_id
    cursor = desktop.workspace.read(lambda reader: reader.cursor(account_id)).result(20) or ""
    page = Page((Upsert(notice),), cursor, more=False)
    desktop.workspace.write(lambda writer: writer.apply(account_id, page)).result(20)
    desktop.wait(lambda: "short" in listed(screen), "it is listed")
    click_row(desktop, screen, FORM)
    screen.presenter.choose("short")
    desktop.wait(lambda: "short" not in listed(screen), "it is gone")
    desktop.settle()
    assert screen.presenter.state.chosen is not None
    assert desktop.has(QWidget, "No longer valid")


def listed(screen: ReadingScreen) -> set[str]:
    return {entry.item.id for entry in screen.presenter.state.entries}
