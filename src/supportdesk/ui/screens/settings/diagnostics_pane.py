"""What support asks about this installation: shown first, then copied by the customer."""

from PySide6.QtCore import Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from supportdesk.app.diagnostics import DiagnosticsPresenter, DiagnosticsState
from supportdesk.app.settings_panes import Pane
from supportdesk.i18n import _
from supportdesk.ui.screen import ScreenContext
from supportdesk.ui.screens.settings.pane import SettingsPane
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.layouts import row

_LINES = 22


class DiagnosticsPane(SettingsPane):
    def __init__(self, pane: Pane, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(pane, parent)
        self._context = context
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._copy = button("", kind="primary", icon="copy")
        self._again = button("", icon="refresh-cw")
        buttons = row(gap=theme().space.m)
        buttons.addWidget(self._copy)
        buttons.addWidget(self._again)
        buttons.addStretch(1)
        self._text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self._text.viewport().setAutoFillBackground(False)  # it stands on the card's ground
        card = Card()
        card.add(self._text)
        self.cards.addWidget(card)
        self.cards.addLayout(buttons)
        screen = self.screen()
        toolkit = f"Qt {qVersion()}, {QGuiApplication.platformName()}, scale {screen.devicePixelRatio():g}"
        self._presenter = DiagnosticsPresenter(context.workspace, toolkit)
        self._copy.clicked.connect(self._copy_text)
        self._again.clicked.connect(self._presenter.gather)
        theme().changed.connect(self._fit)
        self.retranslate()
        self._fit()
        self._presenter.show_to(self._render)

    def retranslate(self) -> None:
        super().retranslate()
        self._text.setAccessibleName(_("Diagnostics"))
        self._copy.setText(_("Copy"))
        self._again.setText(_("Refresh"))

    def opened(self) -> None:
        self._presenter.gather()

    def end(self) -> None:
        self._presenter.close()

    def _render(self, state: DiagnosticsState) -> None:
        if state.text != self._text.toPlainText():
            self._text.setPlainText(state.text)

    @Slot()
    def _fit(self) -> None:
        self._text.setFont(theme().font("mono"))
        self._text.setMinimumHeight(_LINES * theme().line_height())

    @Slot()
    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self._presenter.state.text)
        self._context.frame.toast(_("Copied. Paste it where support asked for it."))
