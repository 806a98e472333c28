"""A license key of a subscription: what it is for, the key in its well, and Copy."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.license_keys import kind_name
from supportdesk.domain.entities import LicenseKey
from supportdesk.i18n import _
from supportdesk.ui.screens.license_keys.key_box import KeyBox
from supportdesk.ui.screens.license_keys.words import box_texts, facts
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import TextLabel


class KeyLine(QWidget):
    """Both signals carry the key's id."""

    toggled = Signal(str)
    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = ""
        self._about = TextLabel(kind="caption", tone="muted", wrap=True)
        self._box = KeyBox()
        self._copy = button("", "secondary", "copy", size="small")
        whole = column(self, gap=theme().space.xs)
        whole.addWidget(self._about)
        line = row(gap=theme().space.m)
        line.addWidget(self._box, 1)
        line.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignVCenter)
        whole.addLayout(line)
        self._box.toggled.connect(self._toggle)
        self._copy.clicked.connect(self._ask_to_copy)

    def show_key(self, key: LicenseKey, warn_days: int, *, revealed: bool, copied: bool) -> None:
        self._id = key.id
        whose = f"{kind_name(key.key_kind)}, {key.product}"
        self.setAccessibleName(whose)
        told = (kind_name(key.key_kind), key.product, facts(key, warn_days))
        self._about.setText(" · ".join(part for part in told if part))
        self._box.show_key(*box_texts(key, revealed=revealed), whose, revealed=revealed)
        self._copy.setText(_("Copied") if copied else _("Copy"))
        self._copy.set_icon("check" if copied else "copy")
        self._copy.setAccessibleDescription(whose)

    @Slot()
    def _toggle(self) -> None:
        self.toggled.emit(self._id)

    @Slot()
    def _ask_to_copy(self) -> None:
        self.copied.emit(self._id)
