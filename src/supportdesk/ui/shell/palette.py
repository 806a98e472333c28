"""Ctrl+K: type a few letters, choose with the arrows, open with Enter."""

from collections.abc import Set as AbstractSet

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QWidget

from supportdesk.app.palette import PaletteItem, PalettePresenter, PaletteState
from supportdesk.app.shell import Place
from supportdesk.app.workspace import Workspace
from supportdesk.i18n import _, pgettext
from supportdesk.ui.shell.overlay import Overlay
from supportdesk.ui.shell.palette_delegate import PaletteDelegate, detail_text
from supportdesk.ui.shell.palette_model import PaletteModel
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.announce import announce
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.keycap import KeyCap
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import TextLabel

_WIDTH, _TOP, _LEAST_ROWS = 640, 96, 5


class Palette(Overlay):
    chosen = Signal(object)
    command_chosen = Signal(str)
    account_chosen = Signal(str, object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, width=_WIDTH, top=_TOP)
        self._presenter: PalettePresenter | None = None
        self._own_account = ""
        self._takes_first = False
        self._build()
        self._connect()
        self.retranslate()

    def begin(self, workspace: Workspace, place: Place, here: AbstractSet[str]) -> None:
        """`here` are the ids of the commands that the shown screen offers."""
        self.end()
        self._own_account = place.account.id
        self._takes_first = False
        self._input.clear()
        self._presenter = PalettePresenter(workspace, place, here)
        self._presenter.show_to(self.render_state)
        self.open()
        self._input.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def end(self) -> None:
        presenter, self._presenter = self._presenter, None
        if presenter is not None:
            presenter.close()

    def render_state(self, state: PaletteState) -> None:
        self._model.set_items(state.items)
        self._choose(self._model.next_item_row(-1, 1))
        self._summary.setText(state.summary())
        self._nothing.setVisible(not state.items)
        self._list.setVisible(bool(state.items))
        self._nothing.setText(str(state.error) if state.error else _("Nothing was found"))
        self._tab_hint.setVisible(state.several_portals)
        self._tab_key.setVisible(state.several_portals)
        self._tab_hint.setText(_("All portals") if state.only_here else _("Only this portal"))
        if state.summary():
            announce(self, state.summary())
        self._fit_list()
        if self._takes_first and not state.searching:
            self._takes_first = False
            self._take(self._list.currentIndex())

    def retranslate(self) -> None:
        self.panel.setAccessibleName(_("Search or go to"))
        self._input.setAccessibleName(_("Search or go to"))
        self._input.setPlaceholderText(_("Pages, tickets, articles, actions"))
        self._list.setAccessibleName(_("Results"))
        for label, text in zip(self._hints, (_("Choose"), pgettext("verb", "Open")), strict=True):
            label.setText(text)
        self._enter_key.set_text(_("Enter"))
        self._close_hint.setText(_("Close"))
        self._escape_key.set_text(_("Esc"))
        self._tab_key.set_text(_("Tab"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._input and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            step = steps[Qt.Key(event.key())]
            self._choose(self._model.next_item_row(self._list.currentIndex().row(), step))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif event.key() == Qt.Key.Key_Tab and self._presenter and self._presenter.state.several_portals:
            self._presenter.toggle_only_here()
        else:
            return False
        return True

    def _enter(self) -> None:
        """Before the search has answered, what comes first is not known yet."""
        if self._presenter is not None and self._presenter.state.searching:
            self._takes_first = True
        else:
            self._take(self._list.currentIndex())

    def _build(self) -> None:
        space = theme().space
        self._input = QLineEdit()
        self._input.setProperty("state", "bare")
        self._input.setFont(theme().font("emphasis"))
        self._summary = TextLabel(kind="caption", tone="muted")
        self._model = PaletteModel(self)
        self._list = QListView()
        self._list.setProperty("paintsRows", True)
        self._list.setModel(self._model)
        self._list.setItemDelegate(PaletteDelegate(self._list))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setMouseTracking(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setProperty("paintsRows", True)
        self._nothing = TextLabel(tone="muted", align=Qt.AlignmentFlag.AlignCenter)
        self._nothing.setContentsMargins(space.xl, space.xl, space.xl, space.xl)
        lines = column(self.panel, margins=1)
        lines.addWidget(self._head())
        lines.addWidget(Divider())
        middle = column(margins=(space.s, 0, space.s, space.s))
        middle.addWidget(self._list)
        middle.addWidget(self._nothing)
        lines.addLayout(middle)
        lines.addWidget(Divider())
        lines.addWidget(self._foot())

    def _head(self) -> QWidget:
        space = theme().space
        head = QWidget()
        line = row(head, margins=(space.l + space.xs, 0, space.l + space.xs, 0))
        line.addWidget(IconLabel("search", role="muted", size=20))
        line.addWidget(self._input, 1)  # its own padding is the gap
        line.addWidget(self._summary)
        head.setFixedHeight(theme().scaled(56))
        return head

    def _foot(self) -> QWidget:
        space = theme().space
        foot = QWidget()
        foot.setFixedHeight(theme().scaled(44))
        line = row(foot, gap=space.s, margins=(space.l + space.xs, 0, space.l + space.xs, 0))
        self._enter_key, self._tab_key, self._escape_key = KeyCap(), KeyCap(), KeyCap()
        self._hints = (TextLabel(kind="caption", tone="muted"), TextLabel(kind="caption", tone="muted"))
        self._tab_hint = TextLabel(kind="caption", tone="muted")
        self._close_hint = TextLabel(kind="caption", tone="muted")
        for key, hint in (
            (KeyCap("↑ ↓"), self._hints[0]),
            (self._enter_key, self._hints[1]),
            (self._tab_key, self._tab_hint),
        ):
            line.addWidget(key)
            line.addWidget(hint)
            line.addSpacing(space.m)
        line.addStretch(1)
        line.addWidget(self._escape_key)
        line.addWidget(self._close_hint)
        return foot

    def _connect(self) -> None:
        self._input.installEventFilter(self)
        self._input.textChanged.connect(self._search)
        self._list.clicked.connect(self._take)
        self._list.entered.connect(self._hover)
        self.closed.connect(self.end)

    def _fit_list(self) -> None:
        rows = range(self._model.rowCount())
        height = sum(self._list.sizeHintForRow(index) for index in rows)
        self._list.setFixedHeight(0)
        if (layout := self.panel.layout()) is not None:
            layout.activate()  # inner layouts remember their heights until then
        room = self.window().height() - self.panel.sizeHint().height()
        wanted = max(theme().scaled(40) * _LEAST_ROWS, room - 2 * _TOP)
        self._list.setFixedHeight(min(height, wanted, room - 2 * theme().space.xl))
        self._place()

    def _choose(self, at: int) -> None:
        if at >= 0:
            self._list.setCurrentIndex(self._model.index(at))
            item = self._model.item(at)
            if item is not None and self._input.hasFocus():
                announce(self, f"{item.title} {detail_text(item)}")

    @Slot(str)
    def _search(self, text: str) -> None:
        self._takes_first = False
        if self._presenter is not None:
            self._presenter.search(text)

    @Slot(QModelIndex)
    def _hover(self, index: QModelIndex) -> None:
        if self._model.item(index.row()) is not None:
            self._list.setCurrentIndex(index)

    @Slot(QModelIndex)
    def _take(self, index: QModelIndex) -> None:
        item = self._model.item(index.row())
        if item is None:
            return
        self.close_panel()
        self._lead(item)

    def _lead(self, item: PaletteItem) -> None:
        if item.command:
            self.command_chosen.emit(item.command)
        elif item.account_id and item.account_id != self._own_account:
            self.account_chosen.emit(item.account_id, item.route)
        else:
            self.chosen.emit(item.route)
