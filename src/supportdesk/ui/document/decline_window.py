"""Declining: the vendor is told why."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.form_field import FormField
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_area import TextArea
from supportdesk.ui.widgets.text_label import TextLabel

_WIDTH = 480


class DeclineWindow(QDialog):
    """`declined` carries the reason, which is never empty."""

    declined = Signal(str)

    def __init__(self, title: str, vendor: str, parent: QWidget) -> None:
        """`title` of the document, `vendor` as it is called."""
        super().__init__(parent)
        self._reason = TextArea(formatting=False, min_lines=3, max_lines=8)
        self._field = FormField(_("Reason"), self._reason, required=True)
        self._cancel, self._decline = button(_("Cancel")), button(_("Decline"), "danger")
        self._build(title, vendor)
        self._reason.changed.connect(self._field.clear_error)
        self._cancel.clicked.connect(self.reject)
        self._decline.clicked.connect(self._try)
        theme().dress(self)
        self._reason.editor.setFocus()

    def _build(self, title: str, vendor: str) -> None:
        space = theme().space
        self.setWindowTitle(_("Decline"))
        self.setAccessibleName(_("Decline"))
        note = _("{vendor} is told the reason. You cannot take it back later.").format(vendor=vendor)
        foot = row(gap=space.m)
        foot.addWidget(self._decline)
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        whole = column(self, gap=space.m, margins=space.xl)
        question = _("Why do you decline “{title}”?").format(title=title)
        whole.addWidget(TextLabel(question, kind="emphasis", strong=True, wrap=True))
        whole.addWidget(TextLabel(note, tone="muted", wrap=True))
        whole.addWidget(self._field)
        whole.addStretch(1)
        whole.addLayout(foot)
        self.resize(theme().scaled(_WIDTH), self.sizeHint().height())

    @Slot()
    def _try(self) -> None:
        reason = self._reason.text().strip()
        if not reason:
            self._field.set_error(_("Say why you decline."))
            self._reason.editor.setFocus()
            return
        self.declined.emit(reason)
        self.accept()
