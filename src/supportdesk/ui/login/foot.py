"""Below every page of the sign-in window: another vendor, another language."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from supportdesk import i18n
from supportdesk.app.language import LANGUAGE_NAMES
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.menu import Menu, place_above


class LoginFoot(QFrame):
    vendor_requested = Signal()
    language_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "canvas")
        space = theme().space
        lines = column(self)
        lines.addWidget(Divider())
        line = row(margins=(space.xl, space.s, space.l, space.s))
        lines.addLayout(line)
        self.vendor = button("", kind="neutral", icon="arrow-left-right", size="small")
        self.language = button("", kind="neutral", icon="languages", size="small")
        self.language.set_trailing_icon("chevron-down")
        for each in (self.vendor, self.language):
            each.set_strong(False)
        line.addWidget(self.vendor)
        line.addStretch(1)
        line.addWidget(self.language)
        self._menu = Menu(self)
        self.language.clicked.connect(self._show_menu)
        self.vendor.clicked.connect(self.vendor_requested)
        self.retranslate()

    def retranslate(self) -> None:
        self.vendor.setText(_("Other vendor"))
        name = LANGUAGE_NAMES.get(i18n.language(), i18n.language())
        self.language.setText(name)
        self.language.setAccessibleName(_("Language: {name}").format(name=name))

    def _fill(self) -> None:
        self._menu.clear()
        for tag in i18n.available_languages():
            choose = partial(self.language_chosen.emit, tag)
            self._menu.entry(LANGUAGE_NAMES[tag], choose, checked=tag == i18n.language())

    def _show_menu(self) -> None:
        self._fill()
        self._menu.popup(place_above(self.language, self._menu))
