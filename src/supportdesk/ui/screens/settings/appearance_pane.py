"""Theme, size of text, height of rows, movements."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from supportdesk.app.settings import ORDERS_PER_PAGE, TEXT_PERCENT, THEME, Settings
from supportdesk.app.settings_panes import Pane, choices
from supportdesk.i18n import _
from supportdesk.ui.screens.settings.declared_pane import DeclaredPane
from supportdesk.ui.screens.settings.text_size import TextSize
from supportdesk.ui.screens.settings.theme_preview import ThemePreview
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.layouts import grid
from supportdesk.ui.widgets.setting_row import SettingRow
from supportdesk.ui.widgets.text_label import TextLabel

_PADDING = 20


class AppearancePane(DeclaredPane):
    def __init__(
        self, pane: Pane, settings: Settings, *, with_orders: bool, parent: QWidget | None = None
    ) -> None:
        self._previews: list[ThemePreview] = []
        without = (THEME, TEXT_PERCENT) if with_orders else (THEME, TEXT_PERCENT, ORDERS_PER_PAGE)
        super().__init__(pane, settings, without=without, parent=parent)
        self._group = QButtonGroup(self)
        self._columns = 0
        self._build()
        self._group.buttonClicked.connect(self._chosen)
        self.width_changed.connect(self._arrange)
        self._unsubscribe = settings.subscribe(lambda setting: self._show())
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        if not self._previews:
            return
        self._theme_title.setText(_(THEME.label))
        self._themes.setAccessibleName(_(THEME.label))
        for preview, (_value, label) in zip(self._previews, choices(THEME), strict=True):
            preview.setText(label)
            preview.setAccessibleName(label)
        self._size_row.set_texts(_(TEXT_PERCENT.label), _(TEXT_PERCENT.hint))
        self._show()

    def end(self) -> None:
        super().end()
        self._unsubscribe()

    def _build(self) -> None:
        space = theme().space
        self._themes = Card(padding=_PADDING, gap=space.m)
        self._theme_title = TextLabel(strong=True)
        self._grid = grid(gap=space.l)
        self._themes.add(self._theme_title)
        self._themes.body.addLayout(self._grid)
        for key, _label in THEME.choices:
            preview = ThemePreview(key)
            self._group.addButton(preview)
            self._previews.append(preview)
        self.cards.insertWidget(0, self._themes)
        self._size = TextSize(self.settings)
        self._size_row = SettingRow("", "", self._size)
        self.rows.body.insertWidget(0, self._size_row)
        self.rows.body.insertWidget(1, Divider())
        self._arrange(self.width())

    @Slot(int)
    def _arrange(self, content_width: int) -> None:
        one = theme().scaled(120) + theme().space.l
        columns = 4 if content_width - 2 * _PADDING >= 4 * one else 2
        if columns == self._columns:
            return
        self._columns = columns
        for at, preview in enumerate(self._previews):
            self._grid.addWidget(preview, at // columns, at % columns)

    def _show(self) -> None:
        chosen = self.settings.get(THEME)
        for preview in self._previews:
            preview.setChecked(preview.key == chosen)
        self._size.show_value()

    @Slot(QAbstractButton)
    def _chosen(self, button: QAbstractButton) -> None:
        if isinstance(button, ThemePreview):
            self.settings.set(THEME, button.key)
