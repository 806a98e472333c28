"""Every screen in every state, look and language, in the real window: nothing warned, clipped or nameless."""

import gc
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from supportdesk import i18n
from supportdesk.app.places import place_of
from supportdesk.app.screens import SCREENS, Route, ScreenSpec
from supportdesk.app.settings import TEXT_PERCENT, THEME
from supportdesk.domain.entities import Organisation, Person
from supportdesk.domain.errors import StoreError
from supportdesk.domain.projections import ItemKind, ItemQuery, Link, TicketQuery
from supportdesk.replica.reader import Reader
from supportdesk.replica.store import Store
from supportdesk.ui.shell.geometry import MINIMUM_SIZE
from supportdesk.ui.shell.language import SpokenLanguage
from tests.support.app import Desktop, demo_app
from tests.support.seen import clipped_texts, nameless_controls

T = TypeVar("T")
STATES = ("loading", "empty", "error", "offline", "ready")
LOOKS = ("light", "dark", "high-contrast")
LANGUAGES = ("en", "de", "sv", "pseudo", "pseudo-rtl")
_SHORT = (("light",), ("en", "pseudo"))
"""Pseudo texts are the longest; what is clipped or nameless rarely depends on the look."""
_VENDORS = {
    **dict.fromkeys(("documents", "document", "subscriptions", "subscription"), "retail"),
    **dict.fromkeys(("orders", "order", "new_order"), "orders"),
}
_ITEMS: tuple[ItemKind, ...] = ("document", "order", "subscription")

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def vendor(request: pytest.FixtureRequest) -> str:
    """The demo that has something to show on the screen that is tested."""
    callspec = getattr(request.node, "callspec", None)
    spec = callspec.params.get("spec") if callspec is not None else None
    return _VENDORS.get(spec.id, "practice") if spec is not None else "practice"


@pytest.fixture
def desktop(qapp: QApplication, tmp_path: Path, vendor: str) -> Iterator[Desktop]:
    with demo_app(tmp_path / "data", vendor) as desktop:
        desktop.window.resize(1120, 760)
        yield desktop


@pytest.fixture
def empty(desktop: Desktop, tmp_path: Path) -> Iterator[Store]:
    """The account as the desk welcomed it, synchronised, with nothing there."""
    store = Store.open(tmp_path / "empty")
    assert desktop.window.place is not None
    account, capabilities = desktop.window.place.account, desktop.window.place.capabilities
    catalogue = desktop.workspace.store.read(lambda reader: reader.catalogue(account.id)).result(30)
    assert catalogue is not None
    me = Person(account.person_id, account.person_name, account.organisation_id)
    organisation = Organisation(account.organisation_id, account.organisation_name)
    for job in (
        lambda writer: writer.put_account(account),
        lambda writer: writer.put_welcome(account.id, me, organisation, capabilities, catalogue),
        lambda writer: writer.put_link(account.id, Link.ONLINE, succeeded=True),
    ):
        store.write(job).result(30)
    yield store
    store.close()


def settle(*stores: Store) -> None:
    """All reading that was begun has come back and is laid out. What a state holds back is not waited for."""
    for _round in range(3):
        for store in stores:
            store.read(lambda _reader: None).result(30)
        lay_out()


def lay_out() -> None:
    for _turn in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def reading(state: str, full: Store, empty: Store) -> Callable[[Callable[[Reader], T]], "Future[T]"]:
    """What the screens get to read in this state."""

    def read(job: Callable[[Reader], T]) -> "Future[T]":
        if state in {"error", "loading"}:
            answer: Future[T] = Future()
            if state == "error":
                answer.set_exception(StoreError())
            return answer
        return (empty if state == "empty" else full).read(job)

    return read


