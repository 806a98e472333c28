"""The icon beside the clock: one click reports a problem, and notifications come from there."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QSystemTrayIcon

from supportdesk.app.notifications import Notice
from supportdesk.domain.profile import Profile
from supportdesk.i18n import _
from supportdesk.ui.shell.vendor_icon import vendor_icon
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.menu import Menu


class Tray(QObject):
    """Does nothing on desktops without such a place: Qt would swallow the messages."""

    report_requested = Signal()
    capture_requested = Signal()
    show_requested = Signal()
    quit_requested = Signal()
    notice_opened = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._icon: QSystemTrayIcon | None = None
        self._menu = Menu()
        theme().dress(self._menu)
        self._notice: Notice | None = None

    @property
    def is_shown(self) -> bool:
        return self._icon is not None

    def set_shown(self, shown: bool) -> None:
        if shown and self._icon is None and QSystemTrayIcon.isSystemTrayAvailable():
            self._build()
        elif not shown and self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None

    def set_look(self, vendor: Profile | None, *, tinted: bool) -> None:
        """Tinted the vendor's mark stands on the vendor's colour."""
        if self._icon is not None:
            self._icon.setIcon(vendor_icon(vendor, tinted=tinted))

    def tell(self, notice: Notice) -> None:
        if self._icon is not None:
            self._notice = notice
            # Some desktops read tags in it, and show the pictures these name.
            self._icon.showMessage(notice.title, notice.text.replace("<", "‹"), self._icon.icon())

    def retranslate(self) -> None:
        if self._icon is not None:
            self._icon.setToolTip(_("Report a problem"))
            self._fill_menu()

    def _build(self) -> None:
        self._icon = QSystemTrayIcon(vendor_icon(None), self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(self._message_clicked)
        self.retranslate()
        self._icon.show()

    def _fill_menu(self) -> None:
        self._menu.clear()
        for text, signal in (
            (_("Report a problem"), self.report_requested),
            (_("Capture screen"), self.capture_requested),
            (_("Open SupportDesk"), self.show_requested),
            (_("Quit"), self.quit_requested),
        ):
            self._menu.entry(text, signal.emit)

    @Slot(QSystemTrayIcon.ActivationReason)
    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.report_requested.emit()

    @Slot()
    def _message_clicked(self) -> None:
        if self._notice is not None:
            self.notice_opened.emit(self._notice)
