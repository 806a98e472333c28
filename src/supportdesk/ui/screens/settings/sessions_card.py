"""Where the person is signed in, and ending it."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.my_account import OTHERS, SessionsPresenter, SessionsState
from supportdesk.domain.account import OwnSession
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.screen import ScreenContext
from supportdesk.ui.screens.settings.account_card import AccountCard
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import Button, button
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import clear_layout, column, row
from supportdesk.ui.widgets.text_label import TextLabel


class SessionsCard(AccountCard):
    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawn: tuple[object, ...] = ()
        self._outs: list[Button] = []
        self.presenter = SessionsPresenter(context.workspace, context.account.id)
        self._list = column(gap=theme().space.m)
        self.content.addLayout(self._list)
        self.act.clicked.connect(self._act)
        self.retranslate()
        self.presenter.show_to(self.render_state)

    def render_state(self, state: SessionsState) -> None:
        self.show_error(state.error)
        drawn = (state.sessions, state.busy, formats.locale().name())
        if drawn != self._drawn:
            self._drawn = drawn
            if any(out.hasFocus() for out in self._outs):
                self.act.setFocus()  # before the button that has it goes
            self._outs = []
            clear_layout(self._list)
            for session in state.sessions:
                self._list.addWidget(self._line(session, state))
        self.act.setText(_("Sign out everywhere else") if state.loaded else _("Try again"))
        self.act.setVisible(state.has_others or (not state.loaded and state.error is not None))
        self.act.show_busy(state.busy == OTHERS)

    def retranslate(self) -> None:
        self.title.setText(_("Where you are signed in"))
        self.setAccessibleName(self.title.text())
        self._drawn = ()
        self.render_state(self.presenter.state)

    def _line(self, session: OwnSession, state: SessionsState) -> QWidget:
        space = theme().space
        whole = QWidget()
        device = session.device or _("Unknown device")
        whole.setAccessibleName(device)
        line = row(whole, gap=space.l)
        words = column()
        words.addWidget(TextLabel(device, strong=True, wrap=True))
        used = _("This sign-in")
        if not session.current:
            used = _("Last used {time}").format(time=formats.ago_within(session.last_used_at))
        words.addWidget(TextLabel(used, kind="caption", tone="muted", wrap=True))
        line.addWidget(IconLabel("laptop", role="muted"), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(words, 1)
        if not session.current:
            out = button(_("Sign out"), size="small")
            out.setAccessibleDescription(device)
            out.setEnabled(not state.busy)
            out.show_busy(state.busy == session.id)
            out.clicked.connect(partial(self._end, session.id))
            line.addWidget(out)
            self._outs.append(out)
        return whole

    def _end(self, session_id: str, _checked: bool = False) -> None:
        self.presenter.end(session_id)

    @Slot()
    def _act(self) -> None:
        if self.presenter.state.loaded:
            self.presenter.end_others()
        else:
            self.presenter.read()