def route_of(spec: ScreenSpec, desktop: Desktop) -> Route:
    """One that is about something shows the first there is."""

    account_id = desktop.account_id

    def first(reader: Reader) -> Route:
        for kind in _ITEMS:
            if spec.id == kind:
                return place_of(kind, reader.item_window(ItemQuery(account_id, kind), 0, 1)[0].id)
        if spec.id == "ticket":
            return place_of("ticket", reader.ticket_window(TicketQuery(account_id), 0, 1)[0].id)
        return Route(spec.id)

    return desktop.workspace.store.read(first).result(30)


@pytest.mark.parametrize(
    ("looks", "languages"),
    [
        pytest.param(*_SHORT, id="short"),
        pytest.param(LOOKS, LANGUAGES, id="all", marks=pytest.mark.second_stage),
    ],
)
@pytest.mark.parametrize("spec", SCREENS, ids=lambda spec: str(spec.id))
def test_screen(
    spec: ScreenSpec,
    looks: tuple[str, ...],
    languages: tuple[str, ...],
    desktop: Desktop,
    empty: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Loading, empty, failing, offline and ready, in each look and language that is chosen while it is shown:
    all texts are whole and all controls have a name. Once the account leaves, nothing of it is left."""
    window, workspace, full = desktop.window, desktop.workspace, desktop.workspace.store
    assert window.place is not None
    route = route_of(spec, desktop)
    trouble: list[str] = []
    screens = []
    for state in STATES:
        with monkeypatch.context() as patch:
            patch.setattr(workspace, "read", reading(state, full, empty))
            workspace.sync.go_offline(state == "offline")
            window.show_place(workspace, window.place, route)
            settle(full, empty)
            screens.append(weakref.ref(window.stack.shown))
            trouble += [f"{state}, {each}" for each in looked_at(desktop, looks, languages)]
    assert not trouble, "\n".join(trouble)
    window.show_place(workspace, window.place)
    settle(full, empty)
    gc.collect()
    assert [screen() for screen in screens] == [None] * len(STATES), "a screen outlives its account"


@pytest.mark.second_stage
@pytest.mark.parametrize("offline", [False, True], ids=["online", "offline"])
@pytest.mark.parametrize("spec", SCREENS, ids=lambda spec: str(spec.id))
def test_screen_in_the_smallest_window(spec: ScreenSpec, desktop: Desktop, offline: bool) -> None:
    """With the largest text, online and offline, in each real language: all texts are whole."""
    window, workspace = desktop.window, desktop.workspace
    assert window.place is not None
    workspace.settings.set(TEXT_PERCENT, 200)
    workspace.sync.go_offline(offline)
    window.resize(MINIMUM_SIZE)
    window.show_place(workspace, window.place, route_of(spec, desktop))
    settle(workspace.store)
    assert looked_at(desktop, ("light",), ("en", "de", "sv")) == []


def looked_at(desktop: Desktop, looks: tuple[str, ...], languages: tuple[str, ...]) -> list[str]:
    """What is wrong with what is shown."""
    spoken, found = SpokenLanguage(), []
    for look in looks:
        desktop.workspace.settings.set(THEME, look)
        for language in languages:
            i18n.set_language(language)
            spoken.follow()
            lay_out()
            seen = wrong_with(desktop.window)
            if seen:  # a layout may take some turns; what stays is wrong
                settle(desktop.workspace.store)
                seen = wrong_with(desktop.window)
            found += [f"{look}, {language}: {each}" for each in seen]
    i18n.set_language("en")
    spoken.follow()
    return found


def wrong_with(window: QWidget) -> list[str]:
    return [*clipped_texts(window), *nameless_controls(window)]


def test_the_menu_is_drawn_anew_without_leaving_the_old_one(desktop: Desktop) -> None:
    """Speaking another language, there are as many windows and menus as before."""
    before = len(QApplication.allWidgets())
    spoken = SpokenLanguage()
    for language in (*LANGUAGES, "en"):
        i18n.set_language(language)
        spoken.follow()
        lay_out()
    assert len(QApplication.allWidgets()) == before
