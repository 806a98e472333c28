"""The bar at the top of the studio: colours, widths, undo and redo, zoom."""

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from supportdesk.app.annotation.session import Session
from supportdesk.i18n import _
from supportdesk.ui.studio.style_bar import StyleBar
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button, icon_button
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.layouts import row
from supportdesk.ui.widgets.text_label import TextLabel

_PERCENT_WIDTH = 56


class StudioBar(QFrame):
    undo_wanted = Signal()
    redo_wanted = Signal()
    zoom_in_wanted = Signal()
    zoom_out_wanted = Signal()
    zoom_toggled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.style_bar = StyleBar(self)
        self._title = TextLabel(kind="emphasis", strong=True)
        self._undo = icon_button("undo-2", _("Undo"))
        self._redo = icon_button("redo-2", _("Redo"))
        self._zoom_out = icon_button("zoom-out", _("Zoom out"))
        self._percent = button("", kind="neutral", size="small")
        self._zoom_in = icon_button("zoom-in", _("Zoom in"))
        self._percent.set_strong(False)
        self._factor = 1.0
        self._build()
        self._connect()
        self.retranslate()

    def render_state(self, session: Session) -> None:
        self.style_bar.render_state(session.style)
        self._undo.setEnabled(session.can_undo)
        self._redo.setEnabled(session.can_redo)

    def render_factor(self, factor: float) -> None:
        self._factor = factor
        percent = _("{percent} %").format(percent=QLocale().toString(round(factor * 100)))
        self._percent.setText(percent)
        self._percent.setAccessibleName(_("Zoom {percent}").format(percent=percent))

    def retranslate(self) -> None:
        self._title.setText(_("Screenshot studio"))
        self._undo.set_label(_("Undo"))
        self._redo.set_label(_("Redo"))
        self._zoom_out.set_label(_("Zoom out"))
        self._zoom_in.set_label(_("Zoom in"))
        self._percent.setToolTip(_("Whole picture or 100 %"))
        self.render_factor(self._factor)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The title gives way first; the window says it too."""
        super().resizeEvent(event)
        tools = self.minimumSizeHint().width()
        title = self._title.sizeHint().width()
        self._title.setVisible(tools + (0 if self._title.isVisibleTo(self) else title) <= self.width())

    def _build(self) -> None:
        self.setProperty("kind", "bar")
        space = theme().space
        line = row(self, margins=(space.xl, 0, space.xl, 0))
        line.addWidget(self._title)
        line.addStretch(1)
        line.addWidget(self.style_bar)
        self._add_divider(line)
        for tool in (self._undo, self._redo):
            line.addWidget(tool)
        self._add_divider(line)
        for control in (self._zoom_out, self._percent, self._zoom_in):
            line.addWidget(control)
        self._fit_sizes()
        theme().changed.connect(self._fit_sizes)

    @staticmethod
    def _add_divider(line: QHBoxLayout) -> None:
        line.addSpacing(theme().space.l)
        line.addWidget(Divider(Qt.Orientation.Vertical, inset=theme().space.l))
        line.addSpacing(theme().space.l)

    def _fit_sizes(self) -> None:
        self.setFixedHeight(theme().height.top_bar)
        self._percent.setMinimumWidth(theme().scaled(_PERCENT_WIDTH))

    def _connect(self) -> None:
        self._undo.clicked.connect(self.undo_wanted)
        self._redo.clicked.connect(self.redo_wanted)
        self._zoom_in.clicked.connect(self.zoom_in_wanted)
        self._zoom_out.clicked.connect(self.zoom_out_wanted)
        self._percent.clicked.connect(self.zoom_toggled)
