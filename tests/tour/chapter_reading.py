"""Important information, newsletter, help articles, license keys."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from supportdesk.i18n import _
from supportdesk.ui.reading.entry_list import EntryList
from supportdesk.ui.reading.label_filter import LabelFilter
from supportdesk.ui.widgets.button import Button
from supportdesk.ui.widgets.search_field import SearchField
from tests.support.person import Person
from tests.tour.guide import Guide, put

WITH_VIDEO = "Drucker zieht falsches Papier"


def reading(guide: Guide) -> None:
    desktop = guide.desktop
    desktop.go("information")
    guide.show("information")
    desktop.go("newsletter")
    guide.show("newsletter")
    desktop.go("articles")
    guide.show("articles")
    _search(guide, "drucker")
    guide.show("articles-search")
    guide.show_extremes("articles")
    Person(desktop).click_row(desktop.find(EntryList, _("Help articles")), WITH_VIDEO)
    guide.show("article-with-video")
    _search(guide, "Rezpet")
    guide.show("articles-corrected")
    _search(guide, "Kafeemaschine")
    guide.show("articles-no-hits")
    _search(guide, "")
    labels = desktop.find(LabelFilter, "")
    QTest.mouseClick(labels.findChildren(Button)[0], Qt.MouseButton.LeftButton)
    guide.show("articles-label")


def _search(guide: Guide, words: str) -> None:
    field = guide.desktop.find(SearchField, _("Search help articles"))
    put(field, words)
    QTest.keyClick(field, Qt.Key.Key_Return)
    guide.desktop.settle()


def license_keys(guide: Guide) -> None:
    desktop = guide.desktop
    desktop.go("license_keys")
    guide.show("license-keys")
    desktop.click(_("Copy"))
    guide.show("license-keys-copied")
    guide.without_toast()
