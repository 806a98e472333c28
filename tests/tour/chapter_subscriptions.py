"""Subscriptions: the tree, what is installed, what runs out, and the conversation about one."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from supportdesk.i18n import _
from supportdesk.ui.screens.subscriptions import SubscriptionsScreen
from supportdesk.ui.screens.subscriptions.pane import SubscriptionPane
from supportdesk.ui.screens.subscriptions.tree_view import SubscriptionTree
from supportdesk.ui.widgets.search_field import SearchField
from supportdesk.ui.widgets.text_area import TextArea
from tests.tour.guide import Guide, put

TALKED_ABOUT = "Tallwerk Kasse"
ANSWERS = {
    "subscriptions-installed": "Handscanner",
    "subscriptions-ordered": "Kundendisplay",
    "subscriptions-runs-out": "TSE",
    "subscriptions-ended": "Anlagenbuchhaltung",
    "subscriptions-not-ordered": "Lohnabrechnung",
}
QUESTION = {
    "en": "From when could we have a fourth cash desk?",
    "de": "Ab wann könnten wir einen vierten Kassenplatz haben?",
}


def subscriptions(guide: Guide) -> None:
    """At Tallwerk."""
    desktop = guide.desktop
    desktop.go("subscriptions")
    tree = desktop.find(SubscriptionTree, _("Subscriptions"))
    desktop.wait(lambda: bool(tree.first()), "they are listed")
    _wait_for_chosen(guide)
    guide.show("subscriptions")
    guide.show_extremes("subscriptions")
    for name, words in ANSWERS.items():
        _search(guide, words)
        _wait_for_chosen(guide)
        guide.show(name)
    _search(guide, TALKED_ABOUT)
    desktop.settle()
    put(desktop.find(TextArea, _("Your answer")), QUESTION[guide.variant.language])
    desktop.click(_("Send reply"))
    guide.synchronise()
    guide.show("subscription-asked")
    found = tree.currentIndex()
    node = tree.tree.node(found)
    assert node is not None
    desktop.go("subscription", subscription_id=node.id)
    guide.show("subscription")
    guide.show_extremes("subscription")
    guide.set_offline(True)
    desktop.go("subscriptions")
    _search(guide, "")
    guide.show("subscriptions-offline")
    guide.set_offline(False)


def _wait_for_chosen(guide: Guide) -> None:
    """What is chosen in the tree stands beside it, a moment later."""
    desktop = guide.desktop
    screen = desktop.find(SubscriptionsScreen, _("Subscriptions"))
    pane, tree = screen.findChild(SubscriptionPane), screen.findChild(SubscriptionTree)
    assert pane is not None
    assert tree is not None
    node = tree.tree.node(tree.currentIndex())
    chosen = (desktop.account_id, node.id) if node is not None else None
    if tree.isVisible() and chosen is not None:
        desktop.wait(lambda: pane.presenter.key == chosen, "the subscription stands beside the tree")
    desktop.settle()


def _search(guide: Guide, words: str) -> None:
    field = guide.desktop.find(SearchField, _("Search subscriptions"))
    put(field, words)
    QTest.keyClick(field, Qt.Key.Key_Return)
    guide.desktop.settle()
