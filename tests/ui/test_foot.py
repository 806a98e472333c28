"""Passing information and the buttons at the foot of a screen."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from supportdesk.app.home import Contact
from supportdesk.ui.screens.home.footer import HomeFooter
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.action_bar import ActionBar
from supportdesk.ui.widgets.button import Button
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.toast import ToastHost


def test_a_toast_stays_above_the_buttons_that_come_under_it(qtbot: QtBot) -> None:
    """It gives way when a page with an action bar is shown, and comes down again when that is left."""
    window, pages, writing, bar = QWidget(), QStackedWidget(), QWidget(), ActionBar()
    bar.add_button("Send", "primary")
    page = column(writing)
    page.addStretch(1)
    page.addWidget(bar)
    for each in (QWidget(), writing):
        pages.addWidget(each)
    column(window).addWidget(pages)
    window.resize(800, 600)
    window.show()
    toast = ToastHost(window).show_toast("Saved")
    at_the_edge = toast.geometry().bottom()
    pages.setCurrentWidget(writing)
    qtbot.waitUntil(lambda: toast.geometry().bottom() < bar.mapTo(window, QPoint()).y())
    pages.setCurrentIndex(0)
    qtbot.waitUntil(lambda: toast.geometry().bottom() == at_the_edge)
    window.close()


def test_the_foot_of_home_keeps_its_margin_in_two_lines(qtbot: QtBot) -> None:
    """The link below begins where the phone does: what is seen of it, not the room for its ring."""
    foot = HomeFooter()
    qtbot.addWidget(foot)
    foot.set_contact(Contact("030 23125 140", "", "https://medora.example/film", "https://medora.example"))
    foot.setFixedWidth(320)
    foot.show()
    phone, link = foot.findChildren(IconLabel)[0], foot.findChildren(Button)[0]
    qtbot.waitUntil(lambda: phone.mapTo(foot, QPoint()).y() < link.mapTo(foot, QPoint()).y(), timeout=20_000)
    assert phone.mapTo(foot, QPoint()).x() - link.mapTo(foot, QPoint()).x() == theme().space.s
