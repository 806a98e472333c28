"""One item of 'This leaves your computer': tick box, name, what it may give away, size, a look at it."""

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.announce import set_accessible
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import ElidedLabel, TextLabel


class LeavingLine(QWidget):
    def __init__(self, tick: QCheckBox, icon: str, name: str, caption: str, size_bytes: int) -> None:
        super().__init__()
        space = theme().space
        set_accessible(tick, _("Send {name}").format(name=name), caption)
        self._tick = tick
        self._name = ElidedLabel(name)
        texts = column()
        texts.addWidget(self._name)
        texts.addWidget(TextLabel(caption, kind="caption", tone="muted", wrap=True))
        self.view = button(_("View"), "quiet", size="small")
        set_accessible(self.view, _("View {name}").format(name=name))
        layout = row(self, gap=space.m, margins=(space.l, space.s, space.m, space.s))
        layout.addWidget(tick)
        layout.addWidget(IconLabel(icon, role="muted"))
        layout.addLayout(texts, 1)
        size = TextLabel(formats.size(size_bytes), kind="caption", tone="muted", tabular=True)
        layout.addWidget(size, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.view)

    def set_ticked(self, ticked: bool) -> None:
        with QSignalBlocker(self._tick):
            self._tick.setChecked(ticked)
        self._name.set_tone("text" if ticked else "muted")
