"""Declining: the vendor is told why."""

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from supportdesk.i18n import N_, _
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
        self._title, self._vendor = title, vendor
        self._question = TextLabel(kind="emphasis", strong=True, wrap=True)
        self._note = TextLabel(tone="muted", wrap=True)
        self._reason = TextArea(formatting=False, min_lines=3, max_lines=8)
        self._field = FormField("", self._reason, required=True)
        self._cancel, self._decline = button(""), button("", "danger")
        self._build()
        self._reason.changed.connect(self._field.clear_error)
        self._cancel.clicked.connect(self.reject)
        self._decline.clicked.connect(self._try)
        theme().dress(self)
        self.retranslate()
        self.resize(theme().scaled(_WIDTH), self.sizeHint().height())
        self._reason.editor.setFocus()

    def retranslate(self) -> None:
        self.setWindowTitle(_("Decline"))
        self.setAccessibleName(_("Decline"))
        self._question.setText(_("Why do you decline “{title}”?").format(title=self._title))
        self._note.setText(
            _("{vendor} is told the reason. You cannot take it back later.").format(vendor=self._vendor)
        )
        self._field.set_label(_("Reason"))
        self._cancel.setText(_("Cancel"))
        self._decline.setText(_("Decline"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self) -> None:
        space = theme().space
        foot = row(gap=space.m)
        foot.addStretch(1)
        for each in (self._cancel, self._decline):
            foot.addWidget(each)
        whole = column(self, gap=space.m, margins=space.xl)
        whole.addWidget(self._question)
        whole.addWidget(self._note)
        whole.addWidget(self._field)
        whole.addStretch(1)
        whole.addLayout(foot)

    @Slot()
    def _try(self) -> None:
        reason = self._reason.text().strip()
        if not reason:
            self._field.set_error(N_("Say why you decline."))
            self._reason.editor.setFocus()
            return
        self.declined.emit(reason)
        self.accept()
