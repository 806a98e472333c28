"""First start: whose portal is it?"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from supportdesk.app.sign_in_state import SignInState
from supportdesk.i18n import _
from supportdesk.ui.login.page import LoginPage
from supportdesk.ui.login.vendor_button import VendorButton
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.banner import Banner
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.file_dialog import FileDialog
from supportdesk.ui.widgets.icon_label import VendorMark
from supportdesk.ui.widgets.layouts import clear_layout, column
from supportdesk.ui.widgets.row_button import RowButton
from supportdesk.ui.widgets.text_label import SectionLabel, TextLabel

if TYPE_CHECKING:
    from supportdesk.domain.profile import Profile

_SIDE, _TOP = 40, 28


class VendorsPage(LoginPage):
    chosen = Signal(object)
    file_chosen = Signal(object)
    address_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = SignInState()
        self.setAcceptDrops(True)
        self._build()
        self._file.clicked.connect(self._choose_file)
        self._address.clicked.connect(self.address_requested)
        self._to_demos.clicked.connect(self._open_demos)
        self.retranslate()

    def render_state(self, state: SignInState) -> None:
        changed = (state.added, state.demos) != (self._state.added, self._state.demos)
        self._state = state
        if changed:
            self._list(self._added_list, state.added)
            self._list(self._demo_list, state.demos)
            self._show_demos(not state.added)
        self._added_part.setVisible(bool(state.added))
        self._failure.setVisible(state.error is not None)
        if state.error is not None:
            self._failure.set_texts(f"{state.error} {state.error.next_step}", _("This file cannot be used"))

    def retranslate(self) -> None:
        self._title.setText(_("Choose a vendor"))
        self._text.setText(_("Your vendor sent you a profile file, or you got it with their program."))
        self._added_title.setText(_("On this computer"))
        self._file.set_texts(_("Open a profile file…"), _("Or drop it here"))
        self._address.set_texts(_("Enter an address…"), _("Of the vendor’s support portal"))
        self._demo_title.setText(_("Try the demo"))
        self._to_demos.setText(_("Try the demo"))

    def take_focus(self) -> None:
        known = self._added_part.findChildren(VendorButton)
        (known[0] if known else self._file).setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.file_chosen.emit(files[0])

    def _build(self) -> None:
        space = theme().space
        side = _SIDE - space.l  # what the entries show stands on the margin, their ground outside
        lines = column(self, margins=(side, _TOP, side, space.xl))
        self._title, self._text = SectionLabel(), TextLabel(tone="muted", wrap=True)
        self._title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._failure = Banner(tone="danger")
        self._failure.hide()
        lines.addWidget(VendorMark(size=56), 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addSpacing(space.l)
        lines.addWidget(self._title)
        lines.addSpacing(space.xs)
        lines.addWidget(self._text)
        lines.addSpacing(space.l)
        lines.addWidget(self._failure)
        self._added_part, self._added_title, self._added_list = _part()
        self._file = RowButton(icon="file-text", well=True)
        self._address = RowButton(icon="globe", well=True)
        self._demo_part, self._demo_title, self._demo_list = _part()
        self._to_demos = button("", kind="link")
        lines.addWidget(self._added_part)
        lines.addWidget(self._file)
        lines.addWidget(self._address)
        lines.addSpacing(space.l)
        lines.addWidget(self._demo_part)
        lines.addWidget(self._to_demos, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addStretch(1)

    def _list(self, layout: QVBoxLayout, profiles: "tuple[Profile, ...]") -> None:
        clear_layout(layout)
        for profile in profiles:
            entry = VendorButton(profile)
            entry.clicked.connect(partial(self._choose, profile))
            layout.addWidget(entry)

    @Slot()
    def _open_demos(self) -> None:
        self._show_demos(True)
        self._demo_part.findChildren(VendorButton)[0].setFocus()

    def _show_demos(self, shown: bool) -> None:
        """Whoever has a vendor here is not looking for a demo: then only a link leads there."""
        there = bool(self._state.demos)
        self._demo_part.setVisible(shown and there)
        self._to_demos.setVisible(there and not shown)

    def _choose(self, profile: "Profile", _checked: bool = False) -> None:
        self.chosen.emit(profile)

    @Slot()
    def _choose_file(self) -> None:
        dialog = FileDialog(self, _("Open a profile file"))
        dialog.setNameFilter(_("Vendor profiles (*.toml)"))
        dialog.setFileMode(FileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._file_selected)
        dialog.open()

    @Slot(str)
    def _file_selected(self, name: str) -> None:
        self.file_chosen.emit(Path(name))


def _part() -> tuple[QWidget, TextLabel, QVBoxLayout]:
    part = QWidget()
    lines = column(part, gap=theme().space.xs)
    title = TextLabel(kind="caption", tone="muted", strong=True)
    head = column(margins=(theme().space.l, 0, theme().space.l, 0))
    head.addWidget(title)
    entries = column()
    lines.addLayout(head)
    lines.addLayout(entries)
    return part, title, entries
