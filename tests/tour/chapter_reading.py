"""Important information, newsletter, help articles, license keys."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from supportdesk.i18n import _
from supportdesk.ui.widgets.search_field import SearchField
from tests.tour.guide import LEAST, USUAL, Guide, put


def reading(guide: Guide) -> None:
    desktop = guide.desktop
    desktop.go("information")
    guide.show("information")
    desktop.go("newsletter")
    guide.show("newsletter")
    desktop.go("articles")
    guide.show("articles")
    search = desktop.find(SearchField, _("Search help articles"))
    put(search, "drucker")
    QTest.keyClick(search, Qt.Key.Key_Return)
    guide.show("articles-search")
    guide.resize(LEAST)
    guide.show("articles-narrow")
    guide.resize(USUAL)


def license_keys(guide: Guide) -> None:
    desktop = guide.desktop
    desktop.go("license_keys")
    guide.show("license-keys")
    desktop.click(_("Copy"))
    guide.show("license-keys-copied")
    guide.without_toast()
