"""Orders: the list, one order, and a new one with articles typed, imported and dropped upon."""

from pathlib import Path

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog, QLineEdit, QListView

from supportdesk.i18n import _, ngettext
from supportdesk.ui.models.article_model import Column
from supportdesk.ui.screens.orders import NewOrderScreen, OrderScreen, OrdersScreen
from supportdesk.ui.screens.orders.article_table import ArticleTable
from supportdesk.ui.screens.orders.import_preview import ImportPreview
from supportdesk.ui.widgets.page_layout import PageLayout
from supportdesk.ui.widgets.segmented import SegmentedChoice
from tests.support.person import Person
from tests.tour.chapter_entry import go_to_demo
from tests.tour.guide import Guide

QUESTIONED, LONG, REFERENCE = "RET-2025-117", "RET-2025-114", "RET-2025-118"
_TABLE = """Artikelnummer;Name;Seriennummer;Menge;Grund;Zustand;Preis
BD-31204;Bremsscheibe vorn 312 mm;;4;wrong-article;opened;61,20
HL-88017;Scheinwerfer links, LED;H4-220971;1;transport;damaged;380,00
OF-20112;Ölfilter;;0;surplus;unopened;7,90
BA-70090;Starterbatterie 80 Ah;;200000;defect;fitted;94,50
WI-90877;Wischerblattsatz;;6;surplus;unopened;12,40
"""
KIND = {"en": "Return of a wrong delivery", "de": "Rückgabe einer Falschlieferung"}


def orders(guide: Guide) -> None:
    """At Velmark."""
    go_to_demo(guide, "orders")
    desktop = guide.desktop
    desktop.go("orders")
    guide.show("orders")
    desktop.click(_("All"), desktop.find(SegmentedChoice, _("Which orders")))
    guide.show("orders-all")
    guide.show_extremes("orders")
    for reference, name in ((QUESTIONED, "order"), (LONG, "order-long")):
        desktop.go("orders")
        listed = desktop.find(QListView, _("Orders"), desktop.find(OrdersScreen, _("Orders")))
        Person(desktop).click_row(listed, reference)
        desktop.find(OrderScreen, _("Order"))
        guide.show(name)
    guide.show_extremes("order")
    _new(guide)


def _new(guide: Guide) -> None:
    desktop, person = guide.desktop, Person(guide.desktop)
    desktop.go("new_order", anew="yes")
    screen = desktop.find(NewOrderScreen, _("New order"))
    desktop.click(_("Send order"), screen)
    guide.show("new-order-missing")
    guide.fill(QLineEdit, _("Your reference number"), QUESTIONED)
    person.choose(_("Kind of order"), KIND[guide.variant.language])
    guide.show("new-order-double")
    guide.fill(QLineEdit, _("Your reference number"), REFERENCE)
    _import(guide, screen)
    preview = desktop.find(
        ImportPreview, ngettext("{n} article was read", "{n} articles were read", 5).format(n=5)
    )
    guide.show("new-order-import")
    guide.show_extremes("new-order-import")
    desktop.click(ngettext("Add {n} article", "Add {n} articles", 3).format(n=3), preview)
    table = desktop.find(ArticleTable, _("Articles"))
    cell = table.model().index(0, Column.FILES)
    before = cell.data()
    person.drop(table.viewport(), _photo(guide), place=table.visualRect(cell).center())
    desktop.wait(lambda: cell.data() != before, "the picture is at its article")
    for page in screen.findChildren(PageLayout):
        page.verticalScrollBar().setValue(0)
    guide.show("new-order-filled")
    guide.show_extremes("new-order-filled")
    desktop.click(_("Send order"), screen)
    desktop.find(OrderScreen, _("Order"))
    guide.synchronise()
    guide.show("order-sent")


def _import(guide: Guide, screen: NewOrderScreen) -> None:
    table = guide.folder / "return.csv"
    table.write_text(_TABLE, "utf-8")
    guide.desktop.click(_("Import a CSV file"), screen)
    dialog = screen.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(table))
    dialog.close()


def _photo(guide: Guide) -> Path:
    picture = QImage(320, 200, QImage.Format.Format_RGB32)
    picture.fill(QColor("#93296F"))
    path = guide.folder / "label.png"
    assert picture.save(str(path))
    return path
