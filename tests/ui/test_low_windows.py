"""Where a window is too low for everything, what matters most keeps its room and the rest is a click away."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from supportdesk import clock
from supportdesk.app.navigation import Crumb
from supportdesk.app.screens import Route
from supportdesk.domain.errors import WorkingOffline
from supportdesk.domain.projections import ItemQuery, Link, SyncState
from supportdesk.ui.connection.stale_banner import StaleBanner
from supportdesk.ui.connection.stale_strip import StaleStrip
from supportdesk.ui.conversation.reply_box import ReplyBox
from supportdesk.ui.screens.subscription import SubscriptionScreen
from supportdesk.ui.screens.subscriptions.about import About
from supportdesk.ui.shell.breadcrumb import Breadcrumb
from supportdesk.ui.shell.crumb_link import CrumbLink
from supportdesk.ui.shell.geometry import MINIMUM_SIZE
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.text_label import ElidedLabel, TextLabel
from tests.support.app import Desktop, demo_app

_WHOLE = "You work offline. You see what was here last. Up to date: just now."


@pytest.fixture
def desktop(qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    with demo_app(tmp_path, "retail") as desktop:
        query = ItemQuery(desktop.account_id, "subscription")
        store = desktop.workspace.store
        (row,) = store.read(lambda reader: reader.item_window(query, 0, 1)).result(30)
        desktop.window.resize(MINIMUM_SIZE)
        desktop.go("subscription", subscription_id=row.id)
        yield desktop


@pytest.fixture
def strip(qapp: QApplication) -> Iterator[StaleStrip]:
    theme().apply(mode="light", accent="#0C6B73", scale=1.0, reduced_motion=True, density="comfortable")
    strip = StaleStrip("Medora")
    strip.show_sync(SyncState("a", Link.OFFLINE, last_success_at=clock.now(), error_code=WorkingOffline.code))
    yield strip
    strip.deleteLater()


def shown(desktop: Desktop) -> tuple[bool, ...]:
    """Whether the details of the subscription are, and the conversation about it."""
    page = desktop.find(SubscriptionScreen, "Subscription")
    parts: tuple[type[QWidget], ...] = (About, ReplyBox)
    return tuple(any(each.isVisible() for each in page.findChildren(part)) for part in parts)


def test_a_subscription_or_what_is_said_about_it(desktop: Desktop) -> None:
    """A low window shows one of them; who wants to answer sees the conversation; a high one shows both."""
    desktop.wait(lambda: shown(desktop) == (True, False), "the details")
    desktop.click("Conversation")
    desktop.wait(lambda: shown(desktop) == (False, True), "the conversation")
    desktop.click("Subscription")
    desktop.wait(lambda: shown(desktop) == (True, False), "the details again")
    desktop.find(SubscriptionScreen, "Subscription").offers()["answer"]()
    desktop.wait(lambda: shown(desktop) == (False, True), "the place to answer")
    desktop.window.resize(QSize(1120, 760))
    desktop.wait(lambda: shown(desktop) == (True, True), "both")
    assert not desktop.has(QRadioButton, "Conversation")


def test_a_list_that_may_be_old_says_so_where_there_is_room(strip: StaleStrip) -> None:
    """Not on a page that is too low for it, until that is higher."""
    seen = []
    for height in (600, 200, 600):
        strip.fit(32, height, top=12)
        seen.append(not strip.isHidden())
    assert seen == [True, False, True]


def test_in_a_narrow_window_the_reason_is_enough(strip: StaleStrip) -> None:
    """The rest is in the tool tip, and a screen reader says all of it."""
    strip.fit(0, 600, top=0)
    strip.show()
    banner = strip.findChild(StaleBanner)
    assert banner is not None
    told = []
    for width in (1000, 300):
        strip.resize(width, 60)
        QApplication.processEvents()
        told.append(next(label.text() for label in banner.findChildren(TextLabel) if label.text()))
        assert banner.accessibleName() == _WHOLE
    assert told == [_WHOLE, "You work offline."]
    assert _WHOLE in banner.toolTip()


def test_where_one_is_stays_whole_when_the_path_does_not(qtbot: QtBot) -> None:
    """The way back gives its room: the arrow before it leads there, too."""
    path = Breadcrumb()
    qtbot.addWidget(path)
    path.set_crumbs((Crumb("Home", Route("home")), Crumb("Important information")))
    path.show()
    seen = []
    for missing in (0, 20, 50):
        path.resize(path.wanted_width() - missing, 40)
        QApplication.processEvents()
        links = [link.text() for link in path.findChildren(CrumbLink) if not link.isHidden()]
        (last,) = (label for label in path.findChildren(ElidedLabel) if not label.isHidden())
        seen.append([*links, last.shown_text()])
    end = "Important information"
    assert seen == [["Home", end], ["…", end], [end]]
